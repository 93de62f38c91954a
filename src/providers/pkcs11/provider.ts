/** A PKCS#11 token as a provider: everything is done by its host; this side owns numbers, permissions and what must last. */
import type { KeyOperationRow, KeyRow, OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { ContextKind } from '../../core/permissions.js';
import type {
  Call,
  Capability,
  OperationSpec,
  ParameterValues,
  Provider,
  ProviderKeys,
  ProviderOperation,
  ProviderSlots,
  ProviderStatus,
} from '../contract.js';
import type { KeyDecoder } from '../key-encoding/decoded-key.js';
import { capabilities, supports, supportsKey, supportsKeyOperation } from './capabilities.js';
import { Pkcs11Keys } from './keys.js';
import { createOperation } from './operations.js';
import { SlotLedger } from './slot-ledger.js';
import { SlotWriter } from './slot-writer.js';
import { Pkcs11Slots } from './slots.js';
import { StateFolder } from './state-folder.js';
import { TokenLink, type TokenLinkOptions } from './token-link.js';

export interface Pkcs11ProviderOptions extends TokenLinkOptions {
  /** 1…65535. */
  readonly id: number;
  /** Bits; of RSA keys that are made on the token. */
  readonly maxKeyLength: number;
  /** Reads imported keys that take long to read; runs as long as the daemon. */
  readonly decoder: KeyDecoder;
  /** For what must outlast the daemon: refused PINs, unfinished work on slots. */
  readonly stateFolder: string;
}

export class Pkcs11Provider implements Provider {
  readonly id: number;
  readonly name: string;
  readonly type = 'hardware';
  readonly keys: ProviderKeys;
  readonly slots: ProviderSlots;
  readonly #decoder: KeyDecoder;
  readonly #maxKeyLength: number;
  readonly #folder: StateFolder;
  readonly #link: TokenLink;
  readonly #keys: Pkcs11Keys;
  #ledger: SlotLedger | undefined;

  constructor(options: Pkcs11ProviderOptions) {
    this.id = options.id;
    this.name = options.name;
    this.#decoder = options.decoder;
    this.#maxKeyLength = options.maxKeyLength;
    this.#folder = new StateFolder(options.stateFolder);
    this.#link = new TokenLink(options, this.#folder, {
      ready: ({ identity }) => {
        this.#ledger = new SlotLedger(this.#folder, identity.serial);
        slots.bury();
      },
      lost: () => this.#keys.lost(),
    });
    this.#keys = new Pkcs11Keys(this, this.#link, options.decoder, options.maxKeyLength);
    const writer = new SlotWriter({ provider: this, link: this.#link, ledger: () => this.#openLedger(), ...options });
    const slots = new Pkcs11Slots(this, this.#link, () => this.#openLedger(), writer, options.log);
    this.keys = this.#keys;
    this.slots = slots;
  }

  #openLedger(): SlotLedger {
    if (this.#ledger !== undefined) return this.#ledger;
    const { reason = 'its token was not seen yet' } = this.#link.state;
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `provider ${this.name} is not available: ${reason}`);
  }

  async start(): Promise<void> {
    this.#folder.open();
    await this.#link.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#link.stop(), this.#decoder.stop()]);
    this.#folder.close();
  }

  status(): ProviderStatus {
    const { facts } = this.#link;
    return {
      ...this.#link.state,
      ...(facts === undefined ? {} : { library: facts.library, token: facts.identity }),
      ...this.#link.process,
      sessions: this.#link.sessions,
      keys: this.#keys.count,
    };
  }

  capabilities(): readonly Capability[] {
    return capabilities(this.#link.facts, this.#maxKeyLength);
  }

  supports(algorithm: OperationRow, kind: ContextKind, parameters: ParameterValues, tagLength: number): true | string {
    return supports(algorithm, kind, parameters, tagLength, this.#link.facts);
  }
  supportsKey(algorithm: KeyRow): true | string {
    return supportsKey(algorithm, this.#link.facts, this.#maxKeyLength);
  }

  supportsKeyOperation(algorithm: KeyOperationRow, parameters: ParameterValues): true | string {
    return supportsKeyOperation(algorithm, parameters, this.#link.facts);
  }

  createOperation(spec: OperationSpec): ProviderOperation {
    return createOperation(spec, this, this.#link);
  }

  async random(size: number, call: Call): Promise<Uint8Array> {
    const { data } = await this.#link.request('generateRandom', { size }, 'short', call);
    if (data.length !== size) throw new KeyslotError('INTERNAL_ERROR', "the token's host answered with another number of random bytes");
    return data;
  }

  async seedRandom(seed: Uint8Array, call: Call): Promise<void> {
    await this.#link.request('seedRandom', { seed }, 'short', call);
  }

  closeOwner(owner: number): void {
    this.#keys.closeOwner(owner);
  }
}
