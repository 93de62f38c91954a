/**
 * One streaming operation of a session: the state machine, the order of its calls, what AEAD holds back. The provider's operation
 * below it is called in legal order only, one call at a time.
 */
import { KeyslotError } from '../core/errors.js';
import { andThenOr } from '../providers/answer.js';
import type { Answer, Finalized, OperationSpec, ProviderOperation, Verified, WholeMessage } from '../providers/contract.js';
import { type ContextState, transition } from './context-state.js';
import { HeldBytes } from './held-bytes.js';
import type { KeyEntry } from './key-entry.js';
import { checkIv, NonceMemory } from './nonces.js';
import type { Quota } from './quota.js';
import type { RequestCall } from './request-call.js';

/** Errors after which the stream's position is unknown: nothing but close is left. */
const fatal: ReadonlySet<string> = new Set([
  'OPERATION_TIMED_OUT',
  'OPERATION_CANCELLED',
  'OUTCOME_UNKNOWN',
  'PROVIDER_NOT_AVAILABLE',
  'SESSION_EXPIRED',
  'CONNECTION_FAILED',
]);

export interface HoldLimits {
  /** Most bytes that AEAD decryption holds back. */
  readonly aeadDecrypt: number;
}

export class OperationContext {
  readonly spec: OperationSpec;
  readonly #operation: ProviderOperation;
  readonly #key: KeyEntry | undefined;
  readonly #held: HeldBytes;
  readonly #nonces: NonceMemory | undefined;
  readonly #holdsBack: boolean;
  /** Whether streams end by comparing (MAC and signature verification, AEAD decryption) or by giving a result. */
  readonly #ending: 'finalize' | 'verify';
  #state: ContextState = 'created';
  #closed = false;
  /** The last of the calls under way; undefined while everything runs in line. */
  #tail: Promise<unknown> | undefined;

  /** Takes over one reference of the key. */
  constructor(spec: OperationSpec, operation: ProviderOperation, key: KeyEntry | undefined, quota: Quota, limits: HoldLimits) {
    this.spec = spec;
    this.#operation = operation;
    this.#key = key;
    this.#held = new HeldBytes(quota, limits.aeadDecrypt);
    const { family } = spec.algorithm;
    this.#holdsBack = operation.gathersData === true || (family === 'aead' && spec.direction === 'decrypt');
    const makesTags = family === 'aead' ? spec.direction === 'encrypt' : family === 'gmac' && spec.mode !== 'verify';
    this.#nonces = makesTags ? new NonceMemory() : undefined;
    this.#ending =
      spec.mode === 'verify' || spec.kind === 'verify' || (spec.kind === 'aead' && spec.direction === 'decrypt') ? 'verify' : 'finalize';
  }

  get state(): ContextState {
    return this.#state;
  }

