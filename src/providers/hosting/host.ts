/**
 * A supervised host: started, asked fairly, replaced when it crashes or hangs. Token hosts and the slow host are all of this form;
 * what they do is their table of operations.
 */
import { KeyslotError } from '../../core/errors.js';
import { errorFrom } from '../../protocol/error-body.js';
import type { Message } from '../../protocol/message.js';
import type { OperationCodec } from '../../protocol/operation-codec.js';
import { type CostClass, costClasses, hangLimit } from './cost.js';
import { FairQueue } from './fair-queue.js';
import { type Ask, type HostOptions, HostRefused, type Input, type Output, type RequestOptions } from './host-options.js';
import { HostProcess } from './host-process.js';

/** One request, waiting or outstanding. */
interface Pending {
  readonly cost: CostClass;
  readonly caller: number;
  readonly codec: OperationCodec;
  readonly input: object;
  readonly resolve: (response: object) => void;
  readonly reject: (error: KeyslotError) => void;
  readonly onLate: ((response: object) => void) | undefined;
  sentAt: number;
  abandoned: boolean;
}

export type HostState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly process: HostProcess; readonly done: Promise<void> }
  | { readonly kind: 'ready'; readonly process: HostProcess; readonly since: number }
  /** Told to end; its successor starts when it is gone. */
  | { readonly kind: 'ending'; readonly process: HostProcess }
  | { readonly kind: 'waiting'; readonly reason: string; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'refused'; readonly reason: string };

export {
  type Ask,
  type Codecs,
  type HostLog,
  type HostOptions,
  HostRefused,
  type MessageMap,
  type RequestOptions,
} from './host-options.js';

const watchInterval = 250;
const longestBackOff = 10_000;
/** A host that has run this long has earned an immediate restart. */
const healthyAfter = 30_000;
const stopGrace = 2000;

/** Children of this daemon, which its admin socket refuses. */
const hostPids = new Set<number>();
export function isHostPid(pid: number): boolean {
  return hostPids.has(pid);
}

export class Host<M> {
  readonly #options: HostOptions<M>;
  readonly #queue = new FairQueue<Pending>();
  /** Outstanding requests by id. */
  readonly #sent = new Map<number, Pending>();
  readonly #lastAnswer: Record<CostClass, number> = { short: 0, ecdsa: 0, rsa: 0, slow: 0 };
  #state: HostState = { kind: 'stopped' };
  #lastId = 0;
  #failures = 0;
  #watch: NodeJS.Timeout | undefined;
  #starts = 0;
  hangs = 0;
  /** Counts the children that became ready; what a child held is gone when this changes. */
  incarnation = 0;

  constructor(options: HostOptions<M>) {
    this.#options = options;
  }

