/** The native vault of this process as the core of a vault; made when it is first needed. */

import { KeyslotError } from '../core/errors.js';
import { isDumpable, type SecureBuffer } from '../native.js';
import { NativeVault, type NativeVaultOptions, type VaultKeyKind } from '../native-vault.js';
import type { CoreExtendedKey, CoreKey, CoreStatus, CoreUnlockOptions, VaultCore } from './core.js';
import type { DerivationPath } from './derivation-path.js';
import type { KeyKind } from './key-kind.js';
import type { SecretSource } from './secret-source.js';

const nativeKinds: { readonly [K in KeyKind]: VaultKeyKind } = { Ed25519: 'ed25519', Aes256Gcm: 'aes-256-gcm', Secp256k1: 'secp256k1' };

export class NativeCore implements VaultCore {
  readonly #options: NativeVaultOptions;
  #vault: NativeVault | undefined;

  constructor(options: NativeVaultOptions) {
    this.#options = options;
  }

  /** Tells what an unlocked vault would have; no protection where it can't be unlocked, because nothing can be locked. */
  status(): CoreStatus {
    try {
      const { protection, lockedBytes, dumpable, secureHeap } = this.#made().status();
      // Keys are in OpenSSL's heap, too, while they are used: all is protected, or nothing is said to be.
      return { protection: secureHeap ? protection : 'none', lockedBytes, dumpable };
    } catch (error) {
      if (!(error instanceof KeyslotError) || error.code !== 'MEMORY_NOT_LOCKED') throw error;
      return { protection: 'none', lockedBytes: 0, dumpable: isDumpable() };
    }
  }

  async unlock(phrase: SecretSource, passphrase: SecretSource | undefined, options: CoreUnlockOptions): Promise<void> {
    await this.#made().unlock(phrase, passphrase, options);
  }

  async generate(words: number, descriptor: number, options: { readonly timeout: number }): Promise<void> {
    await this.#made().generate(words, descriptor, options);
  }

  lock(): void {
    this.#vault?.lock();
  }

  dispose(): void {
    this.#vault?.dispose();
    this.#vault = undefined;
  }

  derive(kind: KeyKind, path: DerivationPath): CoreKey {
    return this.#made().derive(nativeKinds[kind], Uint32Array.from(path));
  }

  extendedPublicKey(path: DerivationPath): CoreExtendedKey {
    return this.#made().extendedPublicKey(Uint32Array.from(path));
  }

  drop(handle: number): void {
    this.#vault?.drop(handle);
  }

  sign(handle: number, message: Uint8Array): Uint8Array {
    return this.#made().sign(handle, message);
  }

  async signAsync(handle: number, message: Uint8Array): Promise<Uint8Array> {
    return this.#made().signAsync(handle, message);
  }

  seal(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#made().seal(handle, iv, aad, data);
  }

  async sealAsync(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    return this.#made().sealAsync(handle, iv, aad, data);
  }

  open(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#made().open(handle, iv, aad, data);
  }

  async openAsync(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    return this.#made().openAsync(handle, iv, aad, data);
  }

  reveal(handle: number): SecureBuffer {
    return this.#made().reveal(handle);
  }

  /** @throws MEMORY_NOT_LOCKED, ALREADY_INITIALIZED where this process has another vault, UNSUPPORTED_OPERATION */
  #made(): NativeVault {
    this.#vault ??= new NativeVault(this.#options);
    return this.#vault;
  }
}
