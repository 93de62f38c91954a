/** Comparing what two parties found. */
import type { Bytes } from './party.js';

/** Thrown when two parties differ. */
export class Disagreement extends Error {}

const longestShown = 96;

export function show(bytes: Bytes | undefined): string {
  if (bytes === undefined) return 'refused';
  const text = Buffer.from(bytes.subarray(0, longestShown)).toString('hex');
  return bytes.length > longestShown ? `${text}… (${bytes.length} bytes)` : `${text || 'nothing'} (${bytes.length} bytes)`;
}

function same(a: Bytes | undefined, b: Bytes | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

/** @throws Disagreement */
export function assertSame(what: string, found: Bytes | undefined, expected: Bytes | undefined): void {
  if (!same(found, expected)) throw new Disagreement(`${what}: ${show(found)}, expected ${show(expected)}`);
}

/** @throws Disagreement */
export function assertTrue(what: string, found: boolean): void {
  if (!found) throw new Disagreement(`${what}: no`);
}

/** A copy with one bit changed. */
export function changed(bytes: Bytes, bit: number): Bytes {
  const copy = Uint8Array.from(bytes);
  const index = (bit >> 3) % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
