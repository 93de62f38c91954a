/**
 * The daemon's vault: unlocked over the admin socket alone, in two steps of one connection. First native code reads a phrase from the connection,
 * then the connection asks what became of it. Only that second step, which nobody can ask who was cut off in the middle of a phrase, makes
 * the vault usable.
 */
import { KeyslotError } from '../../core/errors.js';
import { incompleteFrameTimeout } from '../../core/limits.js';
import type { PhraseFormat, VaultPurpose } from '../../core/vocabulary.js';
import { formatPath } from '../../vault/derivation-path.js';
import { createVault, type Vault, type VaultStatus } from '../../vault/index.js';
import type { AdminPeer } from '../admin/admin-peer.js';
import type { VaultConfig } from '../config/schema.js';
import type { Log } from '../log.js';
import { assertPathOf, assertPhraseOf, fingerprintOf, readVaultRecord, type VaultRecord, writeVaultRecord } from './fingerprint.js';
import { GatedVault } from './gated-vault.js';
import { VaultPaths } from './paths.js';

export interface PhraseWish {
  readonly purpose: VaultPurpose;
  readonly format: PhraseFormat;
  readonly withPassphrase: boolean;
  /** Milliseconds. */
  readonly patience: number;
}

export interface VaultServiceParts {
  readonly config: VaultConfig;
  /** The daemon's state folder. */
  readonly folder: string;
  readonly log: Log;
}

/** One connection's phrase. */
interface Attempt {
  readonly peer: AdminPeer;
  readonly purpose: VaultPurpose;
  /** The phrase was read and makes a seed: its identity's public key. */
  identity: Uint8Array | undefined;
  /** Until the connection asks. */
  timer: NodeJS.Timeout | undefined;
}

export interface ServiceStatus extends VaultStatus {
  readonly initialized: boolean;
  /** Unlocking is MEMORY_NOT_LOCKED, whatever the phrase. */
  readonly memoryRefused: boolean;
  /** Milliseconds; 0 for never. */
  readonly idleTimeout: number;
  /** While it is unlocked. */
  readonly identity: Uint8Array | undefined;
}

export class VaultService {
  readonly paths: VaultPaths;
  /** What may be done with an unlocked vault, and VAULT_LOCKED otherwise. */
  readonly keys: GatedVault;
  readonly keyVersion: number;
  readonly #parts: VaultServiceParts;
  readonly #vault: Vault;
  readonly #identityPath: string;
  readonly #onExit = () => this.#vault.lock();
  #record: VaultRecord | undefined;
  #attempt: Attempt | undefined;
  #identity: Uint8Array | undefined;
  #stopping = false;

