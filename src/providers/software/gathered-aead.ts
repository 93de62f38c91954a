/** Authenticated encryption that works on whole messages: message and additional data are gathered, copied, and wiped when it is done. */
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andFinally, andThen } from '../answer.js';
import type { Answer, Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { Gathered } from './gathered.js';
import { notStarted } from './symmetric.js';

export interface WholeMessageAead {
  /** The nonce, as it will be used. @throws INVALID_ARGUMENT with field `nonce`, and what makes the key unusable now */
  nonce(given: Uint8Array | undefined): Uint8Array;
  /** More of a message has come. */
  streams?(): void;
  /** @throws INVALID_ARGUMENT with field `data` for a message that is too long */
  seal(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array): Answer<Finalized>;
  /** Fresh plaintext. @throws OPERATION_FAILED when the tag is wrong; nothing of the plaintext is left */
  open(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array, tag: Uint8Array): Answer<Uint8Array>;
}

const nothing = new Uint8Array(0);

export class GatheredAead implements ProviderOperation {
  readonly gathersAad = true;
  readonly gathersData = true;
  readonly #whole: WholeMessageAead;
  readonly #decrypts: boolean;
  readonly #aad = new Gathered();
  readonly #data = new Gathered();
  #nonce: Uint8Array | undefined;

  constructor(whole: WholeMessageAead, direction: Direction) {
    this.#whole = whole;
    this.#decrypts = direction === 'decrypt';
  }

  init(nonce: Uint8Array | undefined): void {
    this.abort();
    this.#nonce = Uint8Array.from(this.#whole.nonce(nonce));
  }

  updateAad(aad: Uint8Array): void {
    this.#started();
    this.#whole.streams?.();
    this.#aad.add(aad);
  }

  update(data: Uint8Array): Uint8Array {
    this.#started();
    this.#whole.streams?.();
    this.#data.add(data);
    return nothing;
  }

  finalize(): Answer<Finalized> {
    if (this.#decrypts) throw new KeyslotError('INVALID_OPERATION', 'decryption ends with the tag; call verify');
    return this.#gathered((nonce, aad, data) => this.#whole.seal(nonce, aad, data));
  }

  verify(expected: Uint8Array): Answer<Verified> {
    return this.#gathered((nonce, aad, data) => this.#open(nonce, aad, data, expected));
  }

  singleShot({ iv, aad = nothing, data }: WholeMessage): Answer<Finalized> {
    return this.#whole.seal(this.#whole.nonce(iv), aad, data);
  }

  verifySingleShot({ iv, aad = nothing, data }: WholeMessage, expected: Uint8Array): Answer<Verified> {
    return this.#open(this.#whole.nonce(iv), aad, data, expected);
  }

  abort(): void {
    this.#nonce = undefined;
    this.#aad.wipe();
    this.#data.wipe();
  }
  close(): void {
    this.abort();
  }

  #gathered<T>(work: (nonce: Uint8Array, aad: Uint8Array, data: Uint8Array) => Answer<T>): Answer<T> {
    const nonce = this.#started();
    this.#nonce = undefined;
    const aad = this.#aad.release();
    const data = this.#data.release();
    return andFinally(
      () => work(nonce, aad, data),
      () => wipe(aad, data),
    );
  }

  #open(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array, expected: Uint8Array): Answer<Verified> {
    return andThen(this.#whole.open(nonce, aad, data, expected), (plaintext) => ({ valid: true, data: plaintext }));
  }

  #started(): Uint8Array {
    if (this.#nonce === undefined) throw notStarted();
    return this.#nonce;
  }
}
