/**
 * Sessions on which operations run, one operation each at a time. Whole messages wait for a session; streams, which keep theirs,
 * are refused when they would take the last one or more than a caller's share.
 */
import { KeyslotError } from '../../../core/errors.js';
import { andThenOr } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { CKR } from '../cryptoki.js';
import type { Handle } from './module.js';
import { returnValueOf } from './return-values.js';

/** Milliseconds. */
const askAgainAfter = 1000;

export interface SessionSource {
  open(): Handle;
  close(session: Handle): void;
}

interface Waiter {
  readonly resolve: (session: Handle) => void;
  readonly reject: (error: unknown) => void;
}

export class SessionPool {
  readonly #source: SessionSource;
  readonly #idle: Handle[] = [];
  readonly #waiting: Waiter[] = [];
  readonly #streamsOf = new Map<number, number>();
  readonly #most: number;
  /** When the token last had no more; it may have some again, since others share it. */
  #refusedAt = Number.NEGATIVE_INFINITY;
  #openThen = 0;
  #open = 0;
  #streams = 0;

  /** `limit`: at most so many sessions, 2 or more. */
  constructor(source: SessionSource, limit: number) {
    this.#source = source;
    this.#most = limit;
  }

  /** Sinks for a while when the token turns out to have fewer. */
  get #limit(): number {
    return performance.now() - this.#refusedAt < askAgainAfter ? this.#openThen : this.#most;
  }

  get open(): number {
    return this.#open;
  }
  get busy(): number {
    return this.#open - this.#idle.length;
  }

  /** Runs one operation on a session of its own, which is replaced when the operation fails. */
  use<T>(work: (session: Handle) => Answer<T>): Answer<T> {
    const session = this.#take();
    return session instanceof Promise ? session.then((handle) => this.#run(handle, work)) : this.#run(session, work);
  }

  #run<T>(session: Handle, work: (session: Handle) => Answer<T>): Answer<T> {
    return andThenOr(
      () => work(session),
      (value) => {
        this.#giveBack(session, true);
        return value;
      },
      (error) => {
        this.#giveBack(session, false);
        throw error;
      },
    );
  }

  /** @throws PROVIDER_BUSY */
  takeForStream(caller: number): Handle {
    const own = this.#streamsOf.get(caller) ?? 0;
    const most = this.#limit - 1;
    const share = Math.max(1, Math.floor((most * 3) / 4));
    if (this.#streams >= most) throw busy(`all ${most} sessions that the token has for streams are in use`);
    if (own >= share) throw busy(`one caller may have ${share} streams on the token at once`);
    this.#secureTwo();
    const session = this.#idle.pop() ?? this.#openIfAllowed();
    if (session === undefined || this.#open - this.#streams < 2) {
      if (session !== undefined) this.#giveBack(session, true);
      throw busy('the token has no session left');
    }
    this.#streams += 1;
    this.#streamsOf.set(caller, own + 1);
    return session;
  }

  /** `clean`: no operation is active on it. */
  giveBackFromStream(session: Handle, caller: number, clean: boolean): void {
    this.#streams -= 1;
    const own = (this.#streamsOf.get(caller) ?? 1) - 1;
    if (own === 0) this.#streamsOf.delete(caller);
    else this.#streamsOf.set(caller, own);
    this.#giveBack(session, clean);
  }

  #take(): Answer<Handle> {
    const session = this.#idle.pop() ?? this.#openIfAllowed();
    if (session !== undefined) return session;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** One for a stream and one that stays for whole messages, as far as the token has them. */
  #secureTwo(): void {
    while (this.#open - this.#streams < 2) {
      const session = this.#openIfAllowed();
      if (session === undefined) return;
      this.#idle.push(session);
    }
  }

  /** Undefined when there are as many as there may be. */
  #openIfAllowed(): Handle | undefined {
    if (this.#open >= this.#limit) return undefined;
    try {
      const session = this.#source.open();
      this.#open += 1;
      return session;
    } catch (error) {
      if (returnValueOf(error) !== CKR.SESSION_COUNT || this.#open === 0) throw error;
      this.#refusedAt = performance.now();
      this.#openThen = this.#open;
      return undefined;
    }
  }

  #giveBack(session: Handle, clean: boolean): void {
    if (clean) {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(session);
      else next.resolve(session);
      return;
    }
    this.#open -= 1;
    this.#source.close(session);
    this.#serveNext();
  }

  /** After a failure nobody else may come back to serve those who wait: with no session at all, they are told. */
  #serveNext(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        const fresh = this.#openIfAllowed();
        if (fresh === undefined) this.#waiting.unshift(next);
        else next.resolve(fresh);
        return;
      } catch (error) {
        next.reject(error);
        if (this.#open > 0) return;
      }
    }
  }
}

function busy(why: string): KeyslotError {
  return new KeyslotError('PROVIDER_BUSY', why);
}
