/**
 * AES-256-GCM (SP 800-38D) with keys of the vault, which works on whole messages: message and additional data are gathered, and what is long goes to
 * the thread pool.
 */
import type { AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andThenOr } from '../answer.js';
import type { Answer, Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { Gathered } from './gathered.js';
import { checkIv, notStarted, refused } from './symmetric.js';
import type { VaultKey } from './vault-key.js';

const nothing = new Uint8Array(0);
const nonceSize = 12;
const tagSize = 16;
const longestInLine = 4096;

export class VaultAead implements ProviderOperation {
  readonly gathersAad = true;
  readonly gathersData = true;
  readonly #key: VaultKey;
  readonly #decrypts: boolean;
  readonly #aad = new Gathered();
  readonly #data = new Gathered();
  #nonce: Uint8Array | undefined;

  /** @throws UNSUPPORTED_ALGORITHM for tags of another length */
  constructor({ name }: AeadRow, key: VaultKey, direction: Direction, tagLength: number) {
    if (tagLength !== tagSize) {
      const message = `${name} with a key of the vault has tags of ${tagSize} bytes, not ${tagLength}`;
      throw new KeyslotError('UNSUPPORTED_ALGORITHM', message, { field: 'tagLength' });
    }
    this.#key = key;
    this.#decrypts = direction === 'decrypt';
  }

  /** @throws VAULT_LOCKED, INVALID_ARGUMENT for a nonce that has not 12 bytes */
  init(nonce: Uint8Array | undefined): void {
    this.abort();
    this.#key.vault();
    this.#nonce = Uint8Array.from(checked(nonce));
  }

  updateAad(aad: Uint8Array): void {
    this.#started();
    this.#aad.add(aad);
  }

  update(data: Uint8Array): Uint8Array {
    this.#started();
    this.#data.add(data);
    return nothing;
  }

  finalize(): Answer<Finalized> {
    if (this.#decrypts) throw new KeyslotError('INVALID_OPERATION', 'decryption ends with the tag; call verify');
    return this.#gathered((nonce, aad, data) => this.#seal(nonce, aad, data));
  }

  /** @throws OPERATION_FAILED when the tag is wrong */
  verify(expected: Uint8Array): Answer<Verified> {
    return this.#gathered((nonce, aad, data) => this.#open(nonce, aad, data, expected));
  }

  singleShot({ iv, aad = nothing, data }: WholeMessage): Answer<Finalized> {
    return this.#seal(checked(iv), aad, data);
  }

  verifySingleShot({ iv, aad = nothing, data }: WholeMessage, expected: Uint8Array): Answer<Verified> {
    return this.#open(checked(iv), aad, data, expected);
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
    const data = this.#data.release();
    return andThenOr(
      () => work(nonce, this.#aad.release(), data),
      (answer) => {
        wipe(data);
        return answer;
      },
      (error) => {
        wipe(data);
        throw error;
      },
    );
  }

  #seal(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array): Answer<Finalized> {
    const { path } = this.#key;
    const vault = this.#key.vault();
    if (data.length + aad.length <= longestInLine) return cut(vault.seal(path, nonce, aad, data));
    return vault.sealAsync(path, nonce, aad, data).then(cut);
  }

  #open(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array, expected: Uint8Array): Answer<Verified> {
    const { path } = this.#key;
    const vault = this.#key.vault();
    if (expected.length !== tagSize) throw refused();
    const sealed = new Uint8Array(data.length + tagSize);
    sealed.set(data);
    sealed.set(expected, data.length);
    const inLine = sealed.length + aad.length <= longestInLine;
    return andThenOr(
      () => (inLine ? vault.open(path, nonce, aad, sealed) : vault.openAsync(path, nonce, aad, sealed)),
      (plaintext) => ({ valid: true, data: plaintext }),
      (error) => {
        throw error instanceof KeyslotError && error.code === 'OPERATION_FAILED' ? refused() : error;
      },
    );
  }

  #started(): Uint8Array {
    if (this.#nonce === undefined) throw notStarted();
    return this.#nonce;
  }
}

function checked(nonce: Uint8Array | undefined): Uint8Array {
  return checkIv(nonce, { min: nonceSize, max: nonceSize }, 'nonce');
}

function cut(sealed: Uint8Array): Finalized {
  const at = sealed.length - tagSize;
  return { data: sealed.subarray(0, at), tag: sealed.subarray(at) };
}
