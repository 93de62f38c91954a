/** The manifest of an open key store: what it says now, and the one way to change it, whose rename is the moment at which it counts. */
import { KeyslotError } from '../../core/errors.js';
import { encodeManifest, type ManifestEntry } from './manifest.js';
import type { KeyStoreParts, StoreReport } from './recovery.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { manifestName, unfinished } from './store-names.js';

export type StoreEntries = ReadonlyMap<string, ManifestEntry>;
export type OccupiedEntry = Extract<ManifestEntry, { state: 'occupied' }>;

interface Standing {
  readonly sequence: number;
  readonly entries: StoreEntries;
}

export class StoreCommit {
  readonly #folder: StoreFolder;
  readonly #report: (report: StoreReport) => void;
  #key: StoreKey;
  #entries: StoreEntries;
  #sequence: number;
  /** Set once it is unknown what the folder would say after a crash, or the store is closed. */
  #broken = false;

  /** Folder and keys stay the caller's. */
  constructor({ folder, key, report }: KeyStoreParts, { sequence, entries }: Standing) {
    this.#folder = folder;
    this.#key = key;
    this.#report = report;
    this.#sequence = sequence;
    this.#entries = entries;
  }

  /** The one that the manifest in force was written under. */
  get key(): StoreKey {
    return this.#key;
  }
  get entries(): StoreEntries {
    return this.#entries;
  }
  get nextSequence(): number {
    return this.#sequence + 1;
  }

  /** No more changes; the store is empty from here on. */
  close(): void {
    this.#broken = true;
    this.#entries = new Map();
  }

  /**
   * Runs a write that ends in `commit`; when it fails, removes its files. `kept` says in the error what stays as it was.
   * @throws PERSIST_FAILED when nothing changed; OUTCOME_UNKNOWN when the medium failed in a way that leaves open what it kept
   */
  async change(names: readonly string[], kept: string, write: () => Promise<void>): Promise<void> {
    if (this.#broken) throw new KeyslotError('PERSIST_FAILED', 'the key store is closed, or its medium failed; start the daemon anew');
    try {
      await write();
    } catch (error) {
      if (error instanceof KeyslotError && error.code === 'OUTCOME_UNKNOWN') throw error;
      for (const name of [...names, manifestName + unfinished]) {
        await this.#folder.remove(name).catch((failure: unknown) => this.warn('the leftover of a failed write stays', failure, name));
      }
      if (error instanceof KeyslotError) throw error;
      const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      throw new KeyslotError('PERSIST_FAILED', `the key store could not be written (${why}); ${kept}`, { cause: error });
    }
  }

  /** Writes the next manifest, under another key where one is given; from its rename on it counts. To be called inside `change`. */
  async commit(entries: StoreEntries, key: StoreKey = this.#key): Promise<void> {
    const before = { entries: this.#entries, key: this.#key };
    await this.#put(entries, key);
    try {
      await this.#folder.sync();
    } catch (error) {
      await this.#takeBack(before, error);
    }
  }

  async #put(entries: StoreEntries, key: StoreKey): Promise<void> {
    const sequence = this.nextSequence;
    await this.#folder.write(manifestName + unfinished, encodeManifest({ sequence, entries }, key));
    await this.#folder.rename(manifestName + unfinished, manifestName);
    this.#sequence = sequence;
    this.#entries = entries;
    this.#key = key;
  }

  /** The new manifest is in place but may not last. Puts the former entries back, so that the caller's error is true. */
  async #takeBack({ entries, key }: { readonly entries: StoreEntries; readonly key: StoreKey }, cause: unknown): Promise<never> {
    this.#entries = entries;
    this.#key = key;
    try {
      await this.#put(entries, key);
      await this.#folder.sync();
    } catch {
      this.#broken = true;
      throw new KeyslotError('OUTCOME_UNKNOWN', 'the key store can not tell what its medium kept; start the daemon anew', { cause });
    }
    throw cause;
  }

  /** Tells the operator of something that changes nothing. */
  warn(message: string, error: unknown, file: string): void {
    this.#report({ level: 'warn', message: `${message}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`, file });
  }
}
