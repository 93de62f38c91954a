/** What cases run on: contexts of a running daemon, and how refusals there are understood. */

import {
  type CryptoContext,
  type CryptoResourceGuard,
  createCryptoStack,
  type KeyManagementContext,
  KeyslotError,
} from '../../src/client/index.js';
import { type CryptoContext as BlockingContext, createCryptoStack as createBlockingStack } from '../../src/client/sync.js';
import type { AlgorithmRow, KeyRow } from '../../src/core/algorithms.js';
import type { KeyMaterial } from './case.js';
import { Cuts } from './cuts.js';
import { knownKey } from './known.js';
import { skip } from './skip.js';

export interface BenchOptions {
  readonly endpoint: string;
  /** Name of the provider in the daemon's configuration. */
  readonly provider: string;
  /** Of the random cuts. */
  readonly seed: number;
  /** Bytes; longer messages are skipped. */
  readonly longest: number;
}

/** Milliseconds; generous, since nothing here tests deadlines. */
export const timeout = 300_000;

interface Parts {
  readonly options: BenchOptions;
  /** Operations by the names of algorithms that the provider claims. */
  readonly claims: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hardware: boolean;
  readonly context: CryptoContext;
  readonly blocking: BlockingContext;
  readonly keys: KeyManagementContext;
  readonly close: () => Promise<void>;
}

export class Bench implements AsyncDisposable {
  readonly provider: string;
  readonly longest: number;
  /** A token has bounds of its own, which nobody but it can tell. */
  readonly hardware: boolean;
  readonly context: CryptoContext;
  /** The same daemon through the blocking client, for chains of very many small calls. */
  readonly blocking: BlockingContext;
  readonly keys: KeyManagementContext;
  readonly #seed: number;
  readonly #claims: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #close: () => Promise<void>;
  readonly #done = new Map<string, Promise<void>>();
  readonly #fresh = new Map<string, Promise<CryptoResourceGuard>>();
  /** Messages of refusals by what was refused: all must be the same. */
  readonly #refusals = new Map<string, string>();

  private constructor({ options, claims, hardware, context, blocking, keys, close }: Parts) {
    this.hardware = hardware;
    this.provider = options.provider;
    this.longest = options.longest;
    this.context = context;
    this.blocking = blocking;
    this.keys = keys;
    this.#seed = options.seed;
    this.#claims = claims;
    this.#close = close;
  }

