/** A key of the software provider. Secret keys are bytes that `release` wipes; the others are KeyObjects, which end with the collector. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import type { Provider, ProviderKey } from '../contract.js';
import { copySecret, wipe } from './secret-bytes.js';

/** What a key is made of. Bytes belong to whoever holds the material, who wipes them. */
export type Material =
  | { readonly half: 'secret'; readonly bytes: Uint8Array }
  | { readonly half: 'private'; readonly object: KeyObject }
  | { readonly half: 'public'; readonly object: KeyObject };

/** The encoding in which keys are exported and stored: raw, PKCS#8 or SPKI (DER). A fresh copy that the caller wipes. */
export function encodeMaterial(material: Material): Uint8Array {
  switch (material.half) {
    case 'secret':
      return copySecret(material.bytes);
    case 'private':
      return material.object.export({ type: 'pkcs8', format: 'der' });
    case 'public':
      return material.object.export({ type: 'spki', format: 'der' });
  }
}

export function wipeMaterial(material: Material): void {
  if (material.half === 'secret') wipe(material.bytes);
}

/** Bits. Of HMAC keys the length of what there is, otherwise the algorithm's. */
export function lengthOf(algorithm: KeyRow, material: Material): number {
  return material.half === 'secret' ? material.bytes.length * 8 : algorithm.keyLength;
}

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

  /** The bytes themselves, which `release` wipes: not to be kept. @throws INCOMPATIBLE_KEY_TYPE */
  secret(): Uint8Array {
    const material = this.material();
    if (material.half !== 'secret') throw this.#unfit('secret');
    return material.bytes;
  }

  /** @throws INCOMPATIBLE_KEY_TYPE */
  privateKey(): KeyObject {
    const material = this.material();
    if (material.half !== 'private') throw this.#unfit('private');
    return material.object;
  }

  /** Of a private key its public half. @throws INCOMPATIBLE_KEY_TYPE */
  publicKey(): KeyObject {
    const material = this.material();
    if (material.half === 'secret') throw this.#unfit('public');
    if (material.half === 'public') return material.object;
    this.#public ??= createPublicKey(material.object);
    return this.#public;
  }

  release(): void {
    if (this.#material === undefined) return;
    wipeMaterial(this.#material);
    this.#material = undefined;
    this.#public = undefined;
    this.#released(this);
  }

  #unfit(wanted: KeyHalf): KeyslotError {
    return new KeyslotError('INCOMPATIBLE_KEY_TYPE', `this takes a ${wanted} key, not a ${this.half} one`, { field: 'key' });
  }
}
