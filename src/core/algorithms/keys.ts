/** Kinds of keys. */

import { hashAliases, hashSizes, hashStatus } from './hashes.js';
import { curveLengths, curveShortNames, slhDsaSets } from './key-names.js';
import { type CurveName, curveNames, type EncodedSizes, type HashName, hashNames, type KeyRow, type KeyType } from './row.js';

function key(name: string, keyType: KeyType, keyLength: number, more: Partial<KeyRow> = {}): KeyRow {
  return { name, aliases: [], family: 'key', kinds: [], parameters: [], status: 'approved', keyType, keyLength, ...more };
}
function hmac(hash: HashName): KeyRow {
  const name = `HMAC-${hash}`;
  const importLength = { min: 8, max: 524_288 };
  return key(name, 'hmac', hashSizes[hash] * 8, { aliases: hashAliases(name), status: hashStatus(hash), importLength });
}
/** One type of key under two names, which differ in the permissions of a new key. */
function ec(curve: CurveName, purpose: 'sign' | 'agree'): KeyRow {
  const short = curveShortNames[curve];
  const status = curve.startsWith('P-') ? 'approved' : 'other';
  const aliases = purpose === 'sign' ? [short, ...(short === curve ? [] : [curve])] : [];
  return key(`${purpose === 'sign' ? 'ECDSA' : 'ECDH'}-${short}`, 'ec', curveLengths[curve], { aliases, status, curve, purpose });
}
function postQuantum(name: string, keyType: KeyType, encodedSizes: EncodedSizes): KeyRow {
  return key(name, keyType, encodedSizes.publicKey * 8, { encodedSizes });
}
function kmac(strength: 128 | 256): KeyRow {
  return key(`KMAC-${strength}`, 'kmac', strength, { aliases: [`KMAC${strength}`], importLength: { min: 32, max: 4096 } });
}
const rsaLengths = [2048, 3072, 4096, 5120, 6144, 7168, 7680, 8192] as const;

export const keyRows: readonly KeyRow[] = [
  key('AES-128', 'aes', 128),
  key('AES-192', 'aes', 192),
  key('AES-256', 'aes', 256),
  /** Two keys in one, of XTS and SIV. */
  key('AES-384', 'aes', 384, { aliases: ['AES-192-SIV'] }),
  key('AES-512', 'aes', 512, { aliases: ['AES-256-SIV', 'AES-256-XTS'] }),
  key('ChaCha20', 'chacha20', 256, { aliases: ['ChaCha20-Poly1305', 'XChaCha20-Poly1305'], status: 'other' }),
  ...hashNames.map(hmac),
  kmac(128),
  kmac(256),
  /** Something to derive keys from: a shared secret, a password. */
  key('GENERIC-SECRET', 'secret', 256, { aliases: ['SECRET'], importLength: { min: 0, max: 524_288 } }),
  ...curveNames.map((curve) => ec(curve, 'sign')),
  ...curveNames.map((curve) => ec(curve, 'agree')),
  key('Ed25519', 'edwards', 256),
  key('Ed448', 'edwards', 456),
  key('X25519', 'montgomery', 256, { status: 'other' }),
  key('X448', 'montgomery', 448, { status: 'other' }),
  ...rsaLengths.map((bits) => key(`RSA-${bits}`, 'rsa', bits)),
  /** Of any length that is strong enough: for keys that others have made. */
  key('RSA', 'rsa', 3072, { importLength: { min: 2048, max: 8192 } }),
  postQuantum('ML-KEM-512', 'ml-kem', { publicKey: 800, privateKey: 1632, seed: 64 }),
  postQuantum('ML-KEM-768', 'ml-kem', { publicKey: 1184, privateKey: 2400, seed: 64 }),
  postQuantum('ML-KEM-1024', 'ml-kem', { publicKey: 1568, privateKey: 3168, seed: 64 }),
  postQuantum('ML-DSA-44', 'ml-dsa', { publicKey: 1312, privateKey: 2560, seed: 32 }),
  postQuantum('ML-DSA-65', 'ml-dsa', { publicKey: 1952, privateKey: 4032, seed: 32 }),
  postQuantum('ML-DSA-87', 'ml-dsa', { publicKey: 2592, privateKey: 4896, seed: 32 }),
  ...slhDsaSets.map(({ name, n }) => postQuantum(name, 'slh-dsa', { publicKey: 2 * n, privateKey: 4 * n, seed: 0 })),
];
