/**
 * Verification of signatures of digests: ECDSA and RSA (FIPS 186-5, RFC 8017) by OpenSSL. A signature that does not match, or is none at
 * all, is `valid: false`. Signatures of messages are verified in message-verify.ts.
 */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, ParameterValues, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { DigestOperation } from './digest-operation.js';
import type { SoftwareKey } from './key.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';

export class VerifyOperation extends DigestOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #scheme: SignatureScheme;

  /** @throws INVALID_ARGUMENT that names the parameter which does not fit the key */
  constructor(algorithm: DigestSignatureRow, key: SoftwareKey, parameters: ParameterValues) {
    super(algorithm, parameters);
    this.#key = key;
    this.#scheme = signatureScheme(algorithm, parameters, key.keyLength);
  }

  finalize(): never {
    throw verifiesOnly();
  }

  verify(signature: Uint8Array): Verified {
    return this.#check(this.input.finalize().data, signature);
  }

  verifySingleShot(message: WholeMessage, signature: Uint8Array, call: Call): Answer<Verified> {
    return andThen(this.input.singleShot(message, call), ({ data }) => this.#check(data, signature));
  }

  #check(digest: Uint8Array, signature: Uint8Array): Verified {
    const key = this.#key.native('public');
    return { valid: this.#scheme.hasLength(signature) && key.verify(digest, signature, this.#scheme.native) };
  }
}

export function verifiesOnly(): KeyslotError {
  return new KeyslotError('INVALID_OPERATION', 'verification ends with a signature; call verify');
}
