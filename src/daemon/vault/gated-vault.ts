/** A vault that counts as locked until somebody says that it is open: its seed may be there before it is known to be the right one. */
import { KeyslotError } from '../../core/errors.js';
import type { KeyVault } from '../../providers/software/vault-key.js';
import type { PathLike, Vault } from '../../vault/index.js';
import type { KeyKind } from '../../vault/key-kind.js';

export class GatedVault implements KeyVault {
  readonly #vault: Vault;
  readonly #isOpen: () => boolean;
  readonly #listeners: ((unlocked: boolean) => void)[] = [];

  constructor(vault: Vault, isOpen: () => boolean) {
    this.#vault = vault;
    this.#isOpen = isOpen;
  }

  onChange(listener: (unlocked: boolean) => void): void {
    this.#listeners.push(listener);
  }
  /** Tells everybody what `isOpen` has become. */
  changed(): void {
    for (const listener of this.#listeners) listener(this.#isOpen());
  }

  isUnlocked(): boolean {
    return this.#isOpen();
  }
  touch(): void {
    this.#open().touch();
  }
  publicKey(kind: KeyKind, path: PathLike): Uint8Array {
    return this.#open().publicKey(kind, path);
  }
  extendedPublicKey(path: PathLike): string {
    return this.#open().extendedPublicKey(path);
  }
  sign(kind: KeyKind, path: PathLike, message: Uint8Array): Uint8Array {
    return this.#open().sign(kind, path, message);
  }
  async signAsync(kind: KeyKind, path: PathLike, message: Uint8Array): Promise<Uint8Array> {
    return this.#open().signAsync(kind, path, message);
  }
  seal(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#open().seal(path, iv, aad, data);
  }
  async sealAsync(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    return this.#open().sealAsync(path, iv, aad, data);
  }
  open(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#open().open(path, iv, aad, data);
  }
  async openAsync(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    return this.#open().openAsync(path, iv, aad, data);
  }
  deriveEncryptionKey(path: PathLike | number): ReturnType<Vault['deriveEncryptionKey']> {
    return this.#open().deriveEncryptionKey(path);
  }

  #open(): Vault {
    if (this.#isOpen()) return this.#vault;
    throw new KeyslotError('VAULT_LOCKED', 'the vault is locked: keyslot vault unlock');
  }
}
