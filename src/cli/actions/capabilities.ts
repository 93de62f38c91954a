import type { AlgorithmCapabilities, ProviderInfo, SystemCapabilities } from '../../client/index.js';
import { exitStatus } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import { families } from '../capability-groups.js';
import { printAlgorithms, printFamilies } from '../capability-view.js';
import { withCrypto } from '../crypto.js';
import { usageError } from '../failure.js';
import type { DaemonFlags } from '../flags.js';

export interface CapabilitiesFlags extends DaemonFlags {
  readonly operation?: string;
  readonly all?: boolean;
}

/** `keyslot capabilities`. Ends with 1 when no provider has what was asked for. */
export const capabilities = action(async (context, flags: CapabilitiesFlags, name?: string) => {
  const { json = false, all = false, operation } = flags;
  const { one, system } = await withCrypto(context, flags, async ({ crypto, call }) => ({
    one: name === undefined ? undefined : await crypto.queryCapabilities(name, call),
    system: await crypto.queryCapabilities(call),
  }));
  const chosen = name === undefined ? undefined : chosenOf(system, one, name);
  const shown = filtered(system.providers, chosen ?? system.algorithms, flags);
  const found = shown.algorithms.some(({ providers }) => providers.length > 0);
  const { stdout, stderr } = context.process;
  if (json) printJson(context, chosen?.length === 1 ? (shown.algorithms[0] ?? unsupported(chosen[0] as AlgorithmCapabilities)) : shown);
  else if (!found) stderr.write(`keyslot: no provider has ${name ?? 'an algorithm'}${operation === undefined ? '' : ` to ${operation}`}\n`);
  else if (name === undefined && !all) printFamilies(stdout, shown);
  else printAlgorithms(stdout, shown);
  return found ? exitStatus.ok : exitStatus.failed;
});

/** One algorithm, or the algorithms of a family as the short table names it. */
function chosenOf({ algorithms }: SystemCapabilities, one: AlgorithmCapabilities | undefined, name: string): AlgorithmCapabilities[] {
  if (one?.supported === true) return [one];
  const wanted = name.toLowerCase();
  const rows = families().flatMap((family) => (family.name.toLowerCase() === wanted ? family.rows : []));
  const names = new Set(rows.map((row) => row.name));
  const members = algorithms.filter(({ algorithm }) => names.has(algorithm));
  return members.length > 0 ? members : [one ?? { algorithm: name, supported: false, providers: [] }];
}

/** What is left when only some providers or one operation count; algorithms that nobody has are left out then. */
function filtered(
  providers: ProviderInfo[],
  algorithms: AlgorithmCapabilities[],
  { provider, operation }: CapabilitiesFlags,
): SystemCapabilities {
  if (provider === undefined && operation === undefined) return { providers, algorithms };
  const kept = provider === undefined ? providers : providers.filter((one) => isCalled(one, provider));
  if (kept.length === 0) throw usageError(`--provider: there is no provider "${provider}"`, 'provider');
  const ids = new Set(kept.map(({ id }) => id));
  const left = algorithms.map((one) => {
    const able = one.providers.filter(({ id, operations }) => ids.has(id) && (operation === undefined || operations.includes(operation)));
    return { ...one, supported: able.length > 0, providers: able };
  });
  return { providers: kept, algorithms: left.filter(({ supported }) => supported) };
}

function unsupported({ algorithm }: AlgorithmCapabilities): AlgorithmCapabilities {
  return { algorithm, supported: false, providers: [] };
}

function isCalled({ id, name, type }: ProviderInfo, wanted: string): boolean {
  return name === wanted || String(id) === wanted || type === wanted;
}
