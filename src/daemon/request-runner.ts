/**
 * Runs the requests of one connection: at most one answer each, at their deadline at the latest. A result that nobody receives any
 * more is freed, so that a late key can't be left ownerless.
 */
import { KeyslotError } from '../core/errors.js';
import { deadlineDefault, deadlineNone } from '../protocol/frame-header.js';
import type { FrameWriter } from '../protocol/frame-writer.js';
import type { Message } from '../protocol/message.js';
import type { MessageTypes, OperationCodec } from '../protocol/operation-codec.js';
import { handlerOf } from './dispatch.js';
import { RequestCall } from './request-call.js';
import { Made, type Services } from './services.js';
import type { Session } from './session.js';

export interface DeadlineRules {
  readonly default: number;
  readonly max: number;
  readonly allowNone: boolean;
}

/** Milliseconds that a request has; undefined for no deadline. */
export function effectiveDeadline(word: number, rules: DeadlineRules): number | undefined {
  if (word === deadlineDefault) return rules.default;
  if (word === deadlineNone) return rules.allowNone ? undefined : rules.max;
  return Math.min(word, rules.max);
}

type AnyCodec = OperationCodec<string, MessageTypes>;

interface Running {
  readonly codec: AnyCodec;
  readonly call: RequestCall;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * What this operation brings is used up when it is answered, also by a provider that was slower than the deadline: providers copy what they gather.
 * Others may keep a part of their request (additional data, a key), so their memory is left to the collector.
 */
const consumed = 'update';

const longestTimer = 0x7fffffff;

export class RequestRunner {
  readonly #session: Session;
  readonly #services: Services;
  readonly #rules: DeadlineRules;
  readonly #out: FrameWriter;
  /** Tells the connection that answers wait in the writer. */
  readonly #answered: () => void;
  /** Requests that were not done in line, by id. */
  readonly #running = new Map<number, Running>();

  constructor(session: Session, services: Services, rules: DeadlineRules, out: FrameWriter, answered: () => void) {
    this.#session = session;
    this.#services = services;
    this.#rules = rules;
    this.#out = out;
    this.#answered = answered;
  }

  get running(): number {
    return this.#running.size;
  }

  /** @throws FRAME_INVALID for what ends the connection: a malformed body, an id that is in use */
  run(codec: AnyCodec, message: Message): void {
    const { quota } = this.#session;
    const handler = handlerOf(codec.name);
    let request: object;
    try {
      if (this.#running.has(message.request)) throw new KeyslotError('FRAME_INVALID', `request ${message.request} is under way already`);
      request = codec.decodeRequest(message.bytes, message.view, message.start, message.end);
      if (handler === undefined) throw new KeyslotError('FRAME_INVALID', `${codec.name} is not possible here`);
    } catch (error) {
      quota.giveBytes(message.charge);
      throw error;
    }
    const ms = effectiveDeadline(message.word, this.#rules);
    const call = new RequestCall(this.#session.caller.uid, ms === undefined ? undefined : performance.now() + ms);
    try {
      quota.take('inFlight');
    } catch (error) {
      quota.giveBytes(message.charge);
      this.#refuse(codec, message.request, error);
      return;
    }
    const done = () => {
      quota.give('inFlight');
      quota.giveBytes(message.charge);
      if (message.room !== undefined && codec.name === consumed) this.#services.rooms.give(message.room);
    };
    let result: ReturnType<typeof handler>;
    try {
      result = handler(this.#session, request, call, this.#services);
    } catch (error) {
      this.#refuse(codec, message.request, error);
      done();
      return;
    }
    if (result instanceof Promise) {
      this.#follow(codec, message, call, ms, result, done);
      return;
    }
    if (call.expired) {
      free(result);
      this.#refuse(codec, message.request, timedOut(codec, ms));
    } else this.#give(codec, message.request, result);
    done();
  }

  /** Gives a request up; false when it is unknown or was answered. */
  cancel(request: number): boolean {
    return this.#abandon(request, new KeyslotError('OPERATION_CANCELLED', 'the request was cancelled; it may have been executed'), true);
  }

  /** The connection is gone: nobody receives anything any more. */
  end(): void {
    for (const request of [...this.#running.keys()])
      this.#abandon(request, new KeyslotError('CONNECTION_FAILED', 'the connection is gone'), false);
  }

  #follow(codec: AnyCodec, message: Message, call: RequestCall, ms: number | undefined, result: Promise<object>, done: () => void): void {
    const { request } = message;
    const timer = ms === undefined ? undefined : setTimeout(() => this.#timedOut(codec, request, ms), Math.min(ms, longestTimer));
    this.#running.set(request, { codec, call, timer });
    call.onAbandoned(() => clearTimeout(timer));
    result.then(
      (made) => {
        // The deadline may pass before its timer has its turn, and the context has failed by then.
        const late = call.expired;
        if (!this.#settle(request, call)) free(made);
        else if (late) {
          free(made);
          this.#refuse(codec, request, timedOut(codec, ms));
        } else this.#give(codec, request, made);
        done();
      },
      (error: unknown) => {
        // Work that looks at the deadline by itself may see it before the timer does.
        const late = call.expired && error instanceof KeyslotError && error.code === 'OPERATION_CANCELLED';
        if (this.#settle(request, call)) this.#refuse(codec, request, late ? timedOut(codec, ms) : error);
        done();
      },
    );
  }

  #settle(request: number, call: RequestCall): boolean {
    const running = this.#running.get(request);
    if (!call.settle()) return false;
    clearTimeout(running?.timer);
    this.#running.delete(request);
    return true;
  }

  #timedOut(codec: AnyCodec, request: number, ms: number): void {
    this.#abandon(request, timedOut(codec, ms), true);
  }

  #abandon(request: number, reason: KeyslotError, answer: boolean): boolean {
    const running = this.#running.get(request);
    if (running === undefined) return false;
    this.#running.delete(request);
    if (!running.call.abandon(reason)) return false;
    if (answer) this.#refuse(running.codec, request, reason);
    return true;
  }

  #give(codec: AnyCodec, request: number, made: object): void {
    try {
      this.#out.answer(codec, request, made instanceof Made ? made.response : made);
      if (made instanceof Made) made.encoded?.();
      this.#answered();
    } catch (error) {
      free(made);
      this.#refuse(codec, request, error);
    }
  }

  #refuse(codec: AnyCodec, request: number, error: unknown): void {
    if (!(error instanceof KeyslotError)) {
      this.#services.log.error({ operation: codec.name, error: error instanceof Error ? error.stack : 'not an Error' }, 'a handler failed');
    }
    this.#out.error(codec.opcode, request, error);
    this.#answered();
  }
}

function timedOut(codec: AnyCodec, ms: number | undefined): KeyslotError {
  return new KeyslotError('OPERATION_TIMED_OUT', `${codec.name} was not done within ${ms} ms`);
}

function free(made: object): void {
  if (made instanceof Made) made.undo();
}
