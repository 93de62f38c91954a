/**
 * A key of the software provider: a KeyObject of node:crypto, parsed once (with Node 24 an HMAC by its key's bytes takes five times as
 * long), or the bytes of a post-quantum key. `release` wipes the bytes and drops the object, whose memory is OpenSSL's, which clears it
 * when the collector lets it go.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { NativeKey } from '../../native-pkey.js';
import type { Provider, ProviderKey } from '../contract.js';
import { disposeMaterial, encodeMaterial, lengthOf, type Material, objectOf, type PostQuantumMaterial } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';

export class SoftwareKey implements ProviderKey {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
  readonly #released: (key: SoftwareKey) => void;
  #material: Material | undefined;
  #public: KeyObject | undefined;
  #native: NativeKey | undefined;

  /** Takes over the material. `released` runs once. */
  constructor(provider: Provider, algorithm: KeyRow, material: Material, released: (key: SoftwareKey) => void) {
    this.provider = provider;
    this.algorithm = algorithm;
    this.keyLength = lengthOf(algorithm, material);
    this.half = material.half;
    this.#material = material;
    this.#released = released;
  }

  get alive(): boolean {
    return this.#material !== undefined;
  }

  /** Borrowed: it stays the key's, which disposes of it when it is released. @throws SESSION_EXPIRED after release, which comes early when the vault is locked */
  material(): Material {
    if (this.#material === undefined)
      throw new KeyslotError('SESSION_EXPIRED', 'the key has been released, or the vault was locked', { field: 'key' });
    return this.#material;
  }

  /** @throws INCOMPATIBLE_KEY_TYPE */
  secret(): KeyObject {
    return this.#objectOf('secret');
  }

  /** @throws INCOMPATIBLE_KEY_TYPE */
  privateKey(): KeyObject {
    return this.#objectOf('private');
  }

  /** Of a private key its public half. @throws INCOMPATIBLE_KEY_TYPE */
  publicKey(): KeyObject {
    if (this.half !== 'private') return this.#objectOf('public');
    this.#public ??= createPublicKey(objectOf(this.material()));
    return this.#public;
  }

  /**
   * The bytes of a post-quantum key, borrowed until the key is released: work that may outlast it takes a copy.
   * @throws INCOMPATIBLE_KEY_TYPE
   */
  postQuantum(): PostQuantumMaterial {
    const material = this.material();
    if (material.postQuantum !== undefined) return material;
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of ${this.algorithm.name} can not be used for this`, { field: 'key' });
  }

  /**
   * The key inside OpenSSL, for what node:crypto does not offer: RSA and elliptic curves. Made once, and the key's to dispose of.
   * @throws INCOMPATIBLE_KEY_TYPE
   */
  native(wanted: 'private' | 'public'): NativeKey {
    if (this.half !== 'private' || wanted === 'private') this.#objectOf(wanted);
    this.#native ??= nativeKey(this.material());
    return this.#native;
  }

  release(): void {
    if (this.#material === undefined) return;
    this.#native?.dispose();
    this.#native = undefined;
    disposeMaterial(this.#material);
    this.#material = undefined;
    this.#public = undefined;
    this.#released(this);
  }

  #objectOf(wanted: KeyHalf): KeyObject {
    const material = this.material();
    if (material.half === wanted) return objectOf(material);
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `this takes a ${wanted} key, not a ${material.half} one`, { field: 'key' });
  }
}

function nativeKey(material: Material): NativeKey {
  const der = encodeMaterial(material);
  try {
    return material.half === 'private' ? NativeKey.fromPrivate(der) : NativeKey.fromPublic(der);
  } finally {
    wipe(der);
  }
}
