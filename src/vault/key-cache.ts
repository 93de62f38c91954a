/** Derived keys by kind and path: a bounded number, each for a time from its derivation, the one that was used longest ago out first. */

import { KeyslotError } from '../core/errors.js';
import type { CoreKey, VaultCore } from './core.js';
import { type DerivationPath, formatPath } from './derivation-path.js';
import type { KeyKind } from './key-kind.js';
import { now, Timer } from './timer.js';

interface Entry extends CoreKey {
  readonly expires: number;
  /** Operations under way on other threads. */
  holders: number;
  /** Whether it is to be dropped when the last of them has ended. */
  gone: boolean;
}

/** A key that is not dropped before it is released. */
export interface HeldKey extends CoreKey {
  release(): void;
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
    return this.#entry(kind, path);
  }

  /** As `take`, and good until it is released, which must happen once. */
  hold(kind: KeyKind, path: DerivationPath): HeldKey {
    const entry = this.#entry(kind, path);
    entry.holders += 1;
    const release = () => {
      entry.holders -= 1;
      if (entry.gone && entry.holders === 0) this.#core.drop(entry.handle);
    };
    return { handle: entry.handle, publicKey: entry.publicKey, release };
  }

  /** Forgets all keys without dropping them: the core has wiped them. */
  clear(): void {
    this.#entries.clear();
    this.#expiry.stop();
  }

  #entry(kind: KeyKind, path: DerivationPath): Entry {
    // By kind too: one path gives keys of several kinds, and they differ.
    const name = `${kind} ${formatPath(path)}`;
    const found = this.#entries.get(name);
    const fresh = found !== undefined && found.expires > now();
    if (!fresh) this.#drop(name);
    const entry = fresh ? found : this.#derive(kind, path);
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    // All live equally long: the first one that goes is the first one that came.
    if (this.#entries.size === 1) this.#expiry.setFor(entry.expires);
    return entry;
  }

  #derive(kind: KeyKind, path: DerivationPath): Entry {
    // Before, not after: the core has places for so many keys and no more.
    while (this.#entries.size >= this.#options.size) this.#drop(this.#oldest());
    for (;;) {
      try {
        const { handle, publicKey } = this.#core.derive(kind, path);
        return { handle, publicKey, expires: now() + this.#options.timeToLive, holders: 0, gone: false };
      } catch (error) {
        // Others hold keys in the core, too.
        const full = error instanceof KeyslotError && error.code === 'QUOTA_EXCEEDED';
        if (!full || this.#entries.size === 0) throw error;
        this.#drop(this.#oldest());
      }
    }
  }

  #oldest(): string {
    return this.#entries.keys().next().value as string;
  }

  #drop(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    entry.gone = true;
    if (entry.holders === 0) this.#core.drop(entry.handle);
  }

  #expire(): void {
    const time = now();
    let next = Number.POSITIVE_INFINITY;
    for (const [name, { expires }] of this.#entries) {
      if (expires <= time) this.#drop(name);
      else next = Math.min(next, expires);
    }
    if (this.#entries.size > 0) this.#expiry.setFor(next);
  }
}
