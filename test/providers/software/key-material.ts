/** Keys in every encoding, made with node:crypto, for tests of the import. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { hex, utf8 } from './support.js';

/** RFC 6979 A.2.5, NIST P-256. */
export const p256 = {
  d: 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721',
  x: '60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6',
  y: '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
};
const url = (value: string): string => Buffer.from(value, 'hex').toString('base64url');
export const p256Jwk = { kty: 'EC', crv: 'P-256', x: url(p256.x), y: url(p256.y), d: url(p256.d) };

export const ec = {
  privateKey: createPrivateKey({ key: p256Jwk, format: 'jwk' }),
  publicKey: createPublicKey({ key: p256Jwk, format: 'jwk' }),
};
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function pkcs8(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ type: 'pkcs8', format: 'der' }));
}
export function spki(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
}
export function pem(key: KeyObject): Uint8Array {
  return utf8(key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString());
}
export function older(key: KeyObject, type: 'sec1' | 'pkcs1'): Uint8Array {
  return Uint8Array.from(key.export({ type, format: 'der' } as { type: 'pkcs1'; format: 'der' }));
}
export function olderPem(key: KeyObject, type: 'sec1' | 'pkcs1'): Uint8Array {
  return utf8(key.export({ type, format: 'pem' } as { type: 'pkcs1'; format: 'pem' }).toString());
}
/** Parsed anew: in Node 20 a generated key shares a lock with the job that made it, whose end in a collection meanwhile would wait for ever. */
export function jwk(key: KeyObject): Record<string, string> {
  const der = { format: 'der' } as const;
  const parsed =
    key.type === 'private'
      ? createPrivateKey({ ...der, key: key.export({ ...der, type: 'pkcs8' }), type: 'pkcs8' })
      : createPublicKey({ ...der, key: key.export({ ...der, type: 'spki' }), type: 'spki' });
  return parsed.export({ format: 'jwk' }) as Record<string, string>;
}
export function json(value: unknown): Uint8Array {
  return utf8(JSON.stringify(value));
}
/** The uncompressed point. */
export const point = hex(`04${p256.x}${p256.y}`);

/** The bytes with one stretch replaced, which must be there once. */
export function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('hex');
  if (text.split(from).length !== 2) throw new Error(`${from} is not there once`);
  return hex(text.replace(from, to));
}
