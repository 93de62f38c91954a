/** Keys on the token as the daemon holds them: numbers that the host of now understands. */
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import type { Answer, Call, Provider, ProviderKey } from '../contract.js';
import { patientCall } from './calls.js';
import type { ObjectSelector } from './pkcs11-uri.js';
import type { TokenLink } from './token-link.js';

export interface KeyTraits {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
}

export abstract class TokenKey implements ProviderKey {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
  protected readonly link: TokenLink;

  constructor(link: TokenLink, { provider, algorithm, keyLength, half }: KeyTraits) {
    this.link = link;
    this.provider = provider;
    this.algorithm = algorithm;
    this.keyLength = keyLength;
    this.half = half;
  }

  abstract get alive(): boolean;
  /** The host's number of the key. @throws SESSION_EXPIRED when it is lost, KEY_SLOT_EMPTY when the token no longer has it */
  abstract number(call: Call): Answer<number>;
  /** The token says that it does not have the object that the number stood for. */
  abstract gone(): void;
  abstract release(): void;
}

/** Lives on its owner's session in one host, and dies with either. */
export class EphemeralKey extends TokenKey {
  readonly #number: number;
  readonly #epoch: number;
  readonly #caller: number;
  readonly #released: (key: EphemeralKey) => void;
  #state: 'held' | 'released' = 'held';

  /** `released` runs once, unless the key is lost before. */
  constructor(link: TokenLink, traits: KeyTraits, number: number, caller: number, released: (key: EphemeralKey) => void) {
    super(link, traits);
    this.#number = number;
    this.#epoch = link.epoch;
    this.#caller = caller;
    this.#released = released;
  }

  get alive(): boolean {
    return this.#state === 'held' && this.#epoch === this.link.epoch;
  }

  number(): number {
    if (this.alive) return this.#number;
    throw new KeyslotError('SESSION_EXPIRED', 'the key was lost with the host of its token, or has been released', { field: 'key' });
  }

  gone(): void {
    // The host has forgotten it; nothing here refers to the object.
  }

  /** Its owner ends, which frees it on the token. */
  forget(): void {
    this.#state = 'released';
  }

  release(): void {
    if (!this.alive) return;
    this.#state = 'released';
    this.#released(this);
    this.link.tell('releaseKey', { key: this.#number }, this.#caller);
  }
}

/** Told of each key that uses a stored generation, so that it stays as long. */
export interface Use {
  begin(): void;
  end(): void;
}

/** A stored key, found by its name in each new host. */
export class StoredTokenKey extends TokenKey {
  readonly #selector: ObjectSelector;
  readonly #use: Use;
  #held: { readonly epoch: number; readonly number: number; readonly loaded: Promise<number> } | undefined;
  #state: 'held' | 'released' = 'held';

  constructor(link: TokenLink, traits: KeyTraits, selector: ObjectSelector, use: Use) {
    super(link, traits);
    this.#selector = selector;
    this.#use = use;
    use.begin();
  }

  /** A key of its own for the same objects. */
  publicHalf(): StoredTokenKey {
    const { provider, algorithm, keyLength } = this;
    return new StoredTokenKey(this.link, { provider, algorithm, keyLength, half: 'public' }, this.#selector, this.#use);
  }

  get alive(): boolean {
    return this.#state === 'held';
  }

  number(call: Call): Promise<number> {
    if (!this.alive) throw new KeyslotError('RESOURCE_NOT_FOUND', 'the key has been released', { field: 'key' });
    if (this.#held?.epoch === this.link.epoch) return this.#held.loaded;
    const number = this.link.nextNumber();
    const loaded = this.#load(number, call.caller);
    this.#held = { epoch: this.link.epoch, number, loaded };
    return loaded;
  }

  /** Shared by all who wait for it, so no single caller gives it up. */
  async #load(key: number, caller: number): Promise<number> {
    try {
      const { label, id } = this.#selector;
      const name = { label, hasLabel: label === undefined ? 0 : 1, id, hasId: id === undefined ? 0 : 1 };
      await this.link.request('loadKey', { key, ...name }, 'short', patientCall(caller));
      return key;
    } catch (error) {
      if (this.#held?.number === key) this.#held = undefined;
      throw error;
    }
  }

  gone(): void {
    this.#drop();
  }

  release(): void {
    if (!this.alive) return;
    this.#state = 'released';
    this.#drop();
    this.#use.end();
  }

  #drop(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined && held.epoch === this.link.epoch) this.link.tell('releaseKey', { key: held.number }, 0);
  }
}

/** @throws CROSS_PROVIDER_INCOMPATIBLE for a key that another provider holds */
export function ownKey(key: ProviderKey | undefined, provider: Provider): TokenKey {
  if (key instanceof TokenKey && key.provider === provider) return key;
  if (key === undefined) throw new KeyslotError('INVALID_ARGUMENT', 'this needs a key', { field: 'key' });
  throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is held by provider "${key.provider.name}"`, { field: 'key' });
}
