/** SPKI and PKCS#8 of post-quantum keys (RFC 9935 for ML-KEM, RFC 9881 for ML-DSA, RFC 9909 for SLH-DSA). */
import { type Element, element, encode, tags } from '../key-encoding/der.js';
import type { ParameterSet } from './parameter-sets.js';

/** Tag of the seed among the forms of a private key: [0] IMPLICIT OCTET STRING. */
export const seedTag = 0x80;

function algorithmIdentifier(set: ParameterSet): Element {
  return element(tags.sequence, element(tags.objectIdentifier, set.oid));
}

/** SubjectPublicKeyInfo, DER. */
export function spkiOf(set: ParameterSet, publicKey: Uint8Array): Uint8Array {
  return encode(element(tags.sequence, algorithmIdentifier(set), element(tags.bitString, Uint8Array.of(0), publicKey)));
}

function pkcs8Around(set: ParameterSet, content: Uint8Array | Element): Uint8Array {
  const version = element(tags.integer, Uint8Array.of(0));
  return encode(element(tags.sequence, version, algorithmIdentifier(set), element(tags.octetString, content)));
}

/** PKCS#8 of a seed of ML-KEM or ML-DSA. The caller wipes it. */
export function pkcs8OfSeed(set: ParameterSet, seed: Uint8Array): Uint8Array {
  return pkcs8Around(set, element(seedTag, seed));
}

/** PKCS#8 of a private key as its FIPS writes it. The caller wipes it. */
export function pkcs8OfPrivateKey(set: ParameterSet, privateKey: Uint8Array): Uint8Array {
  return pkcs8Around(set, set.family === 'slh-dsa' ? privateKey : element(tags.octetString, privateKey));
}
