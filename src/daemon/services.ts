/** What handlers work with: one object made by the daemon at start. */
import type { Limits } from '../core/limits.js';
import type { HealthStatus } from '../core/vocabulary.js';
import type { Policy } from '../policy/policy.js';
import type { Messages } from '../protocol/generated/messages.js';
import type { RoomPool } from '../protocol/message-room.js';
import type { Answer } from '../providers/contract.js';
import type { Log } from './log.js';
import type { ProviderRegistry } from './providers-of.js';
import type { RequestCall } from './request-call.js';
import type { Session } from './session.js';

export interface Services {
  readonly registry: ProviderRegistry;
  readonly policy: Policy;
  readonly limits: Limits;
  readonly log: Log;
  readonly version: string;
  /** Memory of long messages, of all connections. */
  readonly rooms: RoomPool;
  readonly health: () => { readonly status: HealthStatus; readonly uptime: number };
}

export type OperationName = keyof Messages;

/** An answer that owns something, freed when nobody receives it any more. `encoded` runs when its bytes are in the output. */
export class Made<R> {
  readonly response: R;
  readonly undo: () => void;
  readonly encoded: (() => void) | undefined;
  constructor(response: R, undo: () => void, encoded?: () => void) {
    this.response = response;
    this.undo = undo;
    this.encoded = encoded;
  }
}

export type Handler<N extends OperationName> = (
  session: Session,
  request: Messages[N]['request'],
  call: RequestCall,
  services: Services,
) => Answer<Messages[N]['responseInput'] | Made<Messages[N]['responseInput']>>;

/** Handlers of some operations. */
export type Handlers<N extends OperationName> = { readonly [K in N]: Handler<K> };
