/**
 * AES without authentication, by node:crypto: ECB, CBC, CTR, CFB, CFB8 and OFB (NIST SP 800-38A), with the padding of PKCS#7
 * (RFC 5652 6.3) or none where the mode has whole blocks; XTS is in xts.ts. Decryption gives plaintext out as it comes, for there is no
 * tag to wait for.
 */
import { type Cipher, createCipheriv, createDecipheriv, type Decipher } from 'node:crypto';
import type { CipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import type { SoftwareKey } from './key.js';
import { inPieces, Output, pieceSize } from './paced.js';
import { checkIv, drop, notStarted, openSslName, refused } from './symmetric.js';
import { XtsOperation } from './xts.js';

const nothing = new Uint8Array(0);

/** @throws INCOMPATIBLE_KEY_TYPE for a key that is too weak for the mode */
export function createCipher(algorithm: CipherRow, key: SoftwareKey, direction: Direction, parameters: ParameterValues): ProviderOperation {
  return algorithm.mode === 'xts'
    ? new XtsOperation(algorithm, key, direction)
    : new CipherOperation(algorithm, key, direction, parameters.padding !== 'none');
}

class CipherOperation implements ProviderOperation {
  readonly #algorithm: CipherRow;
  readonly #key: SoftwareKey;
  readonly #decrypts: boolean;
  readonly #pads: boolean;
  #cipher: Cipher | Decipher | undefined;

  constructor(algorithm: CipherRow, key: SoftwareKey, direction: Direction, pads: boolean) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.#decrypts = direction === 'decrypt';
    this.#pads = pads;
  }

  init(iv: Uint8Array | undefined): void {
    this.abort();
    const { ivSize } = this.#algorithm;
    const checked = checkIv(iv ?? nothing, { min: ivSize, max: ivSize });
    const create = this.#decrypts ? createDecipheriv : createCipheriv;
    const cipher = create(openSslName(this.#algorithm), this.#key.secret(), ivSize === 0 ? null : checked);
    if (!this.#pads) cipher.setAutoPadding(false);
    this.#cipher = cipher;
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

  /**
   * @throws OPERATION_FAILED when the padding, and so the key or the data, is wrong; INVALID_ARGUMENT with field `data` when a message
   *   that is not padded is no whole number of blocks
   */
  finalize(): Finalized {
    const cipher = this.#started();
    this.#cipher = undefined;
    try {
      return { data: cipher.final() };
    } catch {
      throw this.#decrypts ? refused() : new KeyslotError('INVALID_ARGUMENT', this.#needsBlocks(), { field: 'data' });
    }
  }

  singleShot({ iv, data }: WholeMessage, call: Call): Answer<Finalized> {
    this.init(iv);
    return andThen(this.update(data, call), (first) => {
      const { data: last } = this.#finalizeOrWipe(first);
      if (last.length === 0) return { data: first };
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
  #needsBlocks(): string {
    return `without padding ${this.#algorithm.name} takes whole blocks of ${this.#algorithm.blockSize} bytes only`;
  }
  #started(): Cipher | Decipher {
    if (this.#cipher === undefined) throw notStarted();
    return this.#cipher;
  }
}
