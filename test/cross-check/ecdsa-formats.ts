/** ECDSA signatures as two numbers side by side (IEEE P1363) and in DER (RFC 3279). */
import type { KeyRow } from '../../src/core/algorithms.js';
import { integer, sequence } from '../vectors/der-writer.js';
import { curves } from './key-pairs.js';

function withoutZeros(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array(0) : bytes.subarray(start);
}

export function ecdsaToDer(p1363: Uint8Array): Uint8Array {
  const half = p1363.length / 2;
  return sequence(integer(withoutZeros(p1363.subarray(0, half))), integer(withoutZeros(p1363.subarray(half))));
}

/** Of signatures that are known to be well-formed. */
export function ecdsaToP1363(der: Uint8Array, { curve }: KeyRow): Uint8Array {
  const { size } = curves[curve ?? 'P-256'];
  const result = new Uint8Array(2 * size);
  let at = (der[1] ?? 0) >= 0x80 ? 3 : 2;
  for (const end of [size, 2 * size]) {
    const length = der[at + 1] ?? 0;
    const number = withoutZeros(der.subarray(at + 2, at + 2 + length));
    result.set(number, end - number.length);
    at += 2 + length;
  }
  return result;
}
