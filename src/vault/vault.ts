/** One seed, and what is derived from it. */

import { randomBytes } from 'node:crypto';
import { types } from 'node:util';
import { KeyslotError } from '../core/errors.js';
import { SecureBuffer } from '../native.js';
import type { CoreKey, CoreStatus, CoreUnlockOptions, PhraseFormat, VaultCore } from './core.js';
import { type DerivationPath, parsePath, pathOf, requirePathFor } from './derivation-path.js';
import { DerivedKey } from './derived-key.js';
import { type EncryptedData, encryptedData, ivSize, parseEncryptedData, saltSize, tagSize } from './encrypted-data.js';
import { serializeExtendedKey } from './extended-public-key.js';
import { KeyCache } from './key-cache.js';
import { isKeyKind, type KeyKind, keyKinds } from './key-kind.js';
import { lockOnExit } from './lock-on-exit.js';
import { firstKeyVersion, NamedPaths, type PathTemplates } from './named-paths.js';
import { SecretFile } from './secret-file.js';
import { requireSource, type SecretSource, SourceDescriptor, wipeSource } from './secret-source.js';
import { locked, transition, type VaultEvent, type VaultState } from './state.js';
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
  /** The vault locks itself after so many milliseconds without use. Default 0: never. The clock stands while the system sleeps. */
  readonly idleTimeout?: number;
}

export interface UnlockOptions {
  /** What the phrase is. Default english. */
  readonly format?: PhraseFormat;
  /** Milliseconds for reading descriptors to their ends. Default a minute; then OPERATION_TIMED_OUT. */
  readonly timeout?: number;
}

export interface UnlockNewOptions extends Pick<UnlockOptions, 'timeout'> {
  readonly passphrase?: SecretSource;
  /** Sees the phrase, in UTF-8, before the vault is unlocked with it. Whatever it gives but `true` means OPERATION_CANCELLED. */
  readonly confirm?: (phrase: SecureBuffer) => boolean | Promise<boolean>;
}

export interface VaultStatus extends CoreStatus {
  readonly state: VaultState['name'];
  /** Derived keys that are kept. */
  readonly cached: number;
}

/** Numbers of words that a phrase may have (BIP39). */
export type WordCount = 12 | 15 | 18 | 21 | 24;

/** A path as text, or one that was parsed. */
export type PathLike = string | DerivationPath;

const wordCounts: readonly number[] = [12, 15, 18, 21, 24];
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
 * `lock` overwrites the seed and all kept keys before it returns. No operation is under way at that moment: each of them runs to its end
 * in one call, and the ones that come later are VAULT_LOCKED. Keys that were handed out as a DerivedKey are their owner's and stay.
 *
 * Every method but `unlock`, `unlockNew`, `lock`, `isUnlocked`, `status` and `lockOnExit` is VAULT_LOCKED while the vault is not unlocked.
 */
export class Vault implements Disposable {
  readonly #core: VaultCore;
  readonly #paths: NamedPaths;
  readonly #cache: KeyCache;
  readonly #idle = new Timer(() => this.lock());
  readonly #idleTimeout: number;
  readonly #keyVersion: number;
  #state: VaultState = locked;
  #attempts = 0;
  /** Settles when no attempt to unlock is under way in the core. */
  #settled: Promise<unknown> = Promise.resolve();

  /** @throws INVALID_ARGUMENT, DERIVATION_PATH_INVALID that name the option at fault */
  constructor(core: VaultCore, options: VaultOptions = {}) {
    const { cacheSize, cacheTimeToLive, idleTimeout, keyVersion } = { ...usual, ...options };
    requireWhole(cacheSize, 1, mostKeys, 'cacheSize');
    requireWhole(cacheTimeToLive, 1, longestTime, 'cacheTimeToLive');
    requireWhole(idleTimeout, 0, longestTime, 'idleTimeout');
    this.#paths = new NamedPaths(options.paths);
    this.#paths.encryption(keyVersion);
    this.#core = core;
    this.#cache = new KeyCache(core, { size: cacheSize, timeToLive: cacheTimeToLive });
    this.#idleTimeout = idleTimeout;
    this.#keyVersion = keyVersion;
  }

  /** The named paths, as configured. */
  get paths(): NamedPaths {
    return this.#paths;
  }

  isUnlocked(): boolean {
    return this.#state.name === 'unlocked';
  }

