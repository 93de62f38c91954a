/** Verification with the public half of a key of the vault: as with any public key, but not while the vault is locked. */
import type { Answer, Call, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import type { SoftwareKey } from './key.js';
import type { VaultKey } from './vault-key.js';
import { verifiesOnly } from './verify.js';

export class VaultVerification implements ProviderOperation {
  readonly #operation: ProviderOperation;
  readonly #key: VaultKey;
  readonly #publicKey: SoftwareKey;

  /** Takes over the operation and its public key. */
  constructor(operation: ProviderOperation, key: VaultKey, publicKey: SoftwareKey) {
    this.#operation = operation;
    this.#key = key;
    this.#publicKey = publicKey;
  }

  get gathersData(): boolean {
    return this.#operation.gathersData === true;
  }

  /** @throws VAULT_LOCKED */
  init(iv: Uint8Array | undefined, call: Call): Answer<void> {
    this.#key.vault();
    return this.#operation.init(iv, call);
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    this.#key.streams();
    return this.#operation.update(data, call);
  }

  finalize(): never {
    throw verifiesOnly();
  }

  verify(signature: Uint8Array, call: Call): Answer<Verified> {
    this.#key.vault();
    if (this.#operation.verify === undefined) throw verifiesOnly();
    return this.#operation.verify(signature, call);
  }

  verifySingleShot(message: WholeMessage, signature: Uint8Array, call: Call): Answer<Verified> {
    this.#key.vault();
    if (this.#operation.verifySingleShot === undefined) throw verifiesOnly();
    return this.#operation.verifySingleShot(message, signature, call);
  }

  abort(): Answer<void> {
    return this.#operation.abort();
  }

  close(): void {
    this.#operation.close();
    this.#publicKey.release();
  }
}
