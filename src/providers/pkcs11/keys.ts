/** Ephemeral keys on the token, by the daemon's sessions that own them. */
import { type HashName, isSecretKey, type KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { fittingPermissions } from '../../core/permissions.js';
import { encodeParameter } from '../../protocol/parameters.js';
import type { Call, GenerateSpec, ImportSpec, KeyMaking, MakeSpec, Provider, ProviderKey, ProviderKeys, WrapSpec } from '../contract.js';
import type { CostClass } from '../hosting/cost.js';
import { algorithmNumber, hashNumbers, keyFormatNumbers } from '../hosting/host-enumerations.js';
import type { KeyDecoder } from '../key-encoding/decoded-key.js';
import { assertKeySupported } from './capabilities.js';
import { withImportFields } from './import-source.js';
import { assertFacts, type ToldFacts, toldHalf } from './key-facts.js';
import { assertQuick } from './quick-derivation.js';
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
  return row.keyType === 'rsa' ? 'slow' : isSecretKey(row) ? 'short' : 'ecdsa';
}

type Agreement = Extract<KeyMaking, { from: 'agree' }>;
function agreeFields({ peer, peerFormat, kdf }: Agreement) {
  const given = Object.entries(kdf.parameters).filter(([, value]) => value !== undefined);
  return {
    peer,
    peerFormat: keyFormatNumbers.number(peerFormat, 'publicKeyFormat'),
    kdf: algorithmNumber(kdf.algorithm),
    kdfParameters: given.map(([name, value]) => encodeParameter(name, value, 'kdf')),
  };
}

function wrapFields({ algorithm, parameters, iv, aad }: WrapSpec) {
  const { mgfHash, label } = parameters;
  return {
    wrapping: algorithmNumber(algorithm),
    iv,
    aad,
    mgfHash: hashNumbers.number(mgfHash as HashName | undefined, 'mgfHash'),
    label: label instanceof Uint8Array ? label : undefined,
  };
}
function wrapCost({ algorithm }: WrapSpec): CostClass {
  return algorithm.keyType === 'rsa' ? 'rsa' : 'short';
}

export class Pkcs11Keys implements ProviderKeys {
  readonly #provider: Provider;
  readonly #link: TokenLink;
  readonly #decoder: KeyDecoder;
  readonly #maxKeyLength: number;
  readonly #owners = new Map<number, Owner>();

  constructor(provider: Provider, link: TokenLink, decoder: KeyDecoder, maxKeyLength: number) {
    this.#provider = provider;
    this.#link = link;
    this.#decoder = decoder;
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

  import({ algorithm, format, keyData, passphrase, permissions }: ImportSpec, owner: number, call: Call): Promise<ProviderKey> {
    assertKeySupported(algorithm, this.#link.facts, this.#maxKeyLength);
    // The public half of an imported pair may do all that fits; what its user may do is the daemon's to say.
    const grants = { permissions, publicPermissions: fittingPermissions(algorithm.keyType) };
    return withImportFields({ algorithm, format, keyData, passphrase }, this.#decoder, call, (fields) =>
      this.#make(algorithm, owner, call, (key, forget) =>
        this.#link.request('importKey', { ...fields, ...grants, owner, key }, 'short', call, forget),
      ),
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

  async make(spec: MakeSpec, owner: number, call: Call): Promise<ProviderKey> {
    const { algorithm, keyLength, permissions, publicPermissions, making } = spec;
    assertKeySupported(algorithm, this.#link.facts, this.#maxKeyLength);
    const source = await ownKey(making.key, this.#provider).number(call);
    const wanted = { algorithm: algorithmNumber(algorithm), permissions };
    switch (making.from) {
      case 'agree': {
        const request = { ...wanted, privateKey: source, keyLength, ...agreeFields(making) };
        assertQuick(making.kdf, keyLength / 8);
        const key = await this.#make(algorithm, owner, call, (key, forget) =>
          this.#link.request('agreeKey', { ...request, owner, key }, 'ecdsa', call, forget),
        );
        if (key.keyLength === keyLength) return key;
        key.release();
        throw new KeyslotError('INTERNAL_ERROR', "the token's host answered with a key of another length");
      }
      case 'unwrap': {
        const request = { ...wanted, publicPermissions, wrapped: making.wrapped, ...wrapFields(making.wrap), wrappingKey: source };
        return this.#make(algorithm, owner, call, (key, forget) =>
          this.#link.request('unwrapKey', { ...request, owner, key }, wrapCost(making.wrap), call, forget),
        );
      }
      default:
        throw new KeyslotError('UNSUPPORTED_OPERATION', 'tokens neither derive nor decapsulate keys here');
    }
  }

  encapsulate(): never {
    throw new KeyslotError('UNSUPPORTED_OPERATION', 'tokens do not encapsulate keys: that needs functions of PKCS#11 v3.2');
  }

  async wrap(key: ProviderKey, wrappingKey: ProviderKey, wrap: WrapSpec, call: Call): Promise<Uint8Array> {
    const number = await ownKey(key, this.#provider).number(call);
    const request = { ...wrapFields(wrap), wrappingKey: await ownKey(wrappingKey, this.#provider).number(call), key: number };
    return (await this.#link.request('wrapKey', request, wrapCost(wrap), call)).data;
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
