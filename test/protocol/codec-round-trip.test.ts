import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, bodies, completed, decoded, dirtyBuffer, encoded, inputOf, model, type Values } from './bodies.js';

const runs = { numRuns: 80 };

function forAnyInput(body: Body, check: (input: Values) => void): void {
  fc.assert(fc.property(inputOf(body.table), check), runs);
}

/** At a place in a buffer that was in use before. */
function encodeAt(
  body: Body,
  input: Values,
  at: number,
  dirt: number,
): { readonly bytes: Uint8Array; readonly view: DataView; end: number } {
  const room = dirtyBuffer(at + body.measure(input), dirt);
  return { ...room, end: body.encode(room.bytes, room.view, at, input) };
}

it('every body of the protocol is covered', () => {
  const roots = model.tables.filter((table) => table.root).map((table) => table.name);
  expect(bodies.map((body) => body.table.name).sort()).toEqual(roots.sort());
  expect(bodies.length).toBe(2 * model.operations.length + 1);
});

describe.each(bodies.map((body) => [body.table.name, body] as const))('%s', (_name, body) => {
  it('reads back as written', () => {
    forAnyInput(body, (input) => {
      expect(decoded(body, encoded(body, input))).toEqual(completed(body.table, input));
    });
    expect(decoded(body, encoded(body, {}))).toEqual(completed(body.table, {}));
  });

  it('writes every byte from its start to its end and no other', () => {
    const at = 24;
    forAnyInput(body, (input) => {
      const one = encodeAt(body, input, at, 0xaa);
      const two = encodeAt(body, input, at, 0x55);
      expect(two.end).toBe(one.end);
      expect(two.bytes.subarray(at, two.end)).toEqual(one.bytes.subarray(at, one.end));
      expect([...one.bytes.subarray(0, at), ...one.bytes.subarray(one.end)].every((byte) => byte === 0xaa)).toBe(true);
      expect(one.bytes.subarray(at, one.end)).toEqual(encoded(body, input));
      expect(body.decode(one.bytes, one.view, at, one.end)).toEqual(completed(body.table, input));
    });
  });

  it('is measured, closely', () => {
    forAnyInput(body, (input) => {
      const bound = body.measure(input);
      const size = encoded(body, input).length;
      expect(size).toBeLessThanOrEqual(bound);
      // Text is measured at three bytes a character; the rest is padding.
      expect(bound).toBeLessThanOrEqual(3 * size + 32);
    });
  });
});
