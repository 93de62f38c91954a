/** The software provider: node:crypto in process, with a sealed key store for its slots. */
import type { KeyOperationRow, KeyRow, OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { ContextKind } from '../../core/permissions.js';
import type {
  Answer,
  Call,
  Capability,
  OperationSpec,
  ParameterValues,
  Provider,
  ProviderKeys,
  ProviderOperation,
  ProviderSlots,
  ProviderState,
  ProviderStatus,
} from '../contract.js';
import { assertWanted } from './abandoned.js';
import { capabilities, supports, supportsKey, supportsKeyOperation } from './capabilities.js';
import { KeyStore } from './key-store.js';
import { SoftwareKeys } from './keys.js';
import { createOperation } from './operations.js';
import { OwnedKeys } from './owned-keys.js';
import { randomBytes } from './random.js';
import type { StoreReport } from './recovery.js';
import { SoftwareSlots } from './slots.js';
import type { SlowHost } from './slow-host.js';
import { DiskFolder } from './store-folder.js';
import { StoreKey } from './store-key.js';

export interface KeyStoreLocation {
  /** The store's own folder, made when it is missing; the one above it must exist. */
  readonly folder: string;
  /** A file of exactly 32 random bytes, never made. */
  readonly keyFile: string;
}

export interface SoftwareProviderOptions {
  /** 1…65535. */
  readonly id: number;
  readonly name: string;
  /** Does what takes long; started and stopped by the caller. */
  readonly slowHost: SlowHost;
  /** Without it the provider keeps no slots. */
  readonly keyStore?: KeyStoreLocation | undefined;
  /** What the operator should know of the key store: leftovers removed, files missing. */
  readonly report?: ((report: StoreReport) => void) | undefined;
}

const noSessions = { open: 0, busy: 0, owner: 0, quarantined: 0 } as const;

export class SoftwareProvider implements Provider {
  readonly id: number;
  readonly name: string;
  readonly type = 'software';
  readonly slots: ProviderSlots;
  readonly keys: ProviderKeys;
  readonly #options: SoftwareProviderOptions;
  readonly #owned: OwnedKeys;
  #state: ProviderState = 'starting';
  #store: KeyStore | undefined;

  constructor(options: SoftwareProviderOptions) {
    this.id = options.id;
    this.name = options.name;
    this.#options = options;
    this.#owned = new OwnedKeys(this);
    this.keys = new SoftwareKeys(this.id, this.#owned, options.slowHost);
    this.slots = new SoftwareSlots({ provider: this, slowHost: options.slowHost, store: () => this.#openStore() });
  }

  /**
   * Opens the key store. Rejects when it can't be trusted or used: that needs the operator, and going on without it would show
   * occupied slots as empty.
   * @throws RESOURCE_NOT_FOUND, ACCESS_DENIED, INVALID_FORMAT, PROVIDER_BUSY, PERSIST_FAILED, MEMORY_NOT_LOCKED
   */
  async start(): Promise<void> {
    if (this.#options.keyStore !== undefined)
      this.#store = await openKeyStore(this.#options.keyStore, this.#options.report ?? (() => undefined));
    this.#state = 'ready';
  }

  async stop(): Promise<void> {
    this.#state = 'unavailable';
    this.#owned.releaseAll();
    const store = this.#store;
    this.#store = undefined;
    await store?.close();
  }

  status(): ProviderStatus {
    return {
      state: this.#state,
      library: `OpenSSL ${process.versions.openssl}`,
      hostPid: null,
      restarts: 0,
      hangs: 0,
      sessions: noSessions,
      keys: this.#owned.size,
    };
  }

  capabilities(): readonly Capability[] {
    return capabilities();
  }
  supports(algorithm: OperationRow, kind: ContextKind, parameters: ParameterValues, tagLength: number): true | string {
    return supports(algorithm, kind, parameters, tagLength);
  }
  supportsKey(algorithm: KeyRow): true | string {
    return supportsKey(algorithm);
  }

  supportsKeyOperation(algorithm: KeyOperationRow, parameters: ParameterValues): true | string {
    return supportsKeyOperation(algorithm, parameters);
  }

  createOperation(spec: OperationSpec): ProviderOperation {
    return createOperation(spec, this.id, this.#options.slowHost);
  }

  random(size: number, call: Call): Answer<Uint8Array> {
    assertWanted(call);
    return randomBytes(size);
  }
  /** Accepted and ignored; see random.ts. */
  seedRandom(_seed: Uint8Array, _call: Call): void {}

  closeOwner(owner: number): void {
    this.#owned.releaseOf(owner);
  }

  #openStore(): KeyStore {
    if (this.#store !== undefined) return this.#store;
    if (this.#options.keyStore === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `provider "${this.name}" has no key store`);
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `the key store of provider "${this.name}" is not open`);
  }
}

async function openKeyStore(location: KeyStoreLocation, report: (report: StoreReport) => void): Promise<KeyStore> {
  const key = StoreKey.open(location.keyFile);
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
