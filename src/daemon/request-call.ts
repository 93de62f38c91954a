/** One request under way: answered once, or abandoned once, whichever comes first. */
import type { KeyslotError } from '../core/errors.js';
import type { Call } from '../providers/contract.js';

export class RequestCall implements Call {
  readonly caller: number;
  /** Why nobody waits any more. */
  reason: KeyslotError | undefined;
  #listeners: (() => void)[] | undefined;
  #settled = false;
  readonly #expires: number;

  /** @param expires when its deadline passes, on the clock of `performance` */
  constructor(caller: number, expires = Number.POSITIVE_INFINITY) {
    this.caller = caller;
    this.#expires = expires;
  }

  get abandoned(): boolean {
    return this.reason !== undefined || this.expired;
  }

  /** The deadline has passed. Work in line holds the loop, so that no timer tells. */
  get expired(): boolean {
    return this.#expires !== Number.POSITIVE_INFINITY && performance.now() > this.#expires;
  }

  onAbandoned(listener: () => void): void {
    if (this.reason !== undefined) listener();
    else if (!this.#settled) {
      if (this.#listeners === undefined) this.#listeners = [listener];
      else this.#listeners.push(listener);
    }
  }

  /** False when it was already answered or abandoned. */
  abandon(reason: KeyslotError): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    if (listeners !== undefined) for (const listener of listeners) listener();
    return true;
  }

  /** Marks it answered; false when it was abandoned before. */
  settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#listeners = undefined;
    return true;
  }
}

/** The daemon's own work on behalf of nobody. */
export function internalCall(): RequestCall {
  return new RequestCall(-1);
}
