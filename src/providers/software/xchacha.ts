/**
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): ChaCha20-Poly1305 of node:crypto under a key that HChaCha20 of @noble/ciphers makes of
 * the key and the first 16 bytes of the nonce.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { hchacha } from '@noble/ciphers/chacha.js';
import { copySecret, wipe } from '../key-encoding/secret-bytes.js';

/** Bytes of the nonce that go into the key. */
const inKey = 16;
const sigma = words(new TextEncoder().encode('expand 32-byte k'));

function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(copySecret(bytes).buffer);
}

export interface SubKey {
  readonly key: KeyObject;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
}

/** @param nonce 24 bytes */
export function xchachaSubKey(key: KeyObject, nonce: Uint8Array): SubKey {
  const bytes = key.export();
  const keyWords = words(bytes);
  const subKey = new Uint32Array(8);
  const subKeyBytes = new Uint8Array(subKey.buffer);
  try {
    hchacha(sigma, keyWords, words(nonce.subarray(0, inKey)), subKey);
    const rest = new Uint8Array(12);
    rest.set(nonce.subarray(inKey), 4);
    return { key: createSecretKey(subKeyBytes), nonce: rest };
  } finally {
    wipe(bytes, new Uint8Array(keyWords.buffer), subKeyBytes);
  }
}
