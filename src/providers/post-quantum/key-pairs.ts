/** Post-quantum key pairs as bytes (FIPS 203, 204, 205): made, made from a seed, and the public half of a private key. */
import { randomFillSync } from 'node:crypto';
import { allocateSecret, copySecret, wipe } from '../key-encoding/secret-bytes.js';
import { nobleKeys, nobleSigner } from './noble.js';
import { nodeHas, nodePair, nodePairOfSeed, privateObject, publicBytes } from './node-keys.js';
import type { PostQuantumPair } from './pair.js';
import { type ParameterSet, parameterSet } from './parameter-sets.js';

/**
 * A new pair, all fresh memory of the caller's.
 * SLH-DSA takes up to 0.1 s with node:crypto and many seconds without: for the slow host.
 */
export function generatePair(name: string): PostQuantumPair {
  const set = parameterSet(name);
  if (set.sizes.seed === 0) return (nodeHas(set) ? nodePair(set) : undefined) ?? generateStateless(set);
  const seed = randomFillSync(allocateSecret(set.sizes.seed));
  try {
    return pairOfSeed(name, seed);
  } finally {
    wipe(seed);
  }
}

/** FIPS 205 algorithm 21, from 3n random bytes. */
function generateStateless(set: ParameterSet): PostQuantumPair {
  const signer = nobleSigner(set.name);
  const randomness = randomFillSync(allocateSecret(signer.lengths.seed ?? 0));
  try {
    const { secretKey, publicKey } = signer.keygen(randomness);
    return { seed: undefined, privateKey: taken(secretKey), publicKey: Uint8Array.from(publicKey) };
  } finally {
    wipe(randomness);
  }
}

/**
 * The pair of a seed, which stays the caller's. All of the pair is fresh memory.
 * @throws TypeError for an algorithm without seeds, or a seed of another size
 */
export function pairOfSeed(name: string, seed: Uint8Array): PostQuantumPair {
  const set = parameterSet(name);
  if (set.sizes.seed === 0 || seed.length !== set.sizes.seed) throw new TypeError(`${name} has no seeds of ${seed.length} bytes`);
  const ofNode = nodeHas(set) ? nodePairOfSeed(set, seed) : undefined;
  if (ofNode !== undefined) return ofNode;
  const { secretKey, publicKey } = nobleKeys(name).keygen(seed);
  return { seed: copySecret(seed), privateKey: taken(secretKey), publicKey: Uint8Array.from(publicKey) };
}

/**
 * The public half of an expanded private key of the right size, as fresh memory. ML-KEM and SLH-DSA keys hold it; of ML-DSA it is computed.
 * @throws Error when the private key is impossible
 */
export function publicKeyOf(name: string, privateKey: Uint8Array): Uint8Array {
  const set = parameterSet(name);
  if (privateKey.length !== set.sizes.privateKey) throw new TypeError(`${name} has no private keys of ${privateKey.length} bytes`);
  const { publicKey: size } = set.sizes;
  switch (set.family) {
    case 'ml-kem':
      return privateKey.slice(privateKey.length - 64 - size, privateKey.length - 64);
    case 'slh-dsa':
      return privateKey.slice(privateKey.length - size);
    case 'ml-dsa':
      return nodeHas(set) ? publicBytes(set, privateObject(set, privateKey)) : Uint8Array.from(nobleSigner(name).getPublicKey(privateKey));
  }
}

function taken(secret: Uint8Array): Uint8Array {
  const copy = copySecret(secret);
  wipe(secret);
  return copy;
}
