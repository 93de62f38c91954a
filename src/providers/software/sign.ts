/** Signing (FIPS 186-5) by node:crypto. */
import { createSign, type KeyObject, type Sign, type SigningOptions, sign } from 'node:crypto';
import type { SignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import type { SoftwareKey } from './key.js';
import { inPieces, pieceSize } from './paced.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';
import { notStarted } from './symmetric.js';

const nothing = new Uint8Array(0);

function failed(cause: unknown): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', 'the key can not sign', { cause });
}

export class SignOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #scheme: SignatureScheme;
  #sign: Sign | undefined;

  constructor(algorithm: SignatureRow, key: SoftwareKey, parameters: ParameterValues) {
    this.#key = key;
    this.#scheme = signatureScheme(algorithm, parameters, key.keyLength);
  }

  init(): void {
    this.#sign = createSign(this.#scheme.digest);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const started = this.#started();
    return andThen(
      inPieces(data, call, (piece) => started.update(piece)),
      () => nothing,
    );
  }

  finalize(): Finalized {
    const started = this.#started();
    this.#sign = undefined;
    try {
      return { data: started.sign({ key: this.#key.privateKey(), ...this.#scheme.options }) };
    } catch (error) {
      throw failed(error);
    }
  }

  /** Slow schemes sign on the thread pool, so that other callers go on; a stream's end can't be moved there. */
  singleShot({ data }: WholeMessage, call: Call): Answer<Finalized> {
    if (data.length > pieceSize) {
      this.init();
      return andThen(this.update(data, call), () => this.finalize());
    }
    const { digest, options, slow } = this.#scheme;
    const key = { key: this.#key.privateKey(), ...options };
    if (slow) return signOnPool(digest, data, key);
    try {
      return { data: sign(digest, data, key) };
    } catch (error) {
      throw failed(error);
    }
  }

  abort(): void {
    this.#sign = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): Sign {
    if (this.#sign === undefined) throw notStarted();
    return this.#sign;
  }
}

function signOnPool(digest: string, data: Uint8Array, key: { key: KeyObject } & SigningOptions): Promise<Finalized> {
  return new Promise((resolve, reject) => {
    sign(digest, data, key, (error, signature) => {
      if (error) reject(failed(error));
      else resolve({ data: signature });
    });
  });
}
