/** The vault's core: a seed and keys of it that stay inside locked native memory and are used by handle. */

import type { SecureMemory, Vault } from '../native/addon.js';
import { KeyslotError } from './core/errors.js';
import { addon, isDumpable, requireBytes, requireDescriptor, requireInteger, requireThat, requireTimeout, SecureBuffer } from './native.js';

export interface NativeVaultOptions {
  /** False: memory that the system refuses to lock is good enough, and `status` says so. Default true. */
  readonly requireLock?: boolean;
  /** False: never memfd_secret(2), which no debugger and not even root can read but which keeps the machine from hibernating. Default true. */
  readonly secretMemory?: boolean;
  /**
   * Bytes of OpenSSL's secure heap, a power of two from 65536 to 64 MiB, or 0 for none. Where the process has none yet it is made, and EC, RSA and Ed25519
   * private keys of node:crypto live in it, too: where it is full they can't be made. Default 4 MiB, but at most a quarter of RLIMIT_MEMLOCK.
   */
  readonly secureHeap?: number;
}

export interface NativeVaultStatus {
  readonly state: 'locked' | 'unlocked';
  /** What keeps the arena out of swap, and memfd_secret also out of the reach of debuggers. */
  readonly protection: 'memfd_secret' | 'mlock' | 'none';
  /** Bytes of the arena that are locked, without the secure heap. */
  readonly lockedBytes: number;
  /** Whether others of the same user may look into this process. */
  readonly dumpable: boolean;
  /** A forked child finds zeros (mlock, none) or no memory at all (memfd_secret). */
  readonly wipeOnFork: true;
  /** Whether numbers of EC keys are in OpenSSL's locked heap while they are used. */
  readonly secureHeap: boolean;
  /** Keys that are held now. */
  readonly keys: number;
}

export interface PhraseOptions {
  /** Milliseconds from now until all must have been read or written. Default 60 000; Infinity waits for ever. */
  readonly timeout?: number;
}

export interface UnlockOptions extends PhraseOptions {
  /**
   * english: words of the English list in lower case with single spaces, and their checksum. bytes: any UTF-8 in NFKD, which somebody else has
   * checked (the command line, for the other languages). seed: no phrase but a seed of 16 to 64 bytes, up to the end of the descriptor.
   * Default english.
   */
  readonly format?: 'english' | 'bytes' | 'seed';
}

const kinds = { ed25519: 0, secp256k1: 1, 'aes-256-gcm': 2 } as const;

/** A descriptor, or bytes of at most 1024. */
export type SecretInput = number | SecureBuffer | Uint8Array;

/** ed25519: SLIP-0010. secp256k1: BIP32. aes-256-gcm: the private key of SLIP-0010 for Ed25519. */
export type VaultKeyKind = keyof typeof kinds;

/** A key in the vault. The handle is never given to another key. */
export interface VaultKey {
  readonly handle: number;
  /** Ed25519: 32 bytes (RFC 8032 5.1.5). secp256k1: 33 bytes (SEC 1 2.3.3, compressed). AES: none. */
  readonly publicKey: Uint8Array;
}

/** What BIP32 serializes as xpub: it lets everybody who has it calculate all public keys that are not hardened below this path. */
export interface ExtendedPublicKey {
  /** 33 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes. */
  readonly chainCode: Uint8Array;
  /** 4 bytes; zeros for the master key. */
  readonly parentFingerprint: Uint8Array;
  readonly depth: number;
  /** The last index of the path; 0 for the master key. */
  readonly index: number;
}

const formats = { english: 0, bytes: 1, seed: 2 } as const;
const wordCounts = [12, 15, 18, 21, 24];
const deepest = 255;
const ivSize = 12;
const smallestHeap = 65_536;
const largestHeap = 64 * 1_048_576;
const patience = 60_000;
const longestSecret = 1024;
const noPassphrase = -1;
const chosenHeap = -1;

function requireRow<T extends object>(table: T, name: unknown, field: string): asserts name is keyof T {
  const sound = typeof name === 'string' && Object.hasOwn(table, name);
  requireThat(sound, field, `${field} must be one of ${Object.keys(table).join(', ')}`);
}

function requireHandle(handle: number): void {
  requireInteger(handle, 1, Number.MAX_SAFE_INTEGER, 'handle');
}

function toNative(secret: SecretInput, field: string): number | SecureMemory | Uint8Array {
  if (typeof secret === 'number') {
    requireDescriptor(secret, field);
    return secret;
  }
  const isBuffer = secret instanceof SecureBuffer;
  if (!isBuffer) requireBytes(secret, field);
  const size = isBuffer ? secret.size : secret.length;
  requireThat(size <= longestSecret, field, `${field} must have at most ${longestSecret} bytes`);
  return isBuffer ? SecureBuffer.memoryOf(secret) : secret;
}

function pathBytes(path: Uint32Array): Uint8Array {
  requireThat(path instanceof Uint32Array, 'path', 'path must be a Uint32Array');
  if (path.length > deepest) {
    throw new KeyslotError('DERIVATION_PATH_INVALID', `a path has at most ${deepest} levels`, { field: 'path' });
  }
  return new Uint8Array(path.buffer, path.byteOffset, path.byteLength);
}

