/** The login call at a module that only tells what it was given. Real tokens are tested with the provider. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pkcs11Login, preloadPkcs11Module } from '../../src/native.js';
import { buildShared, type Child, hasCompiler, noCompiler, startChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
const log = join(folder.path, 'log');
const pinFile = join(folder.path, 'pin');
let fake = '';
let broken = '';
beforeAll(() => {
  if (!hasCompiler) return;
  fake = buildShared('fake-module', folder.path);
  broken = buildShared('broken-module', folder.path);
});
afterAll(() => folder.remove());

function fnv(bytes: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

interface Attempt {
  readonly module?: string;
  readonly userType?: number;
  /** The shell's redirection that makes descriptor 3. */
  readonly from?: string;
}

/** Starts the child with the PIN on descriptor 3, which is opened by a shell, so that no test code passes it on. */
async function start(scenario: string, pin: string | Uint8Array, attempt: Attempt = {}): Promise<{ child: Child; answer: unknown }> {
  writeFileSync(pinFile, pin);
  writeFileSync(log, 'null');
  const through = ['sh', '-c', attempt.from ?? 'exec "$@" 3<"$PIN_FILE"', 'sh'];
  const environment = { FAKE_LOG: log, PIN_FILE: pinFile };
  const child = startChild('pkcs11-child', [scenario, attempt.module ?? fake, String(attempt.userType ?? 1)], { through, environment });
  return { child, answer: JSON.parse(await child.line()) };
}

async function run(scenario: string, pin: string | Uint8Array, attempt: Attempt = {}): Promise<{ answer: unknown; seen: unknown }> {
  const { child, answer } = await start(scenario, pin, attempt);
  child.tell('end');
  await child.ended;
  return { answer, seen: JSON.parse(readFileSync(log, 'utf8')) };
}

const pin = 'correct horse 4711';
const asSeen = { session: '123456789abcdef0', userType: 1, length: 18, hash: fnv(Buffer.from(pin)), locked: 1 };

describe('pkcs11Login', () => {
  test.for([
    ['as it is', pin],
    ['with a newline', `${pin}\n`],
  ])('gives the PIN %s, from locked memory', async ([, content = ''], ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect(await run('preload', content)).toEqual({ answer: 0, seen: expect.objectContaining(asSeen) });
  });

  test('drops one newline and nothing else; takes 256 bytes of any value', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect((await run('preload', `${pin}\n\n`)).seen).toMatchObject({ length: 19 });
    expect((await run('preload', `${pin}\r\n`)).seen).toMatchObject({ length: 19 });
    const longest = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect((await run('preload', longest)).seen).toMatchObject({ length: 256, hash: fnv(longest) });
    expect((await run('preload', Buffer.concat([longest, Buffer.from('\n')]))).seen).toMatchObject({ length: 256, hash: fnv(longest) });
  });

  test('refuses an empty PIN, 257 bytes, and a descriptor that is closed or not readable', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const refused = { answer: expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'pinDescriptor' }), seen: null };
    expect(await run('preload', '')).toEqual(refused);
    expect(await run('preload', '\n')).toEqual(refused);
    expect(await run('preload', 'x'.repeat(257))).toEqual(refused);
    expect(await run('preload', `${'x'.repeat(257)}\n`)).toEqual(refused);
    expect(await run('preload', pin, { from: 'exec "$@" 3>>"$PIN_FILE"' })).toEqual(refused);
    expect(await run('preload', pin, { from: 'exec "$@" 3</' })).toEqual(refused);
  });

  test('reads a file from its start each time, a pipe once', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect((await run('twice', pin)).answer).toEqual([0, 0]);
    const piped = await run('twice', pin, { from: '{ (printf "%s" "$(cat "$PIN_FILE")") | "$@" 3<&0 0<&4; } 4<&0' });
    expect(piped).toEqual({ answer: [0, expect.objectContaining({ field: 'pinDescriptor' })], seen: expect.objectContaining(asSeen) });
  });

  test('gives the return value of the module', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect(await run('preload', pin, { userType: 2 })).toEqual({ answer: 0xa0, seen: expect.objectContaining({ userType: 2 }) });
  });

  test('works on the instance that pkcs11js has loaded', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect(await run('pkcs11js', pin)).toEqual({ answer: 0, seen: expect.objectContaining(asSeen) });
  });

  test('does not load a module by itself', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const answer = expect.objectContaining({ code: 'PROVIDER_NOT_AVAILABLE', field: 'modulePath' });
    expect(await run('notLoaded', pin)).toEqual({ answer, seen: null });
  });

  test('refuses bad arguments by name', () => {
    const bad = (field: string) => expect.objectContaining({ code: 'INVALID_ARGUMENT', field });
    const session = new Uint8Array(8);
    expect(() => pkcs11Login('relative.so', session, 1, 0)).toThrow(bad('modulePath'));
    expect(() => pkcs11Login('/a\0b', session, 1, 0)).toThrow(bad('modulePath'));
    expect(() => pkcs11Login('/x', new Uint8Array(4), 1, 0)).toThrow(bad('session'));
    expect(() => pkcs11Login('/x', session, -1, 0)).toThrow(bad('userType'));
    expect(() => pkcs11Login('/x', session, 1, -1)).toThrow(bad('pinDescriptor'));
  });
});

describe('preloadPkcs11Module', () => {
  test('binds the module to its own libraries before those of Node', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    if (process.env.KEYSLOT_SANITIZED === '1') return ctx.skip('a sanitizer does not allow RTLD_DEEPBIND');
    const lazily = (await run('pkcs11js', pin)).seen as { openssl: string };
    if (lazily.openssl === '42') return ctx.skip('this Node exports no OpenSSL symbols');
    expect((await run('preload', pin)).seen).toMatchObject({ openssl: '42' });
  });

  test("fails with the loader's own text", (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const unavailable = (text: RegExp) =>
      expect.objectContaining({ code: 'PROVIDER_NOT_AVAILABLE', field: 'modulePath', message: expect.stringMatching(text) });
    expect(() => preloadPkcs11Module(broken)).toThrow(unavailable(/undefined symbol: keyslot_test_function_that_nobody_has/));
    expect(() => preloadPkcs11Module('/nowhere/module.so')).toThrow(unavailable(/nowhere\/module\.so/));
    expect(() => preloadPkcs11Module('module.so')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'modulePath' }));
  });
});

/** How many writable mappings of a process hold the bytes. */
function copiesIn(pid: number, wanted: Buffer): number {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let copies = 0;
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
    if (!range) continue;
    const from = Number.parseInt(range[1] ?? '', 16);
    const chunk = Buffer.alloc(Math.min(Number.parseInt(range[2] ?? '', 16) - from, 64 * 1024 * 1024));
    try {
      readSync(memory, chunk, 0, chunk.length, from);
    } catch {
      continue; // A mapping that can't be read, such as [vvar].
    }
    if (chunk.includes(wanted)) copies++;
  }
  closeSync(memory);
  return copies;
}

test('after the login no copy of the PIN is in the memory of the process', async (ctx) => {
  if (!hasCompiler) return ctx.skip(noCompiler);
  const secret = randomBytes(24).toString('hex');
  const count = async (scenario: string) => {
    const { child } = await start(scenario, `${secret}\n`);
    try {
      return copiesIn(child.pid, Buffer.from(secret));
    } finally {
      child.tell('end');
      await child.ended;
    }
  };
  expect(await count('leaky')).toBeGreaterThan(0);
  expect(await count('preload')).toBe(0);
});
