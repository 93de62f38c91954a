import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldBack } from '../../../src/providers/software/held-back.js';
import { joined, plain, random } from './support.js';

test('gives back what it was given, once', () => {
  const held = new HeldBack();
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 20 }), (pieces) => {
      const whole = joined(pieces);
      for (const piece of pieces) held.add(Uint8Array.from(piece));
      expect(plain(held.release())).toEqual(whole);
      expect(held.release()).toHaveLength(0);
    }),
  );
});

test('small pieces are gathered and wiped where they came from', () => {
  const held = new HeldBack();
  const pieces = Array.from({ length: 100_000 }, () => Uint8Array.of(7));
  for (const piece of pieces) held.add(piece);
  expect(pieces.slice(1).every((piece) => piece[0] === 0)).toBe(true);
  expect(held.release().every((byte) => byte === 7)).toBe(true);
});

test('wiping leaves nothing of the pieces that were kept as they are', () => {
  const held = new HeldBack();
  const pieces = [random(10), random(300_000), random(5), random(400_000)];
  for (const piece of pieces) held.add(piece);
  held.wipe();
  expect(pieces.every((piece) => piece.every((byte) => byte === 0))).toBe(true);
  expect(held.release()).toHaveLength(0);
});
