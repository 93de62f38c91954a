/** What the client shows of slots, keys and providers, from the wire's tables. */
import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId, ResourceType, SlotState } from '../core/resources.js';
import type { HealthStatus, ProviderState, ProviderType } from '../core/vocabulary.js';
import {
  persistenceNumbers,
  providerStateNumbers,
  providerTypeNumbers,
  resourceTypeNumbers,
  slotStateNumbers,
} from '../protocol/enumerations.js';
import type { AlgorithmCapability, Provider, Resource, SlotInfo } from '../protocol/generated/messages.js';

export interface Health {
  status: HealthStatus;
  version: string;
  protocol: number;
  /** Milliseconds. */
  uptime: number;
}
export interface KeySlotInfo {
  state: SlotState;
  algorithm: string;
  primaryProvider: number;
  /** Contains the primary, in the slot's order. */
  compatibleProviders: number[];
  permittedOperations: number;
}
export interface KeySlotObject extends KeySlotInfo {
  readonly id: CryptoResourceId;
  readonly name: string;
}
export interface TokenIdentity {
  label: string;
  serial: string;
  model: string;
  manufacturer: string;
}
export interface ProviderInfo {
  id: number;
  name: string;
  type: ProviderType;
  state: ProviderState;
  library?: string;
  token?: TokenIdentity;
}
export interface AlgorithmCapabilities {
  algorithm: string;
  supported: boolean;
  providers: { id: number; operations: string[]; keyLengths?: number[]; modes?: string[]; note?: string }[];
}
export interface SystemCapabilities {
  providers: ProviderInfo[];
  algorithms: AlgorithmCapabilities[];
}
export interface ListedResource {
  name: string;
  type: ResourceType;
  rights: string[];
  info?: KeySlotInfo;
}

/** @throws FRAME_INVALID when the daemon left out what must be there */
export function required<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new KeyslotError('FRAME_INVALID', `the daemon's answer lacks its ${what}`);
}

export function resourceId(wire: Resource | undefined): CryptoResourceId {
  const { id, type, persistence, provider } = required(wire, 'resource');
  return {
    id,
    type: resourceTypeNumbers.given(type, 'type'),
    persistence: persistenceNumbers.given(persistence, 'persistence'),
    primaryProvider: provider,
  };
}

export function slotInfo(wire: SlotInfo | undefined): KeySlotInfo {
  const { state, algorithm, primaryProvider, compatibleProviders, permittedOperations } = required(wire, 'info');
  return {
    state: slotStateNumbers.given(state, 'state'),
    algorithm,
    primaryProvider,
    compatibleProviders: [...compatibleProviders],
    permittedOperations,
  };
}

export function providerInfo(wire: Provider | undefined): ProviderInfo {
  const { id, name, type, state, library, token } = required(wire, 'provider');
  return {
    id,
    name,
    type: providerTypeNumbers.given(type, 'type'),
    state: providerStateNumbers.given(state, 'state'),
    ...(library === '' ? {} : { library }),
    ...(token === undefined ? {} : { token: { ...token } }),
  };
}

export function algorithmCapabilities(wire: AlgorithmCapability): AlgorithmCapabilities {
  return {
    algorithm: wire.algorithm,
    supported: wire.supported !== 0,
    providers: wire.providers.map(({ provider, operations, keyLengths, modes, note }) => ({
      id: provider,
      operations: operations.map(({ text }) => text),
      ...(keyLengths.length === 0 ? {} : { keyLengths: [...keyLengths] }),
      ...(modes.length === 0 ? {} : { modes: modes.map(({ text }) => text) }),
      ...(note === '' ? {} : { note }),
    })),
  };
}
