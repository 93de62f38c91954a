/** Opens a provider's key store as soon as its key can be had, also long after the start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyslotError } from '../../core/errors.js';
import type { ProviderState } from '../contract.js';
import { KeyStore } from './key-store.js';
import type { StoreReport } from './recovery.js';
import { DiskFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { keyForNowAway, openStoreKey, type StoreKeySource, type StoreKeySurroundings } from './store-key-source.js';

export interface KeyStoreLocation {
  /** The store's own folder, made when it is missing; the one above it must exist. */
  readonly folder: string;
  readonly key: StoreKeySource;
}

export interface StoreOpeningParts extends StoreKeySurroundings {
  readonly location: KeyStoreLocation;
  readonly report: (report: StoreReport) => void;
  /** Milliseconds. */
  readonly patience?: number;
  readonly interval?: number;
}

/** How long a start waits for a key that is away for now, such as that of a token whose host is starting. */
const usualPatience = 5000;
const firstInterval = 50;
/** After that. */
const usualInterval = 1000;

export class StoreOpening {
  readonly #parts: StoreOpeningParts;
  #store: KeyStore | undefined;
  #state: ProviderState = 'starting';
  #reason: string | undefined;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #attempt: Promise<void> = Promise.resolve();
  /** There is nothing to wait for: a key that is away is not there soon. */
  readonly settled = undefined;

  constructor(parts: StoreOpeningParts) {
    this.#parts = parts;
  }

  /** Undefined while it is not open. */
  get store(): KeyStore | undefined {
    return this.#store;
  }
  get state(): { readonly state: ProviderState; readonly reason?: string } {
    return { state: this.#state, ...(this.#reason === undefined ? {} : { reason: this.#reason }) };
  }

  /**
   * Resolves when the store is open, or its key is away for longer than a start waits; it is then tried again until `stop`.
   * @throws RESOURCE_NOT_FOUND, ACCESS_DENIED, INVALID_FORMAT, PROVIDER_BUSY, PERSIST_FAILED, MEMORY_NOT_LOCKED and the like: these need
   * the operator, and going on without the store would show occupied slots as empty
   */
  async start(): Promise<void> {
    const until = performance.now() + (this.#parts.patience ?? usualPatience);
    while (!(await this.#open())) {
      if (this.#stopped) return;
      if (performance.now() >= until) {
        this.#state = 'unavailable';
        this.#parts.report({ level: 'warn', message: `the key store waits for its key: ${this.#reason}` });
        return this.#later();
      }
      await sleep(firstInterval);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#state = 'unavailable';
    this.#reason = undefined;
    clearTimeout(this.#timer);
    await this.#attempt;
    const store = this.#store;
    this.#store = undefined;
    await store?.close();
  }

  #later(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#attempt = this.#again();
    }, this.#parts.interval ?? usualInterval).unref();
  }

  async #again(): Promise<void> {
    try {
      if (await this.#open()) this.#parts.report({ level: 'info', message: 'the key store has its key and is open' });
      else this.#later();
    } catch (error) {
      this.#reason = error instanceof Error ? error.message : 'unknown error';
      this.#parts.report({ level: 'warn', message: `the key store can not be opened until the daemon is started anew: ${this.#reason}` });
    }
  }

  /** False while the key is away. */
  async #open(): Promise<boolean> {
    try {
      const store = await openKeyStore(this.#parts);
      if (this.#stopped) await store.close();
      else {
        this.#store = store;
        this.#state = 'ready';
        this.#reason = undefined;
      }
      return true;
    } catch (error) {
      if (!(error instanceof KeyslotError) || !keyForNowAway.has(error.code)) throw error;
      this.#reason = error.message;
      return false;
    }
  }
}

async function openKeyStore(parts: StoreOpeningParts): Promise<KeyStore> {
  return openKeyStoreWith(await openStoreKey(parts.location.key, parts), parts);
}

/** Takes over the key, also when it fails. */
export async function openKeyStoreWith(key: StoreKey, { location, report }: StoreOpeningParts): Promise<KeyStore> {
  try {
    const folder = await DiskFolder.open(location.folder);
    try {
      return await KeyStore.open({ folder, key, report });
    } catch (error) {
      await folder.close();
      throw error;
    }
  } catch (error) {
    key.dispose();
    throw error;
  }
}
