/** Where a phrase or passphrase comes from. Never from a string, which nobody can wipe. */

import { types } from 'node:util';
import { KeyslotError } from '../core/errors.js';
import { SecureBuffer } from '../native.js';

/**
 * A descriptor that native code reads to its end (the caller keeps and closes it), or bytes in UTF-8, at most 1024, which native code copies
 * and which are overwritten with zeros then, whatever becomes of the call. The owner of a SecureBuffer still disposes it.
 */
export type SecretSource = number | SecureBuffer | Uint8Array;

const longestSecret = 1024;
const newline = 0x0a;
const largestDescriptor = 0x7fffffff;

/** @throws INVALID_ARGUMENT for anything but a descriptor or bytes without a newline, which would end them early (`binary`: with any bytes) */
export function requireSource(source: SecretSource, field: string, binary = false): void {
  if (typeof source === 'string') throw refused(`${field} must not be a string, which can't be wiped: give bytes or a descriptor`, field);
  if (typeof source === 'number') {
    if (Number.isInteger(source) && source >= 0 && source <= largestDescriptor) return;
  } else if (source instanceof SecureBuffer || types.isUint8Array(source)) {
    const size = source instanceof SecureBuffer ? source.size : source.length;
    if (isGone(source)) throw refused(`${field} is of memory that was given away or made smaller: nothing is in it any more`, field);
    if (size > longestSecret) throw refused(`${field} must have at most ${longestSecret} bytes`, field);
    if (binary || !hasNewline(source)) return;
    throw refused(`${field} must be one line, without a newline`, field);
  }
  throw refused(`${field} must be a descriptor, a SecureBuffer or a Uint8Array`, field);
}

function hasNewline(source: SecureBuffer | Uint8Array): boolean {
  return source instanceof SecureBuffer ? source.use((bytes) => bytes.includes(newline)) : source.includes(newline);
}

/** Whether it is a view that its ArrayBuffer has left: transferred, or shrunk below it. Its length is 0, and most calls on it throw. */
function isGone(source: SecureBuffer | Uint8Array): boolean {
  if (source instanceof SecureBuffer) return false;
  try {
    // Nothing of it.
    source.fill(0, 0, 0);
    return false;
  } catch {
    return true;
  }
}

/** Overwrites the bytes, if it is any and they are there. Never fails. */
export function wipeSource(source: SecretSource | undefined): void {
  if (source instanceof SecureBuffer) source.zeroize();
  else if (types.isUint8Array(source) && !isGone(source)) source.fill(0);
}

function refused(message: string, field: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}
