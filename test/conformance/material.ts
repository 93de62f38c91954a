/** Keys and messages that node:crypto knows too, so that every result is compared with something that is not Keyslot. */
import { createCipheriv, createDecipheriv, createHash, createHmac, generateKeyPairSync, type KeyObject, randomFillSync } from 'node:crypto';

export type KeyName = 'AES-256' | 'HMAC-SHA-256' | 'ECDSA-P256' | 'RSA-2048';
export const keyNames: readonly KeyName[] = ['AES-256', 'HMAC-SHA-256', 'ECDSA-P256', 'RSA-2048'];

export const aesKey = randomFillSync(new Uint8Array(32));
export const hmacKey = randomFillSync(new Uint8Array(32));
export const ecPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const iv = randomFillSync(new Uint8Array(16));

export const pkcs8 = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
export const spki = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }));

/** Bytes that differ from place to place. */
export function pattern(size: number, from = 0): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = (from + i * 7 + (i >>> 8)) & 0xff;
  return bytes;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : new Uint8Array(Buffer.concat(parts));
}

export const digest = (hash: string, message: Uint8Array): Uint8Array => new Uint8Array(createHash(hash).update(message).digest());
export const mac = (message: Uint8Array, size = 32): Uint8Array =>
  new Uint8Array(createHmac('sha256', hmacKey).update(message).digest().subarray(0, size));

export function cbcEncrypted(message: Uint8Array, padding = true): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', aesKey, iv).setAutoPadding(padding);
  return joined([cipher.update(message), cipher.final()].map((part) => new Uint8Array(part)));
}
/** Undefined for a ciphertext whose padding or length is wrong. */
export function cbcDecrypted(ciphertext: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-cbc', aesKey, iv);
  try {
    return joined([decipher.update(ciphertext), decipher.final()].map((part) => new Uint8Array(part)));
  } catch {
    return undefined;
  }
}

export function gcmEncrypted(
  message: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  authTagLength = 16,
): { data: Uint8Array; tag: Uint8Array } {
  const cipher = createCipheriv('aes-256-gcm', aesKey, nonce, { authTagLength }).setAAD(aad);
  const data = joined([cipher.update(message), cipher.final()].map((part) => new Uint8Array(part)));
  return { data, tag: new Uint8Array(cipher.getAuthTag()) };
}
