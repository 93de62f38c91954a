/** Key management as commands use it: a slot of the caller's, a context on the provider of its keys, and what came of it. */
import type { CallOptions, CryptoResourceId, KeyManagementContext, KeySlotObject } from '../client/index.js';
import { describePermissions } from '../core/permissions.js';
import { printJson } from './action.js';
import type { CliContext } from './context.js';
import { type Crypto, withCrypto } from './crypto.js';
import { type FlagNames, namingFlags } from './flag-names.js';
import type { KeyCommandFlags } from './key-flags.js';

export interface Keys extends Crypto {
  readonly management: KeyManagementContext;
  readonly slot: CryptoResourceId;
  /** As it was when the command began. */
  readonly before: KeySlotObject;
  /** For calls that may take long: generation, derivation from passwords. */
  readonly longCall: CallOptions;
}

/** Milliseconds; the daemon cuts them to its own maximum. */
const longTime = 600_000;

/** Runs `work` with the slot of a name and key management beside it. Errors name the command's flags. */
export function withSlot<T>(
  context: CliContext,
  flags: KeyCommandFlags,
  name: string,
  names: FlagNames,
  work: (keys: Keys) => Promise<T>,
): Promise<T> {
  return namingFlags(names, () =>
    withCrypto(context, flags, async (daemon) => {
      const { crypto, call } = daemon;
      const slot = await crypto.resolveResource(name, 'keySlot', call);
      const before = await crypto.getKeySlotObject(slot, call);
      await using management = await crypto.createKeyManagementContext({ provider: before.primaryProvider }, call);
      const longCall = flags.timeout === undefined ? { ...call, timeout: longTime } : call;
      return await work({ ...daemon, management, slot, before, longCall });
    }),
  );
}

/** What a slot holds now. */
export interface KeyInSlot {
  /** The caller's name for it. */
  readonly slot: string;
  readonly algorithm: string;
  /** Name of the provider that holds the key. */
  readonly provider: string;
  readonly permissions: readonly string[];
}

export async function keyInSlot({ crypto, call, slot }: Keys): Promise<KeyInSlot> {
  const { name, algorithm, primaryProvider, permittedOperations } = await crypto.getKeySlotObject(slot, call);
  const provider = await crypto.getProviderInfo(primaryProvider, call);
  return { slot: name, algorithm, provider: provider.name, permissions: describePermissions(permittedOperations) };
}

/** Tells of a new key: `how` it came there, in a word, and what else JSON has about it. */
export function tellNewKey(context: CliContext, json: boolean, key: KeyInSlot, how: string, more: object = {}): void {
  const uses = key.permissions.join(', ') || 'nothing';
  if (json) printJson(context, { ...key, ...more });
  else context.process.stdout.write(`${key.slot}: ${key.algorithm} ${how}, in ${key.provider}; may ${uses}\n`);
}
