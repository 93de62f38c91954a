/** What the daemon keeps for one client process: its ids, keys and contexts. Ends, freeing everything, with its last socket. */
import { KeyslotError } from '../core/errors.js';
import type { Provider } from '../providers/contract.js';
import type { Grant } from './access.js';
import type { Caller } from './caller.js';
import { IdTable } from './id-table.js';
import type { KeyEntry } from './key-entry.js';
import type { OpaqueIds } from './opaque-ids.js';
import type { OperationContext } from './operation-context.js';
import type { Quota } from './quota.js';

/** An owner of an ephemeral key: one reference of its entry. */
export interface Guard {
  readonly kind: 'key';
  readonly id: number;
  readonly entry: KeyEntry;
  /** The key-management context whose closing releases it; 0 for none. */
  readonly management: number;
  /** Gives back what the guard itself was charged for. */
  readonly released: () => void;
}
export interface KeyManagement {
  readonly kind: 'keyManagement';
  /** Where keys are made when no slot says so. */
  readonly provider: Provider;
  readonly guards: Set<number>;
}
export interface RandomSource {
  readonly kind: 'random';
  readonly provider: Provider;
}
export interface StreamContext {
  readonly kind: 'stream';
  readonly operation: OperationContext;
}
export interface SlotReference {
  readonly kind: 'slot';
  readonly grant: Grant;
}
export interface ProviderReference {
  readonly kind: 'provider';
  readonly provider: Provider;
}
export type Resource = Guard | KeyManagement | RandomSource | StreamContext | SlotReference | ProviderReference;
export type ContextResource = KeyManagement | RandomSource | StreamContext;

const contextKinds: ReadonlySet<Resource['kind']> = new Set(['keyManagement', 'random', 'stream']);

export class Session {
  /** The number under which providers know this session. */
  readonly owner: number;
  readonly caller: Caller;
  readonly quota: Quota;
  readonly grants: ReadonlyMap<string, Grant>;
  readonly #resources: IdTable<Resource>;
  /** Names that were resolved, so that the same name always has the same id. */
  readonly #resolved = new Map<string, number>();
  #ended = false;
  sockets = 0;

  constructor(owner: number, caller: Caller, quota: Quota, grants: ReadonlyMap<string, Grant>, ids: OpaqueIds) {
    this.owner = owner;
    this.caller = caller;
    this.quota = quota;
    this.grants = grants;
    this.#resources = new IdTable(ids);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The id of a name's resource, made at first use. */
  resolve(key: string, make: () => SlotReference | ProviderReference): number {
    let id = this.#resolved.get(key);
    if (id === undefined) {
      id = this.#add(make());
      this.#resolved.set(key, id);
    }
    return id;
  }

  /** @throws QUOTA_EXCEEDED */
  addContext(context: ContextResource): number {
    this.quota.take('contexts');
    try {
      return this.#add(context);
    } catch (error) {
      this.quota.give('contexts');
      throw error;
    }
  }

  /** Takes over one reference of the entry; `released` runs once when the guard is gone. On error neither happens. */
  addGuard(entry: KeyEntry, management: number, released: () => void): Guard {
    const guard = { kind: 'key' as const, id: 0, entry, management, released };
    guard.id = this.#add(guard);
    this.#managementOf(management)?.guards.add(guard.id);
    return guard;
  }

  #add(resource: Resource): number {
    if (this.#ended) throw new KeyslotError('SESSION_EXPIRED', 'the session has ended');
    const id = this.#resources.add(resource);
    if (id === undefined) throw new KeyslotError('QUOTA_EXCEEDED', 'the session has as many ids as it can have');
    return id;
  }

  get(id: number): Resource | undefined {
    return this.#resources.get(id);
  }

  /** A context of one kind. @throws CONTEXT_ALREADY_DESTROYED, INVALID_RESOURCE_TYPE */
  context<K extends ContextResource['kind']>(id: number, kind: K): Extract<ContextResource, { kind: K }> {
    const resource = this.#resources.get(id);
    if (resource === undefined)
      throw new KeyslotError('CONTEXT_ALREADY_DESTROYED', 'there is no such context, or it was closed', { field: 'context' });
    if (resource.kind !== kind)
      throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a ${kind} context`, { field: 'context' });
    return resource as Extract<ContextResource, { kind: K }>;
  }

  /** Closes a context and frees what it holds; closing one that is gone is fine. @throws INVALID_RESOURCE_TYPE */
  closeContext(id: number): void {
    if (this.#ended) return;
    const resource = this.#resources.get(id);
    if (resource === undefined) return;
    if (!contextKinds.has(resource.kind))
      throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a context`, { field: 'context' });
    this.#resources.remove(id);
    this.quota.give('contexts');
    if (resource.kind === 'stream') resource.operation.close();
    if (resource.kind === 'keyManagement') for (const guard of [...resource.guards]) this.releaseGuard(guard);
  }

  /** False when there is no such guard any more. */
  releaseGuard(id: number): boolean {
    const resource = this.#resources.get(id);
    if (this.#ended || resource?.kind !== 'key') return false;
    this.#resources.remove(id);
    this.#managementOf(resource.management)?.guards.delete(id);
    resource.entry.release();
    resource.released();
    return true;
  }

  #managementOf(id: number): KeyManagement | undefined {
    const resource = id === 0 ? undefined : this.#resources.get(id);
    return resource?.kind === 'keyManagement' ? resource : undefined;
  }

  /** Ends streams whose keys were taken away. */
  endStreamsOfGoneKeys(): void {
    for (const resource of this.#resources.values()) if (resource.kind === 'stream') resource.operation.endIfKeyIsGone();
  }

  /** Frees everything at once. */
  end(providers: Iterable<Provider>): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const resource of this.#resources.values()) {
      if (resource.kind === 'stream') resource.operation.close();
      if (resource.kind === 'key') {
        resource.entry.release();
        resource.released();
      }
      if (contextKinds.has(resource.kind)) this.quota.give('contexts');
    }
    for (const provider of providers) provider.closeOwner(this.owner);
  }
}
