/** The form of an operation in the host: whole in one call, or as a stream. Every family of algorithms is one of these. */
import type { HashName, OperationRow } from '../../../core/algorithms.js';
import type { Answer } from '../../contract.js';
import type { OperationUse } from '../../hosting/host-enumerations.js';
import type { HostContext } from './host-context.js';

/** What is asked for. Buffers are the request's: they are wiped with its answer, so who keeps some copies them. */
export interface Job<R extends OperationRow = OperationRow> {
  readonly row: R;
  readonly use: OperationUse;
  /** The daemon's number; 0 without a key. */
  readonly key: number;
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  readonly tagLength: number;
  readonly outputLength: number;
  readonly saltLength: number;
  readonly derSignature: boolean;
  /** The algorithm's own when undefined. */
  readonly mgfHash: HashName | undefined;
  readonly label: Uint8Array;
  /** Whether whole blocks are padded. */
  readonly padded: boolean;
  /** The data is a digest already. */
  readonly prehashed: boolean;
}

export interface Result {
  readonly data?: Uint8Array;
  readonly tag?: Uint8Array;
  readonly valid?: boolean;
}

export interface HostStream {
  /** True when it keeps a session of the token, which it loses when it is idle. */
  readonly holdsSession: boolean;
  update(data: Uint8Array): Answer<Uint8Array>;
  /** The last call. `expected`: signature or tag to compare with; empty where there is none. */
  finish(expected: Uint8Array): Answer<Result>;
  /** Drops everything; nothing is under way. Never throws. */
  abort(): void;
}

export interface HostOperation {
  whole(context: HostContext, job: Job, data: Uint8Array, expected: Uint8Array): Answer<Result>;
  /** @throws PROVIDER_BUSY when it needs a session and may not have one */
  begin(context: HostContext, job: Job, caller: number): HostStream;
}

export const nothing = new Uint8Array(0);
