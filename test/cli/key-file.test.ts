/** How keys in files are recognised. */
import { expect, test } from 'vitest';
import { publicKeyFormatOf } from '../../src/cli/key-file.js';

/** What starts like DER, whatever it is. */
function likeDer(size: number): Uint8Array {
  return new Uint8Array(size).fill(1).fill(0x30, 0, 1);
}

test.each([
  ['X25519', 32, 34 + 10],
  ['X448', 56, 68],
  ['ML-KEM-512', 800, 822],
  ['ML-KEM-768', 1184, 1206],
  ['ML-KEM-1024', 1568, 1590],
])('a raw public key of %s that starts like DER is told from SPKI by its length', (_name, raw, spki) => {
  expect(publicKeyFormatOf(likeDer(raw))).toBe('raw');
  expect(publicKeyFormatOf(likeDer(spki))).toBe('der');
});
