/** Keys in use, by the numbers that the daemon gave them. */
import { KeyslotError } from '../../../core/errors.js';
import type { KeyFacts } from './key-facts.js';
import type { Handle } from './module.js';

/** A public object that a private key and its public half as a key of its own share. */
export class PublicObject {
  readonly handle: Handle;
  #references = 1;

  constructor(handle: Handle) {
    this.handle = handle;
  }
  retain(): this {
    this.#references += 1;
    return this;
  }
  /** True when that was the last reference. */
  release(): boolean {
    this.#references -= 1;
    return this.#references === 0;
  }
}

export interface HostKey {
  readonly facts: KeyFacts;
  /** The secret or private object; undefined of a public key. */
  readonly secret: Handle | undefined;
  readonly public: PublicObject | undefined;
  /** Ephemeral keys have one. */
  readonly owner: number | undefined;
}

export class KeyTable {
  readonly #keys = new Map<number, HostKey>();

  get size(): number {
    return this.#keys.size;
  }

  add(number: number, key: HostKey): void {
    if (this.#keys.has(number)) throw new KeyslotError('INTERNAL_ERROR', 'the number of a key is taken');
    this.#keys.set(number, key);
  }

  /** @throws SESSION_EXPIRED for a key that is gone with its owner */
  get(number: number): HostKey {
    const key = this.#keys.get(number);
    if (key === undefined) throw new KeyslotError('SESSION_EXPIRED', 'the key is gone', { field: 'key' });
    return key;
  }

  /** Takes a key out; undefined when it is not there. */
  remove(number: number): HostKey | undefined {
    const key = this.#keys.get(number);
    this.#keys.delete(number);
    return key;
  }

  /** Forgets an owner's keys, whose objects die with its session. */
  removeOwner(owner: number): void {
    for (const [number, key] of this.#keys) if (key.owner === owner) this.#keys.delete(number);
  }

  private(number: number): Handle {
    const { facts, secret } = this.get(number);
    if (facts.half !== 'private' || secret === undefined) throw unfit('private', facts);
    return secret;
  }
  secret(number: number): Handle {
    const { facts, secret } = this.get(number);
    if (facts.half !== 'secret' || secret === undefined) throw unfit('secret', facts);
    return secret;
  }
  /** Of a private key its public half. */
  public(number: number): PublicObject {
    const { facts, public: object } = this.get(number);
    if (object !== undefined) return object;
    if (facts.half === 'secret') throw unfit('public', facts);
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'the token holds no public half of this key', { field: 'key' });
  }
}

function unfit(wanted: string, { half }: KeyFacts): KeyslotError {
  return new KeyslotError('INCOMPATIBLE_KEY_TYPE', `this takes a ${wanted} key, not a ${half} one`, { field: 'key' });
}
