/** One operator's socket: the same frames as the application protocol, another table. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../../core/errors.js';
import { incompleteFrameTimeout, KiB, MiB } from '../../core/limits.js';
import { connectionRequest } from '../../protocol/frame-header.js';
import { FrameReader } from '../../protocol/frame-reader.js';
import { FrameWriter } from '../../protocol/frame-writer.js';
import { agree, ownVersions } from '../../protocol/hello.js';
import type { Message } from '../../protocol/message.js';
import type { Answer } from '../../providers/contract.js';
import type { Log } from '../log.js';
import { descriptorOf, startReading, stopReading } from '../socket-handle.js';
import type { AdminPeer } from './admin-peer.js';
import { type Messages, messages, operations } from './generated/messages.js';
import { longestSealed } from './operations.js';

export type AdminHandlers = {
  readonly [N in Exclude<keyof Messages, 'hello'>]: (
    request: Messages[N]['request'],
    peer: AdminPeer,
  ) => Answer<Messages[N]['responseInput']>;
};

export interface AdminService {
  readonly handlers: AdminHandlers;
  /** The daemon's. */
  readonly version: string;
  readonly log: Log;
}

type AnyHandler = (request: object, peer: AdminPeer) => Answer<object>;

const frame = MiB;
/** A plaintext, its tag and what is around it. */
const longestMessage = longestSealed + 64 * KiB;
const farewell = 1000;

export function serveAdmin(socket: Socket, service: AdminService): void {
  new AdminConnection(socket, service).start();
}

class AdminConnection implements AdminPeer {
  readonly #socket: Socket;
  readonly #service: AdminService;
  readonly #out = new FrameWriter(frame);
  readonly #reader: FrameReader;
  readonly #patience: NodeJS.Timeout;
  #listeners: (() => void)[] = [];
  #greeted = false;
  #lent = false;
  #ended = false;

  constructor(socket: Socket, service: AdminService) {
    this.#socket = socket;
    this.#service = service;
    this.#patience = setTimeout(() => socket.destroy(), incompleteFrameTimeout).unref();
    this.#reader = new FrameReader({
      receives: 'requests',
      limits: { frame, message: longestMessage },
      onMessage: (message) => this.#receive(message),
    });
  }

  start(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.on('close', () => this.#end());
    socket.resume();
  }

  lend(read: (descriptor: number) => Promise<void>): void {
    stopReading(this.#socket);
    this.#lent = true;
    read(descriptorOf(this.#socket)).then(
      () => {
        if (this.#ended) return;
        this.#lent = false;
        startReading(this.#socket);
      },
      (error: unknown) => this.fail(error),
    );
  }

  fail(error: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#out.error(0, connectionRequest, error);
    this.#flush();
    this.#socket.end();
    // Not at once: whoever still sends would be told of that, and not why.
    setTimeout(() => this.#socket.destroy(), farewell).unref();
  }

  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#listeners.push(listener);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#patience);
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  #onData(chunk: Buffer): void {
    try {
      if (this.#ended) return;
      this.#reader.push(chunk);
      if (this.#lent && this.#reader.frameIncomplete) throw tooEarly();
    } catch (error) {
      this.fail(error);
    } finally {
      // It may hold secrets that were sent too early, or the plaintext of a request.
      chunk.fill(0);
    }
  }

  #receive(message: Message): void {
    if (this.#lent) throw tooEarly();
    if (this.#greeted) {
      this.#answer(message).then(
        () => this.#flush(),
        (error: unknown) => this.fail(error),
      );
      return;
    }
    if (message.operation !== operations.hello.opcode) throw new KeyslotError('FRAME_INVALID', 'the first message must be a hello');
    const { version, features } = agree(
      operations.hello.decodeRequest(message.bytes, message.view, message.start, message.end),
      ownVersions,
      'admin',
    );
    this.#out.answer(operations.hello, message.request, { version, features, daemon: this.#service.version, frame });
    this.#greeted = true;
    clearTimeout(this.#patience);
    this.#flush();
  }

  async #answer(message: Message): Promise<void> {
    const codec = messages[message.operation];
    if (codec === undefined) {
      const unknown = new KeyslotError('UNSUPPORTED_OPERATION', `there is no operation ${message.operation}`);
      return this.#out.error(message.operation, message.request, unknown);
    }
    const request = codec.decodeRequest(message.bytes, message.view, message.start, message.end);
    const handlers = this.#service.handlers as unknown as Readonly<Record<string, AnyHandler | undefined>>;
    const handler = handlers[codec.name];
    try {
      if (handler === undefined) throw new KeyslotError('UNSUPPORTED_OPERATION', `${codec.name} is not possible here`);
      this.#out.answer(codec, message.request, await handler(request, this));
    } catch (error) {
      if (!(error instanceof KeyslotError)) {
        const stack = error instanceof Error ? error.stack : 'not an Error';
        // not secret: code, and a message of Node's or Keyslot's own
        this.#service.log.error({ operation: codec.name, error: stack }, 'an admin handler failed');
      }
      this.#out.error(codec.opcode, message.request, error);
    }
  }

  #flush(): void {
    for (const piece of this.#out.take()) if (!this.#socket.destroyed && !this.#socket.writableEnded) this.#socket.write(piece);
  }
}

function tooEarly(): KeyslotError {
  return new KeyslotError('FRAME_INVALID', 'nothing may follow vaultReceive before its answer');
}
