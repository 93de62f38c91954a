/** Keys in use: ephemeral ones on owner sessions, loaded ones, and what is exported of both. */
import type { KeyRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { keyFormatNumbers, keyHalfNumbers, keyRowOf } from '../../hosting/host-enumerations.js';
import { agreedBytes, keyOfBytes } from './agree.js';
import type { HostContext } from './host-context.js';
import { halfOf, type KeyFacts, readFacts, rowOf } from './key-facts.js';
import { type HostKey, PublicObject } from './key-table.js';
import { pkcs8Of, secretOf, spkiOf } from './key-values.js';
import { generateKey, importKey, type MadeKey } from './make-key.js';
import type { Handle } from './module.js';
import { unwrapKey } from './unwrap.js';
import { wrapKey } from './wrap.js';

type Request<N extends keyof Messages> = Messages[N]['request'];
type FactsAnswer = Messages['loadKey']['responseInput'];

export function factsAnswer(facts: KeyFacts, hasPublic: boolean): FactsAnswer {
  return { ...facts, half: keyHalfNumbers.number(facts.half, 'half'), hasPublic: hasPublic ? 1 : 0 };
}

/** @throws UNSUPPORTED_OPERATION for a kind that Keyslot does not know */
export function rowOfKey({ facts }: HostKey): KeyRow {
  const row = rowOf(facts);
  if (row === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', 'Keyslot does not know this type of key', { field: 'key' });
  return row;
}

export class HostKeys {
  readonly #context: HostContext;

  constructor(context: HostContext) {
    this.#context = context;
  }

  generate(request: Request<'generateKey'>): Answer<FactsAnswer> {
    const { owner, permissions, publicPermissions } = request;
    const row = keyRowOf(request.algorithm);
    return this.#context.owners.make(
      owner,
      (session) => generateKey(this.#context.workshop(session, undefined), row, { permissions, publicPermissions }),
      (made) => this.#adopt(request.key, made, owner),
    );
  }

  import(request: Request<'importKey'>): Answer<FactsAnswer> {
    const { owner, permissions, publicPermissions, keyData } = request;
    const row = keyRowOf(request.algorithm);
    const format = keyFormatNumbers.given(request.format, 'format');
    const checked = request.checked !== 0;
    return this.#context.owners.make(
      owner,
      (session) =>
        importKey(this.#context.workshop(session, undefined), row, { format, keyData, checked }, { permissions, publicPermissions }),
      (made) => this.#adopt(request.key, made, owner),
    );
  }

  /** @throws KEY_AGREEMENT_FAILED, KEY_DERIVATION_FAILED; INVALID_FORMAT, ALGORITHM_MISMATCH with field `peerPublicKey` */
  agree(request: Request<'agreeKey'>): Answer<FactsAnswer> {
    const { owner, permissions } = request;
    const row = keyRowOf(request.algorithm);
    return andThen(agreedBytes(this.#context, request), (bytes) =>
      this.#context.owners.make(
        owner,
        (session) => keyOfBytes(this.#context.workshop(session, undefined), row, bytes, { permissions, publicPermissions: 0 }),
        (made) => this.#adopt(request.key, made, owner),
      ),
    );
  }

  wrap(request: Request<'wrapKey'>): Answer<{ data: Uint8Array }> {
    return andThen(wrapKey(this.#context, request), (data) => ({ data }));
  }

  /** @throws WRAP_UNWRAP_FAILED */
  unwrap(request: Request<'unwrapKey'>): Answer<FactsAnswer> {
    const { owner } = request;
    return this.#context.owners.make(
      owner,
      (session) => unwrapKey(this.#context, this.#context.workshop(session, undefined), request),
      (made) => this.#adopt(request.key, made, owner),
    );
  }

  /** @throws KEY_SLOT_EMPTY, and OPERATION_FAILED when the name is of several keys */
  load(request: Request<'loadKey'>): FactsAnswer {
    const { objects } = this.#context;
    const found = this.#context.storedObjects(request);
    const byHalf = new Map<string, Handle>();
    for (const object of found) {
      const half = halfOf(objects, object);
      if (half === undefined) continue;
      if (byHalf.has(half))
        throw new KeyslotError('OPERATION_FAILED', `several ${half} keys on the token have this name`, { field: 'object' });
      byHalf.set(half, object);
    }
    const secret = byHalf.get('private') ?? byHalf.get('secret');
    const publicObject = byHalf.get('public');
    if (byHalf.has('private') && byHalf.has('secret'))
      throw new KeyslotError('OPERATION_FAILED', 'several keys on the token have this name', { field: 'object' });
    if (secret === undefined && publicObject === undefined)
      throw new KeyslotError('KEY_SLOT_EMPTY', 'the key is not on the token', { field: 'key' });
    const half = byHalf.has('private') ? 'private' : byHalf.has('secret') ? 'secret' : 'public';
    return this.#adopt(request.key, { half, secret, public: publicObject }, undefined);
  }

  /** Shares the object, so that each of the two may be released first. */
  publicHalf(request: Request<'publicHalf'>): FactsAnswer {
    const { keys } = this.#context;
    const whole = keys.get(request.key);
    const object = keys.public(request.key).retain();
    const facts: KeyFacts = { ...whole.facts, half: 'public' };
    keys.add(request.publicKey, { facts, secret: undefined, public: object, owner: whole.owner });
    return factsAnswer(facts, true);
  }

  release(number: number): void {
    const key = this.#context.keys.remove(number);
    if (key === undefined) return;
    const lastPublic = key.public?.release() === true ? key.public.handle : undefined;
    if (key.owner !== undefined) this.#context.objects.destroyQuietly(key.secret, lastPublic);
  }

  closeOwner(owner: number): void {
    this.#context.keys.removeOwner(owner);
    this.#context.owners.close(owner);
  }

  exportPublic(number: number): Uint8Array {
    const { keys, objects } = this.#context;
    const key = keys.get(number);
    const row = rowOfKey(key);
    const object = key.public?.handle ?? (row.keyType === 'rsa' ? key.secret : undefined);
    return spkiOf(objects, object ?? keys.public(number).handle, row);
  }

  exportSecret(number: number): Uint8Array {
    const { keys, objects } = this.#context;
    const key = keys.get(number);
    if (key.secret === undefined) throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a public key has no secret half', { field: 'key' });
    if (key.facts.half === 'secret') return secretOf(objects, key.secret);
    return pkcs8Of(objects, key.secret, key.public?.handle, rowOfKey(key));
  }

  #adopt(number: number, made: MadeKey, owner: number | undefined): FactsAnswer {
    const { keys, objects } = this.#context;
    const main = made.secret ?? made.public;
    if (main === undefined) throw new KeyslotError('INTERNAL_ERROR', 'a key without objects');
    const facts = readFacts(objects, main, made.half);
    const publicObject = made.public === undefined ? undefined : new PublicObject(made.public);
    keys.add(number, { facts, secret: made.secret, public: publicObject, owner });
    return factsAnswer(facts, publicObject !== undefined);
  }
}