  static async open(options: BenchOptions): Promise<Bench> {
    const config = { connectionEndpoint: options.endpoint, defaultOperationTimeout: timeout };
    const stack = await createCryptoStack(config);
    try {
      const context = await stack.createCryptoContext();
      const keys = await context.createKeyManagementContext({ provider: options.provider });
      const { id, type } = await context.getProviderInfo(await context.resolveResource(options.provider, 'provider'));
      const { algorithms } = await context.queryCapabilities();
      const claims = new Map<string, ReadonlySet<string>>();
      for (const { algorithm, providers } of algorithms) {
        const own = providers.find((one) => one.id === id);
        if (own !== undefined) claims.set(algorithm, new Set(own.operations));
      }
      const blocking = createBlockingStack(config);
      const close = async (): Promise<void> => {
        blocking.close();
        await stack.close();
      };
      return new Bench({ options, claims, hardware: type === 'hardware', context, blocking: blocking.createCryptoContext(), keys, close });
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  /** Cuts of a message; the same for the same seed and message, whatever runs beside it. */
  cuts(message: Uint8Array): Uint8Array[] {
    return new Cuts(this.#seed + message.length).of(message);
  }

  claims(name: string, operation: string): boolean {
    return this.#claims.get(name)?.has(operation) === true;
  }

  /** @throws SkippedTest for what the provider does not claim to do */
  assertOffered({ name }: AlgorithmRow, operation?: string): void {
    const operations = this.#claims.get(name);
    if (operations === undefined) skip('notOffered', name);
    if (operation !== undefined && !operations.has(operation)) skip('notOffered', `${name}, ${operation}`);
  }

  /** How many tests may run at the same time: a token has few sessions for streams. */
  get testsAtOnce(): number {
    return this.hardware ? 4 : 12;
  }
  /** Beside a file with slow tests the next one runs. */
  get filesAtOnce(): number {
    return this.hardware ? 2 : 3;
  }

  /**
   * The caller releases it.
   * @throws SkippedTest for kinds of keys that this version or the provider does not have, and when a token does not take a secret
   * key of a length that the table allows
   */
  async importKey(material: KeyMaterial, permissions: number): Promise<CryptoResourceGuard> {
    const row = knownKey(material.algorithm);
    this.assertOffered(row, 'import');
    const { algorithm, format, data: keyData, passphrase } = material;
    try {
      return await this.keys.importKey({ algorithm, format, keyData, permissions, ...(passphrase !== undefined && { passphrase }) });
    } catch (error) {
      const ofLength = error instanceof KeyslotError && error.code === 'ALGORITHM_MISMATCH' && error.field === 'keyData';
      if (this.hardware && material.format === 'raw' && ofLength && isAllowed(row, material.data)) skip('bounds', error.message);
      throw error;
    }
  }

  /** Runs work with an imported key, which is released afterwards. */
  async withKey<T>(material: KeyMaterial, permissions: number, work: (key: CryptoResourceGuard) => Promise<T>): Promise<T> {
    const key = await this.importKey(material, permissions);
    try {
      return await work(key);
    } finally {
      await key.release();
    }
  }

  /** A key pair of the provider's own making, one for each kind. */
  freshKey(algorithm: string): Promise<CryptoResourceGuard> {
    let key = this.#fresh.get(algorithm);
    if (key === undefined) {
      key = this.keys.generateKey(algorithm);
      this.#fresh.set(algorithm, key);
    }
    return key;
  }

  /** Runs work the first time that a key is seen, and gives its outcome every time. */
  once(key: string, work: () => Promise<void>): Promise<void> {
    let outcome = this.#done.get(key);
    if (outcome === undefined) {
      outcome = work();
      this.#done.set(key, outcome);
    }
    return outcome;
  }

  /** @throws when a refusal says more, or something else, than those before it */
  assertUniform(what: string, error: KeyslotError): void {
    const text = `${error.code} ${error.field ?? ''} ${error.message}`;
    const before = this.#refusals.get(what);
    if (before === undefined) this.#refusals.set(what, text);
    else if (before !== text) throw new Error(`refused with "${text}" and before with "${before}"`);
  }

  /** Runs work whose refusals for bounds of a token's own become a skip. */
  async orSkip<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const reason = this.cannotBeDone(error);
      if (reason !== undefined) skip('bounds', reason);
      throw error;
    }
  }

  /**
   * The reason, in the refusal's own words, when a token can't do what it claims with these settings; undefined for every other error.
   * The software provider has no bounds but those of the table.
   */
  cannotBeDone(error: unknown): string | undefined {
    if (!this.hardware || !(error instanceof KeyslotError)) return undefined;
    // Reasons are counted, so sizes that differ from test to test are left out.
    const text = error.message.replace(/,? not \d+(?: \w+)?$/, '');
    if (lacking.has(error.code)) return text;
    if (error.code === 'INVALID_ARGUMENT' && boundedFields.test(error.field ?? '')) return text;
    return undefined;
  }
}

function isAllowed({ importLength }: KeyRow, { length }: Uint8Array): boolean {
  return importLength !== undefined && length * 8 >= importLength.min && length * 8 <= importLength.max;
}

/** Codes with which a provider says that it has no such thing. */
const lacking: ReadonlySet<string> = new Set(['UNSUPPORTED_ALGORITHM', 'UNSUPPORTED_OPERATION']);
/** Settings that have bounds of their own: outside of them the algorithm is not offered. */
const boundedFields = /^(?:tagLength|nonce|iv|keyToWrap|parameters\.\w+)$/;

/** The error that work is refused with; undefined when it is not refused. Errors that are no KeyslotErrors go through. */
export async function refusal(work: () => Promise<unknown>): Promise<KeyslotError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
}
