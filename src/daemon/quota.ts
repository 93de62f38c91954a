/** What one user holds in the daemon, over all its sessions, against the configured limits; and what the daemon holds in all. */
import { KeyslotError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';

export type Counted = 'connections' | 'contexts' | 'keys' | 'inFlight';
const counted: readonly Counted[] = ['connections', 'contexts', 'keys', 'inFlight'];

const words: Readonly<Record<Counted, string>> = {
  connections: 'connections',
  contexts: 'contexts',
  keys: 'keys',
  inFlight: 'requests in flight',
};

/** One user's account. Every `take` is paired with a `give` of the same amount. */
export class Quota {
  readonly uid: number;
  readonly #limits: Limits;
  readonly #total: TotalBytes;
  readonly used: Record<Counted, number> = { connections: 0, contexts: 0, keys: 0, inFlight: 0 };
  bytes = 0;

  constructor(uid: number, limits: Limits, total: TotalBytes) {
    this.uid = uid;
    this.#limits = limits;
    this.#total = total;
  }

  /** @throws QUOTA_EXCEEDED that names the limit; nothing is taken then. */
  take(what: Counted): void {
    if (this.used[what] >= this.#limits[what]) {
      throw new KeyslotError('QUOTA_EXCEEDED', `this user has its limit of ${this.#limits[what]} ${words[what]}`, {
        field: `limits.${what}`,
      });
    }
    this.used[what] += 1;
  }
  give(what: Counted): void {
    this.used[what] -= 1;
  }

  /** False when the bytes would exceed what this user or the whole daemon may hold; nothing is taken then. */
  tryTakeBytes(bytes: number): boolean {
    if (this.bytes + bytes > this.#limits.bytes || !this.#total.tryTake(bytes)) return false;
    this.bytes += bytes;
    return true;
  }
  /** @throws QUOTA_EXCEEDED */
  takeBytes(bytes: number): void {
    if (!this.tryTakeBytes(bytes)) throw quotaOfBytes();
  }
  giveBytes(bytes: number): void {
    this.bytes -= bytes;
    this.#total.give(bytes);
  }

  get idle(): boolean {
    return this.bytes === 0 && counted.every((what) => this.used[what] === 0);
  }
}

export function quotaOfBytes(): KeyslotError {
  return new KeyslotError('QUOTA_EXCEEDED', 'the daemon holds as many bytes as it may for this user or in all', { field: 'limits.bytes' });
}

/** Bytes that the whole daemon holds: requests, what AEAD decryption holds back, queued answers. */
export class TotalBytes {
  readonly #limit: number;
  held = 0;
  constructor(limit: number) {
    this.#limit = limit;
  }
  tryTake(bytes: number): boolean {
    if (this.held + bytes > this.#limit) return false;
    this.held += bytes;
    return true;
  }
  /** For what can't be refused any more, such as an answer that is ready. */
  take(bytes: number): void {
    this.held += bytes;
  }
  give(bytes: number): void {
    this.held -= bytes;
  }
}

/** The accounts of all users; one exists while its user holds something. */
export class Quotas {
  readonly #limits: Limits;
  readonly #byUid = new Map<number, Quota>();
  readonly total: TotalBytes;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.total = new TotalBytes(limits.total);
  }

  of(uid: number): Quota {
    let quota = this.#byUid.get(uid);
    if (quota === undefined) {
      quota = new Quota(uid, this.#limits, this.total);
      this.#byUid.set(uid, quota);
    }
    return quota;
  }
  /** Forgets an account that holds nothing. */
  tidy(uid: number): void {
    if (this.#byUid.get(uid)?.idle === true) this.#byUid.delete(uid);
  }
  sum(what: Counted): number {
    let sum = 0;
    for (const quota of this.#byUid.values()) sum += quota.used[what];
    return sum;
  }
}
