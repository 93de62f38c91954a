/** What checks run on: a disposable daemon with the tested provider and a second one, and a client of it. */
import { getuid } from 'node:process';
import {
  type CryptoContext,
  type CryptoResourceGuard,
  type CryptoResourceId,
  type CryptoStack,
  createCryptoStack,
  type KeyManagementContext,
} from '../../src/client/index.js';
import { createCryptoStack as createBlockingStack } from '../../src/client/sync.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { Claims } from './claims.js';
import { type KnownKey, knownKeys } from './keys.js';
import { promised } from './promised.js';
import type { TestedProvider } from './providers.js';
import { accessLines, slotLines } from './slots.js';

export type ClientManner = 'async' | 'blocking';

/** How much is done of what could go on for ever. */
export interface Effort {
  /** Steps of the sequences that walk the state table; of the others only those that are not costly. */
  readonly sequences: { readonly full: number; readonly short: number };
  /** Random ways to cut a message. */
  readonly cuts: number;
  /** Runs checks that take long and find what shorter ones find too. */
  readonly thorough: boolean;
}
/** Of a test run. */
export const usualEffort: Effort = { sequences: { full: 3, short: 0 }, cuts: 4, thorough: false };
/** Of the command, by client. */
export const fullEffort: Readonly<Record<ClientManner, Effort>> = {
  async: { sequences: { full: 4, short: 3 }, cuts: 40, thorough: true },
  blocking: { sequences: { full: 3, short: 0 }, cuts: 4, thorough: false },
};

/** A provider that keys can't be moved to; it keeps no slots. */
export const otherProvider = { name: 'other', id: 77, type: 'software' } as const;

export class ConformanceDaemon implements AsyncDisposable {
  readonly tested: { readonly name: string; readonly id: number; readonly type: 'hardware' | 'software' };
  readonly #daemon: DisposableDaemon;
  readonly #free: () => PromiseLike<void>;

  private constructor(daemon: DisposableDaemon, tested: ConformanceDaemon['tested'], free: () => PromiseLike<void>) {
    this.#daemon = daemon;
    this.tested = tested;
    this.#free = free;
  }

  static async start(provider: TestedProvider): Promise<ConformanceDaemon> {
    const setup = await provider.setUp();
    const free = () => setup[Symbol.asyncDispose]();
    const { name, id, type } = setup.line;
    try {
      const daemon = await startDisposableDaemon({
        settings: {
          providers: [setup.line, { ...softwareProvider(otherProvider.name, otherProvider.id), keyStore: undefined }],
          slots: slotLines(name),
          access: accessLines(getuid?.() ?? 0),
          timeouts: { default: '30s', max: '120s' },
        },
      });
      return new ConformanceDaemon(daemon, { name, id, type: type === 'software' ? 'software' : 'hardware' }, free);
    } catch (error) {
      await free();
      throw error;
    }
  }

  get endpoint(): string {
    return this.#daemon.endpoint;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#daemon[Symbol.asyncDispose]();
    await this.#free();
  }
}

export class Bench implements AsyncDisposable {
  readonly daemon: ConformanceDaemon;
  readonly manner: ClientManner;
  readonly effort: Effort;
  readonly stack: CryptoStack;
  readonly context: CryptoContext;
  readonly keys: KeyManagementContext;

  private constructor(
    daemon: ConformanceDaemon,
    manner: ClientManner,
    effort: Effort,
    stack: CryptoStack,
    context: CryptoContext,
    keys: KeyManagementContext,
  ) {
    this.daemon = daemon;
    this.manner = manner;
    this.effort = effort;
    this.stack = stack;
    this.context = context;
    this.keys = keys;
  }

  static async open(daemon: ConformanceDaemon, manner: ClientManner, effort: Effort): Promise<Bench> {
    const stack = await openStack(daemon, manner);
    const context = await stack.createCryptoContext();
    const keys = await context.createKeyManagementContext({ provider: daemon.tested.name });
    return new Bench(daemon, manner, effort, stack, context, keys);
  }

  /** What the tested provider claims. */
  claims(): Promise<Claims> {
    return Claims.of(this.context, this.daemon.tested.id);
  }

  /** Name of the tested provider. */
  get provider(): string {
    return this.daemon.tested.name;
  }

  /** Another stack of this process and manner: the same session. */
  anotherStack(): Promise<CryptoStack> {
    return openStack(this.daemon, this.manner);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stack.close();
  }

  /** A known key as a guard. */
  async key(name: KnownKey, permissions?: number): Promise<CryptoResourceGuard> {
    const { algorithm, format, data } = knownKeys[name];
    return await this.keys.importKey({ algorithm, format, keyData: data, ...(permissions === undefined ? {} : { permissions }) });
  }

  slot(name: string): Promise<CryptoResourceId> {
    return this.context.resolveResource(name, 'keySlot');
  }

  /** Runs work with a slot that is empty before and afterwards. */
  async withSlot(name: string, work: (slot: CryptoResourceId) => Promise<void>): Promise<void> {
    const slot = await this.slot(name);
    await this.clear(slot);
    try {
      await work(slot);
    } finally {
      await this.clear(slot);
    }
  }

  async clear(slot: CryptoResourceId): Promise<void> {
    if ((await this.keys.getKeySlotInfo(slot)).state === 'occupied') await this.keys.clearKey(slot);
  }
}

async function openStack({ endpoint }: ConformanceDaemon, manner: ClientManner): Promise<CryptoStack> {
  const config = { connectionEndpoint: endpoint };
  return manner === 'async' ? await createCryptoStack(config) : promised(createBlockingStack(config));
}
