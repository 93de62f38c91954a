/** The ephemeral keys of each session, so that its end frees them all. */
import type { KeyRow } from '../../core/algorithms.js';
import type { Provider } from '../contract.js';
import type { Material } from '../key-encoding/material.js';
import { SoftwareKey } from './key.js';

export class OwnedKeys {
  readonly #provider: Provider;
  readonly #byOwner = new Map<number, Set<SoftwareKey>>();
  #size = 0;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes over the material. */
  add(algorithm: KeyRow, material: Material, owner: number): SoftwareKey {
    const key = new SoftwareKey(this.#provider, algorithm, material, (released) => this.#remove(released, owner));
    let keys = this.#byOwner.get(owner);
    if (keys === undefined) {
      keys = new Set();
      this.#byOwner.set(owner, keys);
    }
    keys.add(key);
    this.#size += 1;
    return key;
  }

  releaseOf(owner: number): void {
    for (const key of this.#byOwner.get(owner) ?? []) key.release();
  }
  releaseAll(): void {
    for (const owner of [...this.#byOwner.keys()]) this.releaseOf(owner);
  }

  #remove(key: SoftwareKey, owner: number): void {
    const keys = this.#byOwner.get(owner);
    if (keys?.delete(key) !== true) return;
    this.#size -= 1;
    if (keys.size === 0) this.#byOwner.delete(owner);
  }
}
