/** A key outside a provider: on its way in, out, or into the store. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { spkiOf } from '../post-quantum/containers.js';
import type { PostQuantumPair } from '../post-quantum/pair.js';
import { parameterSet } from '../post-quantum/parameter-sets.js';
import { encodePostQuantumPrivate } from './post-quantum-encoding.js';
import { wipe } from './secret-bytes.js';

export interface PostQuantumPrivate extends PostQuantumPair {
  /** Of the key's row. */
  readonly name: string;
}
export interface PostQuantumPublic {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** A key of node:crypto. */
export interface ObjectMaterial {
  readonly half: KeyHalf;
  readonly object: KeyObject;
  readonly postQuantum?: undefined;
}
/** A post-quantum key, as bytes: Node has objects for them from version 24 only. */
export interface PostQuantumPrivateMaterial {
  readonly half: 'private';
  readonly object?: undefined;
  readonly postQuantum: PostQuantumPrivate;
}
export interface PostQuantumPublicMaterial {
  readonly half: 'public';
  readonly object?: undefined;
  readonly postQuantum: PostQuantumPublic;
}
export type PostQuantumMaterial = PostQuantumPrivateMaterial | PostQuantumPublicMaterial;
/** What a key is made of. Whoever holds it calls `disposeMaterial` at the end. */
export type Material = ObjectMaterial | PostQuantumMaterial;

/** @throws INCOMPATIBLE_KEY_TYPE for a post-quantum key */
export function objectOf(material: Material): KeyObject {
  if (material.object !== undefined) return material.object;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of ${material.postQuantum.name} can not be used for this`, { field: 'key' });
}

const encodings: Readonly<Record<KeyHalf, (object: KeyObject) => Uint8Array>> = {
  secret: (object) => object.export(),
  private: (object) => object.export({ type: 'pkcs8', format: 'der' }),
  public: (object) => object.export({ type: 'spki', format: 'der' }),
};

/** The encoding in which keys are exported and stored: raw, PKCS#8 or SPKI (DER). A fresh copy that the caller wipes. */
export function encodeMaterial(material: Material): Uint8Array {
  if (material.postQuantum === undefined) return encodings[material.half](material.object);
  if (material.half === 'private') return encodePostQuantumPrivate(material.postQuantum.name, material.postQuantum);
  return publicSpkiOf(material);
}

/** SPKI of a public key, or of the public half of a private one; a fresh copy. @throws INCOMPATIBLE_KEY_TYPE for a secret key */
export function publicSpkiOf(material: Material): Uint8Array {
  if (material.postQuantum !== undefined) return spkiOf(parameterSet(material.postQuantum.name), material.postQuantum.publicKey);
  return encodings.public(publicObjectOf(material));
}

/** The public half on its own: material that is disposed of separately. @throws INCOMPATIBLE_KEY_TYPE for a secret key */
export function publicHalfOf(material: Material): Material {
  if (material.postQuantum === undefined) return { half: 'public', object: publicObjectOf(material) };
  const { name, publicKey } = material.postQuantum;
  return { half: 'public', postQuantum: { name, publicKey: Uint8Array.from(publicKey) } };
}

function publicObjectOf({ half, object }: ObjectMaterial): KeyObject {
  if (half === 'secret') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a secret key has no public half', { field: 'key' });
  return half === 'public' ? object : createPublicKey(object);
}

/** Bits. Of secret keys the length of what there is, otherwise the algorithm's. */
export function lengthOf(algorithm: KeyRow, { object }: Material): number {
  if (object?.symmetricKeySize !== undefined) return object.symmetricKeySize * 8;
  return object?.asymmetricKeyDetails?.modulusLength ?? algorithm.keyLength;
}

/** Wipes what can be wiped. The memory of a KeyObject is OpenSSL's, which clears it when the collector lets it go. */
export function disposeMaterial(material: Material): void {
  if (material.postQuantum !== undefined && material.half === 'private') wipe(material.postQuantum.seed, material.postQuantum.privateKey);
}
