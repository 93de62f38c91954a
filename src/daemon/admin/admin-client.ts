/** The operators' side of the admin socket: asks one thing after the other, or several at once. */
import { connect, type Socket } from 'node:net';
import { KeyslotError } from '../../core/errors.js';
import { MiB } from '../../core/limits.js';
import type { PhraseFormat, VaultPurpose } from '../../core/vocabulary.js';
import { phraseFormatNumbers, vaultPurposeNumbers } from '../../protocol/enumerations.js';
import { errorFrom } from '../../protocol/error-body.js';
import { connectionRequest, deadlineDefault } from '../../protocol/frame-header.js';
import { FrameReader } from '../../protocol/frame-reader.js';
import { FrameWriter } from '../../protocol/frame-writer.js';
import { agreed, helloRequest, ownVersions } from '../../protocol/hello.js';
import type { Message } from '../../protocol/message.js';
import type { MessageTypes, OperationCodec } from '../../protocol/operation-codec.js';
import { type Messages, operations } from './generated/messages.js';

export interface AdminCallOptions {
  /** Milliseconds; 0 waits for ever; 5 s when not given. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A phrase on its way. The bytes are the caller's, who wipes them when `sendPhrase` has settled. */
export interface PhraseToSend {
  readonly purpose: VaultPurpose;
  readonly format: PhraseFormat;
  /** UTF-8 in NFKD without a newline, at most 1024 bytes. */
  readonly phrase: Uint8Array;
  /** As the phrase; nothing is the same as none. */
  readonly passphrase?: Uint8Array | undefined;
  /** Milliseconds that the daemon waits for the phrase; its own choice when not given. */
  readonly patience?: number | undefined;
}

type AnyCodec = OperationCodec<string, MessageTypes>;

interface Waiting {
  readonly codec: AnyCodec;
  readonly resolve: (response: object) => void;
  readonly reject: (error: Error) => void;
}

/** Longest frame, as the daemon has it; a list of many slots is a message of several frames. */
const frame = MiB;
const longestMessage = 64 * MiB;
const usualTimeout = 5000;
/** For making the seed and writing a record. */
const unlockTimeout = 30_000;
const longestLine = 1024;
const newline = 0x0a;

export class AdminClient implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #options: AdminCallOptions;
  readonly #out = new FrameWriter(frame);
  readonly #waiting = new Map<number, Waiting>();
  readonly #reader: FrameReader;
  #lastId = 0;
  #lost: KeyslotError | undefined;
  /** A phrase is on its way: a frame now would become part of it. */
  #sendsPhrase = false;

