import { describe, expect, it } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { itemBudget } from '../../src/protocol/body-writer.js';
import { operations } from '../../src/protocol/generated/messages.js';
import { dirtyBuffer } from './bodies.js';

const { singleShot, generateKey, createContext, resolveResource, listResources, hello, randomGenerate } = operations;

function thrown(run: () => unknown): KeyslotError {
  try {
    run();
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** What encoding a request throws. */
function refusal(codec: (typeof operations)[keyof typeof operations], m: object): KeyslotError {
  const { bytes, view } = dirtyBuffer(codec.measureRequest(m));
  return thrown(() => codec.encodeRequest(bytes, view, 0, m));
}

describe('encoding refuses, and names the field of', () => {
  it.each([
    ['u8 too large', generateKey, { overwrite: 256 }, 'overwrite'],
    ['u8 negative', generateKey, { overwrite: -1 }, 'overwrite'],
    ['u8 with a fraction', generateKey, { overwrite: 0.5 }, 'overwrite'],
    ['u16 too large', createContext, { provider: 65_536 }, 'provider'],
    ['u16 not a number', createContext, { provider: Number.NaN }, 'provider'],
    ['u32 too large', randomGenerate, { size: 2 ** 32 }, 'size'],
    ['u32 negative', randomGenerate, { size: -1 }, 'size'],
    ['u64 too large', singleShot, { context: 2 ** 53 }, 'context'],
    ['u64 negative', singleShot, { context: -1 }, 'context'],
    ['u64 infinite', singleShot, { context: Number.POSITIVE_INFINITY }, 'context'],
    ['bytes too long', singleShot, { iv: new Uint8Array(1025) }, 'iv'],
    ['text too long in bytes', hello, { client: 'ä'.repeat(33) }, 'client'],
    ['a leading lone surrogate', resolveResource, { name: 'a\ud800' }, 'name'],
    ['a trailing lone surrogate', resolveResource, { name: '\udc00b' }, 'name'],
    ['a list too long', createContext, { parameters: new Array(33).fill({ name: 'x' }) }, 'parameters'],
    ['an item of a list', createContext, { parameters: [{ name: 'x' }, { kind: 300 }] }, 'kind'],
  ] as const)('%s', (_what, codec, m, field) => {
    expect(refusal(codec, m)).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  it('what does not fit the buffer', () => {
    const { bytes, view } = dirtyBuffer(64);
    const m = { data: new Uint8Array(64) };
    expect(() => singleShot.encodeRequest(bytes, view, 0, m)).toThrow();
    const name = { name: 'ä'.repeat(100) };
    expect(() => resolveResource.encodeRequest(bytes, view, 0, name)).toThrow();
  });

  it('a message above the item budget that readers have', () => {
    const numbers = new Array<number>(64).fill(1);
    const item = { name: 'x', info: { compatibleProviders: numbers } };
    const most = Math.floor(itemBudget / (numbers.length + 1));
    const fitting = { resources: new Array(most).fill(item) };
    const room = dirtyBuffer(listResources.measureResponse(fitting));
    const end = listResources.encodeResponse(room.bytes, room.view, 0, fitting);
    // Each message has the whole budget.
    for (let i = 0; i < 2; i++) expect(listResources.decodeResponse(room.bytes, room.view, 0, end).resources.length).toBe(most);
    const more = { resources: new Array(most + 1).fill(item) };
    const larger = dirtyBuffer(listResources.measureResponse(more));
    expect(thrown(() => listResources.encodeResponse(larger.bytes, larger.view, 0, more)).code).toBe('INVALID_ARGUMENT');
  });
});

describe('values at their limits', () => {
  it('pass', () => {
    const m = { context: Number.MAX_SAFE_INTEGER, data: new Uint8Array(100_000).fill(9), iv: new Uint8Array(1024), hasIv: 255 };
    const { bytes, view } = dirtyBuffer(singleShot.measureRequest(m));
    const end = singleShot.encodeRequest(bytes, view, 0, m);
    expect(singleShot.decodeRequest(bytes, view, 0, end)).toEqual({ ...m, aad: new Uint8Array(0) });
  });

  it('text of the longest length in bytes', () => {
    const m = { client: 'ä'.repeat(32) };
    const { bytes, view } = dirtyBuffer(hello.measureRequest(m));
    const end = hello.encodeRequest(bytes, view, 0, m);
    expect(hello.decodeRequest(bytes, view, 0, end).client).toBe(m.client);
  });
});

describe('decoded bytes', () => {
  it('are views of the message', () => {
    const m = { data: Uint8Array.of(1, 2, 3) };
    const { bytes, view } = dirtyBuffer(singleShot.measureRequest(m));
    const end = singleShot.encodeRequest(bytes, view, 0, m);
    const { data } = singleShot.decodeRequest(bytes, view, 0, end);
    expect(data.buffer).toBe(bytes.buffer);
    bytes.fill(0, 0, end);
    expect(data).toEqual(new Uint8Array(3));
  });
});
