/** A request that a connection has not answered yet. */
import type { MessageTypes, OperationCodec } from '../protocol/operation-codec.js';

export type AnyCodec = OperationCodec<string, MessageTypes>;

export interface Pending {
  /** 0 until it is sent. */
  id: number;
  readonly codec: AnyCodec;
  readonly input: object;
  readonly timeout: number | undefined;
  readonly decode: (response: object) => unknown;
  readonly late: ((response: object) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Milliseconds that the caller waits; Infinity for no end. */
  readonly wait: number;
  /** When the wait is over, in time of `performance.now`. */
  readonly until: number;
  /** Removes the listener on the caller's signal. */
  unlisten: (() => void) | undefined;
  /** The caller has its answer; the daemon's is still to come. */
  abandoned: boolean;
}
