/** Ephemeral keys on the token, by the daemon's sessions that own them. */
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { fittingPermissions } from '../../core/permissions.js';
import type { Call, Encapsulated, GenerateSpec, ImportSpec, Provider, ProviderKey, ProviderKeys } from '../contract.js';
import type { CostClass } from '../hosting/cost.js';
import { algorithmNumber, keyFormatNumbers } from '../hosting/host-enumerations.js';
import { assertKeySupported } from './capabilities.js';
import { assertFacts, type ToldFacts, toldHalf } from './key-facts.js';
import { EphemeralKey, ownKey, StoredTokenKey } from './token-key.js';
import type { TokenLink } from './token-link.js';

/** What one session of the daemon has here. */
interface Owner {
  readonly number: number;
  readonly keys: Set<EphemeralKey>;
  closed: boolean;
}

/** Generation of RSA keys takes the time it takes; the other types are as fast as their use. */
export function generationCost(row: KeyRow): CostClass {
  return row.keyType === 'rsa' ? 'slow' : row.keyType === 'ec' ? 'ecdsa' : 'short';
}

export class Pkcs11Keys implements ProviderKeys {
  readonly #provider: Provider;
  readonly #link: TokenLink;
  readonly #maxKeyLength: number;
  readonly #owners = new Map<number, Owner>();

  constructor(provider: Provider, link: TokenLink, maxKeyLength: number) {
    this.#provider = provider;
    this.#link = link;
    this.#maxKeyLength = maxKeyLength;
  }

  get count(): number {
    let count = 0;
    for (const owner of this.#owners.values()) count += owner.keys.size;
    return count;
  }

  generate({ algorithm, permissions, publicPermissions }: GenerateSpec, owner: number, call: Call): Promise<ProviderKey> {
    assertKeySupported(algorithm, this.#link.facts, this.#maxKeyLength);
    const request = { algorithm: algorithmNumber(algorithm), permissions, publicPermissions };
    return this.#make(algorithm, owner, call, (key, forget) =>
      this.#link.request('generateKey', { ...request, owner, key }, generationCost(algorithm), call, forget),
    );
  }

  import({ algorithm, format, keyData, permissions }: ImportSpec, owner: number, call: Call): Promise<ProviderKey> {
    assertKeySupported(algorithm, this.#link.facts, this.#maxKeyLength);
    const request = { algorithm: algorithmNumber(algorithm), format: keyFormatNumbers.number(format, 'format'), keyData };
    // The public half of an imported pair may do all that fits; what its user may do is the daemon's to say.
    const grants = { permissions, publicPermissions: fittingPermissions(algorithm.keyType) };
    return this.#make(algorithm, owner, call, (key, forget) =>
      this.#link.request('importKey', { ...request, ...grants, owner, key }, 'short', call, forget),
    );
  }

  async publicKey(key: ProviderKey, owner: number, call: Call): Promise<ProviderKey> {
    const own = ownKey(key, this.#provider);
    if (own.half === 'secret') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a secret key has no public half', { field: 'key' });
    if (own instanceof StoredTokenKey) return own.publicHalf();
    const whole = await own.number(call);
    return this.#make(own.algorithm, owner, call, (publicKey, forget) =>
      this.#link.request('publicHalf', { key: whole, publicKey }, 'short', call, forget),
    );
  }

  async exportPublic(key: ProviderKey, call: Call): Promise<Uint8Array> {
    const number = await ownKey(key, this.#provider).number(call);
    return (await this.#link.request('exportPublic', { key: number }, 'short', call)).data;
  }

  async exportSecret(key: ProviderKey, call: Call): Promise<Uint8Array> {
    const number = await ownKey(key, this.#provider).number(call);
    const { data } = await this.#link.request('exportSecret', { key: number }, 'short', call, (late) => void late.data.fill(0));
    return data;
  }

  make(): Promise<ProviderKey> {
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'keys are not made from others on this token');
  }
  encapsulate(): Promise<Encapsulated> {
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'tokens do not encapsulate keys');
  }
  wrap(): Promise<Uint8Array> {
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'keys are not wrapped on this token');
  }

  /** Frees all keys of a session. */
  closeOwner(number: number): void {
    const owner = this.#owners.get(number);
    if (owner === undefined) return;
    this.#owners.delete(number);
    owner.closed = true;
    for (const key of owner.keys) key.forget();
    this.#link.tell('closeOwner', { owner: number }, 0);
  }

  /** The host is gone, and all keys with it. */
  lost(): void {
    this.#owners.clear();
  }

  /** Makes a key under a fresh number. `forget` frees one whose answer came too late. */
  async #make(
    row: KeyRow,
    ownerNumber: number,
    call: Call,
    request: (key: number, forget: () => void) => Promise<ToldFacts>,
  ): Promise<ProviderKey> {
    const owner = this.#owner(ownerNumber);
    const number = this.#link.nextNumber();
    const forget = () => this.#link.tell('releaseKey', { key: number }, call.caller);
    const facts = await request(number, forget);
    try {
      if (call.abandoned || owner.closed) throw new KeyslotError('OPERATION_CANCELLED', 'nobody waits for this key any more');
      assertFacts(row, facts);
    } catch (error) {
      forget();
      // The host may have opened the owner's session anew for a request that overtook its end.
      if (owner.closed) this.#link.tell('closeOwner', { owner: ownerNumber }, 0);
      throw error;
    }
    const traits = { provider: this.#provider, algorithm: row, keyLength: facts.keyLength, half: toldHalf(facts) };
    const key = new EphemeralKey(this.#link, traits, number, call.caller, (released) => owner.keys.delete(released));
    owner.keys.add(key);
    return key;
  }

  #owner(number: number): Owner {
    let owner = this.#owners.get(number);
    if (owner === undefined) {
      owner = { number, keys: new Set(), closed: false };
      this.#owners.set(number, owner);
    }
    return owner;
  }
}
