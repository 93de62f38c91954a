/** What a vault needs of the native code that holds its secrets. */

import type { SecureBuffer } from '../native.js';
import type { DerivationPath } from './derivation-path.js';
import type { KeyKind } from './key-kind.js';
import type { SecretSource } from './secret-source.js';

/** How the secrets are kept: pages that even the kernel has no mapping of, locked pages, or, where the operator allowed it, neither. */
export type Protection = 'memfd_secret' | 'mlock' | 'none';

export interface CoreStatus {
  readonly protection: Protection;
  /** Bytes. */
  readonly lockedBytes: number;
  /** Whether others of the same user may look into this process. */
  readonly dumpable: boolean;
}

/** A key that stays in native memory. */
export interface CoreKey {
  /** Of one unlocking only: of no use after `lock`. */
  readonly handle: number;
  /** The caller's; empty for a secret key. */
  readonly publicKey: Uint8Array;
}

/** BIP32's extended public key in its parts. */
export interface CoreExtendedKey {
  /** 33 bytes, compressed. */
  readonly publicKey: Uint8Array;
  /** 32 bytes. */
  readonly chainCode: Uint8Array;
  /** 4 bytes; zeros at the root. */
  readonly parentFingerprint: Uint8Array;
  readonly depth: number;
  /** The last step; 0 at the root. */
  readonly index: number;
}

/**
 * What a phrase is. english: words of the English list, whose checksum counts. bytes: any UTF-8 in NFKD that somebody else has
 * checked. seed: no phrase but a seed of 16 to 64 bytes.
 */
export type PhraseFormat = 'english' | 'bytes' | 'seed';

export interface CoreUnlockOptions {
  readonly format: PhraseFormat;
  /** Milliseconds. */
  readonly timeout: number;
}

/**
 * One seed and the keys made from it. Everything but `status`, `lock`, `drop` and the two that bring a seed is VAULT_LOCKED without one, and
 * INVALID_OPERATION with a handle that was dropped.
 */
export interface VaultCore {
  status(): CoreStatus;
  /**
   * Reads the phrase, and the passphrase where there is one, each to a newline or the end. The caller keeps both descriptors. What is given as bytes is
   * copied before this returns its promise; the caller wipes it then.
   * @throws MNEMONIC_INVALID, MEMORY_NOT_LOCKED, OPERATION_TIMED_OUT, OPERATION_CANCELLED by `lock`, INVALID_ARGUMENT
   */
  unlock(phrase: SecretSource, passphrase: SecretSource | undefined, options: CoreUnlockOptions): Promise<void>;
  /** Writes a new phrase of 12, 15, 18, 21 or 24 words and a newline to a descriptor, and keeps nothing of it. */
  generate(words: number, descriptor: number, options: Pick<CoreUnlockOptions, 'timeout'>): Promise<void>;
  /** Wipes everything before it returns. Never fails; may be called at any time. */
  lock(): void;
  /** As `lock`, and gives its memory back. */
  dispose(): void;
  /** @throws QUOTA_EXCEEDED where no more keys can be held, KEY_DERIVATION_FAILED for a path without a key */
  derive(kind: KeyKind, path: DerivationPath): CoreKey;
  extendedPublicKey(path: DerivationPath): CoreExtendedKey;
  /** Wipes the key. Nothing happens with a handle that is of no use any more. */
  drop(handle: number): void;
  /** Ed25519: 64 bytes of any message. Secp256k1: r and s, 64 bytes, s in its lower half, of a digest of 32 bytes. */
  sign(handle: number, message: Uint8Array): Uint8Array;
  /** As `sign`, on another thread. The bytes are copied at once, as those of the other two. It ends, or is VAULT_LOCKED or INVALID_OPERATION, when the core is locked meanwhile. */
  signAsync(handle: number, message: Uint8Array): Promise<Uint8Array>;
  /** AES-256-GCM: the ciphertext and, behind it, its tag of 16 bytes. */
  seal(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array;
  sealAsync(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** @throws OPERATION_FAILED for a wrong key and for changed data alike */
  open(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array;
  openAsync(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** A copy of the private or secret key, which is the caller's. */
  reveal(handle: number): SecureBuffer;
}