  init(iv: Uint8Array | undefined, call: RequestCall): Answer<void> {
    return this.#run(call, () => {
      const next = transition(this.#state, 'init');
      this.#begin(iv);
      return this.#step(call, next, () => this.#operation.init(iv, call));
    });
  }

  updateAad(aad: Uint8Array, call: RequestCall): Answer<void> {
    return this.#run(call, () => {
      this.#assertTakesAad();
      const next = transition(this.#state, 'updateAad');
      return this.#step(call, next, () => {
        if (this.#operation.gathersAad === true) this.#held.gather(aad.length);
        return this.#operation.updateAad?.(aad, call);
      });
    });
  }

  update(data: Uint8Array, call: RequestCall): Answer<Uint8Array> {
    return this.#run(call, () => {
      const next = transition(this.#state, 'update');
      return this.#step(call, next, () => {
        this.#holdBack(data.length);
        return this.#operation.update(data, call);
      });
    });
  }

  finalize(call: RequestCall): Answer<Finalized> {
    return this.#run(call, () => {
      this.#assertEnding('finalize');
      const next = transition(this.#state, 'finalize');
      return this.#step(call, next, () => this.#operation.finalize(call));
    });
  }

  verify(expected: Uint8Array, call: RequestCall): Answer<Verified> {
    return this.#run(call, () => {
      this.#assertEnding('verify');
      this.#checkTag(expected);
      const next = transition(this.#state, 'finalize');
      return this.#step(call, next, () => this.#verify(expected, call));
    });
  }

  singleShot(message: WholeMessage, call: RequestCall): Answer<Finalized> {
    return this.#run(call, () => {
      this.#assertEnding('finalize');
      this.#checkAad(message);
      const next = transition(this.#state, 'singleShot');
      this.#begin(message.iv);
      return this.#step(call, next, () => {
        this.#holdBack(message.data.length);
        return this.#operation.singleShot?.(message, call) ?? this.#whole(message, call);
      });
    });
  }

  verifySingleShot(message: WholeMessage, expected: Uint8Array, call: RequestCall): Answer<Verified> {
    return this.#run(call, () => {
      this.#assertEnding('verify');
      this.#checkTag(expected);
      this.#checkAad(message);
      const next = transition(this.#state, 'singleShot');
      this.#begin(message.iv);
      return this.#step(call, next, () => {
        this.#holdBack(message.data.length);
        return this.#operation.verifySingleShot?.(message, expected, call) ?? this.#wholeVerified(message, expected, call);
      });
    });
  }

  reset(call: RequestCall): Answer<void> {
    return this.#run(call, () => {
      const next = transition(this.#state, 'reset');
      return andThenOr(
        () => this.#operation.abort(),
        () => {
          this.#held.letGo();
          this.#become(next);
        },
        () => {
          this.#fail();
          throw new KeyslotError('CONTEXT_RESET_FAILED', 'the context could not be reset; close it');
        },
      );
    });
  }

  /**
   * Drops what the operation holds of a key that was taken away, now or as soon as the call under way is back. The next call says that the key is
   * gone.
   */
  endIfKeyIsGone(): void {
    if (this.#key === undefined || this.#key.key.alive) return;
    const end = () => {
      if (this.#closed) return;
      this.#held.letGo();
      void this.#abortQuietly();
    };
    if (this.#tail === undefined) end();
    else this.#tail.then(end, end);
  }

  /** Frees everything, now or as soon as the call under way is back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#state = 'failed';
    const free = () => {
      this.#held.letGo();
      this.#operation.close();
      this.#key?.release();
    };
    if (this.#tail === undefined) free();
    else this.#tail.then(free, free);
  }

  #assertEnding(how: 'finalize' | 'verify'): void {
    if (this.#ending === how) return;
    throw new KeyslotError(
      'INVALID_OPERATION',
      how === 'finalize' ? 'this context verifies; call verify' : 'this context does not verify; call finalize',
    );
  }

  #assertTakesAad(): void {
    if (this.spec.kind !== 'aead')
      throw new KeyslotError('UNSUPPORTED_OPERATION', `a ${this.spec.kind} context has no additional data`, { field: 'aad' });
  }
  /** Additional data must never be left out in silence: its sender takes it for authenticated. */
  #checkAad({ aad }: WholeMessage): void {
    if (aad !== undefined && aad.length > 0) this.#assertTakesAad();
  }

  #checkTag(expected: Uint8Array): void {
    if (this.spec.kind === 'aead' && expected.length !== this.spec.tagLength) {
      throw new KeyslotError('INVALID_ARGUMENT', `the tag of this context has ${this.spec.tagLength} bytes, not ${expected.length}`, {
        field: 'tag',
      });
    }
  }

  /** What must be right before a message starts; nothing has changed when it throws. */
  #begin(iv: Uint8Array | undefined): void {
    checkIv(this.spec, iv);
    if (iv !== undefined) this.#nonces?.use(iv);
    this.#held.letGo();
  }

  #verify(expected: Uint8Array, call: RequestCall): Answer<Verified> {
    if (this.#operation.verify === undefined) throw new KeyslotError('INTERNAL_ERROR', 'the provider can not verify');
    return this.#operation.verify(expected, call);
  }

  async #whole(message: WholeMessage, call: RequestCall): Promise<Finalized> {
    const first = await this.#feed(message, call);
    const last = await this.#operation.finalize(call);
    if (first.length === 0) return last;
    const data = new Uint8Array(first.length + last.data.length);
    data.set(first);
    data.set(last.data, first.length);
    return last.tag === undefined ? { data } : { data, tag: last.tag };
  }
  async #wholeVerified(message: WholeMessage, expected: Uint8Array, call: RequestCall): Promise<Verified> {
    await this.#feed(message, call);
    return this.#verify(expected, call);
  }
  async #feed(message: WholeMessage, call: RequestCall): Promise<Uint8Array> {
    await this.#operation.init(message.iv, call);
    if (message.aad !== undefined && message.aad.length > 0) await this.#operation.updateAad?.(message.aad, call);
    return this.#operation.update(message.data, call);
  }

  #holdBack(bytes: number): void {
    if (this.#holdsBack) this.#held.holdBack(bytes);
  }

  /** Does a legal step's work; on error the stream is over, and after some errors the context too. */
  #step<T>(call: RequestCall, next: ContextState, work: () => Answer<T>): Answer<T> {
    return andThenOr(
      () => {
        this.#key?.assertAlive();
        return work();
      },
      (value) => {
        if (call.abandoned) this.#fail();
        else this.#become(next);
        if (next === 'finalised') this.#held.letGo();
        return value;
      },
      (error) => {
        this.#held.letGo();
        if (call.abandoned || fatal.has((error as { code?: string }).code ?? '')) this.#fail();
        else this.#endStream();
        throw error;
      },
    );
  }
  /** Failed is for good: a call that was given up while it waited behind this step has left a hole in the stream. */
  #become(next: ContextState): void {
    if (this.#state === 'failed') void this.#abortQuietly();
    else this.#state = next;
  }
  #fail(): void {
    this.#state = 'failed';
    void this.#abortQuietly();
  }
  #endStream(): void {
    this.#become('finalised');
    void this.#abortQuietly();
  }
  async #abortQuietly(): Promise<void> {
    try {
      await this.#operation.abort();
    } catch {
      this.#state = 'failed';
    }
  }

  /** Calls on one context run in the order in which they came. A call that nobody waits for any more fails the context. */
  #run<T>(call: RequestCall, work: () => Answer<T>): Answer<T> {
    const go = (): Answer<T> => {
      if (this.#closed) throw new KeyslotError('CONTEXT_ALREADY_DESTROYED', 'the context was closed', { field: 'context' });
      return work();
    };
    if (this.#tail === undefined) {
      const answer = go();
      return answer instanceof Promise ? this.#track(call, answer) : answer;
    }
    return this.#track(
      call,
      this.#tail.then(() => {
        if (call.reason !== undefined) throw call.reason;
        return go();
      }),
    );
  }
  #track<T>(call: RequestCall, answer: Promise<T>): Promise<T> {
    call.onAbandoned(() => {
      this.#state = 'failed';
    });
    const tail: Promise<void> = answer.then(
      () => this.#untrack(tail),
      () => this.#untrack(tail),
    );
    this.#tail = tail;
    return answer;
  }
  #untrack(tail: Promise<void>): void {
    if (this.#tail === tail) this.#tail = undefined;
  }
}
