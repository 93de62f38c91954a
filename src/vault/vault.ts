/** One seed, and what is derived from it. */

import { randomBytes } from 'node:crypto';
import { KeyslotError } from '../core/errors.js';
import { requireBytes, requireInteger, requireThat, SecureBuffer, type SecureBufferOptions } from '../native.js';
import type { CoreKey, CoreStatus, VaultCore } from './core.js';
import { type DerivationPath, parsePath, pathOf, requirePathFor } from './derivation-path.js';
import { DerivedKey } from './derived-key.js';
import { type EncryptedData, encryptedData, ivSize, longestPlaintext, parseEncryptedData, saltSize, tagSize } from './encrypted-data.js';
import { serializeExtendedKey } from './extended-public-key.js';
import { type HeldKey, KeyCache } from './key-cache.js';
import { isKeyKind, type KeyKind, keyKinds } from './key-kind.js';
import { LifeCycle, type UnlockNewOptions, type UnlockOptions, type WordCount } from './life-cycle.js';
import { lockOnExit } from './lock-on-exit.js';
import { firstKeyVersion, NamedPaths, type PathTemplates } from './named-paths.js';
import type { SecretSource } from './secret-source.js';
import { securedCopy } from './secured-copy.js';
import type { VaultState } from './state.js';
import { now, Timer } from './timer.js';

export interface VaultOptions {
  /** Other paths than the usual ones. */
  readonly paths?: Partial<PathTemplates>;
  /** The version that `encrypt` and `rotate` use when none is given. Default 2. */
  readonly keyVersion?: number;
  /** Derived keys that are kept, 1 to 64. Default 64. */
  readonly cacheSize?: number;
  /** Milliseconds that a derived key is kept, from its derivation. Default an hour. */
  readonly cacheTimeToLive?: number;
  /** True: also in memory that the system refuses to lock, so that secrets may reach the swap; `status` says so. Default false. */
  readonly allowUnlockedMemory?: boolean;
  /** The vault locks itself after so many milliseconds without use. Default 0: never. The clock stands while the system sleeps. */
  readonly idleTimeout?: number;
  /** Runs after it has locked itself for lack of use. */
  readonly onIdle?: () => void;
}

export interface VaultStatus extends CoreStatus {
  readonly state: VaultState['name'];
  /** Derived keys that are kept. */
  readonly cached: number;
}

/** A path as text, or one that was parsed. */
export type PathLike = string | DerivationPath;

const mostKeys = 64;
const digestSize = 32;
const none = new Uint8Array(0);
const usual = {
  cacheSize: mostKeys,
  cacheTimeToLive: 3_600_000,
  idleTimeout: 0,
  keyVersion: firstKeyVersion,
  timeout: 60_000,
  format: 'english',
} as const;
const longestTime = 0x7fffffff;

/**
 * A vault without a daemon. All secrets stay in native memory; what leaves it is what `derive…` and `decrypt…` give to their caller.
 *
 * `lock` overwrites the seed and all kept keys before it returns. What is under way on other threads ends well or is VAULT_LOCKED; nothing is ever done
 * with a key that was wiped. Keys that were handed out as a DerivedKey are their owner's and stay.
 *
 * Every method but `unlock`, `unlockNew`, `lock`, `isUnlocked`, `status` and `lockOnExit` is VAULT_LOCKED while the vault is not unlocked.
 */
export class Vault implements Disposable {
  readonly #core: VaultCore;
  readonly #paths: NamedPaths;
  readonly #cache: KeyCache;
  readonly #idle: Timer;
  readonly #idleTimeout: number;
  readonly #keyVersion: number;
  readonly #memory: SecureBufferOptions;
  readonly #life: LifeCycle;

