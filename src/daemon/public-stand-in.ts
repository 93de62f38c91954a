/**
 * What a public key does needs no token: where the slot allows it, an algorithm that its token lacks runs in a software provider with
 * the public half alone. The context's provider, which its maker is told, is the software's then.
 */
import { type OperationRow, operationAlgorithm } from '../core/algorithms.js';
import { isPublicUse } from '../core/permissions.js';
import { decodeParameters } from '../protocol/parameters.js';
import type { ParameterValues, Provider } from '../providers/contract.js';
import type { ContextWish } from './bind-context.js';
import { KeyEntry } from './key-entry.js';
import type { ProviderRegistry } from './providers-of.js';
import type { RequestCall } from './request-call.js';

/** The key to bind: the given one, or its stand-in, in exchange for the caller's reference. On error the reference is still the caller's. */
export async function keyOrStandIn(
  entry: KeyEntry,
  wish: ContextWish,
  owner: number,
  registry: ProviderRegistry,
  call: RequestCall,
): Promise<KeyEntry> {
  const software = standInProvider(entry, wish, registry);
  if (software === undefined) return entry;
  entry.assertAlive();
  entry.assertPermitted(wish.kind, wish.direction);
  const { key, traits } = entry;
  const permissions = entry.permissionsFor(wish.kind, wish.direction);
  const keyData = await key.provider.keys.exportPublic(key, call);
  const stand = await software.keys.import({ algorithm: key.algorithm, format: 'der', keyData, permissions }, owner, call);
  entry.release();
  return new KeyEntry(stand, { ...traits, permissions }, () => undefined);
}

function standInProvider(entry: KeyEntry, wish: ContextWish, registry: ProviderRegistry): Provider | undefined {
  const { key, traits } = entry;
  if (!traits.publicInSoftware || !isPublicUse(wish.kind, wish.direction) || key.half === 'secret') return undefined;
  if (wish.provider.id !== 0 || wish.provider.name !== '' || wish.provider.selection === 'hardware') return undefined;
  const row = operationAlgorithm(wish.algorithm);
  const parameters = row === undefined ? undefined : parametersOf(row, wish);
  if (row === undefined || parameters === undefined || key.provider.supports(row, wish.kind, parameters, 0) === true) return undefined;
  const can = (provider: Provider) =>
    provider.type === 'software' &&
    provider.supportsKey(key.algorithm) === true &&
    provider.supports(row, wish.kind, parameters, 0) === true;
  return registry.all.find(can);
}

/** Undefined for wrong ones, which binding the context reports. */
function parametersOf(row: OperationRow, wish: ContextWish): ParameterValues | undefined {
  try {
    return decodeParameters(row.name, row.parameters, wish.parameters);
  } catch {
    return undefined;
  }
}
