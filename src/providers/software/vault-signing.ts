/** Signing with keys of the vault: Ed25519 (RFC 8032) of messages, which are gathered; ECDSA over secp256k1 (SEC 1 4.1.3) of digests. */
import type { DigestSignatureRow } from '../../core/algorithms.js';
import { andFinally, andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import { derFromP1363 } from '../key-encoding/ecdsa-signature.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { DigestOperation } from './digest-operation.js';
import { GatheredMessage } from './gathered.js';
import type { VaultKey } from './vault-key.js';

const nothing = new Uint8Array(0);
/** Above this a message goes to the thread pool, so that other callers go on. */
const longestInLine = 4096;
/** Bytes of the order of secp256k1. */
const orderSize = 32;

export class VaultMessageSigning implements ProviderOperation {
  readonly gathersData = true;
  readonly #key: VaultKey;
  readonly #message = new GatheredMessage();

  constructor(key: VaultKey) {
    this.#key = key;
  }

  /** @throws VAULT_LOCKED */
  init(): void {
    this.#key.vault();
    this.#message.start();
  }

  update(data: Uint8Array): Uint8Array {
    this.#key.streams();
    this.#message.add(data);
    return nothing;
  }

  finalize(): Answer<Finalized> {
    const message = this.#message.take();
    return andFinally(
      () => this.#sign(message),
      () => wipe(message),
    );
  }

  singleShot({ data }: WholeMessage): Answer<Finalized> {
    return this.#sign(data);
  }

  abort(): void {
    this.#message.drop();
  }
  close(): void {
    this.abort();
  }

  #sign(message: Uint8Array): Answer<Finalized> {
    const { kind, path } = this.#key;
    const vault = this.#key.vault();
    if (message.length <= longestInLine) return { data: vault.sign(kind, path, message) };
    return vault.signAsync(kind, path, message).then((data) => ({ data }));
  }
}

export class VaultDigestSigning extends DigestOperation implements ProviderOperation {
  readonly #key: VaultKey;
  readonly #der: boolean;

  constructor(algorithm: DigestSignatureRow, key: VaultKey, parameters: ParameterValues) {
    super(algorithm, parameters);
    this.#key = key;
    this.#der = parameters.signatureFormat === 'der';
  }

  /** @throws VAULT_LOCKED */
  override init(): void {
    this.#key.vault();
    super.init();
  }

  override update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    this.#key.streams();
    return super.update(data, call);
  }

  finalize(): Answer<Finalized> {
    return this.#sign(this.input.finalize().data);
  }

  singleShot(message: WholeMessage, call: Call): Answer<Finalized> {
    this.#key.vault();
    return andThen(this.input.singleShot(message, call), ({ data }) => this.#sign(data));
  }

  /** A signature takes tenths of a millisecond. */
  async #sign(digest: Uint8Array): Promise<Finalized> {
    const { kind, path } = this.#key;
    const signature = await this.#key.vault().signAsync(kind, path, toOrderSize(digest));
    return { data: this.#der ? derFromP1363(signature) : signature };
  }
}

/** The digest as the number that is signed (FIPS 186-5 6.4.1, step 2): its leftmost bits, as many as the order has; a shorter one is a smaller number. */
function toOrderSize(digest: Uint8Array): Uint8Array {
  if (digest.length >= orderSize) return digest.subarray(0, orderSize);
  const number = new Uint8Array(orderSize);
  number.set(digest, orderSize - digest.length);
  return number;
}
