/** The daemon that is compared, with its providers, as parties. */
import { setTimeout } from 'node:timers/promises';
import { type CryptoContext, createCryptoStack } from '../../src/client/index.js';
import { type DisposableDaemon, type ProviderLine, startDisposableDaemon } from '../../src/testing/index.js';
import { type TestedProvider, testedProvider } from '../conformance/providers.js';
import { keyslotParty } from './parties/keyslot.js';
import type { Party } from './party.js';

export interface KeyslotParties extends AsyncDisposable {
  readonly parties: readonly Party[];
  /** How the daemon ended, and what it said last; of one that did end. */
  readonly ended: () => Promise<string>;
}

/** `ours` comes first. Names are those of the table of tested providers. */
export async function startKeyslot(names: readonly string[]): Promise<KeyslotParties> {
  const undo: Undo = [];
  const dispose = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { parties, daemon } = await partiesOf(names, undo);
    return { parties, ended: () => endOf(daemon), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Milliseconds between a lost connection and the news of the process's end. */
const endsWithin = 2000;

async function endOf(daemon: DisposableDaemon): Promise<string> {
  const code = await Promise.race([daemon.exited, setTimeout(endsWithin, 'running' as const)]);
  if (code === 'running') return 'its process still runs';
  return `${code === null ? 'ended by a signal' : `exit ${code}`}, its log ends with: ${daemon.log.trimEnd().split('\n').slice(-3).join(' / ')}`;
}

type Undo = (() => PromiseLike<unknown>)[];
async function partiesOf(names: readonly string[], undo: Undo): Promise<{ parties: Party[]; daemon: DisposableDaemon }> {
  const lines: ProviderLine[] = [];
  for (const name of names) {
    const setup = await tested(name).setUp();
    undo.push(() => setup[Symbol.asyncDispose]());
    lines.push(setup.line);
  }
  const daemon = await startDisposableDaemon({
    settings: { providers: lines, timeouts: { default: '60s', max: '300s' }, limits: { keys: 4096, contexts: 8192 } },
  });
  undo.push(() => daemon[Symbol.asyncDispose]());
  const client = await createCryptoStack({ connectionEndpoint: daemon.endpoint, defaultOperationTimeout: 60_000 });
  undo.push(() => client.close());
  const context = await client.createCryptoContext();
  const parties: Party[] = [];
  for (const { name, id, type } of lines) {
    const keys = await context.createKeyManagementContext({ provider: name });
    parties.push(keyslotParty({ name, context, keys, claims: await claimsOf(context, id), hardware: type !== 'software' }));
  }
  return { parties, daemon };
}

function tested(name: string): TestedProvider {
  const found = testedProvider(name);
  if (found === undefined) throw new TypeError(`there is no provider ${name}`);
  return found;
}

async function claimsOf(context: CryptoContext, id: number): Promise<(algorithm: string, operation: string) => boolean> {
  const { algorithms } = await context.queryCapabilities();
  const claims = new Set<string>();
  for (const { algorithm, providers } of algorithms)
    for (const one of providers) if (one.id === id) for (const operation of one.operations) claims.add(`${algorithm} ${operation}`);
  return (algorithm, operation) => claims.has(`${algorithm} ${operation}`);
}
