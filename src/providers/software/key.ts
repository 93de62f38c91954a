/**
 * A key of the software provider: a KeyObject of node:crypto, parsed once (with Node 24 an HMAC by its key's bytes takes five times as
 * long). `release` drops it; its memory is OpenSSL's, which clears it when the collector lets it go.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import type { Provider, ProviderKey } from '../contract.js';
import { lengthOf, type Material } from '../key-encoding/material.js';

export class SoftwareKey implements ProviderKey {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
  readonly #released: (key: SoftwareKey) => void;
  #material: Material | undefined;
  #public: KeyObject | undefined;

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

  /** @throws RESOURCE_NOT_FOUND after release */
  material(): Material {
    if (this.#material === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', 'the key has been released', { field: 'key' });
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
    const { object } = this.material();
    this.#public ??= createPublicKey(object);
    return this.#public;
  }

  release(): void {
    if (this.#material === undefined) return;
    this.#material = undefined;
    this.#public = undefined;
    this.#released(this);
  }

  #objectOf(wanted: KeyHalf): KeyObject {
    const { half, object } = this.material();
    if (half === wanted) return object;
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `this takes a ${wanted} key, not a ${half} one`, { field: 'key' });
  }
}
