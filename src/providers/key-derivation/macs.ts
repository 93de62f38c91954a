/** AES-CMAC (SP 800-38B) and KMAC (SP 800-185 section 4), by OpenSSL. */
import { kmac128, kmac256 } from '@noble/hashes/sha3-addons.js';
import type { KdfRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { type CmacOptions, NativeMac } from '../../native-mac.js';

type Parts = readonly Uint8Array[];

function finish(mac: NativeMac, parts: Parts): Uint8Array {
  try {
    for (const part of parts) mac.update(part);
    return mac.digest();
  } finally {
    mac.dispose();
  }
}

const ciphers: Readonly<Record<number, CmacOptions['cipher']>> = { 16: 'aes-128-cbc', 24: 'aes-192-cbc', 32: 'aes-256-cbc' };

/** Whether AES has keys of so many bytes. */
export function isAesKeySize(size: number): boolean {
  return Object.hasOwn(ciphers, size);
}

/** Of all parts, one after another; fresh memory that the caller wipes. */
export function cmac(key: Uint8Array, parts: Parts): Uint8Array {
  const cipher = ciphers[key.length];
  if (cipher === undefined) throw new KeyslotError('INTERNAL_ERROR', 'not a key of AES');
  return finish(new NativeMac({ algorithm: 'CMAC', cipher }, key), parts);
}

/** What OpenSSL's KMAC takes; bytes. */
const shortestKey = 4;
const longestKey = 512;
const longestCustomization = 512;
const longestOutput = 2_097_151;

/** `size` bytes of all parts; fresh memory that the caller wipes. What is beyond OpenSSL's limits is left to @noble/hashes. */
export function kmac(strength: 128 | 256, key: Uint8Array, parts: Parts, customization: Uint8Array, size: number): Uint8Array {
  const keyFits = key.length >= shortestKey && key.length <= longestKey;
  if (keyFits && customization.length <= longestCustomization && size <= longestOutput)
    return finish(new NativeMac({ algorithm: `KMAC-${strength}`, customization, outputLength: size }, key), parts);
  const mac = (strength === 128 ? kmac128 : kmac256).create(key, { dkLen: size, personalization: customization });
  for (const part of parts) mac.update(part);
  return mac.digest();
}

export function kmacStrength({ name, prf }: KdfRow): 128 | 256 {
  if (prf === 'kmac-128') return 128;
  if (prf === 'kmac-256') return 256;
  throw new KeyslotError('INTERNAL_ERROR', `${name} is not built on KMAC`);
}
