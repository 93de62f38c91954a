/** Keyed functions that derivations are built on. */
import { createHash, createHmac } from 'node:crypto';
import { type HashName, hashSizes } from '../../core/algorithms.js';
import { digestNames } from '../digest-names.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { cmac, isAesKeySize } from './macs.js';
import { refuse } from './refuse.js';

/** A function with its key. */
export interface Prf {
  /** Bytes. */
  readonly outputSize: number;
  /** Of all parts, one after another; fresh memory that the caller wipes. */
  apply(...parts: readonly Uint8Array[]): Uint8Array;
}

/** FIPS 180-4 table 1 and FIPS 202 table 3: bytes of a block, beyond which HMAC hashes its key first. */
const blockSizes: Readonly<Record<HashName, number>> = {
  'SHA-1': 64,
  'SHA-224': 64,
  'SHA-256': 64,
  'SHA-384': 128,
  'SHA-512': 128,
  'SHA-512/224': 128,
  'SHA-512/256': 128,
  'SHA3-224': 144,
  'SHA3-256': 136,
  'SHA3-384': 104,
  'SHA3-512': 72,
};

/** Digest of all parts, one after another; fresh memory that the caller wipes. */
export function digest(hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const work = createHash(digestNames[hash]);
  for (const part of parts) work.update(part);
  return work.digest();
}

/** HMAC (FIPS 198-1) of all parts; fresh memory that the caller wipes. */
export function hmac(hash: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const work = createHmac(digestNames[hash], key);
  for (const part of parts) work.update(part);
  return work.digest();
}

/** Calls `use` with HMAC under the key, which stays the caller's. */
export function withHmac<T>(hash: HashName, key: Uint8Array, use: (prf: Prf) => T): T {
  // What HMAC does with a long key anyway, but once and not for every block.
  const short = key.length > blockSizes[hash] ? digest(hash, key) : undefined;
  try {
    return use({ outputSize: hashSizes[hash], apply: (...parts) => hmac(hash, short ?? key, ...parts) });
  } finally {
    wipe(short);
  }
}

/**
 * AES-CMAC (SP 800-38B) under the key, which stays the caller's.
 * @throws INVALID_ARGUMENT naming `field` for a key of another size than AES has
 */
export function cmacPrf(key: Uint8Array, field: string): Prf {
  if (!isAesKeySize(key.length)) refuse(field, `${field} must have 16, 24 or 32 bytes for AES-CMAC`);
  return { outputSize: 16, apply: (...parts) => cmac(key, parts) };
}
