/** The asynchronous transport: one socket, many requests in flight, answers in any order. */
import { connect, type Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';
import { envelopeRoom } from '../core/limits.js';
import { errorFrom } from '../protocol/error-body.js';
import { connectionRequest, limitsBeforeHello } from '../protocol/frame-header.js';
import { FrameReader } from '../protocol/frame-reader.js';
import { FrameWriter } from '../protocol/frame-writer.js';
import { type HelloResponse, type Messages, operations } from '../protocol/generated/messages.js';
import { agreed, helloRequest } from '../protocol/hello.js';
import type { Message } from '../protocol/message.js';
import type { MessageTypes, OperationCodec } from '../protocol/operation-codec.js';
import { maxData } from '../protocol/operations.js';
import { clientName } from './client-name.js';
import { deadlineWord, ownWait } from './deadline.js';
import { checkTimeout, connectionLost, sessionExpired, type Transport, type TransportRequest, timedOut } from './transport.js';

type AnyCodec = OperationCodec<string, MessageTypes>;

interface Pending {
  /** 0 until it is sent. */
  id: number;
  readonly codec: AnyCodec;
  readonly input: object;
  readonly timeout: number | undefined;
  readonly decode: (response: object) => unknown;
  readonly late: ((response: object) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  timer: NodeJS.Timeout | undefined;
  /** Removes the listener on the caller's signal. */
  unlisten: (() => void) | undefined;
  /** The caller has its answer; the daemon's is still to come. */
  abandoned: boolean;
}

/** Requests go out in batches of at most this many, so that client and daemon work at the same time. */
const batchFrames = 16;

export class SocketTransport implements Transport<'async'> {
  readonly mode = 'async';
  readonly #socket: Socket;
  readonly #out = new FrameWriter(limitsBeforeHello.frame);
  readonly #reader: FrameReader;
  /** Sent, by id. */
  readonly #pending = new Map<number, Pending>();
  /** Above the daemon's limit of requests in flight. */
  readonly #waiting: Pending[] = [];
  #hello: HelloResponse = unknownHello;
  #lastId = 0;
  #flushing = false;
  #lost: KeyslotError | undefined;
  #closing: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = new FrameReader({
      receives: 'answers',
      limits: { frame: limitsBeforeHello.frame, message: limitsBeforeHello.message },
      onMessage: (message) => this.#receive(message),
    });
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (error) => this.#lose(connectionLost(error)));
    socket.on('close', () => this.#lose(connectionLost()));
  }

  /** @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, PROTOCOL_VERSION */
  static async open(path: string, timeout: number | undefined, signal: AbortSignal | undefined): Promise<SocketTransport> {
    const socket = await connectSocket(path, timeout ?? connectTimeout, signal);
    const transport = new SocketTransport(socket);
    try {
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
      if (signal?.aborted === true) return reject(abortReason(signal));
      const pending: Pending = {
        id: 0,
        codec: operations[request.name] as unknown as AnyCodec,
        input: request.input,
        timeout: request.timeout,
        decode: request.decode as (response: object) => unknown,
        late: request.late as ((response: object) => void) | undefined,
        resolve: resolve as (value: unknown) => void,
        reject,
        timer: undefined,
        unlisten: undefined,
        abandoned: false,
      };
      if (signal !== undefined) this.#listen(pending, signal);
      const wait = ownWait(request.timeout, this.#hello);
      if (wait !== Number.POSITIVE_INFINITY)
        pending.timer = setTimeout(() => this.#giveUp(pending, timedOut(request.name, Math.round(wait)), false), wait);
      this.#waiting.push(pending);
      this.#socket.ref();
      this.#sendWaiting();
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
      timer: undefined,
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
    const onAbort = () => this.#giveUp(pending, abortReason(signal), true);
    signal.addEventListener('abort', onAbort, { once: true });
    pending.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  #sendWaiting(): void {
    // One place is kept for what can't wait: giving up and releasing.
    const most = Math.max(1, this.#hello.inFlight - 1);
    while (this.#waiting.length > 0 && this.#pending.size < most) this.#send(this.#waiting.shift() as Pending);
  }

  #send(pending: Pending): void {
    const id = this.#nextId();
    try {
      this.#out.request(pending.codec, id, deadlineWord(pending.timeout), pending.input);
    } catch (error) {
      this.#settle(pending);
      pending.reject(error as Error);
      return;
    }
    pending.id = id;
    this.#pending.set(id, pending);
    if (this.#out.frames >= batchFrames) this.#flush();
    else if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => this.#flush());
    }
  }
  #nextId(): number {
    do this.#lastId = (this.#lastId % 0xffffffff) + 1;
    while (this.#pending.has(this.#lastId));
    return this.#lastId;
  }

  #flush(): void {
    this.#flushing = false;
    const pieces = this.#out.take();
    const socket = this.#socket;
    if (pieces.length > 1) socket.cork();
    for (const piece of pieces) socket.write(piece);
    if (pieces.length > 1) socket.uncork();
  }

  #onData(chunk: Buffer): void {
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

  #settle(pending: Pending): void {
    clearTimeout(pending.timer);
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

/** Before the hello is answered. */
const connectTimeout = 5000;
const unknownHello: HelloResponse = {
  version: 0,
  features: 0,
  daemon: '',
  frame: limitsBeforeHello.frame,
  bulk: 0,
  inFlight: 1,
  contexts: 0,
  keys: 0,
  queuedOutput: 0,
  aeadDecrypt: 0,
  defaultTimeout: connectTimeout,
  maxTimeout: 0,
};

function abortReason(signal: AbortSignal): KeyslotError {
  return new KeyslotError('OPERATION_CANCELLED', 'the call was given up by its signal; it may have been executed', {
    cause: signal.reason,
  });
}

function connectSocket(path: string, timeout: number, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(abortReason(signal));
    const socket = connect(path);
    const finish = (error: Error | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      if (error === undefined) return resolve(socket);
      socket.on('error', () => undefined);
      socket.destroy();
      return reject(error);
    };
    const onAbort = () => finish(signal === undefined ? connectionLost() : abortReason(signal));
    const timer = timeout === 0 ? undefined : setTimeout(() => finish(timedOut('connect', timeout)), timeout);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => finish(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(unreachable(path, error)));
    return undefined;
  });
}

/** What an operator can do about it is part of the message. */
export function unreachable(path: string, error: NodeJS.ErrnoException): KeyslotError {
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'nothing is there: is keyslotd running?',
    ECONNREFUSED: 'nobody listens: is keyslotd running?',
    EACCES: 'no permission: is this user in the socket’s group?',
  };
  return new KeyslotError('CONNECTION_FAILED', `can't connect to ${path}: ${why[error.code ?? ''] ?? error.message}`, { cause: error });
}
