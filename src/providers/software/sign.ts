/** Signing of digests: ECDSA and RSA (FIPS 186-5, RFC 8017) by OpenSSL. Messages are signed in message-sign.ts. */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import { DigestOperation } from './digest-operation.js';
import type { SoftwareKey } from './key.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';

export class SignOperation extends DigestOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #scheme: SignatureScheme;

  /** @throws INVALID_ARGUMENT that names the parameter which does not fit the key */
  constructor(algorithm: DigestSignatureRow, key: SoftwareKey, parameters: ParameterValues) {
    super(algorithm, parameters);
    this.#key = key;
    this.#scheme = signatureScheme(algorithm, parameters, key.keyLength);
  }

  finalize(): Answer<Finalized> {
    return this.#sign(this.input.finalize().data);
  }

  singleShot(message: WholeMessage, call: Call): Answer<Finalized> {
    return andThen(this.input.singleShot(message, call), ({ data }) => this.#sign(data));
  }

  /** Slow schemes sign on the thread pool, so that other callers go on. */
  #sign(digest: Uint8Array): Answer<Finalized> {
    const key = this.#key.native('private');
    const { native, slow } = this.#scheme;
    return slow ? key.signAsync(digest, native).then((data) => ({ data })) : { data: key.sign(digest, native) };
  }
}
