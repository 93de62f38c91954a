/**
 * What generated decoders are made of. A message lies in bytes [s, e) of `b`, of which `d` is the view; all alignment counts from
 * `s`. Every number that leads somewhere is read once and checked before it is followed, so that no byte outside [s, e) is read
 * and memory that a peer can change can't be changed between check and use. Everything malformed is FRAME_INVALID.
 */
import { bad } from './body-errors.js';
import { itemBudget } from './body-writer.js';

// ignoreBOM: a leading U+FEFF is part of the text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Present in every Node, absent from its types; works on any Uint8Array. */
const { latin1Slice } = Buffer.prototype as unknown as { latin1Slice: (this: Uint8Array, start: number, end: number) => string };
/** Longest text that is looked at byte by byte; names are shorter. */
const shortText = 64;

/** The one empty value: nothing can be written to it. */
export const noBytes = new Uint8Array(0);

/** The position of the root table. */
export function rootOf(b: Uint8Array, d: DataView, s: number, e: number): number {
  if (s < 0 || s + 8 > e || e > b.length) bad();
  return follow(d, s, e, s);
}

/** The position that the reference at p leads to: ahead of it, aligned, with four bytes before e. */
export function follow(d: DataView, s: number, e: number, p: number): number {
  const r = d.getInt32(p, true);
  const q = p + r;
  if (r <= 0 || ((q - s) & 3) !== 0 || q + 4 > e) bad();
  return q;
}

/** The position of the vtable of the table at t, with four bytes before e. */
export function vtableOf(d: DataView, s: number, e: number, t: number): number {
  const vt = t - d.getInt32(t, true);
  if (vt < s || ((vt - s) & 1) !== 0 || vt + 4 > e) bad();
  return vt;
}

/** A u64 that fits a JavaScript number. */
export function getU64(d: DataView, p: number): number {
  const high = d.getUint32(p + 4, true);
  if (high > 0x1fffff) bad();
  return high * 4294967296 + d.getUint32(p, true);
}

/** The bytes at p as a view; whoever wants to keep them keeps the message or copies. */
export function getBytes(b: Uint8Array, d: DataView, e: number, p: number, max: number): Uint8Array {
  const n = d.getUint32(p, true);
  if (n > max || p + 4 + n > e) bad();
  return n === 0 ? noBytes : new Uint8Array(b.buffer, b.byteOffset + p + 4, n);
}

export function getText(b: Uint8Array, d: DataView, e: number, p: number, max: number): string {
  const n = d.getUint32(p, true);
  if (n > max || p + 5 + n > e || b[p + 4 + n] !== 0) bad();
  return n === 0 ? '' : utf8(b, p + 4, n);
}

function utf8(b: Uint8Array, at: number, n: number): string {
  if (n <= shortText) {
    let bits = 0;
    for (let i = at; i < at + n; i++) bits |= b[i] as number;
    if (bits < 128) return latin1Slice.call(b, at, at + n);
  }
  try {
    return decoder.decode(b.subarray(at, at + n));
  } catch {
    return bad();
  }
}

export function getU16s(d: DataView, e: number, p: number, max: number): number[] {
  const n = getCount(d, e, p, 2, max);
  const items: number[] = [];
  for (let i = 0; i < n; i++) items.push(d.getUint16(p + 4 + 2 * i, true));
  return items;
}

export function getU32s(d: DataView, e: number, p: number, max: number): number[] {
  const n = getCount(d, e, p, 4, max);
  const items: number[] = [];
  for (let i = 0; i < n; i++) items.push(d.getUint32(p + 4 + 4 * i, true));
  return items;
}

/** The number of items of `size` bytes in the vector at p, all before e. */
export function getCount(d: DataView, e: number, p: number, size: number, max: number): number {
  const n = d.getUint32(p, true);
  if (n > max || p + 4 + size * n > e) bad();
  spend(n);
  return n;
}

/** Items that the message may still hold. References may share targets, so limits on each vector alone would multiply. */
let left = itemBudget;

export function refill(): void {
  left = itemBudget;
}

function spend(n: number): void {
  left -= n;
  if (left < 0) bad();
}
