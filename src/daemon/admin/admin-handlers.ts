/** What operators see and do. */

import type { Limits } from '../../core/limits.js';
import { healthStatusNumbers, providerStateNumbers, providerTypeNumbers, slotStateNumbers } from '../../protocol/enumerations.js';
import { ownVersions } from '../../protocol/hello.js';
import type { Provider } from '../../providers/contract.js';
import type { Quotas } from '../quota.js';
import { internalCall } from '../request-call.js';
import type { Services } from '../services.js';
import type { Sessions } from '../sessions.js';
import type { Slot } from '../slot.js';
import { vaultHandlers } from '../vault/handlers.js';
import type { VaultService } from '../vault/service.js';
import type { AdminHandlers } from './admin-connection.js';
import type { ProviderStatusInput, SlotStatusInput } from './generated/messages.js';

export interface AdminSubjects {
  readonly services: Services;
  readonly sessions: Sessions;
  readonly quotas: Quotas;
  readonly slots: ReadonlyMap<string, Slot>;
  /** Undefined without `vault` in the configuration. */
  readonly vault: VaultService | undefined;
  readonly listen: string;
  readonly stop: () => void;
}

function providerStatus(provider: Provider): ProviderStatusInput {
  const { state, reason, library, token, hostPid, restarts, hangs, sessions, keys, keyStore } = provider.status();
  return {
    id: provider.id,
    name: provider.name,
    type: providerTypeNumbers.number(provider.type, 'type'),
    state: providerStateNumbers.number(state, 'state'),
    reason: reason?.slice(0, 1000),
    library,
    token: token?.label,
    serial: token?.serial,
    hostPid: hostPid ?? 0,
    restarts,
    hangs,
    sessionsOpen: sessions.open,
    sessionsBusy: sessions.busy,
    sessionsOwner: sessions.owner,
    sessionsQuarantined: sessions.quarantined,
    keys,
    keySource: keyStore?.source,
    keyPath: keyStore?.path,
  };
}

async function slotStatus(slot: Slot): Promise<SlotStatusInput> {
  const fixed = {
    name: slot.spec.name,
    algorithm: slot.spec.algorithm.name,
    provider: slot.primary.name,
    compatibleProviders: slot.compatible.map((provider) => provider.id),
    permissions: slot.spec.permissions,
  };
  try {
    const { state, stored } = await slot.look(internalCall());
    return {
      ...fixed,
      state: slotStateNumbers.number(state, 'state'),
      generation: stored?.generation,
      permissions: stored === undefined ? slot.usage : stored.permissions & slot.usage,
    };
  } catch (error) {
    return { ...fixed, problem: (error instanceof Error ? error.message : 'unknown').slice(0, 1000) };
  }
}

function limitList(limits: Limits): { name: string; value: number }[] {
  return Object.entries(limits).map(([name, value]: [string, number]) => ({ name, value }));
}

export function adminHandlers(of: AdminSubjects): AdminHandlers {
  const { services, sessions, quotas } = of;
  return {
    status: () => ({
      version: services.version,
      protocol: ownVersions.max,
      uptimeMs: Math.round(services.health().uptime),
      connections: quotas.sum('connections'),
      sessions: sessions.size,
      contexts: quotas.sum('contexts'),
      ephemeralKeys: quotas.sum('keys'),
      regions: 0,
      inFlight: quotas.sum('inFlight'),
      bytesHeld: quotas.total.held,
      limits: limitList(services.limits),
      providers: services.registry.all.map(providerStatus),
      pid: process.pid,
      listen: of.listen,
    }),
    health() {
      const { status, uptime } = services.health();
      return {
        status: healthStatusNumbers.number(status, 'status'),
        version: services.version,
        protocol: ownVersions.max,
        uptimeMs: Math.round(uptime),
      };
    },
    slotList: async () => ({ slots: await Promise.all([...of.slots.values()].map(slotStatus)) }),
    stop() {
      setImmediate(of.stop);
      return {};
    },
    ...vaultHandlers(of.vault),
  };
}
