/** Verification of signatures (FIPS 186-5) by node:crypto. A signature that does not match, or is none at all, is `valid: false`. */
import { createVerify, type Verify, verify } from 'node:crypto';
import type { SignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, ParameterValues, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import type { SoftwareKey } from './key.js';
import { inPieces, pieceSize } from './paced.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';
import { notStarted } from './symmetric.js';

const nothing = new Uint8Array(0);

export class VerifyOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #scheme: SignatureScheme;
  #verify: Verify | undefined;

  constructor(algorithm: SignatureRow, key: SoftwareKey, parameters: ParameterValues) {
    this.#key = key;
    this.#scheme = signatureScheme(algorithm, parameters, key.keyLength);
  }

  init(): void {
    this.#verify = createVerify(this.#scheme.digest);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const started = this.#started();
    return andThen(
      inPieces(data, call, (piece) => started.update(piece)),
      () => nothing,
    );
  }

  finalize(): never {
    throw new KeyslotError('INVALID_OPERATION', 'verification ends with a signature; call verify');
  }

  verify(signature: Uint8Array): Verified {
    const started = this.#started();
    this.#verify = undefined;
    const key = { key: this.#key.publicKey(), ...this.#scheme.options };
    return { valid: this.#scheme.hasLength(signature) && started.verify(key, signature) };
  }

  verifySingleShot({ data }: WholeMessage, signature: Uint8Array, call: Call): Answer<Verified> {
    if (data.length > pieceSize) {
      this.init();
      return andThen(this.update(data, call), () => this.verify(signature));
    }
    const { digest, options, hasLength } = this.#scheme;
    return { valid: hasLength(signature) && verify(digest, data, { key: this.#key.publicKey(), ...options }, signature) };
  }

  abort(): void {
    this.#verify = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): Verify {
    if (this.#verify === undefined) throw notStarted();
    return this.#verify;
  }
}
