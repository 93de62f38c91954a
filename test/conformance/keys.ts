/** Keys that the checks know, as Keyslot takes them. */
import { generateKeyPairSync, type KeyObject, randomFillSync } from 'node:crypto';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { slh_dsa_sha2_128f } from '@noble/post-quantum/slh-dsa.js';
import { aesKey, ecPair, hmacKey, joined, pkcs8, rsaPair, spki } from './material.js';

export interface Half {
  /** Name of the key's algorithm. */
  readonly algorithm: string;
  readonly half: 'secret' | 'private' | 'public';
  readonly format: 'raw' | 'der';
  readonly data: Uint8Array;
  /** Of pairs: the public half. */
  readonly spki?: Uint8Array;
}

const random = (size: number): Uint8Array => randomFillSync(new Uint8Array(size));
const secret = (algorithm: string, data: Uint8Array): Half => ({ algorithm, half: 'secret', format: 'raw', data });

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
const privateOf = (algorithm: string, { privateKey, publicKey }: Pair): Half => ({
  algorithm,
  half: 'private',
  format: 'der',
  data: pkcs8(privateKey),
  spki: spki(publicKey),
});
const publicOf = (algorithm: string, { publicKey }: Pair): Half => ({
  algorithm,
  half: 'public',
  format: 'der',
  data: spki(publicKey),
  spki: spki(publicKey),
});

/** SubjectPublicKeyInfo of a key whose identifier is 2.16.840.1.101.3.4 and two numbers. */
function postQuantumSpki(arc: readonly [number, number], publicKey: Uint8Array): Uint8Array {
  const identifier = Uint8Array.from([0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, ...arc]);
  const bits = der(0x03, joined([new Uint8Array(1), publicKey]));
  return der(0x30, joined([identifier, bits]));
}
/** An element of DER. */
export function der(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return joined([Uint8Array.from([tag, ...size]), content]);
}

const seeds = { mlDsa: random(32), mlKem: random(64) };
export const edwardsPair = generateKeyPairSync('ed25519');
export const ed448Pair = generateKeyPairSync('ed448');
export const montgomeryPair = generateKeyPairSync('x25519');
export const p521Pair = generateKeyPairSync('ec', { namedCurve: 'P-521' });
export const koblitzPair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
export const mlDsaPair = ml_dsa65.keygen(seeds.mlDsa);
export const mlKemPair = ml_kem768.keygen(seeds.mlKem);
export const slhDsaPair = slh_dsa_sha2_128f.keygen();
const mlDsaSpki = postQuantumSpki([0x03, 0x12], mlDsaPair.publicKey);
const mlKemSpki = postQuantumSpki([0x04, 0x02], mlKemPair.publicKey);

const usual = {
  aes: secret('AES-256', aesKey),
  hmac: secret('HMAC-SHA-256', hmacKey),
  ecPrivate: privateOf('ECDSA-P256', ecPair),
  ecPublic: publicOf('ECDSA-P256', ecPair),
  rsaPrivate: privateOf('RSA-2048', rsaPair),
  rsaPublic: publicOf('RSA-2048', rsaPair),
} as const;
const further = {
  secret: secret('GENERIC-SECRET', random(32)),
  chacha: secret('ChaCha20', random(32)),
  edwardsPrivate: privateOf('Ed25519', edwardsPair),
  edwardsPublic: publicOf('Ed25519', edwardsPair),
  montgomeryPrivate: privateOf('X25519', montgomeryPair),
  montgomeryPublic: publicOf('X25519', montgomeryPair),
  mlKemPrivate: { algorithm: 'ML-KEM-768', half: 'private', format: 'raw', data: seeds.mlKem, spki: mlKemSpki },
  mlKemPublic: { algorithm: 'ML-KEM-768', half: 'public', format: 'der', data: mlKemSpki, spki: mlKemSpki },
  mlDsaPrivate: { algorithm: 'ML-DSA-65', half: 'private', format: 'raw', data: seeds.mlDsa, spki: mlDsaSpki },
  mlDsaPublic: { algorithm: 'ML-DSA-65', half: 'public', format: 'der', data: mlDsaSpki, spki: mlDsaSpki },
} as const satisfies Readonly<Record<string, Half>>;

/** Every type of key, in every half. */
export const halves: Readonly<Record<keyof typeof usual | keyof typeof further, Half>> = { ...usual, ...further };
export type HalfName = keyof typeof halves;
export const halfNames = Object.keys(halves) as readonly HalfName[];

const others = {
  aes128: secret('AES-128', random(16)),
  hmacSha3: secret('HMAC-SHA3-256', random(32)),
  kmac: secret('KMAC-128', random(32)),
  agreePrivate: privateOf('ECDH-P256', ecPair),
  agreePublic: publicOf('ECDH-P256', ecPair),
  p521Private: privateOf('ECDSA-P521', p521Pair),
  p521Public: publicOf('ECDSA-P521', p521Pair),
  koblitzPrivate: privateOf('ECDSA-secp256k1', koblitzPair),
  koblitzPublic: publicOf('ECDSA-secp256k1', koblitzPair),
  ed448Private: privateOf('Ed448', ed448Pair),
  ed448Public: publicOf('Ed448', ed448Pair),
  slhDsaPrivate: { algorithm: 'SLH-DSA-SHA2-128f', half: 'private', format: 'raw', data: slhDsaPair.secretKey },
  slhDsaPublic: { algorithm: 'SLH-DSA-SHA2-128f', half: 'public', format: 'raw', data: slhDsaPair.publicKey },
} as const satisfies Readonly<Record<string, Half>>;

export const knownKeys: Readonly<Record<HalfName | keyof typeof others, Half>> = { ...halves, ...others };
export type KnownKey = keyof typeof knownKeys;
