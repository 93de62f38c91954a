/** Keys and messages that node:crypto knows too, so that every result is compared with something that is not Keyslot. */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomFillSync,
  sign,
  verify,
} from 'node:crypto';

export type KeyName = 'AES-256' | 'HMAC-SHA-256' | 'ECDSA-P256' | 'RSA-2048';
export const keyNames: readonly KeyName[] = ['AES-256', 'HMAC-SHA-256', 'ECDSA-P256', 'RSA-2048'];

export const aesKey = randomFillSync(new Uint8Array(32));
export const hmacKey = randomFillSync(new Uint8Array(32));
export const ecPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const iv = randomFillSync(new Uint8Array(16));

export const pkcs8 = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
export const spki = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }));

export interface Half {
  readonly algorithm: KeyName;
  readonly half: 'secret' | 'private' | 'public';
  readonly format: 'raw' | 'der';
  readonly data: Uint8Array;
}
/** Every type of key, in every half. */
export const halves: Readonly<Record<'aes' | 'hmac' | 'ecPrivate' | 'ecPublic' | 'rsaPrivate' | 'rsaPublic', Half>> = {
  aes: { algorithm: 'AES-256', half: 'secret', format: 'raw', data: aesKey },
  hmac: { algorithm: 'HMAC-SHA-256', half: 'secret', format: 'raw', data: hmacKey },
  ecPrivate: { algorithm: 'ECDSA-P256', half: 'private', format: 'der', data: pkcs8(ecPair.privateKey) },
  ecPublic: { algorithm: 'ECDSA-P256', half: 'public', format: 'der', data: spki(ecPair.publicKey) },
  rsaPrivate: { algorithm: 'RSA-2048', half: 'private', format: 'der', data: pkcs8(rsaPair.privateKey) },
  rsaPublic: { algorithm: 'RSA-2048', half: 'public', format: 'der', data: spki(rsaPair.publicKey) },
};
export type HalfName = keyof typeof halves;
export const halfNames = Object.keys(halves) as readonly HalfName[];

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

export type Scheme = 'ecdsa-p1363' | 'ecdsa-der' | 'rsa-pss';

function schemeKey(key: KeyObject, scheme: Scheme) {
  if (scheme === 'rsa-pss') return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return { key, dsaEncoding: scheme === 'ecdsa-der' ? ('der' as const) : ('ieee-p1363' as const) };
}
const pairOf = (scheme: Scheme) => (scheme === 'rsa-pss' ? rsaPair : ecPair);

export function signed(scheme: Scheme, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', message, schemeKey(pairOf(scheme).privateKey, scheme)));
}
export function verified(scheme: Scheme, message: Uint8Array, signature: Uint8Array, publicKey = pairOf(scheme).publicKey): boolean {
  return verify('sha256', message, schemeKey(publicKey, scheme), signature);
}
