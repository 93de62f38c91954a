/** One thing at a time is wrong with a message whose bytes are known. */
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/protocol/generated/messages.js';
import { dirtyBuffer } from './bodies.js';

const { resolveResource, closeContext, getProviderInfo } = operations;

interface Known {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly end: number;
}

/** Root reference at 0, vtable at 4 of 8 bytes, table at 12 of 9 bytes, text at 24: length, "slot", NUL. */
function aName(): Known {
  const m = { name: 'slot', type: 7 };
  const { bytes, view } = dirtyBuffer(resolveResource.measureRequest(m));
  return { bytes, view, end: resolveResource.encodeRequest(bytes, view, 0, m) };
}

/** Root reference at 0, vtable at 4 of 6 bytes, table at 12 of 12 bytes, its u64 at 16. */
function aContext(): Known {
  const m = { context: Number.MAX_SAFE_INTEGER };
  const { bytes, view } = dirtyBuffer(closeContext.measureRequest(m));
  return { bytes, view, end: closeContext.encodeRequest(bytes, view, 0, m) };
}

const u8 = (at: number, value: number) => (view: DataView) => view.setUint8(at, value);
const u8s =
  (at: number, ...values: number[]) =>
  (view: DataView) => {
    values.forEach((value, i) => {
      view.setUint8(at + i, value);
    });
  };
const u16 = (at: number, value: number) => (view: DataView) => view.setUint16(at, value, true);
const u32 = (at: number, value: number) => (view: DataView) => view.setUint32(at, value, true);

describe('the messages of this test', () => {
  it('lie as described', () => {
    const name = aName();
    expect([...name.bytes.subarray(0, name.end)]).toEqual([
      ...[12, 0, 0, 0],
      ...[8, 0, 9, 0, 4, 0, 8, 0],
      ...[8, 0, 0, 0, 8, 0, 0, 0, 7, 0, 0, 0],
      ...[4, 0, 0, 0],
      ...Buffer.from('slot'),
      ...[0, 0, 0, 0],
    ]);
    const context = aContext();
    expect([...context.bytes.subarray(0, context.end)]).toEqual([
      ...[12, 0, 0, 0],
      ...[6, 0, 12, 0, 4, 0, 0, 0],
      ...[8, 0, 0, 0],
      ...[255, 255, 255, 255, 255, 255, 31, 0],
    ]);
  });
});

describe('refused is a message', () => {
  it.each([
    ['whose root is no reference', u32(0, 0)],
    ['whose root is before itself', u32(0, 0xfffffffc)],
    ['whose root is not aligned', u32(0, 13)],
    ['whose root is behind its end', u32(0, 36)],
    ['whose root is far away', u32(0, 0x7ffffffc)],
    ['whose vtable is before its start', u32(12, 16)],
    ['whose vtable is behind its end', u32(12, 0xffffffe8)],
    ['whose vtable is at an odd place', u8s(5, 6, 0, 9, 0, 4, 0, 0, 7)],
    ['whose vtable is shorter than its head', u16(4, 2)],
    ['whose vtable has an odd length', u16(4, 9)],
    ['whose vtable reaches over the end', u16(4, 34)],
    ['whose table is shorter than its head', u16(6, 3)],
    ['whose table reaches over the end', u16(6, 25)],
    ['whose table is shorter than its head, without fields', u8s(4, 4, 0, 3, 0)],
    ['with a reference far outside its table', u16(8, 0xfffc)],
    ['with a number in the head of its table', u16(10, 2)],
    ['with a field outside its table', u16(10, 9)],
    ['with a reference outside its table', u16(8, 8)],
    ['with a reference that is not aligned', u16(8, 5)],
    ['with a reference to itself', u32(16, 0)],
    ['with a reference backwards', u32(16, 0xfffffffc)],
    ['with a reference to an odd place', u32(16, 9)],
    ['with a reference behind the end', u32(16, 20)],
    ['with a text over the end', u32(24, 12)],
    ['with a text whose length is huge', u32(24, 0xffffffff)],
    ['with a text above its limit', u32(24, 4097)],
    ['with a text without NUL', u8(32, 1)],
    ['with a text that is not UTF-8', u8(28, 0xff)],
    ['with a text that ends within a character', u8(31, 0xc3)],
    ['with a surrogate in UTF-8', u8s(28, 0xed, 0xa0, 0x80)],
    ['with an overlong character', u8s(28, 0xc0, 0x80)],
  ])('%s', (_what, change) => {
    const { bytes, view, end } = aName();
    change(view);
    expect(() => resolveResource.decodeRequest(bytes, view, 0, end)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID' }));
  });

  it.each([
    ['with a number above 2^53', u32(20, 0x200000)],
    [
      'with a number that is not aligned to 8',
      (view: DataView) => {
        view.setUint16(6, 16, true);
        view.setUint16(8, 8, true);
      },
    ],
    ['with a number over the end of its table', u16(6, 11)],
  ])('%s', (_what, change) => {
    const { bytes, view, end } = aContext();
    change(view);
    expect(() => closeContext.decodeRequest(bytes, view, 0, end)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID' }));
  });

  it('whose end is behind its buffer, or before its start', () => {
    const { bytes, view, end } = aName();
    const short = new Uint8Array(2);
    expect(() => resolveResource.decodeRequest(short, new DataView(short.buffer), 0, 2)).toThrow(
      expect.objectContaining({ code: 'FRAME_INVALID' }),
    );
    for (const [from, to] of [
      [0, bytes.length + 8],
      [-8, end],
      [8, 8],
      [end, 0],
    ] as const) {
      expect(() => resolveResource.decodeRequest(bytes, view, from, to)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID' }));
    }
  });
});

describe('accepted is a message', () => {
  it('with a field that its vtable calls absent', () => {
    const { bytes, view, end } = aName();
    view.setUint16(8, 0, true);
    expect(resolveResource.decodeRequest(bytes, view, 0, end)).toEqual({ name: '', type: 7 });
  });

  it('with a vtable that ends early', () => {
    const { bytes, view, end } = aName();
    view.setUint16(4, 6, true);
    expect(resolveResource.decodeRequest(bytes, view, 0, end)).toEqual({ name: 'slot', type: 0 });
  });

  it('of another operation, as far as the fields go', () => {
    const { bytes, view, end } = aContext();
    expect(getProviderInfo.decodeRequest(bytes, view, 0, end)).toEqual({ provider: 0xffff, name: '', resource: 0 });
  });

  it('of 53 bits at most', () => {
    const { bytes, view, end } = aContext();
    expect(closeContext.decodeRequest(bytes, view, 0, end).context).toBe(Number.MAX_SAFE_INTEGER);
  });
});

it('the one error of all that are malformed can not be changed', () => {
  const { bytes, view } = aName();
  const caught: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    try {
      resolveResource.decodeRequest(bytes, view, 0, 4);
    } catch (error) {
      caught.push(error);
    }
  }
  expect(caught[0]).toBe(caught[1]);
  expect(Object.isFrozen(caught[0])).toBe(true);
});
