/** All sessions: one per client process that the kernel lets us see, else one per socket. */
import type { Provider } from '../providers/contract.js';
import type { Access } from './access.js';
import type { Caller } from './caller.js';
import type { OpaqueIds } from './opaque-ids.js';
import type { Quotas } from './quota.js';
import { Session } from './session.js';

export class Sessions {
  readonly #byKey = new Map<string, Session>();
  readonly #all = new Set<Session>();
  readonly #access: Access;
  readonly #quotas: Quotas;
  readonly #providers: readonly Provider[];
  readonly #ids: OpaqueIds;
  #lastOwner = 0;

  constructor(access: Access, quotas: Quotas, providers: readonly Provider[], ids: OpaqueIds) {
    this.#access = access;
    this.#quotas = quotas;
    this.#providers = providers;
    this.#ids = ids;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Joins a socket to the session of its process. @throws QUOTA_EXCEEDED for one connection too many. */
  join(caller: Caller): Session {
    const quota = this.#quotas.of(caller.uid);
    quota.take('connections');
    let session = caller.sessionKey === undefined ? undefined : this.#byKey.get(caller.sessionKey);
    if (session === undefined) {
      this.#lastOwner += 1;
      session = new Session(this.#lastOwner, caller, quota, this.#access.grantsOf(caller), this.#ids);
      if (caller.sessionKey !== undefined) this.#byKey.set(caller.sessionKey, session);
      this.#all.add(session);
    }
    session.sockets += 1;
    return session;
  }

  /** Keys were taken away while contexts used them. */
  endStreamsOfGoneKeys(): void {
    for (const session of this.#all) session.endStreamsOfGoneKeys();
  }

  /** A socket is gone; the last one ends the session. */
  leave(session: Session): void {
    session.sockets -= 1;
    session.quota.give('connections');
    if (session.sockets === 0) {
      this.#all.delete(session);
      const key = session.caller.sessionKey;
      if (key !== undefined && this.#byKey.get(key) === session) this.#byKey.delete(key);
      session.end(this.#providers);
    }
    this.#quotas.tidy(session.quota.uid);
  }
}
