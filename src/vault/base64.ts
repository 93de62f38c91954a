/** Base64 (RFC 4648 section 4) with its padding, in the one spelling that each value has. For public bytes only. */

import { KeyslotError } from '../core/errors.js';

export function toBase64(bytes: Uint8Array): string {
  // not secret: ciphertext, nonces, salts and public keys
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** @throws INVALID_FORMAT for blanks, the other alphabet, missing padding and bits that should be zero */
export function fromBase64(text: unknown, field: string): Uint8Array {
  if (typeof text === 'string') {
    // not secret: ciphertext, nonces, salts and public keys
    const bytes = Buffer.from(text, 'base64');
    if (toBase64(bytes) === text) return new Uint8Array(bytes);
  }
  throw new KeyslotError('INVALID_FORMAT', `${field} must be base64 with its padding`, { field });
}
