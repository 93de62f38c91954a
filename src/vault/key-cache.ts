/** Derived keys by kind and path: a bounded number, each for a time from its derivation, the one that was used longest ago out first. */

import { KeyslotError } from '../core/errors.js';
import type { CoreKey, VaultCore } from './core.js';
import { type DerivationPath, formatPath } from './derivation-path.js';
import type { KeyKind } from './key-kind.js';
import { now, Timer } from './timer.js';

interface Entry extends CoreKey {
  readonly expires: number;
}

export interface KeyCacheOptions {
  /** Keys. */
  readonly size: number;
  /** Milliseconds from the derivation, used or not. */
  readonly timeToLive: number;
}

export class KeyCache {
  readonly #core: Pick<VaultCore, 'derive' | 'drop'>;
  readonly #options: KeyCacheOptions;
  /** In the order of use, oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #expiry = new Timer(() => this.#expire());

  constructor(core: Pick<VaultCore, 'derive' | 'drop'>, options: KeyCacheOptions) {
    this.#core = core;
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Derives the key unless it is here. It is good until the next call of anything in this cache. */
  take(kind: KeyKind, path: DerivationPath): CoreKey {
    this.#expire();
    // By kind too: one path gives keys of several kinds, and they differ.
    const name = `${kind} ${formatPath(path)}`;
    const entry = this.#entries.get(name) ?? this.#derive(kind, path);
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    this.#setExpiry();
    return entry;
  }

  #derive(kind: KeyKind, path: DerivationPath): Entry {
    // Before, not after: the core has places for so many keys and no more.
    while (this.#entries.size >= this.#options.size) this.#drop(this.#oldest());
    for (;;) {
      try {
        return { ...this.#core.derive(kind, path), expires: now() + this.#options.timeToLive };
      } catch (error) {
        // Others hold keys in the core, too.
        const full = error instanceof KeyslotError && error.code === 'QUOTA_EXCEEDED';
        if (!full || this.#entries.size === 0) throw error;
        this.#drop(this.#oldest());
      }
    }
  }

  /** Forgets all keys without dropping them: the core has wiped them. */
  clear(): void {
    this.#entries.clear();
    this.#expiry.stop();
  }

  #oldest(): string {
    return this.#entries.keys().next().value as string;
  }

  #drop(name: string): void {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    if (entry !== undefined) this.#core.drop(entry.handle);
  }

  #expire(): void {
    const time = now();
    for (const [name, { expires }] of this.#entries) if (expires <= time) this.#drop(name);
    this.#setExpiry();
  }

  #setExpiry(): void {
    let first = Number.POSITIVE_INFINITY;
    for (const { expires } of this.#entries.values()) first = Math.min(first, expires);
    if (this.#entries.size > 0) this.#expiry.setFor(first);
    else this.#expiry.stop();
  }
}
