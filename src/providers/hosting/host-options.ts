/** What a host is made of and asked with. */
import type { MessageTypes, OperationCodec } from '../../protocol/operation-codec.js';
import type { Call } from '../contract.js';
import type { CostClass, HangLimits } from './cost.js';

/** Types of a host's messages by operation name. */
export type MessageMap = Readonly<Record<string, MessageTypes>>;
export type Codecs<M> = { readonly [N in keyof M & string]: OperationCodec<N, M[N] & MessageTypes> };

export interface HostLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/** Thrown by `prepare` or `descriptors`: starting again by itself is no use, or does harm. */
export class HostRefused extends Error {}

export interface HostOptions<M> {
  /** For log and errors. */
  readonly name: string;
  readonly script: string;
  readonly codecs: Codecs<M>;
  readonly env: Readonly<Record<string, string>>;
  readonly threads: number;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly hang: HangLimits;
  readonly log: HostLog;
  /** Called before each start; the descriptors become 4, 5 … of the child. */
  readonly descriptors?: () => readonly number[];
  /** Makes a started child usable; requests wait until it resolves. */
  readonly prepare: (ask: Ask<M>) => Promise<void>;
  /** The child is gone, and with it all that it held. */
  readonly onLost?: () => void;
  /** A host whose work can't be stopped otherwise is ended when nobody waits for any of it. */
  readonly killWhenAbandoned?: boolean;
}

/** A request that goes out at once, for `prepare`. */
export type Ask<M> = <N extends keyof M & string>(name: N, input: Input<M, N>) => Promise<Output<M, N>>;
export type Input<M, N extends keyof M> = M[N] extends MessageTypes ? M[N]['requestInput'] : never;
export type Output<M, N extends keyof M> = M[N] extends MessageTypes ? M[N]['response'] : never;

export interface RequestOptions<R> {
  readonly cost: CostClass;
  readonly call: Call;
  /** Gets an answer that came after the caller had given up, so that what it made can be freed. */
  readonly onLate?: (response: R) => void;
}
