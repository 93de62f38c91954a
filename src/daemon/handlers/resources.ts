/** Names, views and capabilities. */
import { algorithmTable, keyAlgorithm, operationAlgorithm } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { maxNameBytes, type ResourceType } from '../../core/resources.js';
import { healthStatusNumbers, resourceTypeNumbers } from '../../protocol/enumerations.js';
import type { AlgorithmCapabilityInput, ListedResourceInput, ResourceInput } from '../../protocol/generated/messages.js';
import { ownVersions } from '../../protocol/hello.js';
import { rightsMask } from '../../protocol/operations.js';
import type { Provider } from '../../providers/contract.js';
import type { RequestCall } from '../request-call.js';
import type { Handlers, Services } from '../services.js';
import type { Session } from '../session.js';
import { resourceOf, slotOf } from './lookups.js';
import { wireProvider, wireResource, wireSlotInfo } from './wire-values.js';

function notFound(name: string, type: ResourceType): KeyslotError {
  return new KeyslotError('RESOURCE_NOT_FOUND', `there is no ${type} "${name}" for this caller`, { field: 'name' });
}

/** An unknown name and a name of somebody else are the same. */
function resolve(session: Session, name: string, type: ResourceType, services: Services): ResourceInput {
  if (Buffer.byteLength(name) > maxNameBytes)
    throw new KeyslotError('PARAM_TRUNCATED', `the name is longer than ${maxNameBytes} bytes`, { field: 'name' });
  if (name === '') throw new KeyslotError('INVALID_ARGUMENT', 'the name is empty', { field: 'name' });
  if (type === 'keySlot') {
    const grant = session.grants.get(name);
    if (grant === undefined) throw notFound(name, type);
    const id = session.resolve(`slot:${name}`, () => ({ kind: 'slot', grant }));
    return wireResource(id, type, 'persistent', grant.slot.primary.id);
  }
  if (type === 'provider') {
    const provider = services.registry.byName(name);
    if (provider === undefined) throw notFound(name, type);
    const id = session.resolve(`provider:${name}`, () => ({ kind: 'provider', provider }));
    return wireResource(id, type, 'persistent', provider.id);
  }
  throw notFound(name, type);
}

async function list(
  session: Session,
  type: ResourceType | undefined,
  call: RequestCall,
  services: Services,
): Promise<ListedResourceInput[]> {
  const listed: ListedResourceInput[] = [];
  if (type === undefined || type === 'keySlot') {
    for (const grant of session.grants.values()) {
      listed.push({
        name: grant.alias,
        type: resourceTypeNumbers.number('keySlot', 'type'),
        rights: rightsMask(grant.rights),
        info: await wireSlotInfo(grant.slot, call).catch(() => undefined),
      });
    }
  }
  if (type === undefined || type === 'provider') {
    for (const provider of services.registry.all)
      listed.push({ name: provider.name, type: resourceTypeNumbers.number('provider', 'type'), rights: 0 });
  }
  return listed;
}

function providerOf(session: Session, request: { provider: number; name: string; resource: number }, services: Services): Provider {
  if (request.resource !== 0) {
    const resource = resourceOf(session, request.resource, 'provider');
    if (resource.kind === 'provider') return resource.provider;
    if (resource.kind === 'slot') return resource.grant.slot.primary;
    if (resource.kind === 'key') return resource.entry.key.provider;
    throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a provider`, { field: 'provider' });
  }
  const provider = services.registry.named({ id: request.provider, name: request.name, selection: 'default' });
  if (provider === undefined) throw new KeyslotError('INVALID_ARGUMENT', 'a provider is needed', { field: 'provider' });
  return provider;
}

const asText = (text: string) => ({ text });

/** Merges what the providers claim by algorithm; with a name, of that algorithm only. */
function capabilities(name: string, services: Services): AlgorithmCapabilityInput[] {
  const names =
    name === ''
      ? [...new Set(algorithmTable.map((row) => row.name))]
      : [operationAlgorithm(name)?.name ?? keyAlgorithm(name)?.name ?? name];
  const claims = services.registry.all.map((provider) => ({
    id: provider.id,
    byName: new Map(provider.capabilities().map((row) => [row.algorithm, row])),
  }));
  return names.map((algorithm) => {
    const providers = claims.flatMap(({ id, byName }) => {
      const row = byName.get(algorithm);
      if (row === undefined) return [];
      const { operations, keyLengths, modes, note } = row;
      return [{ provider: id, operations: operations.map(asText), keyLengths, modes: modes?.map(asText), note }];
    });
    return { algorithm, supported: providers.length > 0 ? 1 : 0, providers };
  });
}

export const resourceHandlers: Handlers<
  'health' | 'resolveResource' | 'listResources' | 'getProviderInfo' | 'queryCapabilities' | 'getKeySlotInfo'
> = {
  health(_session, _request, _call, services) {
    const { status, uptime } = services.health();
    return {
      status: healthStatusNumbers.number(status, 'status'),
      version: services.version,
      protocol: ownVersions.max,
      uptime: Math.round(uptime),
    };
  },
  resolveResource(session, request, _call, services) {
    return { resource: resolve(session, request.name, resourceTypeNumbers.given(request.type, 'type'), services) };
  },
  async listResources(session, request, call, services) {
    return { resources: await list(session, resourceTypeNumbers.name(request.type, 'type'), call, services) };
  },
  getProviderInfo(session, request, _call, services) {
    return { provider: wireProvider(providerOf(session, request, services)) };
  },
  queryCapabilities(_session, request, _call, services) {
    return { providers: services.registry.all.map(wireProvider), algorithms: capabilities(request.algorithm, services) };
  },
  async getKeySlotInfo(session, request, call) {
    const { grant } = slotOf(session, request.slot, 'slot', undefined);
    return { info: await wireSlotInfo(grant.slot, call), name: grant.alias };
  },
};
