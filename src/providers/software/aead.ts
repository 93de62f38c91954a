/**
 * Authenticated encryption in parts, by node:crypto: AES-GCM (NIST SP 800-38D), ChaCha20-Poly1305 (RFC 8439) and XChaCha20-Poly1305;
 * what needs the whole message is in whole-aead.ts. Encryption streams; decryption keeps all plaintext back until the tag is right and
 * wipes it when it is not. Sizes of nonces and tags are those of the algorithm's row.
 */
import { type CipherGCM, type CipherGCMTypes, createCipheriv, createDecipheriv, type DecipherGCM, type KeyObject } from 'node:crypto';
import type { AeadMode, AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { andThen, andThenOr } from '../answer.js';
import type { Answer, Call, Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { GatheredAead } from './gathered-aead.js';
import { HeldBack } from './held-back.js';
import type { SoftwareKey } from './key.js';
import { inPieces, Output, pieceSize } from './paced.js';
import { checkIv, drop, hasOpenSslMode, notStarted, openSslName, refused } from './symmetric.js';
import { hasWholeMode, WholeAead } from './whole-aead.js';
import { xchachaSubKey } from './xchacha.js';

const nothing = new Uint8Array(0);

interface Made {
  readonly algorithm: AeadRow;
  readonly key: SoftwareKey;
  readonly tagLength: number;
}
/** What OpenSSL is given. */
interface Keyed {
  readonly key: KeyObject;
  readonly nonce: Uint8Array;
}

const asGiven = (key: KeyObject, nonce: Uint8Array): Keyed => ({ key, nonce });

const streaming: Readonly<Partial<Record<AeadMode, (key: KeyObject, nonce: Uint8Array) => Keyed>>> = {
  gcm: asGiven,
  'chacha20-poly1305': asGiven,
  'xchacha20-poly1305': xchachaSubKey,
};

export function createAead(algorithm: AeadRow, key: SoftwareKey, direction: Direction, tagLength: number): ProviderOperation {
  if (!Object.hasOwn(streaming, algorithm.mode)) return new GatheredAead(new WholeAead(algorithm, key, tagLength), direction);
  const made = { algorithm, key, tagLength };
  return direction === 'encrypt' ? new AeadEncryption(made) : new AeadDecryption(made);
}

export function hasAead(algorithm: AeadRow): boolean {
  return Object.hasOwn(streaming, algorithm.mode) ? hasOpenSslMode(algorithm) : hasWholeMode(algorithm);
}

function keyed({ algorithm, key }: Made, nonce: Uint8Array | undefined): Keyed {
  const secret = key.secret();
  return (streaming[algorithm.mode] ?? asGiven)(secret, checkIv(nonce, algorithm.nonce, 'nonce'));
}

class AeadEncryption implements ProviderOperation {
  readonly #made: Made;
  #cipher: CipherGCM | undefined;

  constructor(made: Made) {
    this.#made = made;
  }

  init(nonce: Uint8Array | undefined): void {
    this.abort();
    const { algorithm, tagLength } = this.#made;
    const given = keyed(this.#made, nonce);
    this.#cipher = createCipheriv(openSslName(algorithm) as CipherGCMTypes, given.key, given.nonce, { authTagLength: tagLength });
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
    const { algorithm, tagLength } = this.#made;
    const given = keyed(this.#made, nonce);
    this.#decipher = createDecipheriv(openSslName(algorithm) as CipherGCMTypes, given.key, given.nonce, { authTagLength: tagLength });
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
