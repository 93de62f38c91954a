/**
 * Block ciphers: AES-CBC with PKCS#7 padding (NIST SP 800-38A 6.2, RFC 5652 6.3). Decryption gives plaintext out as it comes, for
 * CBC has no tag to wait for.
 */
import { type Cipher, createCipheriv, createDecipheriv, type Decipher } from 'node:crypto';
import type { CipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ProviderOperation, WholeMessage } from '../contract.js';
import type { SoftwareKey } from './key.js';
import { inPieces, Output, pieceSize } from './paced.js';
import { drop, notStarted, openSslName, refused } from './symmetric.js';

export class CipherOperation implements ProviderOperation {
  readonly #algorithm: CipherRow;
  readonly #key: SoftwareKey;
  readonly #decrypts: boolean;
  #cipher: Cipher | Decipher | undefined;

  constructor(algorithm: CipherRow, key: SoftwareKey, direction: Direction) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.#decrypts = direction === 'decrypt';
  }

  init(iv: Uint8Array | undefined): void {
    this.abort();
    const { ivSize } = this.#algorithm;
    if (iv?.length !== ivSize) throw new KeyslotError('INVALID_ARGUMENT', `the iv must have ${ivSize} bytes`, { field: 'iv' });
    const create = this.#decrypts ? createDecipheriv : createCipheriv;
    this.#cipher = create(openSslName(this.#algorithm), this.#key.secret(), iv);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const cipher = this.#started();
    if (data.length <= pieceSize) return cipher.update(data);
    const output = new Output(data.length + this.#algorithm.blockSize);
    return andThen(
      inPieces(data, call, (piece) => this.#collect(output, cipher.update(piece))),
      () => output.take(),
    );
  }

  /** @throws OPERATION_FAILED when the padding, and so the key or the data, is wrong */
  finalize(): Finalized {
    const cipher = this.#started();
    this.#cipher = undefined;
    try {
      return { data: cipher.final() };
    } catch {
      throw this.#decrypts ? refused() : new KeyslotError('OPERATION_FAILED', 'encryption failed');
    }
  }

  singleShot({ iv, data }: WholeMessage, call: Call): Answer<Finalized> {
    this.init(iv);
    return andThen(this.update(data, call), (first) => {
      const { data: last } = this.#finalizeOrWipe(first);
      const output = new Output(first.length + last.length);
      this.#collect(output, first);
      this.#collect(output, last);
      return { data: output.take() };
    });
  }

  abort(): void {
    drop(this.#cipher);
    this.#cipher = undefined;
  }
  close(): void {
    this.abort();
  }

  #finalizeOrWipe(first: Uint8Array): Finalized {
    try {
      return this.finalize();
    } catch (error) {
      first.fill(0);
      throw error;
    }
  }
  #collect(output: Output, piece: Uint8Array): void {
    if (this.#decrypts) output.move(piece);
    else output.add(piece);
  }
  #started(): Cipher | Decipher {
    if (this.#cipher === undefined) throw notStarted();
    return this.#cipher;
  }
}
