/** What CBC and GCM have in common: OpenSSL's names, and letting go of a cipher. */
import type { Cipher, Decipher } from 'node:crypto';
import type { AeadRow, CipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { decryptionRefused } from '../contract.js';

type Mode = CipherRow['mode'] | AeadRow['mode'];

const openSslNames: Readonly<Record<Mode, (keyLength: number) => string>> = {
  cbc: (bits) => `aes-${bits}-cbc`,
  gcm: (bits) => `aes-${bits}-gcm`,
};

export function openSslName(algorithm: CipherRow | AeadRow): string {
  return openSslNames[algorithm.mode](algorithm.keyLength);
}

export function hasMode(algorithm: CipherRow | AeadRow): boolean {
  return Object.hasOwn(openSslNames, algorithm.mode);
}

/** Frees the key schedule now: an unfinished cipher keeps the key until it is collected. */
export function drop(cipher: Cipher | Decipher | undefined): void {
  try {
    cipher?.final().fill(0);
  } catch {
    // Unfinished is how it should be.
  }
}

export function refused(): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', decryptionRefused);
}

export function notStarted(): KeyslotError {
  return new KeyslotError('STREAM_NOT_INITIALIZED', 'the stream was not started');
}
