/**
 * Post-quantum keys of node:crypto (Node 24 and later, OpenSSL 3.5), made of bytes and turned back into bytes. What the running Node
 * has is found out at the first use of each algorithm, never by its version.
 */
import * as crypto from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { DerReader, tags } from '../key-encoding/der.js';
import { copySecret, wipe } from '../key-encoding/secret-bytes.js';
import { pkcs8OfPrivateKey, pkcs8OfSeed, spkiOf } from './containers.js';
import type { PostQuantumPair } from './pair.js';
import type { ParameterSet } from './parameter-sets.js';

/** What newer versions of Node add to node:crypto, and the types of Node 20 do not know. */
interface PostQuantumCrypto {
  readonly encapsulate?: (key: KeyObject) => { readonly sharedKey: Uint8Array; readonly ciphertext: Uint8Array };
  readonly decapsulate?: (key: KeyObject, ciphertext: Uint8Array) => Uint8Array;
}
export const postQuantumCrypto: PostQuantumCrypto = crypto as PostQuantumCrypto;

const known = new Map<ParameterSet, boolean>();

/** Whether the running Node has keys of this algorithm. */
export function nodeHas(set: ParameterSet): boolean {
  let has = known.get(set);
  if (has === undefined) {
    has = probe(set);
    known.set(set, has);
  }
  return has;
}

/** A public key of zeros has a valid encoding in every set, and decoding one is quick. */
function probe(set: ParameterSet): boolean {
  if (set.family === 'ml-kem' && (postQuantumCrypto.encapsulate === undefined || postQuantumCrypto.decapsulate === undefined)) return false;
  try {
    return publicObject(set, new Uint8Array(set.sizes.publicKey)).asymmetricKeyType === typeName(set);
  } catch {
    return false;
  }
}

function typeName(set: ParameterSet): string {
  return set.name.toLowerCase();
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function publicObject(set: ParameterSet, publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: buffer(spkiOf(set, publicKey)), format: 'der', type: 'spki' });
}

function privateObjectOf(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: buffer(pkcs8), format: 'der', type: 'pkcs8' });
  } finally {
    wipe(pkcs8);
  }
}

/** OpenSSL checks the parts of the key against each other. @throws Error when they do not fit */
export function privateObject(set: ParameterSet, privateKey: Uint8Array): KeyObject {
  return privateObjectOf(pkcs8OfPrivateKey(set, privateKey));
}

/** A fresh copy. */
export function publicBytes(set: ParameterSet, object: KeyObject): Uint8Array {
  const spki = (object.type === 'private' ? createPublicKey(object) : object).export({ type: 'spki', format: 'der' });
  return Uint8Array.from(spki.subarray(spki.length - set.sizes.publicKey));
}

/** Of a set with a seed. @returns undefined when Node does not give the expanded key */
export function nodePairOfSeed(set: ParameterSet, seed: Uint8Array): PostQuantumPair | undefined {
  const object = privateObjectOf(pkcs8OfSeed(set, seed));
  const privateKey = expandedBytes(set, object);
  return privateKey && { seed: copySecret(seed), privateKey, publicKey: publicBytes(set, object) };
}

/** Of SLH-DSA. */
export function nodePair(set: ParameterSet): PostQuantumPair | undefined {
  const { privateKey: object } = generateKeyPairSync(typeName(set) as 'ed25519');
  const privateKey = expandedBytes(set, object);
  return privateKey && { seed: undefined, privateKey, publicKey: publicBytes(set, object) };
}

/** OpenSSL writes seed and expanded key, unless its configuration says otherwise. */
function expandedBytes(set: ParameterSet, object: KeyObject): Uint8Array | undefined {
  const pkcs8 = object.export({ type: 'pkcs8', format: 'der' });
  try {
    const outer = new DerReader(pkcs8).enter(tags.sequence);
    outer.read(tags.integer);
    outer.read(tags.sequence);
    const content = outer.read(tags.octetString);
    const expanded = set.family === 'slh-dsa' ? content : expandedIn(new DerReader(content));
    return expanded?.length === set.sizes.privateKey ? copySecret(expanded) : undefined;
  } finally {
    wipe(pkcs8);
  }
}

function expandedIn(reader: DerReader): Uint8Array | undefined {
  if (reader.peek() !== tags.sequence) return reader.peek() === tags.octetString ? reader.read(tags.octetString) : undefined;
  const both = reader.enter(tags.sequence);
  both.read(tags.octetString);
  return both.read(tags.octetString);
}
