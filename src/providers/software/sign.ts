/** Signing of digests: ECDSA and RSA (FIPS 186-5, RFC 8017) by OpenSSL. Messages are signed in message-sign.ts. */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import { type DigestInput, digestInput } from './digest-input.js';
import type { SoftwareKey } from './key.js';
import { type SignatureScheme, signatureScheme } from './signature-schemes.js';

export class SignOperation implements ProviderOperation {
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

  finalize(): Answer<Finalized> {
    return this.#sign(this.#input.finalize().data);
  }

  singleShot(message: WholeMessage, call: Call): Answer<Finalized> {
    return andThen(this.#input.singleShot(message, call), ({ data }) => this.#sign(data));
  }

  abort(): void {
    this.#input.abort();
  }
  close(): void {
    this.abort();
  }

  /** Slow schemes sign on the thread pool, so that other callers go on. */
  #sign(digest: Uint8Array): Answer<Finalized> {
    const key = this.#key.native('private');
    const { native, slow } = this.#scheme;
    return slow ? key.signAsync(digest, native).then((data) => ({ data })) : { data: key.sign(digest, native) };
  }
}
