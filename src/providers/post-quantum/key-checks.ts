/** What makes a post-quantum key valid beyond its size. Each answers with the fault, for people, and without any of the key. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { publicKeyOf } from './key-pairs.js';
import { nodeHas, privateObject } from './node-keys.js';
import { type ParameterSet, parameterSet } from './parameter-sets.js';
import { signMessage, verifyMessage } from './signing.js';

/** Size, and of ML-KEM the modulus check (FIPS 203 7.2). */
export function faultOfPublicKey(name: string, publicKey: Uint8Array): string | undefined {
  const set = parameterSet(name);
  const { publicKey: size } = set.sizes;
  if (publicKey.length !== size) return `a public key of ${name} has ${size} bytes, not ${publicKey.length}`;
  if (set.family === 'ml-kem' && !isReduced(publicKey.subarray(0, size - 32))) return 'the public key holds a number above the modulus';
  return undefined;
}

const modulus = 3329;

/** Pairs of numbers of 12 bits in three bytes (FIPS 203 algorithm 6). */
function isReduced(vector: Uint8Array): boolean {
  for (let i = 0; i < vector.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [vector[i], vector[i + 1], vector[i + 2]];
    if (((a | (b << 8)) & 0xfff) >= modulus || ((b >> 4) | (c << 4)) >= modulus) return false;
  }
  return true;
}

/**
 * Size, and that the parts of an expanded private key belong together, as far as they tell: of ML-KEM the hash of the public key
 * (FIPS 203 7.3), of ML-DSA that the key signs for its public half. Nothing short of making an SLH-DSA key anew would tell.
 */
export function faultOfPrivateKey(name: string, privateKey: Uint8Array): string | undefined {
  const set = parameterSet(name);
  const { privateKey: size } = set.sizes;
  if (privateKey.length !== size) return `a private key of ${name} has ${size} bytes, not ${privateKey.length}`;
  switch (set.family) {
    case 'ml-kem':
      return faultOfKem(set, privateKey);
    case 'ml-dsa':
      return isConsistent(set, privateKey) ? undefined : 'the parts of the private key do not belong together';
    case 'slh-dsa':
      return undefined;
  }
}

function faultOfKem(set: ParameterSet, privateKey: Uint8Array): string | undefined {
  const publicKey = publicKeyOf(set.name, privateKey);
  const hash = createHash('sha3-256').update(publicKey).digest();
  if (!timingSafeEqual(hash, privateKey.subarray(-64, -32))) return 'the parts of the private key do not belong together';
  return faultOfPublicKey(set.name, publicKey);
}

const probe = new TextEncoder().encode('keyslot: do the parts of this key belong together?');

function isConsistent(set: ParameterSet, privateKey: Uint8Array): boolean {
  try {
    // OpenSSL computes the whole public half again, and what rounding it left.
    if (nodeHas(set)) return privateObject(set, privateKey).type === 'private';
    const publicKey = publicKeyOf(set.name, privateKey);
    // The hash of the public key inside is part of what is signed.
    return verifyMessage(set.name, publicKey, probe, signMessage(set.name, privateKey, probe, { deterministic: true }));
  } catch {
    return false;
  }
}
