/** What this project writes and reads, judged by FlatBuffers' own C++ verifier and Python reader over the published schema. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { type Body, bodies, completed, decoded, encoded, inputOf, model, type Values } from './bodies.js';
import { missingTools, python } from './flatbuffers-tools.js';
import { mutated, randomNumbers } from './mutations.js';

const oracles = 'test/fixtures/protocol/oracle';
const published = 'src/protocol/keyslot.fbs';
const perBody = 25;
const mutationsPerMessage = 25;

interface Sample {
  readonly body: Body;
  readonly expected: Values;
  readonly bytes: Uint8Array;
}

const samples: readonly Sample[] = bodies.flatMap((body) =>
  fc.sample(inputOf(body.table), { numRuns: perBody, seed: 42 }).map((input) => ({
    body,
    expected: completed(body.table, input),
    bytes: encoded(body, input),
  })),
);

let missing: string | undefined;
let folder: string;

beforeAll(() => {
  missing = missingTools();
  if (missing !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'keyslot-oracles-'));
  execFileSync('flatc', ['--cpp', '--python', '--gen-object-api', '-o', folder, published]);
  writeFileSync(join(folder, 'bodies.h'), `#define BODIES(X) ${bodies.map(({ table }) => `X(${table.name})`).join(' ')}\n`);
  copyFileSync(join(oracles, 'oracle.cpp'), join(folder, 'oracle.cpp'));
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  execFileSync('g++', ['-std=c++17', '-O0', ...sanitizers, '-o', join(folder, 'oracle'), join(folder, 'oracle.cpp')]);
  const fields = model.tables.map(({ name, fields }) => [name, fields.map((f) => [f.name, f.type, 'of' in f ? f.of.name : null])]);
  writeFileSync(join(folder, 'tables.json'), JSON.stringify(Object.fromEntries(fields)));
});
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
beforeEach((ctx) => {
  if (missing !== undefined) ctx.skip(missing);
});

function records(messages: readonly Pick<Sample, 'body' | 'bytes'>[]): Buffer {
  return Buffer.concat(
    messages.flatMap(({ body, bytes }) => {
      const head = Buffer.alloc(64);
      head.write(body.table.name, 'latin1');
      head.writeUInt32LE(bytes.length, 60);
      return [head, bytes];
    }),
  );
}

function messagesOf(output: Buffer): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let at = 0; at < output.length; ) {
    const length = output.readUInt32LE(at + 60);
    messages.push(new Uint8Array(output.subarray(at + 64, at + 64 + length)));
    at += 64 + length;
  }
  return messages;
}

function run(command: string, args: string[], input: Buffer): Buffer {
  return execFileSync(command, args, { input, maxBuffer: 1 << 28 });
}

function cpp(verb: 'verify' | 'repack', messages: readonly Pick<Sample, 'body' | 'bytes'>[]): Buffer {
  return run(join(folder, 'oracle'), [verb], records(messages));
}

function py(verb: 'read' | 'repack', messages: readonly Pick<Sample, 'body' | 'bytes'>[]): Buffer {
  return run(python, [join(oracles, 'oracle.py'), verb, folder, join(folder, 'tables.json')], records(messages));
}

/** As the Python oracle prints it. */
function printed(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(printed);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value as Values).map(([name, item]) => [name, printed(item)]));
}

function accepts({ body, bytes }: Pick<Sample, 'body' | 'bytes'>): boolean {
  try {
    decoded(body, bytes);
    return true;
  } catch (error) {
    if (error instanceof KeyslotError && error.code === 'FRAME_INVALID') return false;
    throw error;
  }
}

describe('FlatBuffers in C++', () => {
  it('accepts everything that ours writes', () => {
    expect([...cpp('verify', samples)].every((verdict) => verdict === 1)).toBe(true);
  });

  it('reads what ours writes, and ours reads what it writes', () => {
    const again = messagesOf(cpp('repack', samples));
    expect(again.length).toBe(samples.length);
    samples.forEach(({ body, expected }, i) => {
      expect(decoded(body, again[i] ?? new Uint8Array(0))).toEqual(expected);
    });
  });

  it('refuses nothing that ours accepts', () => {
    const next = randomNumbers(77);
    const damaged = samples.flatMap(({ body, bytes }) =>
      Array.from({ length: mutationsPerMessage }, () => ({ body, bytes: mutated(bytes, next) })),
    );
    const verdicts = cpp('verify', damaged);
    const ours = damaged.map(accepts);
    const wrong = damaged.filter((_, i) => ours[i] === true && verdicts[i] !== 1);
    expect(wrong.map(({ body, bytes }) => `${body.table.name} ${Buffer.from(bytes).toString('hex')}`)).toEqual([]);
    expect(ours.filter((accepted) => accepted).length).toBeGreaterThan(damaged.length / 20);
    expect(verdicts.filter((verdict) => verdict === 0).length).toBeGreaterThan(damaged.length / 20);
  });
});

describe('FlatBuffers in Python', () => {
  it('reads what ours writes', () => {
    const lines = py('read', samples).toString('utf8').trimEnd().split('\n');
    expect(lines.length).toBe(samples.length);
    samples.forEach(({ expected }, i) => {
      expect(JSON.parse(lines[i] ?? '')).toEqual(printed(expected));
    });
  });

  it('writes what ours reads', () => {
    const again = messagesOf(py('repack', samples));
    expect(again.length).toBe(samples.length);
    samples.forEach(({ body, expected }, i) => {
      expect(decoded(body, again[i] ?? new Uint8Array(0))).toEqual(expected);
    });
  });
});

describe('the published schema', () => {
  const released = 'test/fixtures/protocol/v1/keyslot.fbs';

  it('conforms to the released one', () => {
    execFileSync('flatc', ['--conform', released, published]);
  });

  it('would not, had a field been retyped', () => {
    const changed = join(folder, 'changed.fbs');
    writeFileSync(changed, readFileSync(published, 'utf8').replace('magic: uint32', 'magic: string'));
    expect(() => execFileSync('flatc', ['--conform', released, changed], { stdio: 'pipe' })).toThrow();
  });
});
