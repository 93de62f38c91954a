/** The blocking transport: one request at a time on a socket of the addon's, every wait with a deadline. */
import { KeyslotError } from '../core/errors.js';
import { envelopeRoom, KiB } from '../core/limits.js';
import { BlockingChannel } from '../native.js';
import { errorFrom } from '../protocol/error-body.js';
import { connectionRequest, limitsBeforeHello } from '../protocol/frame-header.js';
import { FrameReader } from '../protocol/frame-reader.js';
import { FrameWriter } from '../protocol/frame-writer.js';
import { type HelloResponse, type Messages, operations } from '../protocol/generated/messages.js';
import { agreed, helloRequest } from '../protocol/hello.js';
import type { Message } from '../protocol/message.js';
import { RoomPool } from '../protocol/message-room.js';
import type { MessageTypes, OperationCodec } from '../protocol/operation-codec.js';
import { maxData } from '../protocol/operations.js';
import { clientName } from './client-name.js';
import { deadlineWord, ownWait } from './deadline.js';
import { checkTimeout, connectionLost, keptBytes, sessionExpired, type Transport, type TransportRequest, timedOut } from './transport.js';

type AnyCodec = OperationCodec<string, MessageTypes>;
type Late = (response: object) => void;

const connectTimeout = 5000;
const receiveBytes = 256 * KiB;

export class BlockingTransport implements Transport<'blocking'> {
  readonly mode = 'blocking';
  readonly #channel: BlockingChannel;
  readonly #rooms = new RoomPool(keptBytes);
  readonly #out = new FrameWriter(limitsBeforeHello.frame, this.#rooms);
  readonly #reader: FrameReader;
  readonly #buffer = new Uint8Array(receiveBytes);
  /** Requests whose callers had given up, or that nobody waits for. */
  readonly #late = new Map<number, { codec: AnyCodec; late: Late | undefined }>();
  #hello: HelloResponse;
  #lastId = 0;
  #awaited = 0;
  #answer: Message | undefined;
  #lost: KeyslotError | undefined;

  /** @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, PROTOCOL_VERSION */
  constructor(path: string, timeout: number | undefined) {
    const within = timeout ?? connectTimeout;
    this.#channel = BlockingChannel.connect(path, within === 0 ? Number.POSITIVE_INFINITY : within);
    this.#reader = new FrameReader({
      receives: 'answers',
      limits: { frame: limitsBeforeHello.frame, message: limitsBeforeHello.message },
      onMessage: (message) => this.#onMessage(message),
      pool: this.#rooms,
    });
    this.#hello = { defaultTimeout: within, maxTimeout: 0 } as HelloResponse;
    try {
      this.#hello = this.request({ name: 'hello', input: helloRequest(clientName()), timeout: within, signal: undefined, decode: greeted });
    } catch (error) {
      this.destroy();
      throw error;
    }
    this.#out.frame = this.#hello.frame;
    this.#reader.limits = { frame: this.#hello.frame, message: Math.max(this.#hello.bulk, maxData) + envelopeRoom };
  }

  get hello(): HelloResponse {
    return this.#hello;
  }
  get lost(): boolean {
    return this.#lost !== undefined;
  }

  request<N extends keyof Messages, R>(request: TransportRequest<N, R>): R {
    checkTimeout(request.timeout, 'timeout');
    if (request.signal?.aborted === true)
      throw new KeyslotError('OPERATION_CANCELLED', 'the signal was given before the call', { cause: request.signal.reason });
    if (this.#lost !== undefined) throw sessionExpired();
    const codec = operations[request.name] as unknown as AnyCodec;
    const id = this.#nextId();
    this.#out.request(codec, id, deadlineWord(request.timeout), request.input);
    const wait = ownWait(request.timeout, this.#hello);
    const answer = this.#exchange(codec, id, wait, request.name, request.late as Late | undefined);
    if (answer.word !== 0) throw errorFrom(answer);
    try {
      return request.decode(codec.decodeResponse(answer.bytes, answer.view, answer.start, answer.end) as Messages[N]['response']);
    } finally {
      if (answer.room !== undefined) this.#rooms.give(answer.room);
    }
  }

  /** Rides with the next request. */
  post<N extends keyof Messages>(name: N, input: Messages[N]['requestInput']): void {
    if (this.#lost !== undefined) return;
    const codec = operations[name] as unknown as AnyCodec;
    const id = this.#nextId();
    this.#out.request(codec, id, 0, input);
    this.#late.set(id, { codec, late: undefined });
  }

  close(): void {
    this.#channel.close();
    this.#lost ??= sessionExpired();
  }
  destroy(error?: Error): void {
    this.#channel.close();
    this.#lost ??= connectionLost(error);
  }

  #nextId(): number {
    this.#lastId = (this.#lastId % 0xffffffff) + 1;
    return this.#lastId;
  }

  /** Sends what is gathered and waits for one answer; others that come are of requests given up. */
  #exchange(codec: AnyCodec, id: number, wait: number, name: string, late: Late | undefined): Message {
    const until = performance.now() + wait;
    let whole = false;
    this.#awaited = id;
    this.#answer = undefined;
    try {
      const lent = this.#out.takeLent();
      for (const piece of this.#out.take()) {
        this.#channel.send(piece, until - performance.now());
      }
      whole = true;
      for (const room of lent) this.#rooms.give(room);
      while (this.#answer === undefined) this.#receive(until - performance.now());
      return this.#answer;
    } catch (error) {
      throw this.#failed(error, codec, id, wait, name, late, whole);
    } finally {
      this.#awaited = 0;
    }
  }

  #receive(wait: number): void {
    const n = this.#channel.receive(this.#buffer, wait);
    if (n === 0) throw connectionLost();
    this.#reader.push(this.#buffer.subarray(0, n));
  }

  /** A wait that ended leaves a usable connection only when the request went out whole. */
  #failed(error: unknown, codec: AnyCodec, id: number, wait: number, name: string, late: Late | undefined, whole: boolean): KeyslotError {
    const reason = error instanceof KeyslotError ? error : connectionLost(error);
    if (reason.code === 'OPERATION_TIMED_OUT') {
      if (whole) this.#late.set(id, { codec, late });
      else this.destroy();
      return timedOut(name, Math.round(wait));
    }
    this.destroy(reason);
    return reason;
  }

  #onMessage(message: Message): void {
    if (message.request === connectionRequest) throw errorFrom(message);
    if (message.request === this.#awaited) {
      this.#answer = message;
      return;
    }
    const late = this.#late.get(message.request);
    if (late === undefined) throw new KeyslotError('FRAME_INVALID', 'the daemon answered what was not asked');
    this.#late.delete(message.request);
    if (message.word === 0) late.late?.(late.codec.decodeResponse(message.bytes, message.view, message.start, message.end));
  }
}

function greeted(response: HelloResponse): HelloResponse {
  agreed(response);
  return response;
}
