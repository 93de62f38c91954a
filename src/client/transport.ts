/** What the client needs of a connection to the daemon. */
import { KeyslotError } from '../core/errors.js';
import { MiB } from '../core/limits.js';
import type { HelloResponse, Messages } from '../protocol/generated/messages.js';
import type { Mode, Result } from './mode.js';

/** Bytes of long messages whose memory a connection keeps for the next ones. */
export const keptBytes = 8 * MiB;

export interface CallOptions {
  /** Gives the call up; looked at before sending only in the blocking manner. */
  signal?: AbortSignal;
  /** Milliseconds; 0 asks for no deadline, which the daemon grants only where its configuration allows. */
  timeout?: number;
}

export interface TransportRequest<N extends keyof Messages, R> {
  readonly name: N;
  readonly input: Messages[N]['requestInput'];
  /** Keeps nothing of the response: its memory is used again. */
  readonly decode: (response: Messages[N]['response']) => R;
  /** Milliseconds; 0 for none; undefined for the daemon's default. */
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Gets an answer that came when the caller had given up, so that what it made can be freed. */
  readonly late?: (response: Messages[N]['response']) => void;
}

export interface Transport<M extends Mode> {
  readonly mode: M;
  /** What the daemon told at hello. */
  readonly hello: HelloResponse;
  /** True once nothing can be asked any more. */
  readonly lost: boolean;
  request<N extends keyof Messages, R>(request: TransportRequest<N, R>): Result<M, R>;
  /** Asks without waiting, for releases of things that their owner forgot. */
  post<N extends keyof Messages>(name: N, input: Messages[N]['requestInput']): void;
  /** Lets what is in flight finish, then leaves. */
  close(): Result<M, void>;
  /** Leaves at once; calls in flight fail with CONNECTION_FAILED. */
  destroy(error?: Error): void;
}

/** @throws INVALID_ARGUMENT */
export function checkTimeout(timeout: number | undefined, field: string): void {
  if (timeout === undefined || (Number.isFinite(timeout) && timeout >= 0)) return;
  throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a number of milliseconds, 0 or more`, { field });
}

export function timedOut(name: string, ms: number): KeyslotError {
  return new KeyslotError('OPERATION_TIMED_OUT', `${name} was not answered within ${ms} ms`);
}
export function cancelled(signal: AbortSignal): KeyslotError {
  return new KeyslotError('OPERATION_CANCELLED', 'the call was given up by its signal; it may have been executed', {
    cause: signal.reason,
  });
}
export function connectionLost(cause?: unknown): KeyslotError {
  return new KeyslotError('CONNECTION_FAILED', 'the connection to the daemon was lost', { retryable: false, cause });
}
export function sessionExpired(): KeyslotError {
  return new KeyslotError('SESSION_EXPIRED', 'the session ended with its connection; make a new crypto context');
}
