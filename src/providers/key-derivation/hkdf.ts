/** HKDF (RFC 5869), whole and in its two steps. */
import { type HashName, hashSizes } from '../../core/algorithms.js';
import type { KdfSpec } from '../contract.js';
import { copySecret, wipe } from '../key-encoding/secret-bytes.js';
import { fillBlocks } from './blocks.js';
import { bytesOf, hashOf } from './parameters.js';
import { hmac, withHmac } from './prf.js';
import { refuse } from './refuse.js';

/** Section 2.3; T(i) = HMAC(PRK, T(i-1) ‖ info ‖ i). The caller wipes the result. */
export function expand(hash: HashName, key: Uint8Array, info: Uint8Array, size: number): Uint8Array {
  const hashSize = hashSizes[hash];
  if (key.length < hashSize) refuse('sourceKey', `the key to expand must have ${hashSize} bytes at least`);
  return withHmac(hash, key, (prf) =>
    fillBlocks(size, prf.outputSize, 255, (number, previous) => prf.apply(previous, info, Uint8Array.of(number))),
  );
}

/** `salt` and `label`, the info. */
export function hkdf(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const hash = hashOf(spec);
  const key = hmac(hash, bytesOf(spec.parameters, 'salt'), secret);
  try {
    return expand(hash, key, bytesOf(spec.parameters, 'label'), size);
  } finally {
    wipe(key);
  }
}

/** Section 2.2, `salt`; gives exactly the size of the hash. */
export function hkdfExtract(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const hash = hashOf(spec);
  if (size !== hashSizes[hash]) refuse('kdf.outputKeyLength', `${spec.algorithm.name} gives ${hashSizes[hash]} bytes, no more and no less`);
  const key = hmac(hash, bytesOf(spec.parameters, 'salt'), secret);
  const result = copySecret(key);
  wipe(key);
  return result;
}

/** Section 2.3 alone; `label`, the info. */
export function hkdfExpand(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  return expand(hashOf(spec), secret, bytesOf(spec.parameters, 'label'), size);
}
