/** A transport without a daemon, for tests of what is built on the client: answers come from handlers, through the real codecs. */
import { KeyslotError } from '../core/errors.js';
import { defaultLimits } from '../core/limits.js';
import { errorBody, errorFrom } from '../protocol/error-body.js';
import { paddedLength } from '../protocol/frame-header.js';
import { encodeErrorDetail, type HelloResponse, type Messages, measureErrorDetail, operations } from '../protocol/generated/messages.js';
import type { MessageTypes, OperationCodec } from '../protocol/operation-codec.js';
import { attempt, type Mode, type Result, ready } from './mode.js';
import { sessionExpired, type Transport, type TransportRequest } from './transport.js';

/** What answers a request; operations without a handler answer UNSUPPORTED_OPERATION. */
export type MemoryHandlers = { readonly [N in keyof Messages]?: (request: Messages[N]['request']) => Messages[N]['responseInput'] };

const hello: HelloResponse = {
  version: 1,
  features: 0,
  daemon: 'memory',
  frame: defaultLimits.frame,
  bulk: defaultLimits.bulk,
  inFlight: defaultLimits.inFlight,
  contexts: defaultLimits.contexts,
  keys: defaultLimits.keys,
  queuedOutput: defaultLimits.queuedOutput,
  aeadDecrypt: defaultLimits.aeadDecrypt,
  defaultTimeout: 5000,
  maxTimeout: 60_000,
};

function throughWire<T>(
  measured: number,
  encode: (b: Uint8Array, d: DataView, at: number) => number,
  decode: (b: Uint8Array, d: DataView, start: number, end: number) => T,
): T {
  const bytes = new Uint8Array(paddedLength(measured));
  const view = new DataView(bytes.buffer);
  return decode(bytes, view, 0, paddedLength(encode(bytes, view, 0)));
}

export class MemoryTransport<M extends Mode> implements Transport<M> {
  readonly mode: M;
  readonly hello = hello;
  readonly #handlers: MemoryHandlers;
  lost = false;

  constructor(mode: M, handlers: MemoryHandlers) {
    this.mode = mode;
    this.#handlers = handlers;
  }

  request<N extends keyof Messages, R>(request: TransportRequest<N, R>): Result<M, R> {
    return attempt(this.mode, () => ready(this.mode, request.decode(this.#answer(request.name, request.input))));
  }
  post<N extends keyof Messages>(name: N, input: Messages[N]['requestInput']): void {
    try {
      this.#answer(name, input);
    } catch {
      // Nobody waits for the answer.
    }
  }
  close(): Result<M, void> {
    this.lost = true;
    return ready(this.mode, undefined);
  }
  destroy(): void {
    this.lost = true;
  }

  #answer<N extends keyof Messages>(name: N, input: Messages[N]['requestInput']): Messages[N]['response'] {
    if (this.lost) throw sessionExpired();
    const codec = operations[name] as unknown as OperationCodec<string, MessageTypes>;
    const request = throughWire(codec.measureRequest(input), (b, d, at) => codec.encodeRequest(b, d, at, input), codec.decodeRequest);
    let response: object;
    try {
      const handler = this.#handlers[name] as ((request: object) => object) | undefined;
      if (handler === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `nothing answers ${name}`);
      response = handler(request);
    } catch (error) {
      const { status, detail } = errorBody(error);
      throw throughWire(
        measureErrorDetail(detail),
        (b, d, at) => encodeErrorDetail(b, d, at, detail),
        (bytes, view, start, end) => errorFrom({ word: status, bytes, view, start, end }),
      );
    }
    return throughWire(
      codec.measureResponse(response),
      (b, d, at) => codec.encodeResponse(b, d, at, response),
      codec.decodeResponse,
    ) as Messages[N]['response'];
  }
}
