/**
 * A connection on which damaged messages are sent one after the other. Behind each goes a question that any daemon answers which has
 * read the message to its end. So each message is answered, refused with the connection closed, or not at its end when we close.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { errorFrom } from '../../src/protocol/error-body.js';
import { connectionRequest, headerBytes } from '../../src/protocol/frame-header.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { messages, operations } from '../../src/protocol/generated/messages.js';
import type { Message } from '../../src/protocol/message.js';
import { pieces } from './frame-mutations.js';

/** What became of a message: `answered` with the question behind it, `refused` with the connection, or `unfinished` when we closed. */
export type Fate = 'answered' | 'refused' | 'unfinished';

/** What a daemon must not do. */
export class Violation extends Error {}

/** Why a connection may be refused. */
const refusals: ReadonlySet<string> = new Set(['FRAME_INVALID', 'FRAME_TOO_LARGE']);
const helloRefusals: ReadonlySet<string> = new Set([...refusals, 'PROTOCOL_VERSION', 'INVALID_ARGUMENT']);

const questionId = 0xfffffff0;
const question = ((): Uint8Array => {
  const out = new FrameWriter(4096);
  out.request(operations.health, questionId, 0, {});
  return new Uint8Array(Buffer.concat(out.take()));
})();
/** The machine may be busy; milliseconds. */
const patience = 30_000;

/** Whether the frames in front of the question end where it begins. Knows lengths only. */
function questionStandsAlone(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + headerBytes <= bytes.length) at += headerBytes + view.getUint32(at, true);
  return at === bytes.length;
}

export class Probe {
  readonly #socket: Socket;
  readonly #closed: Promise<'closed'>;
  readonly #codes: Map<string, number>;
  readonly #reader = new FrameReader({
    receives: 'answers',
    limits: { frame: 1 << 20, message: 1 << 26 },
    onMessage: (message) => this.#receive(message),
  });
  #violation: Violation | undefined;
  #refusal: string | undefined;
  #answered: (() => void) | undefined;
  #error: Error | undefined;
  /** True until the hello has been sent. */
  #fresh = true;
  open = true;

  private constructor(socket: Socket, codes: Map<string, number>) {
    this.#socket = socket;
    this.#codes = codes;
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.open = false;
        resolve('closed');
      });
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('data', (chunk) => this.#read(chunk));
  }

  /** @param codes counts answers and refusals by their code. */
  static async open(path: string, codes: Map<string, number>): Promise<Probe> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new Probe(socket, codes);
  }

  /** The first message of a connection is a hello, damaged or not. @throws Violation */
  async send(message: Uint8Array, next: () => number): Promise<Fate> {
    const allowed = this.#fresh ? helloRefusals : refusals;
    this.#fresh = false;
    const answered = new Promise<'answered'>((resolve) => {
      this.#answered = () => resolve('answered');
    });
    for (const piece of pieces(message, next)) this.#socket.write(piece);
    this.#socket.write(question);
    const willBeAnswered = questionStandsAlone(message);
    if (!willBeAnswered) this.#socket.end();
    const fate = await this.#patiently(willBeAnswered ? Promise.race([answered, this.#closed]) : this.#closed);
    if (this.#violation !== undefined) throw this.#violation;
    if (fate === 'answered') return 'answered';
    if (this.#refusal !== undefined) {
      if (!allowed.has(this.#refusal)) throw new Violation(`the connection was refused with ${this.#refusal}`);
      return 'refused';
    }
    if (willBeAnswered)
      throw new Violation(`the connection was closed without a word${this.#error === undefined ? '' : ` (${this.#error.message})`}`);
    return 'unfinished';
  }

  async close(): Promise<void> {
    this.#socket.end();
    await this.#patiently(this.#closed);
    if (this.#violation !== undefined) throw this.#violation;
  }

  async #patiently<T>(wait: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Violation('the daemon neither answered nor closed')), patience);
    });
    try {
      return await Promise.race([wait, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #read(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      this.#violation ??= new Violation(`the daemon sent what is malformed: ${String(error)}`);
      this.#socket.destroy();
    }
  }

  #receive(message: Message): void {
    if (message.request === connectionRequest) {
      this.#refusal = this.#codeOf(message);
      return;
    }
    const codec = messages[message.operation];
    if (message.word !== 0) this.#codeOf(message);
    else {
      codec?.decodeResponse(message.bytes, message.view, message.start, message.end);
      this.#count('ok');
    }
    if (message.request === questionId) this.#answered?.();
  }

  #codeOf(message: Message): string {
    const { code, message: words } = errorFrom(message);
    this.#count(code);
    if (code === 'INTERNAL_ERROR') this.#violation ??= new Violation(`the daemon has an error of its own: ${words}`);
    return code;
  }
  #count(code: string): void {
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
  }
}
