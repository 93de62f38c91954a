/**
 * Verification of signatures of digests: ECDSA and RSA (FIPS 186-5, RFC 8017) by OpenSSL. A signature that does not match, or is none at
 * all, is `valid: false`. Signatures of messages are verified in message-verify.ts.
 */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, ParameterValues, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { type DigestInput, digestInput } from './digest-input.js';
import type { SoftwareKey } from './key.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';

export class VerifyOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #scheme: SignatureScheme;
  readonly #input: DigestInput;

  /** @throws INVALID_ARGUMENT that names the parameter which does not fit the key */
  constructor(algorithm: DigestSignatureRow, key: SoftwareKey, parameters: ParameterValues) {
    this.#key = key;
    this.#scheme = signatureScheme(algorithm, parameters, key.keyLength);
    this.#input = digestInput(algorithm.hash, parameters.prehashed === true);
  }

  init(): void {
    this.#input.init();
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    return this.#input.update(data, call);
  }

  finalize(): never {
    throw verifiesOnly();
  }

  verify(signature: Uint8Array): Verified {
    return this.#check(this.#input.finalize().data, signature);
  }

  verifySingleShot(message: WholeMessage, signature: Uint8Array, call: Call): Answer<Verified> {
    return andThen(this.#input.singleShot(message, call), ({ data }) => this.#check(data, signature));
  }

  abort(): void {
    this.#input.abort();
  }
  close(): void {
    this.abort();
  }

  #check(digest: Uint8Array, signature: Uint8Array): Verified {
    const key = this.#key.native('public');
    return { valid: this.#scheme.hasLength(signature) && key.verify(digest, signature, this.#scheme.native) };
  }
}

export function verifiesOnly(): KeyslotError {
  return new KeyslotError('INVALID_OPERATION', 'verification ends with a signature; call verify');
}
