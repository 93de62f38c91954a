/** Unlocks and locks a core, one attempt at a time. */

import { setTimeout as sleep } from 'node:timers/promises';
import { KeyslotError } from '../core/errors.js';
import { requireInteger, requireThat, type SecureBuffer, type SecureBufferOptions } from '../native.js';
import type { CoreUnlockOptions, PhraseFormat, VaultCore } from './core.js';
import { SecretFile } from './secret-file.js';
import { requireSource, type SecretSource, wipeSource } from './secret-source.js';
import { securedCopy } from './secured-copy.js';
import { locked, transition, type VaultEvent, type VaultState } from './state.js';

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

/** Numbers of words that a phrase may have (BIP39). */
export type WordCount = 12 | 15 | 18 | 21 | 24;

interface Secrets {
  readonly phrase: SecretSource;
  readonly passphrase: SecretSource | undefined;
}

const wordCounts: readonly number[] = [12, 15, 18, 21, 24];
const usual = { timeout: 60_000, format: 'english' } as const;
const longestTimeout = 0x7fffffff;

export class LifeCycle {
  readonly #core: Pick<VaultCore, 'unlock' | 'generate' | 'lock'>;
  readonly #memory: SecureBufferOptions;
  #state: VaultState = locked;
  #attempts = 0;
  /** Settles when the core reads or writes no phrase any more; undefined while it does not. */
  #settled: Promise<unknown> | undefined;

  /** `memory` is what phrases are kept in on their way. */
  constructor(core: Pick<VaultCore, 'unlock' | 'generate' | 'lock'>, memory: SecureBufferOptions) {
    this.#core = core;
    this.#memory = memory;
  }

  get state(): VaultState['name'] {
    return this.#state.name;
  }

  /** A number that no other unlocking has. @throws VAULT_LOCKED */
  requireUnlocked(): number {
    if (this.#state.name === 'unlocked') return this.#state.attempt;
    throw new KeyslotError('VAULT_LOCKED', 'the vault is locked: unlock it first');
  }

  /** Whether it is still unlocked, and was not locked in between. */
  isStill(unlocking: number): boolean {
    return this.#is('unlocked', unlocking);
  }

  /** As `Vault.unlock`. */
  async unlock(secrets: Secrets, options: UnlockOptions): Promise<void> {
    const { phrase, passphrase } = secrets;
    try {
      const { timeout, format } = { ...usual, ...options };
      requireSecrets(secrets, format);
      requireInteger(timeout, 1, longestTimeout, 'timeout');
      await this.#attempt((attempt) => this.#open(attempt, secrets, { timeout, format }));
    } finally {
      wipeSource(phrase);
      wipeSource(passphrase);
    }
  }

  /** As `Vault.unlockNew`. */
  async unlockNew(words: WordCount, { passphrase, confirm, timeout = usual.timeout }: UnlockNewOptions): Promise<SecureBuffer> {
    try {
      requireThat(wordCounts.includes(words), 'words', `words must be one of ${wordCounts.join(', ')}`);
      if (passphrase !== undefined) requireSource(passphrase, 'passphrase');
      requireThat(confirm === undefined || typeof confirm === 'function', 'confirm', 'confirm must be a function');
      requireInteger(timeout, 1, longestTimeout, 'timeout');
      return await this.#attempt(async (attempt) => {
        const phrase = await this.#newPhrase(attempt, words, timeout);
        try {
          if (confirm !== undefined && (await confirm(phrase)) !== true)
            throw new KeyslotError('OPERATION_CANCELLED', 'the new phrase was not confirmed');
          using copy = phrase.use((bytes) => securedCopy(bytes, this.#memory));
          await this.#open(attempt, { phrase: copy, passphrase }, { timeout, format: 'english' });
          return phrase;
        } catch (error) {
          phrase[Symbol.dispose]();
          throw error;
        }
      });
    } finally {
      wipeSource(passphrase);
    }
  }

  lock(): void {
    this.#enter({ name: 'lock' });
    this.#core.lock();
  }

  async #attempt<T>(run: (attempt: number) => Promise<T>): Promise<T> {
    this.#attempts += 1;
    const attempt = this.#attempts;
    this.#enter({ name: 'begin', attempt });
    try {
      return await run(attempt);
    } catch (error) {
      this.#enter({ name: 'failed', attempt });
      throw error;
    }
  }

  async #newPhrase(attempt: number, words: WordCount, timeout: number): Promise<SecureBuffer> {
    using file = new SecretFile();
    await this.#inTurn(attempt, timeout, () => this.#core.generate(words, file.descriptor, { timeout }));
    return file.take(this.#memory);
  }

  async #open(attempt: number, { phrase, passphrase }: Secrets, options: CoreUnlockOptions): Promise<void> {
    await this.#inTurn(attempt, options.timeout, async () => {
      // Once more: while this waited the bytes were within their owner's reach.
      requireSecrets({ phrase, passphrase }, options.format);
      const opening = this.#core.unlock(phrase, passphrase, options);
      wipeSource(phrase);
      wipeSource(passphrase);
      await opening;
      this.#enter({ name: 'opened', attempt });
      if (!this.#is('unlocked', attempt)) this.#core.lock();
    });
    if (!this.#is('unlocked', attempt)) throw cutOff();
  }

  /** The core reads or writes one phrase at a time, and one that was cut off by `lock` may still be under way. At once where none is. */
  async #inTurn(attempt: number, timeout: number, run: () => Promise<void>): Promise<void> {
    if (this.#settled !== undefined) await within(timeout, this.#settled);
    if (!this.#is('unlocking', attempt)) throw cutOff();
    const running = run();
    const settled = running
      .catch(() => undefined)
      .then(() => {
        if (this.#settled === settled) this.#settled = undefined;
      });
    this.#settled = settled;
    try {
      await running;
    } catch (error) {
      throw this.#is('unlocking', attempt) ? error : cutOff();
    }
  }

  #is(name: 'unlocking' | 'unlocked', attempt: number): boolean {
    return this.#state.name === name && this.#state.attempt === attempt;
  }

  #enter(event: VaultEvent): void {
    this.#state = transition(this.#state, event);
  }
}

/** A read that the system does not end, as of a file whose server is gone, never settles. @throws OPERATION_TIMED_OUT */
async function within(timeout: number, settling: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const tooLong = sleep(timeout, undefined, { signal: waiting.signal }).then(() => {
    throw new KeyslotError('OPERATION_TIMED_OUT', 'the vault is still reading or writing the phrase of an attempt that was cut off');
  });
  try {
    await Promise.race([settling, tooLong]);
  } finally {
    waiting.abort();
  }
}

/** @throws INVALID_ARGUMENT */
function requireSecrets({ phrase, passphrase }: Secrets, format: PhraseFormat): void {
  requireSource(phrase, 'phrase', format === 'seed');
  if (passphrase !== undefined) requireSource(passphrase, 'passphrase');
}

function cutOff(): KeyslotError {
  return new KeyslotError('OPERATION_CANCELLED', 'the vault was locked while it was being unlocked');
}
