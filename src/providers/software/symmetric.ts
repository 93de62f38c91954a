/** What ciphers with a secret key have in common: OpenSSL's names, sizes of IVs, and letting go of a cipher. */
import type { Cipher, Decipher } from 'node:crypto';
import type { AeadRow, CipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { decryptionRefused } from '../contract.js';
import { hasOpenSslCipher } from './openssl.js';

type Mode = CipherRow['mode'] | AeadRow['mode'];

const aes = (mode: Mode) => (bits: number) => `aes-${bits}-${mode}`;
const chacha = () => 'chacha20-poly1305';

/** Of the modes that node:crypto does. */
const openSslNames: Readonly<Partial<Record<Mode, (keyLength: number) => string>>> = {
  ecb: aes('ecb'),
  cbc: aes('cbc'),
  ctr: aes('ctr'),
  cfb: aes('cfb'),
  cfb8: aes('cfb8'),
  ofb: aes('ofb'),
  /** Its key is two keys. */
  xts: (bits) => `aes-${bits / 2}-xts`,
  gcm: aes('gcm'),
  ccm: aes('ccm'),
  'chacha20-poly1305': chacha,
  'xchacha20-poly1305': chacha,
};

/** @throws UNSUPPORTED_ALGORITHM for a mode that node:crypto does not do */
export function openSslName(algorithm: CipherRow | AeadRow): string {
  const name = openSslNames[algorithm.mode]?.(algorithm.keyLength);
  if (name !== undefined) return name;
  throw new KeyslotError('UNSUPPORTED_ALGORITHM', `the software provider does not have ${algorithm.name}`, { field: 'algorithm' });
}

const present = new Map<string, boolean>();

/** Whether the running OpenSSL does it; asked once for each name. */
export function hasOpenSslMode(algorithm: CipherRow | AeadRow): boolean {
  const name = openSslNames[algorithm.mode]?.(algorithm.keyLength);
  if (name === undefined) return false;
  let known = present.get(name);
  if (known === undefined) {
    known = hasOpenSslCipher(name);
    present.set(name, known);
  }
  return known;
}

/** @throws INVALID_ARGUMENT */
export function checkIv(
  iv: Uint8Array | undefined,
  { min, max }: { readonly min: number; readonly max: number },
  field: 'iv' | 'nonce' = 'iv',
): Uint8Array {
  if (iv !== undefined && iv.length >= min && iv.length <= max) return iv;
  const sizes = min === max ? `${min}` : `${min} to ${max}`;
  throw new KeyslotError('INVALID_ARGUMENT', `the ${field} must have ${sizes} bytes`, { field });
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
