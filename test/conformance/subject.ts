/** A kind of streaming context with an algorithm, seen in one way, so that one walk goes over all of them. */
import type { CallOptions } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import type { Claim } from './claims.js';

/** The code that a finished message is refused with. */
export type Refusal = 'OPERATION_FAILED' | 'INVALID_ARGUMENT';
/** What a finished message must have given: bytes, a judgement of them, or a refusal. */
export type Expected = Uint8Array | ((found: Uint8Array) => boolean) | Refusal;

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
  /** Of contexts that tell how much room an output needs. */
  readonly output?: {
    size(input: number): number;
    single(message: Uint8Array, output: Uint8Array): Promise<Uint8Array>;
  };
}

/**
 * `full`: every sequence of steps, messages of many sizes; one for each way through a provider. `short`: every illegal step in every
 * state, and messages of some sizes.
 */
export type Walk = 'full' | 'short';

export interface SubjectTraits {
  readonly walk?: Walk;
  /** What the provider must claim for it; without it the subject is left out. */
  readonly needs?: readonly Claim[];
  /** Claims say nothing of its parameters: opening it must work or be UNSUPPORTED_ALGORITHM, which leaves it out. */
  readonly tried?: true;
  /** Each result takes tens of milliseconds. */
  readonly costly?: true;
  /** Takes messages of 64 MiB, and is tried with them. */
  readonly big?: true;
}

export interface Subject {
  /** `hash SHA-256` */
  readonly name: string;
  readonly walk: Walk;
  readonly needs: readonly Claim[];
  readonly tried: boolean;
  readonly costly: boolean;
  readonly big: boolean;
  readonly hasAad: boolean;
  /** Single calls are refused where every message needs an IV that they can't carry. */
  readonly hasSingle: boolean;
  open(bench: Bench): Promise<Driver>;
  /** The next part of a stream that has taken so many bytes; empty where the message can't go on. */
  piece(at: number): Uint8Array;
  /** A whole message of so many bytes, or about so many where there is none. */
  whole(size: number): Uint8Array;
}

/** What most subjects have in common: messages of any bytes. */
export abstract class AnySubject {
  readonly name: string;
  readonly walk: Walk;
  readonly needs: readonly Claim[];
  readonly tried: boolean;
  readonly costly: boolean;
  readonly big: boolean;
  readonly hasAad: boolean = false;
  readonly hasSingle: boolean = true;

  constructor(name: string, needs: readonly Claim[], traits: SubjectTraits) {
    this.name = name;
    this.walk = traits.walk ?? 'short';
    this.tried = traits.tried ?? false;
    this.costly = traits.costly ?? false;
    this.big = traits.big ?? false;
    const tried: readonly Claim[] = this.tried ? [triedClaim(name)] : [];
    this.needs = [...needs, ...(traits.needs ?? []), ...tried];
  }
}

/** Stands in a provider's claims when the subject was tried and works. */
export const triedClaim = (name: string): Claim => [`subject ${name}`, 'tried'];
