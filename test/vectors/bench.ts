/** What cases run on: contexts of a running daemon, and how refusals there are understood. */

import {
  type CryptoContext,
  type CryptoResourceGuard,
  createCryptoStack,
  type ImportKeyParams,
  type KeyManagementContext,
  KeyslotError,
} from '../../src/client/index.js';
import { type CryptoContext as BlockingContext, createCryptoStack as createBlockingStack } from '../../src/client/sync.js';
import { type KeyRow, keyAlgorithm, operationAlgorithm } from '../../src/core/algorithms.js';
import { type KeyMaterial, SkippedTest } from './case.js';
import { Cuts } from './cuts.js';

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
const timeout = 60_000;

export class Bench implements AsyncDisposable {
  readonly provider: string;
  readonly longest: number;
  /** A token has bounds of its own, which nobody but it can tell. */
  readonly hardware: boolean;
  readonly context: CryptoContext;
  /** The same daemon through the blocking client, for chains of very many small calls. */
  readonly blocking: BlockingContext;
  readonly keys: KeyManagementContext;
  readonly cuts: Cuts;
  readonly #close: () => Promise<void>;
  readonly #fresh = new Map<string, Promise<CryptoResourceGuard>>();
  /** Messages of refusals by what was refused: all must be the same. */
  readonly #refusals = new Map<string, string>();

  private constructor(
    options: BenchOptions,
    hardware: boolean,
    context: CryptoContext,
    blocking: BlockingContext,
    keys: KeyManagementContext,
    close: () => Promise<void>,
  ) {
    this.hardware = hardware;
    this.provider = options.provider;
    this.longest = options.longest;
    this.cuts = new Cuts(options.seed);
    this.context = context;
    this.blocking = blocking;
    this.keys = keys;
    this.#close = close;
  }

  static async open(options: BenchOptions): Promise<Bench> {
    const config = { connectionEndpoint: options.endpoint, defaultOperationTimeout: timeout };
    const stack = await createCryptoStack(config);
    try {
      const context = await stack.createCryptoContext();
      const keys = await context.createKeyManagementContext({ provider: options.provider });
      const { type } = await context.getProviderInfo(await context.resolveResource(options.provider, 'provider'));
      const blocking = createBlockingStack(config);
      return new Bench(options, type === 'hardware', context, blocking.createCryptoContext(), keys, async () => {
        blocking.close();
        await stack.close();
      });
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  /** Runs work with an imported key, which is released afterwards. */
  async withKey<T>(material: KeyMaterial, permissions: number, work: (key: CryptoResourceGuard) => Promise<T>): Promise<T> {
    const { algorithm, format, data } = material;
    const key = await this.#import({ algorithm, format, keyData: data, permissions });
    try {
      return await work(key);
    } finally {
      await key.release();
    }
  }

  /** @throws SkippedTest when a token does not take a secret key of a length that the table allows */
  async #import(params: ImportKeyParams): Promise<CryptoResourceGuard> {
    try {
      return await this.keys.importKey(params);
    } catch (error) {
      const ofLength = error instanceof KeyslotError && error.code === 'ALGORITHM_MISMATCH' && error.field === 'keyData';
      if (this.hardware && params.format === 'raw' && ofLength) throw new SkippedTest(error.message);
      throw error;
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

  /** @throws when a refusal says more, or something else, than those before it */
  assertUniform(what: string, error: KeyslotError): void {
    const before = this.#refusals.get(what);
    if (before === undefined) this.#refusals.set(what, error.message);
    else if (before !== error.message) throw new Error(`refused with "${error.message}" and before with "${before}"`);
  }
}

/** @throws SkippedTest for an algorithm that this version doesn't have */
export function assertKnown(algorithm: string): void {
  if (operationAlgorithm(algorithm) === undefined) throw new SkippedTest(`algorithm not in this version: ${algorithm}`);
}

/** @throws SkippedTest for a kind of key that this version doesn't have */
export function knownKey(algorithm: string): KeyRow {
  const row = keyAlgorithm(algorithm);
  if (row === undefined) throw new SkippedTest(`key not in this version: ${algorithm}`);
  return row;
}

/** Codes with which a provider, or the table of algorithms, says that it has no such thing. */
const lacking: ReadonlySet<string> = new Set(['UNSUPPORTED_ALGORITHM', 'UNSUPPORTED_OPERATION']);
/** Settings that have bounds of their own: outside of them the algorithm is not offered. */
const boundedFields = /^(?:tagLength|nonce|parameters\.\w+)$/;

/** The reason, in the refusal's own words, when something can't be done at all; undefined for every other error. */
export function cannotBeDone(error: unknown): string | undefined {
  if (!(error instanceof KeyslotError)) return undefined;
  if (lacking.has(error.code)) return error.message;
  if (error.code === 'INVALID_ARGUMENT' && boundedFields.test(error.field ?? '')) return error.message;
  return undefined;
}

/** Runs work whose refusals for lack of something become a skip. */
export async function orSkip<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = cannotBeDone(error);
    if (reason !== undefined) throw new SkippedTest(reason);
    throw error;
  }
}

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
