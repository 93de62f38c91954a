/** The asynchronous transport: one socket, many requests in flight, answers in any order. */
import { connect, type Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';
import { envelopeRoom, KiB } from '../core/limits.js';
import { errorFrom } from '../protocol/error-body.js';
import { connectionRequest, limitsBeforeHello } from '../protocol/frame-header.js';
import { FrameReader } from '../protocol/frame-reader.js';
import { FrameWriter } from '../protocol/frame-writer.js';
import { type HelloResponse, type Messages, operations } from '../protocol/generated/messages.js';
import { agreed, helloRequest } from '../protocol/hello.js';
import type { Message } from '../protocol/message.js';
import { RoomPool } from '../protocol/message-room.js';
import { maxData } from '../protocol/operations.js';
import { writeGathered } from '../protocol/write-gathered.js';
import { clientName } from './client-name.js';
import { connected } from './connected.js';
import { deadlineWord, ownWait } from './deadline.js';
import { Deadlines } from './deadlines.js';
import type { AnyCodec, Pending } from './pending.js';
import {
  cancelled,
  checkTimeout,
  connectionLost,
  keptBytes,
  sessionExpired,
  type Transport,
  type TransportRequest,
  timedOut,
} from './transport.js';
import { connectTimeout, unknownHello } from './unknown-hello.js';

/** Bytes that one read takes. */
const receiveBytes = 64 * KiB;
/** To run something in a microtask costs less than `queueMicrotask`, which makes a resource for async_hooks each time. */
const soon = Promise.resolve();
/** Requests go out in batches of at most this many, so that client and daemon work at the same time. */
const batchFrames = 16;

export class SocketTransport implements Transport<'async'> {
  readonly mode = 'async';
  readonly #socket: Socket;
  readonly #rooms = new RoomPool(keptBytes);
  readonly #out = new FrameWriter(limitsBeforeHello.frame, this.#rooms);
  readonly #reader: FrameReader;
  /** Sent, by id. */
  readonly #pending = new Map<number, Pending>();
  /** Above the daemon's limit of requests in flight. */
  readonly #waiting: Pending[] = [];
  readonly #deadlines = new Deadlines((now) => this.#endWaits(now));
  #hello: HelloResponse = unknownHello;
  #lastId = 0;
  #flushing = false;
  #lost: KeyslotError | undefined;
  #closing: (() => void) | undefined;

  private constructor(path: string) {
    // The reader copies at once, so that one buffer serves all reads; through the stream each would have a new one.
    const buffer = new Uint8Array(receiveBytes);
    const callback = (bytes: number): boolean => {
      this.#onData(buffer.subarray(0, bytes));
      return true;
    };
    const socket = connect({ path, onread: { buffer, callback } });
    this.#socket = socket;
    this.#reader = new FrameReader({
      receives: 'answers',
      limits: { frame: limitsBeforeHello.frame, message: limitsBeforeHello.message },
      onMessage: (message) => this.#receive(message),
      pool: this.#rooms,
    });
    socket.on('error', (error) => this.#lose(connectionLost(error)));
    socket.on('close', () => this.#lose(connectionLost()));
  }

  /** @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, PROTOCOL_VERSION */
  static async open(path: string, timeout: number | undefined, signal: AbortSignal | undefined): Promise<SocketTransport> {
    const transport = new SocketTransport(path);
    try {
      await connected(transport.#socket, path, timeout ?? connectTimeout, signal);
      await transport.#greet(timeout ?? connectTimeout, signal);
    } catch (error) {
      transport.destroy();
      throw error;
    }
    return transport;
  }

  get hello(): HelloResponse {
    return this.#hello;
  }
  get lost(): boolean {
    return this.#lost !== undefined || this.#closing !== undefined;
  }

  async #greet(timeout: number, signal: AbortSignal | undefined): Promise<void> {
    const input = helloRequest(clientName());
    this.#hello = await this.request({
      name: 'hello',
      input,
      timeout,
      signal,
      decode(response) {
        agreed(response);
        return response;
      },
    });
    this.#out.frame = this.#hello.frame;
    this.#reader.limits = { frame: this.#hello.frame, message: Math.max(this.#hello.bulk, maxData) + envelopeRoom };
  }

  request<N extends keyof Messages, R>(request: TransportRequest<N, R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      checkTimeout(request.timeout, 'timeout');
      const { signal } = request;
      if (this.lost) return reject(sessionExpired());
      if (signal?.aborted === true) return reject(cancelled(signal));
      const wait = ownWait(request.timeout, this.#hello);
      const pending: Pending = {
        id: 0,
        codec: operations[request.name] as unknown as AnyCodec,
        input: request.input,
        timeout: request.timeout,
        decode: request.decode as (response: object) => unknown,
        late: request.late as ((response: object) => void) | undefined,
        resolve: resolve as (value: unknown) => void,
        reject,
        wait,
        until: wait === Number.POSITIVE_INFINITY ? wait : performance.now() + wait,
        unlisten: undefined,
        abandoned: false,
      };
      if (signal !== undefined) this.#listen(pending, signal);
      this.#deadlines.add(pending.until);
      this.#socket.ref();
      if (this.#waiting.length === 0 && this.#hasPlace) this.#send(pending);
      else this.#waiting.push(pending);
      return undefined;
    });
  }

  post<N extends keyof Messages>(name: N, input: Messages[N]['requestInput']): void {
    if (this.lost) return;
    const nothing = () => undefined;
    this.#send({
      id: 0,
      codec: operations[name] as unknown as AnyCodec,
      input,
      timeout: undefined,
      decode: nothing,
      late: undefined,
      resolve: nothing,
      reject: nothing,
      wait: Number.POSITIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
      unlisten: undefined,
      abandoned: true,
    });
  }

  async close(): Promise<void> {
    if (this.lost) return;
    await new Promise<void>((resolve) => {
      this.#closing = resolve;
      this.#finishClosing();
    });
    this.#socket.end();
    this.#lose(sessionExpired());
  }

  destroy(error?: Error): void {
    this.#socket.destroy();
    this.#lose(connectionLost(error));
  }

  #listen(pending: Pending, signal: AbortSignal): void {
    const onAbort = () => this.#giveUp(pending, cancelled(signal), true);
    signal.addEventListener('abort', onAbort, { once: true });
    pending.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  /** One place is kept for what can't wait: giving up and releasing. */
  get #hasPlace(): boolean {
    return this.#pending.size < Math.max(1, this.#hello.inFlight - 1);
  }
  #sendWaiting(): void {
    while (this.#waiting.length > 0 && this.#hasPlace) this.#send(this.#waiting.shift() as Pending);
  }

  #send(pending: Pending): void {
    const id = this.#nextId();
    try {
      this.#out.request(pending.codec, id, deadlineWord(pending.timeout), pending.input);
    } catch (error) {
      this.#settle(pending);
      pending.reject(error as Error);
      this.#rest();
      return;
    }
    pending.id = id;
    this.#pending.set(id, pending);
    if (this.#out.frames >= batchFrames) this.#flush();
    else if (!this.#flushing) {
      this.#flushing = true;
      void soon.then(this.#flush);
    }
  }
  #nextId(): number {
    do this.#lastId = (this.#lastId % 0xffffffff) + 1;
    while (this.#pending.has(this.#lastId));
    return this.#lastId;
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    writeGathered(this.#out, this.#socket, this.#rooms);
  };

  #onData(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#socket.destroy();
      this.#lose(error instanceof KeyslotError ? error : connectionLost(error));
      return;
    }
    this.#sendWaiting();
    this.#rest();
  }

  #receive(message: Message): void {
    if (message.request === connectionRequest) {
      this.#lose(errorFrom(message));
      return;
    }
    const pending = this.#pending.get(message.request);
    if (pending === undefined || pending.codec.opcode !== message.operation)
      throw new KeyslotError('FRAME_INVALID', 'the daemon answered what was not asked');
    this.#pending.delete(message.request);
    const { abandoned } = pending;
    this.#settle(pending);
    if (message.word !== 0) {
      if (!abandoned) pending.reject(errorFrom(message));
      return;
    }
    const response = pending.codec.decodeResponse(message.bytes, message.view, message.start, message.end);
    if (abandoned) pending.late?.(response);
    else this.#resolve(pending, response);
    if (message.room !== undefined) this.#rooms.give(message.room);
  }
  #resolve(pending: Pending, response: object): void {
    try {
      pending.resolve(pending.decode(response));
    } catch (error) {
      pending.reject(error as Error);
    }
  }

  /** Ends the caller's wait; an answer that still comes goes to `late`. */
  #giveUp(pending: Pending, reason: Error, cancel: boolean): void {
    if (pending.abandoned) return;
    this.#settle(pending);
    pending.abandoned = true;
    const at = this.#waiting.indexOf(pending);
    if (at >= 0) this.#waiting.splice(at, 1);
    else if (cancel && pending.id !== 0) this.post('cancel', { request: pending.id });
    pending.reject(reason);
    this.#rest();
  }

  /** Ends the waits that are over; when the next one will be. */
  #endWaits(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const pending of [...this.#pending.values(), ...this.#waiting]) {
      if (pending.abandoned) continue;
      if (pending.until > now) next = Math.min(next, pending.until);
      else this.#giveUp(pending, timedOut(pending.codec.name, Math.round(pending.wait)), false);
    }
    return next;
  }

  #settle(pending: Pending): void {
    pending.unlisten?.();
    pending.unlisten = undefined;
  }

  /** An idle client keeps no process alive. */
  #rest(): void {
    if (this.#pending.size === 0 && this.#waiting.length === 0) {
      this.#socket.unref();
      this.#finishClosing();
    }
  }
  #finishClosing(): void {
    if (this.#closing !== undefined && this.#pending.size === 0 && this.#waiting.length === 0) this.#closing();
  }

  #lose(reason: KeyslotError): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#deadlines.clear();
    this.#reader.close();
    const all = [...this.#pending.values(), ...this.#waiting];
    this.#pending.clear();
    this.#waiting.length = 0;
    for (const pending of all) {
      this.#settle(pending);
      if (!pending.abandoned) pending.reject(reason);
    }
    this.#closing?.();
  }
}
