/** Just enough DER to frame the keys of test files. */
import { concat, hex } from './bytes.js';

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(...contents);
  const { length } = content;
  const digits = length.toString(16);
  const size = length < 128 ? new Uint8Array(0) : hex(digits.length % 2 === 0 ? digits : `0${digits}`);
  const head = size.length === 0 ? [tag, length] : [tag, 0x80 | size.length];
  return concat(Uint8Array.from(head), size, content);
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...contents);
export const octets = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x04, ...contents);
export const bits = (content: Uint8Array): Uint8Array => tlv(0x03, Uint8Array.of(0), content);
/** Content in hexadecimal. */
export const oid = (content: string): Uint8Array => tlv(0x06, hex(content));
/** Of its big-endian bytes without leading zeros. */
export function integer(magnitude: Uint8Array): Uint8Array {
  if (magnitude.length === 0) return tlv(0x02, Uint8Array.of(0));
  return (magnitude[0] ?? 0) >= 0x80 ? tlv(0x02, Uint8Array.of(0), magnitude) : tlv(0x02, magnitude);
}
export const version = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
