/**
 * AES-GCM (NIST SP 800-38D). Encryption streams; decryption keeps all plaintext back until the tag is right and wipes it when it is
 * not. Nonces of 1 to 128 bytes, which is as far as OpenSSL goes; tags of the sizes in the algorithm's row.
 */
import { type CipherGCM, type CipherGCMTypes, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto';
import type { AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andThen, andThenOr } from '../answer.js';
import type { Answer, Call, Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { HeldBack } from './held-back.js';
import type { SoftwareKey } from './key.js';
import { inPieces, Output, pieceSize } from './paced.js';
import { drop, notStarted, openSslName, refused } from './symmetric.js';

/** Bytes; OpenSSL's GCM_IV_MAX_SIZE. */
export const longestNonce = 128;

const nothing = new Uint8Array(0);

interface Made {
  readonly algorithm: AeadRow;
  readonly key: SoftwareKey;
  readonly tagLength: number;
}

export function createAead(algorithm: AeadRow, key: SoftwareKey, direction: Direction, tagLength: number): ProviderOperation {
  const made = { algorithm, key, tagLength };
  return direction === 'encrypt' ? new AeadEncryption(made) : new AeadDecryption(made);
}

function checkNonce(nonce: Uint8Array | undefined): Uint8Array {
  if (nonce !== undefined && nonce.length >= 1 && nonce.length <= longestNonce) return nonce;
  throw new KeyslotError('INVALID_ARGUMENT', `the software provider takes nonces of 1 to ${longestNonce} bytes`, { field: 'nonce' });
}

class AeadEncryption implements ProviderOperation {
  readonly #made: Made;
  #cipher: CipherGCM | undefined;

  constructor(made: Made) {
    this.#made = made;
  }

  init(nonce: Uint8Array | undefined): void {
    this.abort();
    const { algorithm, key, tagLength } = this.#made;
    const checked = checkNonce(nonce);
    this.#cipher = createCipheriv(openSslName(algorithm) as CipherGCMTypes, key.secret(), checked, { authTagLength: tagLength });
  }

  updateAad(aad: Uint8Array): void {
    this.#started().setAAD(aad);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const cipher = this.#started();
    if (data.length <= pieceSize) return cipher.update(data);
    const output = new Output(data.length);
    return andThen(
      inPieces(data, call, (piece) => output.add(cipher.update(piece))),
      () => output.take(),
    );
  }

  finalize(): Finalized {
    const cipher = this.#started();
    this.#cipher = undefined;
    return { data: cipher.final(), tag: cipher.getAuthTag() };
  }

  singleShot({ iv, aad, data }: WholeMessage, call: Call): Answer<Finalized> {
    this.init(iv);
    if (aad !== undefined) this.updateAad(aad);
    return andThen(this.update(data, call), (first) => ({ ...this.finalize(), data: first }));
  }

  abort(): void {
    drop(this.#cipher);
    this.#cipher = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): CipherGCM {
    if (this.#cipher === undefined) throw notStarted();
    return this.#cipher;
  }
}

class AeadDecryption implements ProviderOperation {
  readonly #made: Made;
  #decipher: DecipherGCM | undefined;
  readonly #held = new HeldBack();

  constructor(made: Made) {
    this.#made = made;
  }

  init(nonce: Uint8Array | undefined): void {
    this.abort();
    const { algorithm, key, tagLength } = this.#made;
    const checked = checkNonce(nonce);
    this.#decipher = createDecipheriv(openSslName(algorithm) as CipherGCMTypes, key.secret(), checked, { authTagLength: tagLength });
  }

  updateAad(aad: Uint8Array): void {
    this.#started().setAAD(aad);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const decipher = this.#started();
    if (data.length <= pieceSize) {
      this.#held.add(decipher.update(data));
      return nothing;
    }
    const output = new Output(data.length);
    return andThenOr(
      () => inPieces(data, call, (piece) => output.move(decipher.update(piece))),
      () => {
        this.#held.add(output.take());
        return nothing;
      },
      (error) => {
        output.wipe();
        throw error;
      },
    );
  }

  finalize(): never {
    throw new KeyslotError('INVALID_OPERATION', 'decryption ends with the tag; call verify');
  }

  /** @throws OPERATION_FAILED when the tag is wrong; nothing of the plaintext is left */
  verify(expected: Uint8Array): Verified {
    const decipher = this.#started();
    this.#decipher = undefined;
    try {
      if (expected.length !== this.#made.tagLength) throw refused();
      decipher.setAuthTag(expected);
      decipher.final();
    } catch {
      drop(decipher);
      this.#held.wipe();
      throw refused();
    }
    return { valid: true, data: this.#held.release() };
  }

  verifySingleShot({ iv, aad, data }: WholeMessage, expected: Uint8Array, call: Call): Answer<Verified> {
    this.init(iv);
    if (aad !== undefined) this.updateAad(aad);
    return andThen(this.update(data, call), () => this.verify(expected));
  }

  abort(): void {
    drop(this.#decipher);
    this.#decipher = undefined;
    this.#held.wipe();
  }
  close(): void {
    this.abort();
  }

  #started(): DecipherGCM {
    if (this.#decipher === undefined) throw notStarted();
    return this.#decipher;
  }
}