  /** @throws INVALID_ARGUMENT, DERIVATION_PATH_INVALID that name the option at fault */
  constructor(core: VaultCore, options: VaultOptions = {}) {
    const { cacheSize, cacheTimeToLive, idleTimeout, keyVersion } = { ...usual, ...options };
    requireInteger(cacheSize, 1, mostKeys, 'cacheSize');
    requireInteger(cacheTimeToLive, 1, longestTime, 'cacheTimeToLive');
    requireInteger(idleTimeout, 0, longestTime, 'idleTimeout');
    this.#paths = new NamedPaths(options.paths);
    this.#paths.encryption(keyVersion);
    this.#core = core;
    this.#cache = new KeyCache(core, { size: cacheSize, timeToLive: cacheTimeToLive });
    this.#idleTimeout = idleTimeout;
    this.#idle = new Timer(() => {
      this.lock();
      options.onIdle?.();
    });
    this.#keyVersion = keyVersion;
    this.#memory = { requireLock: options.allowUnlockedMemory !== true };
    this.#life = new LifeCycle(core, this.#memory);
  }

  /** The named paths, as configured. */
  get paths(): NamedPaths {
    return this.#paths;
  }

  isUnlocked(): boolean {
    return this.#life.state === 'unlocked';
  }

  status(): VaultStatus {
    const { protection, lockedBytes, dumpable } = this.#core.status();
    return { state: this.#life.state, protection, lockedBytes, dumpable, cached: this.#cache.size };
  }

  /**
   * Unlocks with a phrase that exists. Secrets given as bytes are wiped whatever happens, and are their owner's again when the promise settles.
   * @throws VAULT_ALREADY_UNLOCKED, MNEMONIC_INVALID, MEMORY_NOT_LOCKED, OPERATION_TIMED_OUT, INVALID_ARGUMENT
   * @throws OPERATION_CANCELLED where `lock` was called meanwhile
   */
  async unlock(phrase: SecretSource, passphrase?: SecretSource, options: UnlockOptions = {}): Promise<void> {
    await this.#life.unlock({ phrase, passphrase }, options);
    if (this.isUnlocked()) this.#touch();
  }

  /**
   * Makes a new phrase and unlocks with it. The phrase comes back in locked memory, in UTF-8, for its owner to write down and dispose: it is
   * not kept, and without it the keys are lost. Errors as for `unlock`.
   */
  async unlockNew(words: WordCount, options: UnlockNewOptions = {}): Promise<SecureBuffer> {
    const phrase = await this.#life.unlockNew(words, options);
    if (this.isUnlocked()) this.#touch();
    return phrase;
  }

  /** Counts as use, as all work with keys does: the time of `idleTimeout` begins anew. @throws VAULT_LOCKED */
  touch(): void {
    this.#touch();
  }

  /** Overwrites the seed and all kept keys, at once. Nothing happens when the vault is locked. */
  lock(): void {
    this.#life.lock();
    this.#cache.clear();
    this.#idle.stop();
  }

  /** As `lock`, and gives the memory back: a process can have one vault with memory at a time. */
  [Symbol.dispose](): void {
    this.lock();
    this.#core.dispose();
  }

  /** Locks when the process exits and on SIGTERM, SIGINT and SIGHUP, which do to the process what they did before. Undone by disposing. */
  lockOnExit(): Disposable {
    return lockOnExit(this);
  }

  /** The Ed25519 key at a path (SLIP-0010): a seed of 32 bytes as in RFC 8032. The caller disposes it. @throws DERIVATION_PATH_INVALID */
  deriveEd25519(path: PathLike): DerivedKey {
    return this.#reveal('Ed25519', path);
  }

  /** The AES-256 key at a path, or of a version. The caller disposes it. @throws DERIVATION_PATH_INVALID */
  deriveEncryptionKey(pathOrVersion: PathLike | number): DerivedKey {
    return this.#reveal('Aes256Gcm', typeof pathOrVersion === 'number' ? this.#paths.encryption(pathOrVersion) : pathOrVersion);
  }

  /**
   * The secp256k1 key at a path (BIP32), of the Ethereum account when none is given. The caller disposes it.
   * @throws DERIVATION_PATH_INVALID, KEY_DERIVATION_FAILED for the one path in 2¹²⁷ that has no key
   */
  deriveSecp256k1(path: PathLike = this.#paths.ethereum): DerivedKey {
    return this.#reveal('Secp256k1', path);
  }

  /** The public half alone: the private one does not leave native memory. Empty for Aes256Gcm. @throws DERIVATION_PATH_INVALID */
  publicKey(kind: KeyKind, path: PathLike): Uint8Array {
    return this.#take(kind, path).publicKey.slice();
  }

  /**
   * Signs without the key leaving native memory. Ed25519: any message, 64 bytes (RFC 8032). Secp256k1: a digest of 32 bytes, ECDSA, r and s of 32
   * bytes each, s in its lower half. @throws INCOMPATIBLE_KEY_TYPE for Aes256Gcm, INVALID_ARGUMENT, DERIVATION_PATH_INVALID
   */
  sign(kind: KeyKind, path: PathLike, message: Uint8Array): Uint8Array {
    requireMessage(kind, message);
    return this.#core.sign(this.#take(kind, path).handle, message);
  }

  /**
   * As `sign`, on the thread pool: for secp256k1, which takes tenths of a millisecond, and long messages. The message is copied at once. When the
   * vault is locked meanwhile it either ends well or is VAULT_LOCKED, as are `sealAsync` and `openAsync`.
   */
  async signAsync(kind: KeyKind, path: PathLike, message: Uint8Array): Promise<Uint8Array> {
    requireMessage(kind, message);
    return this.#hold(kind, path, [message], (...held) => this.#core.signAsync(...held));
  }

  /** The extended public key at a path (BIP32), `xpub…`. Whoever has it and one private key below it has them all. @throws DERIVATION_PATH_INVALID */
  extendedPublicKey(path: PathLike): string {
    const steps = toPath(path);
    this.#touch();
    return serializeExtendedKey(this.#core.extendedPublicKey(steps));
  }

  /** AES-256-GCM with the key at a path: the ciphertext and its tag of 16 bytes. An iv used twice under one key gives the key's secrets away. */
  seal(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    requireGcm(iv, aad, data);
    return this.#core.seal(this.#take('Aes256Gcm', path).handle, iv, aad, data);
  }

  /** As `seal`, on the thread pool: for data of many KiB. All is copied at once. */
  async sealAsync(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    requireGcm(iv, aad, data);
    return this.#hold('Aes256Gcm', path, [iv, aad, data], (...held) => this.#core.sealAsync(...held));
  }

  /** What `seal` gave, opened. The plaintext is the caller's to wipe. @throws OPERATION_FAILED for a wrong key and for changed data alike */
  open(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    requireGcm(iv, aad, data);
    const { handle } = this.#take('Aes256Gcm', path);
    if (data.length < tagSize) throw failed();
    return this.#core.open(handle, iv, aad, data);
  }

  /** As `open`, on the thread pool: for data of many KiB. All is copied at once. */
  async openAsync(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    requireGcm(iv, aad, data);
    return this.#hold('Aes256Gcm', path, [iv, aad, data], async (...held) => {
      if (data.length < tagSize) throw failed();
      return this.#core.openAsync(...held);
    });
  }

  /** Encrypts with the key of a version. Bytes are the caller's to wipe; a string is encoded in UTF-8. @throws DERIVATION_PATH_INVALID */
  encrypt(plaintext: string | Uint8Array | SecureBuffer, keyVersion: number = this.#keyVersion): EncryptedData {
    if (plaintext instanceof SecureBuffer) return plaintext.use((bytes) => this.#encrypt(bytes, keyVersion));
    if (typeof plaintext !== 'string') {
      requireBytes(plaintext, 'plaintext');
      return this.#encrypt(plaintext, keyVersion);
    }
    const bytes = utf8(plaintext);
    try {
      return this.#encrypt(bytes, keyVersion);
    } finally {
      bytes.fill(0);
    }
  }

  /**
   * The plaintext, which is the caller's to wipe. Takes an object or JSON.
   * @throws OPERATION_FAILED for a wrong key and for changed data alike; INVALID_FORMAT; DERIVATION_PATH_INVALID for a version below 2
   */
  decrypt(encrypted: EncryptedData | string): Uint8Array {
    const { keyVersion, iv, data } = parseEncryptedData(encrypted);
    return this.open(this.#paths.encryption(keyVersion), iv, none, data);
  }

  /** As `decrypt`, into locked memory, 1 byte to 1 MiB. The caller disposes it. @throws INVALID_ARGUMENT also for another size */
  decryptToSecureBuffer(encrypted: EncryptedData | string): SecureBuffer {
    const plaintext = this.decrypt(encrypted);
    try {
      return securedCopy(plaintext, this.#memory);
    } finally {
      plaintext.fill(0);
    }
  }

  /** Encrypts anew with the key of another version. Errors as for `decrypt`. */
  rotate(encrypted: EncryptedData | string, toVersion: number = this.#keyVersion): EncryptedData {
    // First, so that a version which can't be is refused before anything is decrypted.
    this.#paths.encryption(toVersion);
    const plaintext = this.decrypt(encrypted);
    try {
      return this.#encrypt(plaintext, toVersion);
    } finally {
      plaintext.fill(0);
    }
  }

  #encrypt(plaintext: Uint8Array, keyVersion: number): EncryptedData {
    const path = this.#paths.encryption(keyVersion);
    requireThat(plaintext.length <= longestPlaintext, 'plaintext', `plaintext must have at most ${longestPlaintext} bytes`);
    const iv = randomBytes(ivSize);
    const data = this.seal(path, iv, none, plaintext);
    return encryptedData({ keyVersion, salt: randomBytes(saltSize), iv, data });
  }

  /** @throws VAULT_LOCKED */
  #touch(): number {
    const unlocking = this.#life.requireUnlocked();
    if (this.#idleTimeout > 0) this.#idle.setFor(now() + this.#idleTimeout);
    return unlocking;
  }

  #take(kind: KeyKind, path: PathLike): CoreKey {
    const steps = stepsOf(kind, path);
    this.#touch();
    return this.#cache.take(kind, steps);
  }

  /** Runs with a key that stays until the end, or until the vault is locked. */
  async #hold<Inputs extends readonly Uint8Array[]>(
    kind: KeyKind,
    path: PathLike,
    inputs: readonly [...Inputs],
    run: (handle: number, ...inputs: Inputs) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const steps = stepsOf(kind, path);
    const unlocking = this.#touch();
    const key = this.#cache.hold(kind, steps);
    if (key !== undefined) return await this.#runWith(key, unlocking, () => run(key.handle, ...(inputs as readonly unknown[] as Inputs)));
    // They are copied at once, here too, and wiped below.
    const copies = inputs.map((input) => new Uint8Array(input));
    try {
      const later = await this.#holdLater(kind, steps, unlocking);
      return await this.#runWith(later, unlocking, () => run(later.handle, ...(copies as readonly unknown[] as Inputs)));
    } finally {
      for (const copy of copies) copy.fill(0);
    }
  }

  /** Waits until the cache has room for one more. */
  async #holdLater(kind: KeyKind, steps: DerivationPath, unlocking: number): Promise<HeldKey> {
    for (;;) {
      await this.#cache.room();
      if (!this.#life.isStill(unlocking)) throw lockedMeanwhile();
      const key = this.#cache.hold(kind, steps);
      if (key !== undefined) return key;
    }
  }

  async #runWith(key: HeldKey, unlocking: number, run: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      return await run();
    } catch (error) {
      if (this.#life.isStill(unlocking)) throw error;
      // The core knows the handle no more, and may have another seed by now.
      throw lockedMeanwhile(error);
    } finally {
      key.release();
    }
  }

  #reveal(kind: KeyKind, path: PathLike): DerivedKey {
    const { handle, publicKey } = this.#take(kind, path);
    return new DerivedKey(kind, this.#core.reveal(handle), publicKey);
  }
}