  get state(): HostState {
    return this.#state;
  }
  get pid(): number | undefined {
    return this.#state.kind === 'ready' || this.#state.kind === 'starting' ? this.#state.process.pid : undefined;
  }
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }
  /** Outstanding requests that nobody waits for: what they hold is set aside until the module returns. */
  get quarantined(): number {
    let count = 0;
    for (const pending of this.#sent.values()) if (pending.abandoned) count += 1;
    return count;
  }
  get outstanding(): number {
    return this.#sent.size;
  }

  /** Starts the host unless it runs or is being started. Resolves when it is ready or known not to be; never rejects. */
  async start(): Promise<void> {
    if (this.#state.kind === 'ready') return;
    if (this.#state.kind === 'waiting') clearTimeout(this.#state.timer);
    if (this.#state.kind !== 'starting' && this.#state.kind !== 'ending') this.#launch();
    if (this.#state.kind === 'starting') await this.#state.done;
  }

  /** Ends the host; no process stays. */
  async stop(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'waiting') clearTimeout(state.timer);
    this.#state = { kind: 'stopped' };
    this.#failWaiting('the daemon is stopping');
    if (state.kind !== 'ready' && state.kind !== 'starting' && state.kind !== 'ending') return;
    const { process } = state;
    process.release();
    const late = setTimeout(() => process.kill(), stopGrace);
    while (process.pid !== undefined && hostPids.has(process.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    clearTimeout(late);
  }

  /**
   * Asks the host. Rejects with PROVIDER_NOT_AVAILABLE when it was never sent, OUTCOME_UNKNOWN when the host was lost with it,
   * OPERATION_CANCELLED when the call was given up, or with the host's own error.
   */
  request<N extends keyof M & string>(name: N, input: Input<M, N>, options: RequestOptions<Output<M, N>>): Promise<Output<M, N>> {
    return new Promise((resolve, reject) => {
      const reason = this.#unavailable();
      if (reason !== undefined) return reject(notAvailable(this.#options.name, reason));
      const pending = this.#pending(name, input, options, resolve as (response: object) => void, reject);
      this.#queue.add(pending);
      options.call.onAbandoned(() => this.#abandon(pending));
      this.#pump();
    });
  }

  #pending(name: string, input: object, options: RequestOptions<never>, resolve: Pending['resolve'], reject: Pending['reject']): Pending {
    const codec = this.#codec(name);
    const onLate = options.onLate as ((response: object) => void) | undefined;
    return { cost: options.cost, caller: options.call.caller, codec, input, resolve, reject, onLate, sentAt: 0, abandoned: false };
  }
  #codec(name: string): OperationCodec {
    return (this.#options.codecs as Readonly<Record<string, OperationCodec>>)[name] as OperationCodec;
  }

  #unavailable(): string | undefined {
    switch (this.#state.kind) {
      case 'ready':
      case 'starting':
      case 'ending':
        return undefined;
      case 'stopped':
        return 'it is stopped';
      default:
        return this.#state.reason;
    }
  }

  #abandon(pending: Pending): void {
    pending.abandoned = true;
    this.#queue.remove(pending);
    pending.reject(new KeyslotError('OPERATION_CANCELLED', 'nobody waits for the answer any more'));
    if (this.#options.killWhenAbandoned === true && this.#sent.size > 0 && this.quarantined === this.#sent.size) this.#replace();
  }

  #pump(): void {
    if (this.#state.kind !== 'ready') return;
    for (let next = this.#queue.next(); next !== undefined; next = this.#queue.next()) this.#send(this.#state.process, next);
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0xffffffff) + 1;
    return this.#lastId;
  }

  #send(process: HostProcess, pending: Pending): void {
    const id = this.#nextId();
    try {
      process.send((out) => out.request(pending.codec, id, 0, pending.input));
    } catch (error) {
      this.#queue.done(pending);
      pending.reject(error as KeyslotError);
      return;
    }
    pending.sentAt = performance.now();
    this.#sent.set(id, pending);
    this.#watch ??= setInterval(() => this.#checkSilence(), watchInterval).unref();
  }

  #receive(message: Message): void {
    const pending = this.#sent.get(message.request);
    if (pending === undefined || pending.codec.opcode !== message.operation)
      throw new KeyslotError('FRAME_INVALID', 'an answer to nothing');
    this.#sent.delete(message.request);
    this.#lastAnswer[pending.cost] = performance.now();
    if (pending.sentAt !== 0) this.#queue.done(pending);
    this.#settle(pending, message);
    this.#pump();
  }

  #settle(pending: Pending, message: Message): void {
    if (message.word !== 0) {
      pending.reject(errorFrom(message));
      return;
    }
    const response = pending.codec.decodeResponse(message.bytes, message.view, message.start, message.end);
    if (pending.abandoned) pending.onLate?.(response);
    else pending.resolve(response);
  }

  /** A deadline is not a kill switch; only the operator's limit is, counted from the host's last answer of the class. */
  #checkSilence(): void {
    const now = performance.now();
    if (this.#sent.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
      return;
    }
    for (const pending of this.#sent.values()) {
      // What a start asks has the start's own time limit.
      if (pending.sentAt === 0) continue;
      const silent = now - Math.max(pending.sentAt, this.#lastAnswer[pending.cost]);
      if (silent <= hangLimit(this.#options.hang, pending.cost)) continue;
      this.hangs += 1;
      this.#options.log.warn(
        { host: this.#options.name, operation: pending.codec.name, silentMs: Math.round(silent) },
        'the host hangs and is replaced',
      );
      this.#replace();
      return;
    }
  }

  /** Ends the child; what waits is for its successor. */
  #replace(): void {
    if (this.#state.kind === 'starting') this.#state.process.kill();
    if (this.#state.kind !== 'ready') return;
    const { process } = this.#state;
    this.#state = { kind: 'ending', process };
    process.kill();
  }

  #launch(): void {
    let process: HostProcess;
    try {
      process = this.#spawn();
    } catch (error) {
      this.#startFailed(error);
      return;
    }
    this.#starts += 1;
    const pid = process.pid;
    if (pid !== undefined) hostPids.add(pid);
    const done = this.#prepare(process);
    this.#state = { kind: 'starting', process, done };
  }

  #spawn(): HostProcess {
    const options = this.#options;
    const descriptors = options.descriptors?.() ?? [];
    const coverage = globalThis.process.env.NODE_V8_COVERAGE;
    const spawned: HostProcess = new HostProcess({
      script: options.script,
      env: {
        ...options.env,
        UV_THREADPOOL_SIZE: String(options.threads),
        ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }),
      },
      uid: options.uid,
      gid: options.gid,
      descriptors,
      onMessage: (message) => this.#receive(message),
      onLine: (line) => options.log.warn({ host: options.name, line }, 'the host says'),
      onExit: (reason) => this.#exited(spawned, reason),
    });
    return spawned;
  }

  async #prepare(process: HostProcess): Promise<void> {
    const ask: Ask<M> = (name, input) =>
      new Promise((resolve, reject) => {
        const call = { caller: -1, abandoned: false, onAbandoned: () => undefined };
        const pending = this.#pending(name, input, { cost: 'short', call }, resolve as (response: object) => void, reject);
        const id = this.#nextId();
        this.#sent.set(id, pending);
        process.send((out) => out.request(pending.codec, id, 0, input as object));
      });
    const late = setTimeout(() => process.kill(), this.#options.hang.call + longestBackOff);
    try {
      await this.#options.prepare(ask);
      if (this.#state.kind !== 'starting' || this.#state.process !== process) return;
      this.incarnation += 1;
      this.#state = { kind: 'ready', process, since: performance.now() };
      this.#pump();
    } catch (error) {
      if (this.#state.kind === 'starting' && this.#state.process === process) {
        this.#loseSent('did not start');
        this.#startFailed(error);
      }
      process.kill();
    } finally {
      clearTimeout(late);
    }
  }

  #startFailed(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown';
    if (error instanceof HostRefused) {
      this.#state = { kind: 'refused', reason };
      this.#options.log.warn({ host: this.#options.name, reason }, 'the host is not started again by itself');
    } else this.#waitAndStart(reason);
    this.#failWaiting(reason);
  }

  #waitAndStart(reason: string): void {
    this.#failures += 1;
    const delay = Math.min(longestBackOff, 100 * 2 ** Math.min(this.#failures, 10));
    const timer = setTimeout(() => this.#launch(), delay).unref();
    this.#state = { kind: 'waiting', reason, timer };
    this.#options.log.warn({ host: this.#options.name, reason, delayMs: delay }, 'the host will be started again');
  }

  #exited(process: HostProcess, reason: string): void {
    if (process.pid !== undefined) hostPids.delete(process.pid);
    const state = this.#state;
    // What is outstanding may be its successor's by now.
    if (!('process' in state) || state.process === process) this.#loseSent(reason);
    if (!('process' in state) || state.process !== process) return;
    if (state.kind === 'starting') {
      this.#startFailed(new Error(`it ${reason} while it started`));
      return;
    }
    this.#options.onLost?.();
    if (state.kind === 'ending') {
      // What waits knows nothing of the old child unless the child kept something.
      if (this.#options.killWhenAbandoned !== true) this.#failWaiting(`the host ${reason}`);
      this.#launch();
      return;
    }
    this.#options.log.warn({ host: this.#options.name, reason }, 'the host is lost');
    this.#failWaiting(`the host ${reason}`);
    if (performance.now() - state.since > healthyAfter) this.#failures = 0;
    if (this.#failures === 0) {
      this.#failures = 1;
      this.#launch();
    } else this.#waitAndStart(`it ${reason}`);
  }

  #loseSent(reason: string): void {
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    for (const pending of lost) {
      if (pending.sentAt !== 0) this.#queue.done(pending);
      pending.reject(
        new KeyslotError('OUTCOME_UNKNOWN', `provider ${this.#options.name} was lost (its host ${reason}) and may have acted`),
      );
    }
    for (const cost of costClasses) this.#lastAnswer[cost] = 0;
  }

  #failWaiting(reason: string): void {
    for (const pending of this.#queue.drain()) pending.reject(notAvailable(this.#options.name, reason));
  }
}

function notAvailable(name: string, reason: string): KeyslotError {
  return new KeyslotError('PROVIDER_NOT_AVAILABLE', `provider ${name} is not available: ${reason}`);
}
