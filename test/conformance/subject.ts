/** A kind of streaming context with an algorithm, seen in one way, so that one walk goes over all of them. */
import type { CallOptions } from '../../src/client/index.js';
import type { Bench } from './bench.js';

/** What a finished message must have given: bytes, a judgement of them, or the refusal OPERATION_FAILED. */
export type Expected = Uint8Array | ((found: Uint8Array) => boolean) | 'refused';

export interface Told {
  readonly message: Uint8Array;
  readonly aad: Uint8Array;
}

/** One context. Verifying ones answer one byte: 1 for a match. */
export interface Driver {
  init(): Promise<void>;
  /** Of AEAD. */
  updateAad?(aad: Uint8Array): Promise<void>;
  update(data: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  /** Ends the stream of what it was told. */
  finish(told: Told): Promise<Uint8Array>;
  single(message: Uint8Array): Promise<Uint8Array>;
  reset(): Promise<void>;
  close(): Promise<void>;
  /** What a stream, or a single call, of so much must give. */
  expected(told: Told): Expected;
}

export interface Subject {
  /** `hash SHA-256` */
  readonly name: string;
  open(bench: Bench): Promise<Driver>;
  /** The next part of a stream that has taken so many bytes. */
  piece(at: number): Uint8Array;
  /** A whole message of about so many bytes, at most so many. */
  whole(size: number): Uint8Array;
  readonly hasAad: boolean;
}