  status(): VaultStatus {
    const { protection, lockedBytes, dumpable } = this.#core.status();
    return { state: this.#state.name, protection, lockedBytes, dumpable, cached: this.#cache.size };
  }

  /**
   * Unlocks with a phrase that exists. Secrets given as bytes are wiped whatever happens.
   * @throws VAULT_ALREADY_UNLOCKED, MNEMONIC_INVALID, MEMORY_NOT_LOCKED, OPERATION_TIMED_OUT, INVALID_ARGUMENT
   * @throws OPERATION_CANCELLED where `lock` was called meanwhile
   */
  async unlock(phrase: SecretSource, passphrase?: SecretSource, options: UnlockOptions = {}): Promise<void> {
    try {
      const { timeout, format } = { ...usual, ...options };
      requireSource(phrase, 'phrase', format === 'seed');
      if (passphrase !== undefined) requireSource(passphrase, 'passphrase');
      requireWhole(timeout, 1, longestTime, 'timeout');
      await this.#attempt((attempt) => this.#open(attempt, phrase, passphrase, { timeout, format }));
    } finally {
      wipeSource(phrase);
      wipeSource(passphrase);
    }
  }

  /**
   * Makes a new phrase and unlocks with it. The phrase comes back in locked memory, in UTF-8, for its owner to write down and dispose: it is
   * not kept, and without it the keys are lost. Errors as for `unlock`.
   */
  async unlockNew(words: WordCount, options: UnlockNewOptions = {}): Promise<SecureBuffer> {
    const { passphrase, confirm } = options;
    try {
      if (!wordCounts.includes(words)) throw invalid('a phrase has 12, 15, 18, 21 or 24 words', 'words');
      if (passphrase !== undefined) requireSource(passphrase, 'passphrase');
      const { timeout } = { ...usual, ...options };
      requireWhole(timeout, 1, longestTime, 'timeout');
      let phrase: SecureBuffer | undefined;
      await this.#attempt(async (attempt) => {
        phrase = await this.#newPhrase(words, timeout);
        try {
          if (confirm !== undefined && (await confirm(phrase)) !== true)
            throw new KeyslotError('OPERATION_CANCELLED', 'the new phrase was not confirmed');
          using copy = copyOf(phrase);
          await this.#open(attempt, copy, passphrase, { timeout, format: 'english' });
        } catch (error) {
          phrase[Symbol.dispose]();
          throw error;
        }
      });
      return phrase as unknown as SecureBuffer;
    } finally {
      wipeSource(passphrase);
    }
  }

  /** Overwrites the seed and all kept keys, at once. Nothing happens when the vault is locked. */
  lock(): void {
    this.#enter({ name: 'lock' });
    this.#core.lock();
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
    if (!types.isUint8Array(message)) throw invalid('message must be a Uint8Array', 'message');
    if (kind === 'Aes256Gcm') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', "an Aes256Gcm key can't sign", { field: 'kind' });
    if (kind === 'Secp256k1' && message.length !== digestSize)
      throw invalid(`a Secp256k1 key signs a digest of ${digestSize} bytes`, 'message');
    return this.#core.sign(this.#take(kind, path).handle, message);
  }

  /** The extended public key at a path (BIP32), `xpub…`. Whoever has it and one private key below it has them all. @throws DERIVATION_PATH_INVALID */
  extendedPublicKey(path: PathLike): string {
    const steps = toPath(path);
    this.#touch();
    return serializeExtendedKey(this.#core.extendedPublicKey(steps));
  }

  /** AES-256-GCM with the key at a path: the ciphertext and its tag of 16 bytes. An iv used twice under one key gives the key's secrets away. */
  seal(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    return this.#core.seal(this.#take('Aes256Gcm', path).handle, requireIv(iv), requireBytes(aad, 'aad'), requireBytes(data, 'data'));
  }

  /** What `seal` gave, opened. The plaintext is the caller's to wipe. @throws OPERATION_FAILED for a wrong key and for changed data alike */
  open(path: PathLike, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    const { handle } = this.#take('Aes256Gcm', path);
    if (requireBytes(data, 'data').length < tagSize) throw failed();
    return this.#core.open(handle, requireIv(iv), requireBytes(aad, 'aad'), data);
  }

  /** Encrypts with the key of a version. Bytes are the caller's to wipe; a string is encoded in UTF-8. @throws DERIVATION_PATH_INVALID */
  encrypt(plaintext: string | Uint8Array | SecureBuffer, keyVersion: number = this.#keyVersion): EncryptedData {
    if (plaintext instanceof SecureBuffer) return plaintext.use((bytes) => this.#encrypt(bytes, keyVersion));
    if (typeof plaintext !== 'string') return this.#encrypt(requireBytes(plaintext, 'plaintext'), keyVersion);
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
      return secured(plaintext);
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
    const iv = randomBytes(ivSize);
    const data = this.seal(path, iv, none, plaintext);
    return encryptedData({ keyVersion, salt: randomBytes(saltSize), iv, data });
  }

  async #attempt(run: (attempt: number) => Promise<void>): Promise<void> {
    this.#attempts += 1;
    const attempt = this.#attempts;
    this.#enter({ name: 'begin', attempt });
    try {
      await run(attempt);
    } catch (error) {
      this.#enter({ name: 'failed', attempt });
      throw error;
    }
  }

  async #newPhrase(words: WordCount, timeout: number): Promise<SecureBuffer> {
    using file = new SecretFile();
    await this.#core.generate(words, file.descriptor, { timeout });
    return file.take();
  }

  async #open(attempt: number, phrase: SecretSource, passphrase: SecretSource | undefined, options: CoreUnlockOptions): Promise<void> {
    // One that was cut off by `lock` may still be reading.
    await this.#settled;
    this.#requireAttempt(attempt, 'unlocking');
    using first = new SourceDescriptor(phrase);
    using second = passphrase === undefined ? undefined : new SourceDescriptor(passphrase);
    try {
      const opening = this.#core.unlock(first.descriptor, second?.descriptor, options);
      this.#settled = opening.catch(() => undefined);
      await opening;
    } catch (error) {
      this.#requireAttempt(attempt, 'unlocking');
      throw error;
    }
    this.#enter({ name: 'opened', attempt });
    try {
      this.#requireAttempt(attempt, 'unlocked');
    } catch (error) {
      this.#core.lock();
      throw error;
    }
    this.#touch();
  }

  #requireAttempt(attempt: number, name: 'unlocking' | 'unlocked'): void {
    if (this.#state.name === name && this.#state.attempt === attempt) return;
    throw new KeyslotError('OPERATION_CANCELLED', 'the vault was locked while it was being unlocked');
  }

  #enter(event: VaultEvent): void {
    this.#state = transition(this.#state, event);
  }

  /** @throws VAULT_LOCKED */
  #touch(): void {
    if (this.#state.name !== 'unlocked') throw new KeyslotError('VAULT_LOCKED', 'the vault is locked: unlock it first');
    if (this.#idleTimeout > 0) this.#idle.setFor(now() + this.#idleTimeout);
  }

  #take(kind: KeyKind, path: PathLike): CoreKey {
    if (!isKeyKind(kind)) throw invalid(`kind must be one of ${Object.keys(keyKinds).join(', ')}`, 'kind');
    const steps = toPath(path);
    requirePathFor(kind, steps);
    this.#touch();
    return this.#cache.take(kind, steps);
  }

  #reveal(kind: KeyKind, path: PathLike): DerivedKey {
    const { handle, publicKey } = this.#take(kind, path);
    return new DerivedKey(kind, this.#core.reveal(handle), publicKey);
  }
}

function toPath(path: PathLike): DerivationPath {
  return typeof path === 'string' ? parsePath(path) : pathOf(path);
}

function copyOf(secret: SecureBuffer): SecureBuffer {
  return secret.use(secured);
}

function secured(bytes: Uint8Array): SecureBuffer {
  const buffer = new SecureBuffer(bytes.length);
  buffer.use((view) => view.set(bytes));
  return buffer;
}

/** Outside the JavaScript heap, where nothing moves it. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(Buffer.byteLength(text)));
  new TextEncoder().encodeInto(text, bytes);
  return bytes;
}

function requireBytes(value: Uint8Array, field: string): Uint8Array {
  if (!types.isUint8Array(value)) throw invalid(`${field} must be a Uint8Array`, field);
  return value;
}

function requireIv(iv: Uint8Array): Uint8Array {
  if (requireBytes(iv, 'iv').length !== ivSize) throw invalid(`iv must have ${ivSize} bytes`, 'iv');
  return iv;
}

function requireWhole(value: number, least: number, most: number, field: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid(`${field} must be an integer from ${least} to ${most}`, field);
}

function failed(): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', "the data can't be decrypted: wrong key, or they were changed", { field: 'data' });
}

function invalid(message: string, field: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}
