/** Frames of every released version are read as they were meant, for good. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { decodeErrorDetail, messages } from '../../src/protocol/generated/messages.js';
import type { Message } from '../../src/protocol/message.js';
import { type Direction, recordings, toJson, written } from './recordings.js';

const fixtures = 'test/fixtures/protocol';
const versions = readdirSync(fixtures).filter((name) => /^v[0-9]+$/.test(name));
const current = tablesOf('src/protocol/keyslot.fbs');

/** The tables of a schema without comments, by name. */
function tablesOf(path: string): Map<string, string> {
  const bare = readFileSync(path, 'utf8').replace(/^\s*\/\/.*\n/gm, '');
  return new Map([...bare.matchAll(/^table (\w+) \{[^}]*\}/gm)].map((match) => [match[1] ?? '', match[0]]));
}

function read(direction: Direction, stream: Uint8Array): Message[] {
  const got: Message[] = [];
  const limits = { frame: 1 << 20, message: 1 << 20 };
  const reader = new FrameReader({ receives: direction, limits, onMessage: (message) => got.push(message) });
  reader.push(stream);
  expect(reader.frameIncomplete).toBe(false);
  expect(reader.incompleteMessages).toBe(0);
  return got;
}

function decodedMessage(direction: Direction, { operation, word, bytes, view, start, end }: Message): unknown {
  if (direction === 'answers' && word !== 0) return decodeErrorDetail(bytes, view, start, end);
  const codec = messages[operation];
  if (codec === undefined) throw new Error(`no operation ${operation}`);
  return direction === 'requests' ? codec.decodeRequest(bytes, view, start, end) : codec.decodeResponse(bytes, view, start, end);
}

it('there are recordings of version 1', () => {
  expect(versions).toContain('v1');
});

describe.each(versions)('frames of %s', (version) => {
  const folder = join(fixtures, version);
  /** Tables that got further fields since are written longer than they were. */
  const grown = [...tablesOf(join(folder, 'keyslot.fbs'))].filter(([name, text]) => current.get(name) !== text).map(([name]) => name);

  it.each(['requests', 'answers'] as const)('%s are read as recorded', (direction) => {
    const { rows, stream } = recordings(folder, direction);
    const got = read(direction, stream);
    expect(got.map(({ operation, request, word }) => ({ operation, request, word }))).toEqual(
      rows.map(({ operation, request, word }) => ({ operation, request, word })),
    );
    got.forEach((message, i) => {
      expect(toJson(decodedMessage(direction, message)), rows[i]?.name).toMatchObject(rows[i]?.message as object);
    });
  });

  it.for(['requests', 'answers'] as const)('%s are written as recorded', (direction, ctx) => {
    if (grown.length > 0) ctx.skip(`since ${version} tables have grown: ${grown.join(', ')}`);
    const { rows, stream } = recordings(folder, direction);
    let at = 0;
    for (const row of rows) {
      expect(written(direction, row), row.name).toEqual(stream.subarray(at, at + row.length));
      at += row.length;
    }
    expect(at).toBe(stream.length);
  });
});
