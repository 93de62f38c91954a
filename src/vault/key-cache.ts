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

/**
 * Keys that may be held at a time. The core has 64 places: the others are for whoever takes a key at once and can't wait until one is released.
 */
export const mostHeld = 48;

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
  /** Also those that are kept no more. */
  #held = new Set<Entry>();
  #waiting: (() => void)[] = [];

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

  /** As `take`, and good until it is released, which must happen once. Undefined where so many are held that this one has to wait for `room`. */
  hold(kind: KeyKind, path: DerivationPath): HeldKey | undefined {
    const isHeld = (this.#find(nameOf(kind, path))?.holders ?? 0) > 0;
    if (!isHeld && this.#held.size >= mostHeld) return undefined;
    try {
      const entry = this.#entry(kind, path);
      entry.holders += 1;
      this.#held.add(entry);
      return { handle: entry.handle, publicKey: entry.publicKey, release: () => this.#release(entry) };
    } finally {
      this.#wake();
    }
  }

  /** Resolves when it makes sense to try `hold` again, and when all keys were forgotten. */
  room(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Forgets all keys without dropping them: the core has wiped them. */
  clear(): void {
    this.#entries.clear();
    this.#expiry.stop();
    this.#held = new Set();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  #release(entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    if (entry.gone) this.#core.drop(entry.handle);
    this.#held.delete(entry);
    this.#wake();
  }

  /** One after the other: each that resumes wakes the next one, whatever comes of it, as long as there is room. */
  #wake(): void {
    if (this.#held.size < mostHeld) this.#waiting.shift()?.();
  }

  #find(name: string): Entry | undefined {
    const found = this.#entries.get(name);
    return found !== undefined && found.expires > now() ? found : undefined;
  }

  #entry(kind: KeyKind, path: DerivationPath): Entry {
    const name = nameOf(kind, path);
    const found = this.#find(name);
    if (found === undefined) this.#drop(name);
    const entry = found ?? this.#derive(kind, path);
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
        // Others hold keys in the core, too. What is held here makes no room when it is dropped.
        const full = error instanceof KeyslotError && error.code === 'QUOTA_EXCEEDED';
        const unused = this.#oldestUnused();
        if (!full || unused === undefined) throw error;
        this.#drop(unused);
      }
    }
  }

  #oldest(): string {
    return this.#oldestUnused() ?? (this.#entries.keys().next().value as string);
  }

  #oldestUnused(): string | undefined {
    for (const [name, { holders }] of this.#entries) if (holders === 0) return name;
    return undefined;
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

/** By kind too: one path gives keys of several kinds, and they differ. */
function nameOf(kind: KeyKind, path: DerivationPath): string {
  return `${kind} ${formatPath(path)}`;
}
