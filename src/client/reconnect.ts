/** How a lost connection is taken up again. */
import { KeyslotError } from '../core/errors.js';

export interface ReconnectPolicy {
  /** Milliseconds before the second attempt; it doubles with each. */
  readonly initialDelay: number;
  readonly maxDelay: number;
  readonly attempts: number;
}

export const usualPolicy: ReconnectPolicy = { initialDelay: 50, maxDelay: 2000, attempts: 8 };

/** @throws INVALID_ARGUMENT */
export function reconnectPolicy(given: false | Partial<ReconnectPolicy> | undefined): ReconnectPolicy | false {
  if (given === false) return false;
  const policy = { ...usualPolicy, ...given };
  for (const [name, value] of Object.entries(policy)) {
    if (!Number.isFinite(value) || value < 0)
      throw new KeyslotError('INVALID_ARGUMENT', `reconnect.${name} must be a number, 0 or more`, { field: `reconnect.${name}` });
  }
  return policy;
}

/** Milliseconds before attempt n (from 1), with jitter so that many clients do not come back at once. */
export function delayBefore(attempt: number, policy: ReconnectPolicy): number {
  const full = Math.min(policy.maxDelay, policy.initialDelay * 2 ** (attempt - 1));
  return full * (0.5 + Math.random() / 2);
}

/** Only a daemon that can't be reached is tried again. */
function goesOn(error: unknown, attempt: number, policy: ReconnectPolicy): boolean {
  return error instanceof KeyslotError && error.code === 'CONNECTION_FAILED' && attempt < policy.attempts;
}

export async function retryAsync<T>(policy: ReconnectPolicy, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!goesOn(error, attempt, policy)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayBefore(attempt, policy)));
    }
  }
}

export function retryBlocking<T>(policy: ReconnectPolicy, work: () => T): T {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!goesOn(error, attempt, policy)) throw error;
      Atomics.wait(sleeper, 0, 0, delayBefore(attempt, policy));
    }
  }
}