function toKey(bytes: Uint8Array): VaultKey {
  const [handle = 0] = new Float64Array(bytes.slice(0, 8).buffer);
  return { handle, publicKey: bytes.slice(8) };
}

function toExtendedPublicKey(bytes: Uint8Array): ExtendedPublicKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    publicKey: bytes.slice(0, 33),
    chainCode: bytes.slice(33, 65),
    parentFingerprint: bytes.slice(65, 69),
    depth: view.getUint8(69),
    index: view.getUint32(70),
  };
}

/**
 * The one vault of this process (another, in a worker too, is ALREADY_INITIALIZED). It starts locked. All secrets are in one arena of native
 * memory between guard pages, which nobody can touch but the operation that runs, on a stack inside that arena; none of them ever is a
 * JavaScript value. The arena is locked (not swapped), left out of core dumps and out of forked children.
 *
 * Calls without `Async` may block for some milliseconds while another thread works. Those with it do the same on the thread pool and copy
 * their arguments at once; they are worth it for secp256k1 (a millisecond) and for data of many KiB. With a locked vault all that needs a
 * seed or key is VAULT_LOCKED; a handle of a dropped key, or of a time before `lock`, is INVALID_OPERATION; a key of a kind that can't do it
 * is INCOMPATIBLE_KEY_TYPE.
 *
 * The owner disposes it. `lock` also happens when it is disposed or forgotten and when its thread ends; at `process.exit` the system takes
 * the pages as they are and clears them before anybody else has them.
 */
export class NativeVault implements Disposable {
  readonly #vault: Vault;

  /** MEMORY_NOT_LOCKED, ALLOCATION_FAILED, ALREADY_INITIALIZED; UNSUPPORTED_OPERATION where the C library has no makecontext (musl). */
  constructor(options: NativeVaultOptions = {}) {
    const { requireLock = true, secretMemory = true, secureHeap = chosenHeap } = options;
    const sound = secureHeap <= 0 || (secureHeap >= smallestHeap && secureHeap <= largestHeap && Number.isInteger(Math.log2(secureHeap)));
    requireThat(
      Number.isInteger(secureHeap) && secureHeap >= chosenHeap && sound,
      'secureHeap',
      'secureHeap must be 0 or a power of two from 65536 to 67108864',
    );
    this.#vault = new (addon().Vault)(requireLock !== false, secretMemory !== false, secureHeap);
  }

  status(): NativeVaultStatus {
    const { unlocked, ...rest } = this.#vault.status();
    return { state: unlocked ? 'unlocked' : 'locked', dumpable: isDumpable(), wipeOnFork: true, ...rest };
  }

  /**
   * Reads a phrase, and the passphrase from a descriptor of its own or from the next line of the same one, and makes the seed of them (BIP39). A thread
   * reads them straight into the arena, each up to a newline or the end, at most 1024 bytes. The bytes of a passphrase are taken as they are:
   * UTF-8 in NFKD, if other wallets shall agree. The descriptors are the caller's to close, as soon as this has returned the promise.
   * What is given as bytes is taken whole and copied to the arena at once: the caller wipes it, as soon as this has returned the promise. Where nothing
   * has to be read, no thread is needed: the vault is unlocked (or the promise rejected) by then, after less than a millisecond.
   *
   * MNEMONIC_INVALID, which does not say more; VAULT_ALREADY_UNLOCKED; OPERATION_TIMED_OUT; OPERATION_CANCELLED when `lock` was called meanwhile;
   * INVALID_OPERATION while another phrase or key is being read; INVALID_ARGUMENT for descriptors that can't be read, a passphrase that is too
   * long, a seed of another size. After each of them the vault is locked and clean.
   */
  async unlock(phrase: SecretInput, passphrase?: SecretInput, options: UnlockOptions = {}): Promise<void> {
    const { format = 'english', timeout = patience } = options;
    const first = toNative(phrase, 'phrase');
    const second = passphrase === undefined ? noPassphrase : toNative(passphrase, 'passphrase');
    requireRow(formats, format, 'format');
    requireThat(format !== 'seed' || passphrase === undefined, 'passphrase', 'a seed has no passphrase');
    requireTimeout(timeout);
    await this.#vault.unlock(first, second, formats[format], timeout);
  }

  /**
   * Writes a new English phrase of 12, 15, 18, 21 or 24 words and a newline to a descriptor, and forgets it: whoever has it confirms that by
   * calling `unlock` with it. INVALID_ARGUMENT, OPERATION_TIMED_OUT, OPERATION_CANCELLED by `lock`, INVALID_OPERATION as for `unlock`, and
   * OPERATION_FAILED where the descriptor can't be written. The vault may be locked or unlocked, and stays so.
   */
  async generate(words: number, descriptor: number, options: PhraseOptions = {}): Promise<void> {
    requireThat(wordCounts.includes(words), 'words', `words must be one of ${wordCounts.join(', ')}`);
    requireDescriptor(descriptor, 'descriptor');
    requireTimeout(options.timeout ?? patience);
    await this.#vault.generate(words, descriptor, options.timeout ?? patience);
  }

