/** One operation on the token as the daemon sees it: gathers what the host needs first, then asks it. */
import { timingSafeEqual } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import type { Answer, Call, Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import type { CostClass } from '../hosting/cost.js';
import type { Messages } from '../hosting/generated/messages.js';
import type { OperationUse } from '../hosting/host-enumerations.js';
import { assertWanted } from './calls.js';
import { longestAad } from './capabilities.js';
import type { TokenKey } from './token-key.js';
import type { TokenLink } from './token-link.js';

type Job = Omit<Messages['operate']['requestInput'], 'key' | 'data' | 'expected'>;
interface Stream {
  readonly number: number;
  readonly epoch: number;
  readonly caller: number;
}

export interface OperationPlan {
  readonly use: OperationUse;
  /** Of the call that does the work. */
  readonly cost: CostClass;
  /** What does not change from one message to the next. */
  readonly job: Job;
  readonly key: TokenKey | undefined;
  /** Bytes of a nonce of AEAD, at most. */
  readonly longestNonce: number;
  /** The host has the whole message in memory before it works. */
  readonly gathers: boolean;
  /** Whether the result is compared here: MACs in mode verify. */
  readonly compares: boolean;
}

const nothing = new Uint8Array(0);
/** Longer parts go to the host in pieces, so that requests of others get their turn in between, on the way and in the host. */
const longestPiece = 1 << 20;

export class TokenOperation implements ProviderOperation {
  readonly #link: TokenLink;
  readonly #plan: OperationPlan;
  #iv: Uint8Array = nothing;
  readonly gathersAad = true;
  readonly gathersData: boolean;
  #aad: Uint8Array[] = [];
  #aadSize = 0;
  #stream: Stream | undefined;

  constructor(link: TokenLink, plan: OperationPlan) {
    this.#link = link;
    this.#plan = plan;
    this.gathersData = plan.gathers;
  }

  init(iv: Uint8Array | undefined): void {
    this.abort();
    this.#iv = checkedNonce(this.#plan, Uint8Array.from(iv ?? nothing));
  }

  updateAad(aad: Uint8Array): void {
    checkAad(this.#aadSize + aad.length);
    this.#aadSize += aad.length;
    this.#aad.push(Uint8Array.from(aad));
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    if (data.length === 0) return nothing;
    return data.length > longestPiece ? this.#updateInPieces(data, call) : this.#updateOnce(data, call);
  }

  #updateOnce(data: Uint8Array, call: Call): Promise<Uint8Array> {
    return this.#stream === undefined ? this.#begin(data, call) : this.#continue(this.#stream, data, call);
  }

  async #updateInPieces(data: Uint8Array, call: Call): Promise<Uint8Array> {
    const outputs: Uint8Array[] = [];
    for (let at = 0; at < data.length; at += longestPiece) {
      assertWanted(call);
      outputs.push(await this.#updateOnce(data.subarray(at, at + longestPiece), call));
    }
    return Buffer.concat(outputs);
  }

  async finalize(call: Call): Promise<Finalized> {
    return this.#finalized(await this.#finish(nothing, call));
  }

  async verify(expected: Uint8Array, call: Call): Promise<Verified> {
    return this.#verified(expected, await this.#finish(this.#plan.compares ? nothing : expected, call));
  }

  async singleShot(message: WholeMessage, call: Call): Promise<Finalized> {
    return this.#finalized(await this.#whole(message, nothing, call));
  }

  async verifySingleShot(message: WholeMessage, expected: Uint8Array, call: Call): Promise<Verified> {
    return this.#verified(expected, await this.#whole(message, this.#plan.compares ? nothing : expected, call));
  }

  abort(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    this.#aad = [];
    this.#aadSize = 0;
    if (stream !== undefined && stream.epoch === this.#link.epoch) this.#link.tell('abortStream', { stream: stream.number }, stream.caller);
  }

  close(): void {
    this.abort();
  }

  async #begin(data: Uint8Array, call: Call): Promise<Uint8Array> {
    const key = await this.#key(call);
    const stream = { number: this.#link.nextNumber(), epoch: this.#link.epoch, caller: call.caller };
    this.#stream = stream;
    const job = { ...this.#plan.job, iv: this.#iv, aad: Buffer.concat(this.#aad), key, data, stream: stream.number, caller: call.caller };
    return (await this.#ask('beginStream', job, 'short', call)).data;
  }

  async #continue(stream: Stream, data: Uint8Array, call: Call): Promise<Uint8Array> {
    this.#assertAlive(stream);
    return (await this.#ask('updateStream', { stream: stream.number, data }, 'short', call)).data;
  }

  async #finish(expected: Uint8Array, call: Call): Promise<Outcome> {
    const stream = this.#stream;
    if (stream === undefined) return this.#operate(this.#iv, Buffer.concat(this.#aad), nothing, expected, call);
    this.#assertAlive(stream);
    const outcome = await this.#ask('finishStream', { stream: stream.number, expected }, this.#plan.cost, call);
    this.#stream = undefined;
    return outcome;
  }

  #whole(message: WholeMessage, expected: Uint8Array, call: Call): Promise<Outcome> {
    const { iv = nothing, aad = nothing, data } = message;
    if (data.length > longestPiece) return this.#wholeInPieces(message, expected, call);
    checkAad(aad.length);
    return this.#operate(checkedNonce(this.#plan, iv), aad, data, expected, call);
  }

  /** As a stream; in one request after all where the token has no session for a stream. */
  async #wholeInPieces({ iv, aad = nothing, data }: WholeMessage, expected: Uint8Array, call: Call): Promise<Outcome> {
    this.init(iv);
    this.updateAad(aad);
    try {
      const first = await this.#updateInPieces(data, call);
      const last = await this.#finish(expected, call);
      return first.length === 0 ? last : { ...last, data: Buffer.concat([first, last.data]) };
    } catch (error) {
      this.abort();
      if (!(error instanceof KeyslotError) || error.code !== 'PROVIDER_BUSY') throw error;
      return this.#operate(this.#iv, aad, data, expected, call);
    }
  }

  async #operate(iv: Uint8Array, aad: Uint8Array, data: Uint8Array, expected: Uint8Array, call: Call): Promise<Outcome> {
    const key = await this.#key(call);
    return this.#ask('operate', { ...this.#plan.job, iv, aad, key, data, expected }, this.#plan.cost, call);
  }

  #key(call: Call): Answer<number> {
    return this.#plan.key === undefined ? 0 : this.#plan.key.number(call);
  }

  async #ask<N extends keyof Messages>(
    name: N,
    input: Messages[N]['requestInput'],
    cost: CostClass,
    call: Call,
  ): Promise<Messages[N]['response']> {
    try {
      return await this.#link.request(name, input, cost, call);
    } catch (error) {
      if (error instanceof KeyslotError && error.code === 'KEY_SLOT_EMPTY') this.#plan.key?.gone();
      throw error;
    }
  }

  #assertAlive(stream: Stream): void {
    if (stream.epoch === this.#link.epoch) return;
    this.#stream = undefined;
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', 'the stream was lost with the host of its token');
  }

  #finalized({ data, tag }: Outcome): Finalized {
    return hasTag(this.#plan) ? { data, tag } : { data };
  }

  #verified(expected: Uint8Array, { data, valid }: Outcome): Verified {
    if (this.#plan.compares) return { valid: data.length === expected.length && timingSafeEqual(data, expected) };
    // Only AEAD decryption gives data; it throws when the tag is wrong.
    return this.#plan.use === 'decrypt' ? { valid: true, data } : { valid: valid !== 0 };
  }
}

type Outcome = Messages['operate']['response'];

function hasTag({ job }: OperationPlan): boolean {
  return (job.tagLength ?? 0) > 0;
}

/** @throws INVALID_ARGUMENT */
function checkedNonce(plan: OperationPlan, iv: Uint8Array): Uint8Array {
  const { longestNonce } = plan;
  if (!hasTag(plan) || (iv.length >= 1 && iv.length <= longestNonce)) return iv;
  throw new KeyslotError('INVALID_ARGUMENT', `this token takes nonces of 1 to ${longestNonce} bytes`, { field: 'nonce' });
}

/** @throws QUOTA_EXCEEDED */
function checkAad(size: number): void {
  if (size > longestAad)
    throw new KeyslotError('QUOTA_EXCEEDED', `a token takes at most ${longestAad} bytes of additional data`, { field: 'aad' });
}
