/** Where a phrase or passphrase comes from. Never from a string, which nobody can wipe. */

import { closeSync, writeSync } from 'node:fs';
import { types } from 'node:util';
import { KeyslotError } from '../core/errors.js';
import { SecureBuffer } from '../native.js';
import type { VaultCore } from './core.js';

/**
 * A descriptor that native code reads to its end (the caller keeps and closes it), or bytes in UTF-8, 1 to 4096, which are overwritten
 * with zeros whatever becomes of the call. The owner of a SecureBuffer still disposes it.
 */
export type SecretSource = number | SecureBuffer | Uint8Array;

/** Less than a pipe holds, so that writing all of it before anything is read does not block. */
const longestSecret = 4096;
const largestDescriptor = 0x7fffffff;

/** @throws INVALID_ARGUMENT for anything but a descriptor or bytes */
export function requireSource(source: SecretSource, field: string): void {
  if (typeof source === 'string') throw refused(`${field} must not be a string, which can't be wiped: give bytes or a descriptor`, field);
  if (typeof source === 'number') {
    if (Number.isInteger(source) && source >= 0 && source <= largestDescriptor) return;
  } else if (source instanceof SecureBuffer || types.isUint8Array(source)) {
    const size = source instanceof SecureBuffer ? source.size : source.length;
    if (size >= 1 && size <= longestSecret) return;
    throw refused(`${field} must have 1 to ${longestSecret} bytes`, field);
  }
  throw refused(`${field} must be a descriptor, a SecureBuffer or a Uint8Array`, field);
}

/** Overwrites the bytes, if it is any. */
export function wipeSource(source: SecretSource | undefined): void {
  if (source instanceof SecureBuffer) source.zeroize();
  else if (types.isUint8Array(source)) source.fill(0);
}

/** A descriptor to read a secret from; closed at the end where it is not the caller's. */
export class SourceDescriptor implements Disposable {
  readonly descriptor: number;
  readonly #own: boolean;

  /** The source must have been checked. It is wiped, if it is bytes, once they are in the pipe. */
  constructor(source: SecretSource, core: Pick<VaultCore, 'openPipe'>) {
    this.#own = typeof source !== 'number';
    this.descriptor = typeof source === 'number' ? source : filledPipe(source, core);
  }

  [Symbol.dispose](): void {
    if (this.#own) closeSync(this.descriptor);
  }
}

function filledPipe(source: SecureBuffer | Uint8Array, core: Pick<VaultCore, 'openPipe'>): number {
  const { read, write } = core.openPipe();
  try {
    if (source instanceof SecureBuffer) source.use((bytes) => writeSync(write, bytes));
    else writeSync(write, source);
    return read;
  } catch (error) {
    closeSync(read);
    throw error;
  } finally {
    closeSync(write);
    wipeSource(source);
  }
}

/** What `fill` writes to a descriptor, in locked memory. The caller owns it. */
export function takeFromPipe(core: Pick<VaultCore, 'openPipe'>, fill: (descriptor: number) => void): SecureBuffer {
  const { read, write } = core.openPipe();
  try {
    try {
      fill(write);
    } finally {
      closeSync(write);
    }
    return SecureBuffer.fromFile(read, longestSecret);
  } finally {
    closeSync(read);
  }
}

function refused(message: string, field: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}
