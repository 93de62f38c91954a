/**
 * What generated encoders are made of. Positions are bytes in `b`, of which `d` is the view. Callers have measured: a buffer that
 * is too short is a fault of the program and ends in a RangeError or INTERNAL_ERROR. Every byte up to the position returned is
 * written, since what was in the buffer before may be somebody's secret.
 */
import { full, refuse } from './body-errors.js';

const encoder = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
/** Above this length a call into the engine is cheaper than a loop. */
const shortCopy = 16;

export function putU8(d: DataView, p: number, v: number, field: string): void {
  if ((v & 0xff) !== v) refuse(field, 'is not a whole number from 0 to 255');
  d.setUint8(p, v);
}

export function putU16(d: DataView, p: number, v: number, field: string): void {
  if ((v & 0xffff) !== v) refuse(field, 'is not a whole number from 0 to 65535');
  d.setUint16(p, v, true);
}

export function putU32(d: DataView, p: number, v: number, field: string): void {
  if (v >>> 0 !== v) refuse(field, 'is not a whole number from 0 to 4294967295');
  d.setUint32(p, v, true);
}

export function putU64(d: DataView, p: number, v: number, field: string): void {
  if (!Number.isSafeInteger(v) || v < 0) refuse(field, 'is not a whole number from 0 to 9007199254740991');
  d.setUint32(p, v >>> 0, true);
  d.setUint32(p + 4, v / 4294967296, true);
}

/** Length, content, zeros up to a multiple of 4. */
export function putBytes(b: Uint8Array, d: DataView, p: number, v: Uint8Array | undefined, max: number, field: string): number {
  const n = v === undefined ? 0 : v.length;
  if (n > max) refuse(field, `is longer than ${max} bytes`);
  const end = p + ((n + 7) & -4);
  d.setUint32(end - 4, 0, true);
  d.setUint32(p, n, true);
  if (v === undefined) return end;
  if (n > shortCopy) b.set(v, p + 4);
  else for (let i = 0; i < n; i++) b[p + 4 + i] = v[i] as number;
  return end;
}

/** Length, UTF-8, a NUL, zeros up to a multiple of 4. */
export function putText(b: Uint8Array, d: DataView, p: number, v: string | undefined, max: number, field: string): number {
  const n = v === undefined ? 0 : putUtf8(b, p + 4, v, field);
  if (n > max) refuse(field, `is longer than ${max} bytes`);
  const end = p + ((n + 8) & -4);
  if (end > b.length) full();
  for (let i = p + 4 + n; i < end; i++) b[i] = 0;
  d.setUint32(p, n, true);
  return end;
}

/** Writes text at `at`, where three bytes a character are free, and answers its length in bytes. */
function putUtf8(b: Uint8Array, at: number, v: string, field: string): number {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const c = v.charCodeAt(i);
    if (c > 127) return putWide(b, at, v, field);
    b[at + i] = c;
  }
  return n;
}

function putWide(b: Uint8Array, at: number, v: string, field: string): number {
  if (loneSurrogate.test(v)) refuse(field, 'is not well-formed text');
  const { read, written } = encoder.encodeInto(v, b.subarray(at, at + 3 * v.length));
  return read === v.length ? written : full();
}

export function putU16s(d: DataView, p: number, v: readonly number[] | undefined, max: number, field: string): number {
  const n = v === undefined ? 0 : v.length;
  if (n > max) refuse(field, `has more than ${max} items`);
  spendOwn(n, field);
  const end = p + ((2 * n + 7) & -4);
  d.setUint32(end - 4, 0, true);
  d.setUint32(p, n, true);
  if (v !== undefined) for (let i = 0; i < n; i++) putU16(d, p + 4 + 2 * i, v[i] as number, field);
  return end;
}

export function putU32s(d: DataView, p: number, v: readonly number[] | undefined, max: number, field: string): number {
  const n = v === undefined ? 0 : v.length;
  if (n > max) refuse(field, `has more than ${max} items`);
  spendOwn(n, field);
  d.setUint32(p, n, true);
  if (v !== undefined) for (let i = 0; i < n; i++) putU32(d, p + 4 + 4 * i, v[i] as number, field);
  return p + 4 + 4 * n;
}

/** Writes the length of a list of tables and answers it. */
export function putCount(d: DataView, p: number, n: number, max: number, field: string): number {
  if (n > max) refuse(field, `has more than ${max} items`);
  spendOwn(n, field);
  d.setUint32(p, n, true);
  return n;
}

/** Answers where a table that holds a u64 may start: four bytes after a multiple of 8, zeros before it. */
export function alignWide(d: DataView, p: number): number {
  if ((p & 4) !== 0) return p;
  d.setUint32(p, 0, true);
  return p + 4;
}

/** The same budget as the reader's, so that whatever is encoded can be read. */
export const itemBudget = 16_384;
let left = itemBudget;

export function refillOwn(): void {
  left = itemBudget;
}

function spendOwn(n: number, field: string): void {
  left -= n;
  if (left < 0) refuse(field, `brings the message above ${itemBudget} items`);
}

/** Answers `end` when the message lies in the buffer. */
export function fits(b: Uint8Array, end: number): number {
  if (end > b.length) full();
  return end;
}
