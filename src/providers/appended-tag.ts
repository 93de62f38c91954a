/**
 * An AEAD algorithm through a cipher context: encryption appends the tag to the last output; decryption keeps back the last
 * `tagLength` bytes as the tag and, as all AEAD decryption, gives nothing out before they are checked.
 */
import { KeyslotError } from '../core/errors.js';
import { andThen } from './answer.js';
import { type Answer, type Call, decryptionRefused, type Finalized, type ProviderOperation } from './contract.js';

const nothing = new Uint8Array(0);

export function appendTag(aead: ProviderOperation, direction: 'encrypt' | 'decrypt', tagLength: number): ProviderOperation {
  return direction === 'encrypt' ? new AppendingEncryption(aead) : new AppendedDecryption(aead, tagLength);
}

class AppendingEncryption implements ProviderOperation {
  readonly #aead: ProviderOperation;
  constructor(aead: ProviderOperation) {
    this.#aead = aead;
  }
  get gathersData(): boolean {
    return this.#aead.gathersData === true;
  }
  init(iv: Uint8Array | undefined, call: Call): Answer<void> {
    return this.#aead.init(iv, call);
  }
  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    return this.#aead.update(data, call);
  }
  finalize(call: Call): Answer<Finalized> {
    return andThen(this.#aead.finalize(call), ({ data, tag = nothing }) => {
      const joined = new Uint8Array(data.length + tag.length);
      joined.set(data);
      joined.set(tag, data.length);
      return { data: joined };
    });
  }
  abort(): Answer<void> {
    return this.#aead.abort();
  }
  close(): void {
    this.#aead.close();
  }
}

class AppendedDecryption implements ProviderOperation {
  readonly #aead: ProviderOperation;
  readonly #tagLength: number;
  #tail: Uint8Array = nothing;

  constructor(aead: ProviderOperation, tagLength: number) {
    this.#aead = aead;
    this.#tagLength = tagLength;
  }
  get gathersData(): boolean {
    return this.#aead.gathersData === true;
  }
  init(iv: Uint8Array | undefined, call: Call): Answer<void> {
    this.#tail = nothing;
    return this.#aead.init(iv, call);
  }
  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const all = new Uint8Array(this.#tail.length + data.length);
    all.set(this.#tail);
    all.set(data, this.#tail.length);
    const cut = Math.max(0, all.length - this.#tagLength);
    this.#tail = all.slice(cut);
    return cut === 0 ? nothing : this.#aead.update(all.subarray(0, cut), call);
  }
  finalize(call: Call): Answer<Finalized> {
    const tag = this.#tail;
    this.#tail = nothing;
    if (tag.length < this.#tagLength || this.#aead.verify === undefined) throw new KeyslotError('OPERATION_FAILED', decryptionRefused);
    return andThen(this.#aead.verify(tag, call), ({ data = nothing }) => ({ data }));
  }
  abort(): Answer<void> {
    this.#tail = nothing;
    return this.#aead.abort();
  }
  close(): void {
    this.#aead.close();
  }
}