  /**
   * Wipes the seed and all keys before it returns, and ends `unlock`, `generate` and `importKey`. Calls on other threads either finish before
   * that or fail with VAULT_LOCKED. May be called at any time.
   */
  lock(): void {
    this.#vault.lock();
  }

  /**
   * Derives a key and holds it until it is dropped. An index with its highest bit set is hardened; an empty path is the master key.
   * DERIVATION_PATH_INVALID for more than 255 levels and for an index that is not hardened of a key that is not secp256k1;
   * KEY_DERIVATION_FAILED where BIP32 has no key at this path, OPERATION_FAILED where there is no memory for it; QUOTA_EXCEEDED with 64 keys held.
   * The same path twice gives two handles.
   */
  derive(kind: VaultKeyKind, path: Uint32Array): VaultKey {
    requireRow(kinds, kind, 'kind');
    return toKey(this.#vault.derive(kinds[kind], pathBytes(path), false) as Uint8Array);
  }

  async deriveAsync(kind: VaultKeyKind, path: Uint32Array): Promise<VaultKey> {
    requireRow(kinds, kind, 'kind');
    return toKey(await this.#vault.derive(kinds[kind], pathBytes(path), true));
  }

  /** Of the secp256k1 key at this path (BIP32). The chain code, which is given away here, is no key but makes a leaked child key worse. */
  extendedPublicKey(path: Uint32Array): ExtendedPublicKey {
    return toExtendedPublicKey(this.#vault.extendedPublicKey(pathBytes(path), false) as Uint8Array);
  }

  async extendedPublicKeyAsync(path: Uint32Array): Promise<ExtendedPublicKey> {
    return toExtendedPublicKey(await this.#vault.extendedPublicKey(pathBytes(path), true));
  }

  /**
   * Reads a private key of 32 bytes, up to the end of the descriptor, into the unlocked vault, as `unlock` reads a phrase. INVALID_ARGUMENT
   * where it is none of that kind; else errors as for `unlock`, and QUOTA_EXCEEDED.
   */
  async importKey(kind: VaultKeyKind, descriptor: number, options: PhraseOptions = {}): Promise<VaultKey> {
    requireRow(kinds, kind, 'kind');
    requireDescriptor(descriptor, 'descriptor');
    requireTimeout(options.timeout ?? patience);
    return toKey(await this.#vault.importKey(kinds[kind], descriptor, options.timeout ?? patience));
  }

  /** Wipes a key. Nothing happens where there is none. */
  drop(handle: number): void {
    requireHandle(handle);
    this.#vault.drop(handle);
  }

  publicKey(handle: number): Uint8Array {
    requireHandle(handle);
    return this.#vault.publicKey(handle);
  }

  /**
   * 64 bytes. Ed25519 (RFC 8032 5.1.6) of a message of any size; secp256k1: ECDSA (FIPS 186-5 6.4) of a digest of 32 bytes, r and s in P1363
   * form, s always the lower of its two values.
   */
  sign(handle: number, message: Uint8Array): Uint8Array {
    requireHandle(handle);
    requireBytes(message, 'message');
    return this.#vault.sign(handle, message, false) as Uint8Array;
  }

  async signAsync(handle: number, message: Uint8Array): Promise<Uint8Array> {
    requireHandle(handle);
    requireBytes(message, 'message');
    return this.#vault.sign(handle, message, true);
  }

  /** AES-256-GCM (NIST SP 800-38D): the ciphertext with its tag of 16 bytes. `iv` has 12 bytes and must never come twice under one key. */
  seal(handle: number, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    return this.#vault.seal(...gcmArguments(handle, iv, aad, plaintext), false) as Uint8Array;
  }

  async sealAsync(handle: number, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
    return this.#vault.seal(...gcmArguments(handle, iv, aad, plaintext), true);
  }

  /** The plaintext, which is the caller's to wipe. Whatever does not fit gives the same OPERATION_FAILED. */
  open(handle: number, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array {
    return this.#vault.open(...gcmArguments(handle, iv, aad, sealed), false) as Uint8Array;
  }

  async openAsync(handle: number, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
    return this.#vault.open(...gcmArguments(handle, iv, aad, sealed), true);
  }

  /** A copy of the private or secret key, 32 bytes, that the caller disposes; locking the vault does not reach it. */
  reveal(handle: number): SecureBuffer {
    requireHandle(handle);
    return SecureBuffer.adopt(this.#vault.reveal(handle));
  }

  /** Locks and gives the memory back; everything but `lock` and this is INVALID_OPERATION from then on. */
  dispose(): void {
    this.#vault.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function gcmArguments(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): [number, Uint8Array, Uint8Array, Uint8Array] {
  requireHandle(handle);
  requireBytes(iv, 'iv');
  requireThat(iv.length === ivSize, 'iv', `iv must have ${ivSize} bytes`);
  requireBytes(aad, 'aad');
  requireBytes(data, 'data');
  return [handle, iv, aad, data];
}
