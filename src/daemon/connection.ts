/** One socket of a session: hello, frames in, answers out, back-pressure both ways. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';
import { envelopeRoom, incompleteFrameTimeout, type Limits, MiB } from '../core/limits.js';
import { connectionRequest, limitsBeforeHello } from '../protocol/frame-header.js';
import { FrameReader } from '../protocol/frame-reader.js';
import { FrameWriter } from '../protocol/frame-writer.js';
import { messages, operations } from '../protocol/generated/messages.js';
import { agree } from '../protocol/hello.js';
import type { Message } from '../protocol/message.js';
import { writeGathered } from '../protocol/write-gathered.js';
import type { TotalBytes } from './quota.js';
import { type DeadlineRules, RequestRunner } from './request-runner.js';
import type { Services } from './services.js';
import type { Session } from './session.js';
import type { Spinner } from './spinner.js';

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly session: Session;
  readonly services: Services;
  readonly rules: DeadlineRules;
  readonly total: TotalBytes;
  readonly spinner: Spinner | undefined;
  /** Of the socket. */
  readonly descriptor: number;
  /** Runs once, when the socket is closed. */
  readonly onClose: () => void;
}

/** Answers go out in batches of at most this many, so that client and daemon work at the same time. */
const batchFrames = 16;
/** To run something in a microtask costs less than `queueMicrotask`, which makes a resource for async_hooks each time. */
const soon = Promise.resolve();
/** Above this much queued output no more requests are read. */
const readPause = MiB;
/** How long a client that is told why may take to read it. */
const farewell = 1000;

