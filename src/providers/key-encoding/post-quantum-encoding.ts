/**
 * Strict encodings of post-quantum keys: SPKI and PKCS#8 of RFC 9935 (ML-KEM), RFC 9881 (ML-DSA) and RFC 9909 (SLH-DSA), JWK of kty
 * "AKP" (RFC 9864 and draft-ietf-cose-dilithium, draft-ietf-cose-sphincs-plus), and the bytes of FIPS 203, 204 and 205 as raw form:
 * public keys, seeds and expanded private keys, which all differ in length.
 */
import { timingSafeEqual } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { pkcs8OfPrivateKey, pkcs8OfSeed, seedTag } from '../post-quantum/containers.js';
import { faultOfPrivateKey, faultOfPublicKey } from '../post-quantum/key-checks.js';
import { pairOfSeed, publicKeyOf } from '../post-quantum/key-pairs.js';
import type { PostQuantumPair } from '../post-quantum/pair.js';
import { type ParameterSet, parameterSet } from '../post-quantum/parameter-sets.js';
import { DerReader, tags } from './der.js';
import { Jwk } from './jwk.js';
import type { KeyEncoding } from './key-encoding.js';
import { malformed, mismatch } from './key-errors.js';
import type { PostQuantumMaterial } from './material.js';
import { same } from './same-bytes.js';
import { copySecret, wipe } from './secret-bytes.js';

/** PKCS#8: of the seed when it is known, which is how the RFCs want keys kept, else of the expanded key. The caller wipes it. */
export function encodePostQuantumPrivate(name: string, { seed, privateKey }: PostQuantumPair): Uint8Array {
  const set = parameterSet(name);
  return seed === undefined ? pkcs8OfPrivateKey(set, privateKey) : pkcs8OfSeed(set, seed);
}

function publicMaterial(set: ParameterSet, publicKey: Uint8Array): PostQuantumMaterial {
  const fault = faultOfPublicKey(set.name, publicKey);
  if (fault !== undefined) throw malformed(fault);
  return { half: 'public', postQuantum: { name: set.name, publicKey: Uint8Array.from(publicKey) } };
}

function seedMaterial(set: ParameterSet, seed: Uint8Array): PostQuantumMaterial {
  if (set.sizes.seed === 0 || seed.length !== set.sizes.seed) {
    throw malformed(`a seed of ${set.name} has ${set.sizes.seed} bytes, not ${seed.length}`);
  }
  return { half: 'private', postQuantum: { name: set.name, ...pairOfSeed(set.name, seed) } };
}

function expandedMaterial(set: ParameterSet, privateKey: Uint8Array): PostQuantumMaterial {
  const fault = faultOfPrivateKey(set.name, privateKey);
  if (fault !== undefined) throw malformed(fault);
  const publicKey = publicKeyOf(set.name, privateKey);
  return { half: 'private', postQuantum: { name: set.name, seed: undefined, privateKey: copySecret(privateKey), publicKey } };
}

/** Seed and expanded key, of which the first says everything and the second must agree. */
function bothMaterial(set: ParameterSet, seed: Uint8Array, privateKey: Uint8Array): PostQuantumMaterial {
  const material = seedMaterial(set, seed);
  if (material.half === 'private' && !equal(material.postQuantum.privateKey, privateKey)) {
    discard(material);
    throw malformed('the seed and the expanded private key do not belong together');
  }
  return material;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function fromRaw(row: KeyRow, raw: Uint8Array): PostQuantumMaterial {
  const set = parameterSet(row.name);
  const { publicKey, privateKey, seed } = set.sizes;
  if (raw.length === publicKey) return publicMaterial(set, raw);
  if (raw.length === privateKey) return expandedMaterial(set, raw);
  if (raw.length === seed && seed > 0) return seedMaterial(set, raw);
  const privateSizes = seed === 0 ? privateKey : `${privateKey} or ${seed}`;
  throw malformed(`a key of ${set.name} has ${publicKey} (public) or ${privateSizes} (private) bytes, not ${raw.length}`);
}

function checkAlgorithm(row: KeyRow, algorithm: DerReader): void {
  if (!same(algorithm.read(tags.objectIdentifier), parameterSet(row.name).oid)) throw mismatch(`the key is not a key of ${row.name}`);
  algorithm.end();
}

function fromPrivate(row: KeyRow, content: Uint8Array, publicKey: Uint8Array | undefined): PostQuantumMaterial {
  const set = parameterSet(row.name);
  const material = set.family === 'slh-dsa' ? expandedMaterial(set, content) : materialOfChoice(set, content);
  return publicKey === undefined ? material : withPublicHalf(material, publicKey);
}

function withPublicHalf(material: PostQuantumMaterial, publicKey: Uint8Array): PostQuantumMaterial {
  if (same(publicKey, material.postQuantum.publicKey)) return material;
  discard(material);
  throw malformed('the halves of the key do not belong together');
}

function discard(material: PostQuantumMaterial): void {
  if (material.half === 'private') wipe(material.postQuantum.seed, material.postQuantum.privateKey);
}

/** seed [0], expandedKey, or both. */
function materialOfChoice(set: ParameterSet, content: Uint8Array): PostQuantumMaterial {
  const choice = new DerReader(content);
  const tag = choice.peek();
  if (tag === seedTag || tag === tags.octetString) {
    const bytes = choice.read(tag);
    choice.end();
    return tag === seedTag ? seedMaterial(set, bytes) : expandedMaterial(set, bytes);
  }
  const both = choice.enter(tags.sequence);
  choice.end();
  const seed = both.read(tags.octetString);
  const privateKey = both.read(tags.octetString);
  both.end();
  return bothMaterial(set, seed, privateKey);
}

function fromJwk(row: KeyRow, json: Uint8Array): PostQuantumMaterial {
  const set = parameterSet(row.name);
  const jwk = new Jwk(json, 'AKP');
  if (!jwk.is('alg', set.name)) throw mismatch(`the JWK is not of alg "${set.name}"`);
  const publicKey = jwk.fixed('pub', set.sizes.publicKey);
  if (!jwk.has('priv')) return publicMaterial(set, publicKey);
  const secret = jwk.fixed('priv', set.sizes.seed || set.sizes.privateKey);
  try {
    return withPublicHalf(set.sizes.seed === 0 ? expandedMaterial(set, secret) : seedMaterial(set, secret), publicKey);
  } finally {
    wipe(secret);
  }
}

export const postQuantumEncoding: KeyEncoding = {
  checkAlgorithm,
  fromPublic: (row, bits) => publicMaterial(parameterSet(row.name), bits),
  fromPrivate,
  fromRaw,
  fromJwk,
};
