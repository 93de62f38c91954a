/** The daemon's values as the wire's tables. */
import type { persistences, ResourceType } from '../../core/resources.js';
import {
  persistenceNumbers,
  providerStateNumbers,
  providerTypeNumbers,
  resourceTypeNumbers,
  slotStateNumbers,
} from '../../protocol/enumerations.js';
import type { ProviderInput, ResourceInput, SlotInfoInput } from '../../protocol/generated/messages.js';
import type { Call, Provider } from '../../providers/contract.js';
import type { Slot } from '../slot.js';

export function wireResource(id: number, type: ResourceType, persistence: (typeof persistences)[number], provider: number): ResourceInput {
  return {
    id,
    type: resourceTypeNumbers.number(type, 'type'),
    persistence: persistenceNumbers.number(persistence, 'persistence'),
    provider,
  };
}

export async function wireSlotInfo(slot: Slot, call: Call): Promise<SlotInfoInput> {
  const { state, stored } = await slot.look(call);
  return {
    state: slotStateNumbers.number(state, 'state'),
    algorithm: (stored?.algorithm ?? slot.spec.algorithm).name,
    primaryProvider: slot.primary.id,
    compatibleProviders: slot.compatible.map((provider) => provider.id),
    permittedOperations: stored === undefined ? slot.usage : stored.permissions & slot.usage,
  };
}

export function wireProvider(provider: Provider): ProviderInput {
  const { state, library, token } = provider.status();
  return {
    id: provider.id,
    name: provider.name,
    type: providerTypeNumbers.number(provider.type, 'type'),
    state: providerStateNumbers.number(state, 'state'),
    library,
    token,
  };
}