type State = 'greeting' | 'open' | 'closing';

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #limits: Limits;
  readonly #out: FrameWriter;
  readonly #reader: FrameReader;
  readonly #runner: RequestRunner;
  #state: State = 'greeting';
  #flushing = false;
  #draining = false;
  #queued = 0;
  #patience: NodeJS.Timeout | undefined;
  #frameWaitedFor = 0;
  #frameSince = 0;

  constructor(options: ConnectionOptions) {
    const { socket, session, services } = options;
    this.#options = options;
    this.#socket = socket;
    this.#limits = services.limits;
    this.#out = new FrameWriter(limitsBeforeHello.frame, services.rooms);
    this.#reader = new FrameReader({
      receives: 'requests',
      limits: limitsBeforeHello,
      account: session.quota,
      pool: services.rooms,
      onMessage: (message) => this.#onMessage(message),
      onRefused: (request, operation) =>
        this.#refuse(
          operation,
          request,
          new KeyslotError('QUOTA_EXCEEDED', 'the daemon holds as many bytes as it may', { field: 'limits.bytes' }),
        ),
    });
    this.#runner = new RequestRunner(session, services, options.rules, this.#out, () => this.#flushSoon());
    this.#patience = setTimeout(() => this.#fail(new KeyslotError('FRAME_INVALID', 'no hello came in time')), incompleteFrameTimeout);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#onDrain());
    socket.on('end', () => socket.end());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#onClose());
    socket.resume();
  }

  /** Answers what is under way, then closes. */
  async drain(grace: number): Promise<void> {
    this.#draining = true;
    this.#holdBack();
    const until = performance.now() + grace;
    while (this.#runner.running > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#takeLeave();
  }
  destroy(): void {
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    if (this.#state === 'closing') return;
    // What is answered in line goes out below.
    this.#flushing = true;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#flush();
    this.#watchFrame();
    this.#holdBack();
    if (this.#runner.running === 0) this.#options.spinner?.answered(this.#options.descriptor);
  }

  #onMessage(message: Message): void {
    if (this.#state === 'closing') {
      this.#options.session.quota.giveBytes(message.charge);
      return;
    }
    if (this.#state === 'greeting') this.#greet(message);
    else this.#onRequest(message);
    if (this.#out.frames >= batchFrames) this.#flush();
  }

  #greet(message: Message): void {
    this.#options.session.quota.giveBytes(message.charge);
    if (message.operation !== operations.hello.opcode) throw new KeyslotError('FRAME_INVALID', 'the first message must be a hello');
    const { version, features } = agree(operations.hello.decodeRequest(message.bytes, message.view, message.start, message.end));
    clearTimeout(this.#patience);
    this.#patience = undefined;
    const limits = this.#limits;
    const { rules, services } = this.#options;
    this.#out.answer(operations.hello, message.request, {
      version,
      features,
      daemon: services.version,
      frame: limits.frame,
      bulk: limits.bulk,
      inFlight: limits.inFlight,
      contexts: limits.contexts,
      keys: limits.keys,
      queuedOutput: Math.min(limits.queuedOutput, 0xffffffff),
      aeadDecrypt: limits.aeadDecrypt,
      defaultTimeout: rules.default,
      maxTimeout: rules.max,
    });
    this.#out.frame = limits.frame;
    this.#reader.limits = { frame: limits.frame, message: limits.bulk + envelopeRoom };
    this.#state = 'open';
  }

  #onRequest(message: Message): void {
    const codec = messages[message.operation];
    if (codec !== undefined && codec.name !== 'hello' && codec.name !== 'cancel') {
      this.#runner.run(codec, message);
      return;
    }
    this.#options.session.quota.giveBytes(message.charge);
    if (codec === undefined) {
      const error = new KeyslotError('UNSUPPORTED_OPERATION', `there is no operation ${message.operation}`);
      this.#refuse(message.operation, message.request, error);
      return;
    }
    if (codec.name === 'hello') throw new KeyslotError('FRAME_INVALID', 'a connection has one hello');
    this.#runner.cancel(operations.cancel.decodeRequest(message.bytes, message.view, message.start, message.end).request);
    this.#out.answer(operations.cancel, message.request, {});
  }

  #refuse(operation: number, request: number, error: KeyslotError): void {
    this.#out.error(operation, request, error);
    this.#flushSoon();
  }

  /** Tells the client why, then closes. Nothing else happens to the session. */
  #fail(error: unknown): void {
    if (this.#state === 'closing') return;
    this.#state = 'closing';
    const reason = error instanceof KeyslotError ? error.message : 'internal error';
    if (!(error instanceof KeyslotError))
      this.#options.services.log.error({ error: error instanceof Error ? error.stack : 'not an Error' }, 'a connection failed');
    this.#options.services.log.info(
      { uid: this.#options.session.caller.uid, pid: this.#options.session.caller.pid, reason },
      'a connection is closed',
    );
    this.#out.error(0, connectionRequest, error);
    this.#takeLeave();
  }

  /** The timer ends with the socket, so that nothing keeps a connection that is gone. */
  #takeLeave(): void {
    this.#flush();
    this.#socket.end();
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#socket.destroy(), farewell).unref();
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    void soon.then(this.#flushAnswers);
  }

  readonly #flushAnswers = (): void => {
    this.#flush();
    this.#holdBack();
  };

  #flush(): void {
    this.#flushing = false;
    const socket = this.#socket;
    if (this.#out.frames === 0) return;
    if (socket.destroyed || socket.writableEnded) {
      this.#out.take();
      return;
    }
    writeGathered(this.#out, socket, this.#options.services.rooms);
    this.#countOutput();
    if (this.#queued > this.#limits.queuedOutput) {
      this.#options.services.log.warn(
        { uid: this.#options.session.caller.uid, queued: this.#queued },
        'a client does not read its answers and is closed',
      );
      socket.destroy();
    }
  }

  #countOutput(): void {
    const now = this.#socket.destroyed ? 0 : this.#socket.writableLength;
    if (now > this.#queued) this.#options.total.take(now - this.#queued);
    else this.#options.total.give(this.#queued - now);
    this.#queued = now;
  }

  /** Reads no more while the client has all the requests under way that it may, or does not read its answers. */
  #holdBack(): void {
    const wait = this.#draining || this.#socket.writableLength > readPause || this.#runner.running >= this.#limits.inFlight;
    if (wait) this.#socket.pause();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }
  #onDrain(): void {
    this.#countOutput();
    this.#holdBack();
  }

  /** Half a frame must be complete in time, counted from its first byte. */
  #watchFrame(): void {
    if (!this.#reader.frameIncomplete) return;
    if (this.#reader.framesBegun !== this.#frameWaitedFor) {
      this.#frameWaitedFor = this.#reader.framesBegun;
      this.#frameSince = performance.now();
    }
    this.#patience ??= setTimeout(() => this.#checkFrame(), incompleteFrameTimeout);
  }
  #checkFrame(): void {
    this.#patience = undefined;
    if (!this.#reader.frameIncomplete) return;
    const left = this.#frameSince + incompleteFrameTimeout - performance.now();
    if (left <= 0) this.#fail(new KeyslotError('FRAME_INVALID', 'a frame was not completed in time'));
    else this.#patience = setTimeout(() => this.#checkFrame(), left);
  }

  #onClose(): void {
    this.#state = 'closing';
    clearTimeout(this.#patience);
    this.#countOutput();
    this.#reader.close();
    this.#runner.end();
    this.#options.onClose();
  }
}

/** Tells a client why it is not let in, and closes. */
export function refuseConnection(socket: Socket, error: unknown): void {
  const out = new FrameWriter(limitsBeforeHello.frame);
  out.error(0, connectionRequest, error);
  for (const piece of out.take()) socket.write(piece);
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), farewell).unref();
  socket.once('close', () => clearTimeout(timer));
}