  private constructor(socket: Socket, options: AdminCallOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = new FrameReader({
      receives: 'answers',
      limits: { frame, message: longestMessage },
      onMessage: (message) => this.#receive(message),
    });
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (error) => this.#lose(connectionLost(error)));
    socket.on('close', () => this.#lose(connectionLost()));
  }

  /**
   * Connects; the options count for each call that has none of its own.
   * @throws CONNECTION_FAILED, ACCESS_DENIED, OPERATION_TIMED_OUT, OPERATION_CANCELLED, PROTOCOL_VERSION, FRAME_INVALID for a socket that is another
   */
  static async open(path: string, options: AdminCallOptions = {}): Promise<AdminClient> {
    const socket = connect(path);
    try {
      await within(options, 'connecting', opened(socket, path));
    } catch (error) {
      socket.on('error', () => undefined);
      socket.destroy();
      throw error;
    }
    const client = new AdminClient(socket, options);
    try {
      agreed(await client.call('hello', helloRequest('keyslot', ownVersions, 'admin')));
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  /** @throws what the daemon answers; CONNECTION_FAILED, OPERATION_TIMED_OUT, OPERATION_CANCELLED */
  call<N extends keyof Messages>(
    name: N,
    input: Messages[N]['requestInput'],
    options: AdminCallOptions = this.#options,
  ): Promise<Messages[N]['response']> {
    if (this.#sendsPhrase) return Promise.reject(new KeyslotError('INVALID_OPERATION', 'a phrase is on its way over this connection'));
    return this.#call(name, input, options);
  }

  /**
   * Unlocks the daemon's vault: the phrase travels between two calls, as lines that no frame carries and only native code reads. Has settled only when
   * the socket needs the bytes no more. After an error the connection is closed.
   * @throws what the daemon answers, MNEMONIC_INVALID among it; INVALID_ARGUMENT, CONNECTION_FAILED, OPERATION_TIMED_OUT, OPERATION_CANCELLED
   */
  async sendPhrase({ purpose, format, phrase, passphrase, patience = 0 }: PhraseToSend): Promise<{ readonly identity: Uint8Array }> {
    const lines = passphrase === undefined ? [phrase] : [phrase, passphrase];
    for (const line of lines) assertLine(line, line === phrase ? 'phrase' : 'passphrase');
    const request = {
      purpose: vaultPurposeNumbers.number(purpose, 'purpose'),
      format: phraseFormatNumbers.number(format, 'format'),
      passphrase: lines.length - 1,
      patienceMs: patience,
    };
    this.#sendsPhrase = true;
    try {
      await this.#call('vaultReceive', request, this.#options);
      for (const line of lines) {
        await this.#write(line);
        await this.#write(Uint8Array.of(newline));
      }
      const { identity } = await this.#call('vaultUnlock', {}, { ...this.#options, timeout: this.#options.timeout ?? unlockTimeout });
      return { identity };
    } catch (error) {
      // The daemon may still wait for lines, and would take the next frame for one.
      await this.close();
      throw error;
    } finally {
      this.#sendsPhrase = false;
    }
  }

  #call<N extends keyof Messages>(
    name: N,
    input: Messages[N]['requestInput'],
    options: AdminCallOptions,
  ): Promise<Messages[N]['response']> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    const codec = operations[name] as unknown as AnyCodec;
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<object>((resolve, reject) => {
      this.#out.request(codec, id, deadlineDefault, input);
      this.#waiting.set(id, { codec, resolve, reject });
      for (const piece of this.#out.take()) this.#socket.write(piece);
    });
    return within(options, name, answer) as Promise<Messages[N]['response']>;
  }

  /** Leaves at once. Idempotent. */
  async close(): Promise<void> {
    this.#socket.destroy();
    this.#lose(connectionLost());
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Resolves when the socket needs the bytes no more. */
  #write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error === undefined || error === null) resolve();
        else reject(this.#lost ?? connectionLost(error));
      });
    });
  }

  #onData(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#socket.destroy();
      this.#lose(error instanceof KeyslotError ? error : connectionLost(error));
    }
  }

  #receive(message: Message): void {
    if (message.request === connectionRequest) throw errorFrom(message);
    const waiting = this.#waiting.get(message.request);
    if (waiting === undefined) throw new KeyslotError('FRAME_INVALID', 'the daemon answered what was not asked');
    this.#waiting.delete(message.request);
    if (message.word !== 0) waiting.reject(errorFrom(message));
    else waiting.resolve(waiting.codec.decodeResponse(message.bytes, message.view, message.start, message.end));
  }

  #lose(reason: KeyslotError): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#reader.close();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

/** @throws INVALID_ARGUMENT */
function assertLine(line: Uint8Array, field: string): void {
  if (line.length <= longestLine && !line.includes(newline)) return;
  throw new KeyslotError('INVALID_ARGUMENT', `${field} must be one line of at most ${longestLine} bytes`, { field });
}

function connectionLost(cause?: unknown): KeyslotError {
  return new KeyslotError('CONNECTION_FAILED', 'the daemon closed the admin connection', { retryable: false, cause });
}

function opened(socket: Socket, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (error: NodeJS.ErrnoException) => reject(unreachable(path, error)));
  });
}

function unreachable(path: string, error: NodeJS.ErrnoException): KeyslotError {
  if (error.code === 'EACCES') return new KeyslotError('ACCESS_DENIED', `this user may not open the admin socket ${path}`);
  const why = error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? 'is keyslotd running?' : error.message;
  return new KeyslotError('CONNECTION_FAILED', `can't connect to the admin socket ${path}: ${why}`, { cause: error });
}

/** Ends the wait, not the work: an answer that still comes is of no interest. */
async function within<T>({ timeout = usualTimeout, signal }: AdminCallOptions, what: string, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  let giveUp: (error: KeyslotError) => void = () => undefined;
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const onAbort = () => giveUp(new KeyslotError('OPERATION_CANCELLED', `${what} was given up by its signal`, { cause: signal?.reason }));
  const onLate = () => giveUp(new KeyslotError('OPERATION_TIMED_OUT', `the daemon did not answer ${what} within ${timeout} ms`));
  const timer = timeout === 0 ? undefined : setTimeout(onLate, timeout);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
