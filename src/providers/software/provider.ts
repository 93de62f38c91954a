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
import type { KeyStore } from './key-store.js';
import { SoftwareKeys } from './keys.js';
import { createOperation } from './operations.js';
import { OwnedKeys } from './owned-keys.js';
import { randomBytes } from './random.js';
import type { StoreReport } from './recovery.js';
import { SoftwareSlots } from './slots.js';
import type { SlowHost } from './slow-host.js';
import { originOf, type StoreKeyOrigin, type StoreKeySurroundings } from './store-key-source.js';
import { type KeyStoreLocation, StoreOpening, type StoreOpeningParts } from './store-opening.js';
import { VaultStoreOpening } from './vault-store-opening.js';

export interface SoftwareProviderOptions {
  /** 1…65535. */
  readonly id: number;
  readonly name: string;
  /** Does what takes long; started and stopped by the caller. */
  readonly slowHost: SlowHost;
  /** Without it the provider keeps no slots. */
  readonly keyStore?: KeyStoreLocation | undefined;
  /** What the source of the store's key needs: other providers, the environment, and the vault, which has the keys of slots with a path, too. */
  readonly surroundings?: StoreKeySurroundings | undefined;
  /** What the operator should know of the key store: leftovers removed, files missing. */
  readonly report?: ((report: StoreReport) => void) | undefined;
}

const alone: StoreKeySurroundings = { env: process.env, provider: () => undefined };
const noSessions = { open: 0, busy: 0, owner: 0, quarantined: 0 } as const;

export class SoftwareProvider implements Provider {
  readonly id: number;
  readonly name: string;
  readonly type = 'software';
  readonly slots: ProviderSlots;
  readonly keys: ProviderKeys;
  readonly #options: SoftwareProviderOptions;
  readonly #owned: OwnedKeys;
  readonly #opening: StoreOpening | VaultStoreOpening | undefined;
  readonly #origin: StoreKeyOrigin | undefined;
  /** Without a key store. */
  #state: ProviderState = 'starting';

  constructor(options: SoftwareProviderOptions) {
    this.id = options.id;
    this.name = options.name;
    this.#options = options;
    const { keyStore, surroundings = alone, report = () => undefined } = options;
    this.#opening = keyStore && openingOf({ ...surroundings, location: keyStore, report });
    this.#origin = keyStore && originOf(keyStore.key, surroundings);
    this.#owned = new OwnedKeys(this);
    this.keys = new SoftwareKeys(this.id, this.#owned, options.slowHost);
    const { vault } = surroundings;
    const slots = new SoftwareSlots({
      provider: this,
      slowHost: options.slowHost,
      vault,
      storeInVault: keyStore?.key.from === 'vault',
      store: () => this.#openStore(),
    });
    this.slots = slots;
    if (keyStore?.key.from === 'vault') vault?.onChange((unlocked) => !unlocked && slots.releaseLoaded());
  }

  /**
   * Opens the key store. Rejects when it can't be trusted or used; while its key is away for now, the provider is unavailable and tries again.
   * @throws RESOURCE_NOT_FOUND, ACCESS_DENIED, INVALID_FORMAT, PROVIDER_BUSY, PERSIST_FAILED, MEMORY_NOT_LOCKED
   */
  async start(): Promise<void> {
    await this.#opening?.start();
    this.#state = 'ready';
  }

  async stop(): Promise<void> {
    this.#state = 'unavailable';
    this.#owned.releaseAll();
    await this.#opening?.stop();
  }

  status(): ProviderStatus {
    return {
      ...(this.#opening?.state ?? { state: this.#state }),
      ...(this.#origin === undefined ? {} : { keyStore: this.#origin }),
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

  async #openStore(): Promise<KeyStore> {
    const opening = this.#opening;
    if (opening === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `provider "${this.name}" has no key store`);
    // While it is waited for the vault may be locked and unlocked again, which opens it anew.
    for (let awaited: Promise<void> | undefined; opening.settled !== awaited; ) {
      awaited = opening.settled;
      await awaited;
    }
    if (opening.store !== undefined) return opening.store;
    const { reason } = opening.state;
    const why = reason === undefined ? '' : `: ${reason}`;
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `the key store of provider "${this.name}" is not open${why}`);
  }
}

function openingOf(parts: StoreOpeningParts): StoreOpening | VaultStoreOpening {
  return parts.location.key.from === 'vault' ? new VaultStoreOpening(parts) : new StoreOpening(parts);
}
