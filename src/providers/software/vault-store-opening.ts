/**
 * A key store whose key comes from the vault: open while the vault is unlocked. Its provider is ready all the time, since it has other work than
 * the slots of this store.
 */
import { KeyslotError } from '../../core/errors.js';
import type { ProviderState } from '../contract.js';
import type { KeyStore } from './key-store.js';
import type { StoreKey } from './store-key.js';
import { openStoreKey } from './store-key-source.js';
import { openKeyStoreWith, type StoreOpeningParts } from './store-opening.js';

export class VaultStoreOpening {
  readonly #parts: StoreOpeningParts;
  #key: StoreKey | undefined;
  #store: KeyStore | undefined;
  #state: ProviderState = 'starting';
  #reason: string | undefined;
  #stopped = false;
  /** Opening and closing take turns. */
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: StoreOpeningParts) {
    this.#parts = parts;
  }

  get store(): KeyStore | undefined {
    return this.#store;
  }
  get state(): { readonly state: ProviderState; readonly reason?: string } {
    return { state: this.#state, ...(this.#reason === undefined ? {} : { reason: this.#reason }) };
  }
  /** The store is open by then, if it can be. */
  get settled(): Promise<void> {
    return this.#turn;
  }

  async start(): Promise<void> {
    const { vault } = this.#parts;
    this.#state = 'ready';
    vault?.onChange((unlocked) => (unlocked ? this.#unlocked() : this.#locked()));
    if (vault?.isUnlocked() === true) this.#unlocked();
    await this.#turn;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#state = 'unavailable';
    this.#locked();
    await this.#turn;
  }

  #unlocked(): void {
    this.#turn = this.#turn.then(() => this.#open());
  }

  /** The key is wiped before this returns, also under the hands of what goes on in the store, which fails and leaves the slots as they were. */
  #locked(): void {
    this.#key?.dispose(new KeyslotError('VAULT_LOCKED', 'the vault was locked, and with it the key store whose key it has'));
    this.#key = undefined;
    const store = this.#store;
    this.#store = undefined;
    this.#turn = this.#turn.then(() => this.#close(store));
  }

  /** Never rejects. */
  async #open(): Promise<void> {
    const { location, vault, report } = this.#parts;
    if (this.#stopped || vault?.isUnlocked() !== true || this.#store !== undefined) return;
    let key: StoreKey | undefined;
    try {
      key = await openStoreKey(location.key, this.#parts);
      this.#key = key;
      const store = await openKeyStoreWith(key, this.#parts);
      if (this.#key !== key) return await this.#close(store);
      this.#store = store;
      this.#state = 'ready';
      this.#reason = undefined;
    } catch (error) {
      // It was locked meanwhile; when it is unlocked again already, the next turn opens the store.
      if (key !== undefined && this.#key !== key) return;
      this.#key = undefined;
      if (vault.isUnlocked() !== true) return;
      this.#state = 'unavailable';
      this.#reason = error instanceof Error ? error.message : 'unknown error';
      report({ level: 'warn', message: `the key store can not be opened until the vault is unlocked anew: ${this.#reason}` });
    }
  }

  async #close(store: KeyStore | undefined): Promise<void> {
    try {
      await store?.close();
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown error';
      this.#parts.report({ level: 'warn', message: `the key store was not closed well: ${reason}` });
    }
  }
}
