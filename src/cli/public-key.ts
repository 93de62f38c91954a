/** Public keys as other programs have them in files. */
import { createPublicKey, ECDH, type KeyObject } from 'node:crypto';
import { usageError } from './failure.js';
import { publicKeyFormatOf } from './key-file.js';
import type { KindName } from './kinds.js';

type Readers = { readonly [F in 'pem' | 'jwk']: (text: string) => KeyObject };

const readers: Readers = {
  pem: (text) => createPublicKey(text),
  jwk: (text) => createPublicKey({ key: JSON.parse(text), format: 'jwk' }),
};
/** What only a private key has. node:crypto would take it, and make its public half. */
const privateMarks = { pem: ['PRIVATE KEY-----'], jwk: ['"d"', '"priv"'] } as const;

/** Somebody's key, raw or as SPKI in DER, of a file in PEM, JWK, DER or raw. What kind of key it is is not looked at. @throws INVALID_ARGUMENT (usage) */
export function readPublicKey(bytes: Uint8Array, flag: string): Uint8Array {
  const format = publicKeyFormatOf(bytes);
  if (format !== 'pem' && format !== 'jwk') return bytes;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Before it becomes a string, which nobody could wipe.
  if (privateMarks[format].some((mark) => file.includes(mark))) {
    file.fill(0);
    throw usageError(`--${flag}: this is a private key: give its public half`, flag);
  }
  const text = file.toString('utf8');
  try {
    return new Uint8Array(readers[format](text).export({ format: 'der', type: 'spki' }));
  } catch {
    throw usageError(`--${flag}: this is no public key in ${format.toUpperCase()}`, flag);
  }
}

/** Of a key that was derived. */
export function publicKeyPem(kind: Exclude<KindName, 'aes256'>, publicKey: Uint8Array): string {
  return createPublicKey({ key: jwks[kind](publicKey), format: 'jwk' })
    .export({ format: 'pem', type: 'spki' })
    .toString();
}

const jwks = {
  ed25519: (publicKey: Uint8Array) => ({ kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) }),
  secp256k1: (publicKey: Uint8Array) => {
    const point = ECDH.convertKey(publicKey, 'secp256k1', undefined, undefined, 'uncompressed') as Buffer;
    return { kty: 'EC', crv: 'secp256k1', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
  },
} as const;

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