  /** @throws INVALID_FORMAT, ACCESS_DENIED for the record; DERIVATION_PATH_INVALID for the configuration */
  constructor(parts: VaultServiceParts) {
    const { config, folder } = parts;
    const { keyStore: _own, ...paths } = config.paths;
    const { allowUnlockedMemory, cacheSize, cacheTimeToLive, idleTimeout, keyVersion } = config;
    const onIdle = () => this.#wasLocked('idle');
    this.#parts = parts;
    this.paths = new VaultPaths(config.paths);
    this.keyVersion = keyVersion;
    this.#vault = createVault({ paths, keyVersion, cacheSize, cacheTimeToLive, allowUnlockedMemory, idleTimeout, onIdle });
    this.#identityPath = formatPath(this.paths.named.identity);
    this.keys = new GatedVault(this.#vault, () => this.isUnlocked());
    this.#record = readVaultRecord(folder);
    process.on('exit', this.#onExit);
  }

  isUnlocked(): boolean {
    return this.#identity !== undefined;
  }

  status(): ServiceStatus {
    return {
      ...this.#vault.status(),
      state: this.isUnlocked() ? 'unlocked' : this.#attempt === undefined ? 'locked' : 'unlocking',
      initialized: this.#record !== undefined,
      memoryRefused: this.#isMemoryRefused(),
      idleTimeout: this.#parts.config.idleTimeout,
      identity: this.#identity,
    };
  }

  /**
   * Begins to read a phrase, and then a passphrase, from a connection, which is never read as frames again when that fails.
   * @throws VAULT_ALREADY_UNLOCKED, ALREADY_INITIALIZED, INVALID_OPERATION, MEMORY_NOT_LOCKED, CONNECTION_FAILED
   */
  receive(peer: AdminPeer, wish: PhraseWish): void {
    this.#assertMayUnlock(wish.purpose);
    const attempt: Attempt = { peer, purpose: wish.purpose, identity: undefined, timer: undefined };
    this.#attempt = attempt;
    try {
      peer.lend((descriptor) => this.#tryRead(attempt, descriptor, wish));
    } catch (error) {
      this.#attempt = undefined;
      throw error;
    }
    peer.onEnd(() => this.#giveUp(attempt, new KeyslotError('CONNECTION_FAILED', 'the connection ended')));
  }

  /** What became of the phrase of this connection: the identity's public key. @throws INVALID_OPERATION, PERSIST_FAILED, VAULT_LOCKED */
  finish(peer: AdminPeer): Uint8Array {
    const attempt = this.#attempt;
    if (attempt?.peer !== peer || attempt.identity === undefined)
      throw new KeyslotError('INVALID_OPERATION', 'this connection has sent no phrase: vaultReceive comes first');
    clearTimeout(attempt.timer);
    try {
      // It may have locked itself meanwhile, for lack of use.
      this.#vault.publicKey('Ed25519', this.paths.named.identity);
      if (attempt.purpose === 'initialize') this.#remember(attempt.identity);
    } catch (error) {
      this.#giveUp(attempt, error);
      throw error;
    }
    this.#attempt = undefined;
    this.#identity = attempt.identity;
    // not secret: what was asked for, and the hash of a public key
    this.#parts.log.info({ purpose: attempt.purpose, fingerprint: this.#record?.fingerprint }, 'the vault is unlocked');
    this.keys.changed();
    return attempt.identity;
  }

  /** Wipes everything before it returns; whether there was something to wipe. After `stop` it stays locked. */
  lock(why: 'asked' | 'stop'): boolean {
    if (why === 'stop') this.#stopping = true;
    const wasUnlocked = this.isUnlocked();
    const attempt = this.#attempt;
    this.#vault.lock();
    if (attempt !== undefined)
      this.#cutOff(attempt, new KeyslotError('OPERATION_CANCELLED', 'the vault was locked while it was being unlocked'));
    this.#wasLocked(why);
    return wasUnlocked;
  }

  /** Locks for good and gives the memory back. */
  close(): void {
    this.lock('stop');
    process.off('exit', this.#onExit);
    this.#vault[Symbol.dispose]();
  }

  #assertMayUnlock(purpose: VaultPurpose): void {
    if (this.#stopping) throw new KeyslotError('INVALID_OPERATION', 'the daemon is stopping');
    if (this.isUnlocked()) throw new KeyslotError('VAULT_ALREADY_UNLOCKED', 'the vault is unlocked already: lock it first');
    if (this.#attempt !== undefined)
      throw new KeyslotError('VAULT_ALREADY_UNLOCKED', 'the vault is being unlocked by another connection already');
    this.#assertPurpose(purpose);
    if (this.#isMemoryRefused()) {
      const message =
        'the system locks no memory for the vault: raise RLIMIT_MEMLOCK (LimitMEMLOCK= of the service), or set vault.allowUnlockedMemory';
      throw new KeyslotError('MEMORY_NOT_LOCKED', message, { field: 'vault.allowUnlockedMemory' });
    }
  }

  #isMemoryRefused(): boolean {
    return this.#vault.status().protection === 'none' && !this.#parts.config.allowUnlockedMemory;
  }

  #assertPurpose(purpose: VaultPurpose): void {
    const record = this.#record;
    if (purpose === 'initialize') {
      if (record === undefined) return;
      throw new KeyslotError('ALREADY_INITIALIZED', `this vault was initialised before (fingerprint ${record.fingerprint}): unlock it`);
    }
    if (record === undefined) {
      const message = 'this vault was never initialised: keyslot vault init (or --existing for a phrase you have)';
      throw new KeyslotError('INVALID_OPERATION', message);
    }
    assertPathOf(record, this.#identityPath);
  }

  async #tryRead(attempt: Attempt, descriptor: number, wish: PhraseWish): Promise<void> {
    try {
      await this.#read(attempt, descriptor, wish);
    } catch (error) {
      this.#giveUp(attempt, error);
      throw error;
    }
  }

  async #read(attempt: Attempt, descriptor: number, { format, withPassphrase, patience }: PhraseWish): Promise<void> {
    const passphrase = withPassphrase ? descriptor : undefined;
    await this.#vault.unlock(descriptor, passphrase, { format, timeout: patience });
    if (this.#attempt !== attempt) throw new KeyslotError('OPERATION_CANCELLED', 'the vault was locked while it was being unlocked');
    const identity = this.#vault.publicKey('Ed25519', this.paths.named.identity);
    if (attempt.purpose === 'unlock') assertPhraseOf(this.#record, identity);
    attempt.identity = identity;
    const late = () => this.#cutOff(attempt, new KeyslotError('OPERATION_TIMED_OUT', 'vaultUnlock did not come after the phrase'));
    attempt.timer = setTimeout(late, incompleteFrameTimeout).unref();
  }

  #cutOff(attempt: Attempt, why: KeyslotError): void {
    this.#giveUp(attempt, why);
    attempt.peer.fail(why);
  }

  /** The connection is gone, or its phrase was no good. */
  #giveUp(attempt: Attempt, why: unknown): void {
    if (this.#attempt !== attempt) return;
    clearTimeout(attempt.timer);
    this.#attempt = undefined;
    this.#vault.lock();
    const code = why instanceof KeyslotError ? why.code : 'INTERNAL_ERROR';
    // not secret: what was asked for, and an error's code
    this.#parts.log.warn({ purpose: attempt.purpose, code }, 'the vault was not unlocked');
  }

  #remember(identity: Uint8Array): void {
    const record = { path: this.#identityPath, fingerprint: fingerprintOf(identity) };
    writeVaultRecord(this.#parts.folder, record);
    this.#record = record;
  }

  #wasLocked(why: 'asked' | 'idle' | 'stop'): void {
    if (this.#identity === undefined) return;
    this.#identity = undefined;
    // not secret: one of three words
    this.#parts.log.info({ why }, 'the vault is locked');
    this.keys.changed();
  }
}
