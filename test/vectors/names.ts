/** Names of algorithms in the dialects of vector files, as Keyslot writes them. */
import { keyAlgorithm } from '../../src/core/algorithms.js';

/** `SHA2-256`, `SHA256`, `SHA-512/256`, `SHA-512(256)`, `SHA3-256`, `SHAKE128`, `BLAKE2b512` … */
export function hashName(text: string): string {
  const name = text.trim().toUpperCase().replace(/_/g, '-');
  const blake = /^BLAKE-?2([BS])(?:-?\d+|\(\d+\))?$/.exec(name);
  if (blake !== null) return blake[1] === 'B' ? 'BLAKE2b-512' : 'BLAKE2s-256';
  const truncated = /^SHA(?:-?2)?-?512[-/(](224|256)\)?$/.exec(name);
  if (truncated !== null) return `SHA-512/${truncated[1]}`;
  const third = /^SHA-?3[-(](\d{3})\)?$/.exec(name);
  if (third !== null) return `SHA3-${third[1]}`;
  const shake = /^(C?)SHAKE-?(128|256)$/.exec(name);
  if (shake !== null) return `${shake[1] === 'C' ? 'c' : ''}SHAKE-${shake[2]}`;
  if (/^SHA-?1$/.test(name)) return 'SHA-1';
  const second = /^SHA(?:2-|-2-|-?)(224|256|384|512)$/.exec(name);
  return second !== null ? `SHA-${second[1]}` : name;
}

/** Bytes of a digest. */
export const digestSizes: Readonly<Record<string, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  'SHA-512/224': 28,
  'SHA-512/256': 32,
  'SHA3-224': 28,
  'SHA3-256': 32,
  'SHA3-384': 48,
  'SHA3-512': 64,
};

/** Name of the same hash in node:crypto; undefined for hashes that this version doesn't sign with. */
export function nodeHash(hash: string): string | undefined {
  if (digestSizes[hash] === undefined) return undefined;
  return hash.toLowerCase().replace('sha-512/', 'sha512-').replace(/^sha-/, 'sha');
}

const shortCurves: Readonly<Record<string, string>> = {
  secp192r1: 'P192',
  prime192v1: 'P192',
  secp224r1: 'P224',
  secp256r1: 'P256',
  prime256v1: 'P256',
  secp384r1: 'P384',
  secp521r1: 'P521',
  'P-256K': 'secp256k1',
};

/** `secp256r1`, `prime256v1` and `P-256` are P256; curves without a NIST name keep theirs. */
export function curveName(text: string): string {
  const name = text.trim();
  return shortCurves[name] ?? name.replace(/^P-(\d{3})$/, 'P$1').replace(/^brainpool(\d{3}[rt]1)$/i, 'brainpoolP$1');
}

export function ecdsaName(curve: string, hash: string): string {
  return `ECDSA-${curveName(curve)}-${hashName(hash)}`;
}
export function ecKeyName(curve: string): string {
  return `ECDSA-${curveName(curve)}`;
}
export function ecdhName(curve: string): string {
  return `ECDH-${curveName(curve)}`;
}
/** Sizes without a name of their own are those of the kind without a size, within its bounds. */
export function rsaKeyName(bits: number): string {
  const name = `RSA-${bits}`;
  const { min, max } = keyAlgorithm('RSA')?.importLength ?? { min: 0, max: -1 };
  return keyAlgorithm(name) === undefined && bits >= min && bits <= max ? 'RSA' : name;
}
export function pssName(hash: string): string {
  return `RSA-PSS-${hashName(hash)}`;
}
export function pkcs1Name(hash: string): string {
  return `RSA-PKCS1-${hashName(hash)}`;
}

const edwards: Readonly<Record<string, string>> = { ED25519: 'Ed25519', EDWARDS25519: 'Ed25519', ED448: 'Ed448', EDWARDS448: 'Ed448' };
/** `ED-25519`, `edwards25519`. */
export function edwardsName(text: string): string {
  return edwards[text.toUpperCase().replace('-', '')] ?? text;
}
const montgomery: Readonly<Record<string, string>> = { X25519: 'X25519', CURVE25519: 'X25519', X448: 'X448', CURVE448: 'X448' };
/** `Curve25519`, `x25519`. */
export function montgomeryName(text: string): string {
  return montgomery[text.toUpperCase().replace('-', '')] ?? text;
}

/** The hash of the mask where it is not the message's. */
export function maskParameters(hash: string, maskHash: string): Record<string, string> {
  return hashName(hash) === hashName(maskHash) ? {} : { mgfHash: hashName(maskHash) };
}

/** The salt's length, and the hash of the mask: what RSASSA-PSS takes beside the hash. */
export function pssParameters(hash: string, maskHash: string, saltLength: number): Record<string, string | number> {
  return { saltLength, ...maskParameters(hash, maskHash) };
}