function toPath(path: PathLike): DerivationPath {
  return typeof path === 'string' ? parsePath(path) : pathOf(path);
}

/** @throws INVALID_ARGUMENT for a kind that is none, DERIVATION_PATH_INVALID for a path that is none, or not for that kind */
function stepsOf(kind: KeyKind, path: PathLike): DerivationPath {
  requireThat(isKeyKind(kind), 'kind', `kind must be one of ${Object.keys(keyKinds).join(', ')}`);
  const steps = toPath(path);
  requirePathFor(kind, steps);
  return steps;
}

/** Outside the JavaScript heap, where nothing moves it. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(Buffer.byteLength(text)));
  new TextEncoder().encodeInto(text, bytes);
  return bytes;
}

function requireGcm(iv: Uint8Array, aad: Uint8Array, data: Uint8Array): void {
  requireBytes(iv, 'iv');
  requireThat(iv.length === ivSize, 'iv', `iv must have ${ivSize} bytes`);
  requireBytes(aad, 'aad');
  requireBytes(data, 'data');
}

/** @throws INCOMPATIBLE_KEY_TYPE, INVALID_ARGUMENT */
function requireMessage(kind: KeyKind, message: Uint8Array): void {
  requireBytes(message, 'message');
  if (kind === 'Aes256Gcm') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', "an Aes256Gcm key can't sign", { field: 'kind' });
  const fits = kind !== 'Secp256k1' || message.length === digestSize;
  requireThat(fits, 'message', `a Secp256k1 key signs a digest of ${digestSize} bytes`);
}

function lockedMeanwhile(cause?: unknown): KeyslotError {
  return new KeyslotError('VAULT_LOCKED', 'the vault was locked meanwhile', { cause });
}

function failed(): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', "the data can't be decrypted: wrong key, or they were changed", { field: 'data' });
}
