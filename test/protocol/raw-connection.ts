/** A connection to a daemon without a client behind it, which says what it likes. */
import { connect, type Socket } from 'node:net';
import { errorFrom } from '../../src/protocol/error-body.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import type { Message } from '../../src/protocol/message.js';

const frameLimit = 1 << 20;
const patience = 5000;

/** What the writer is told to write, as bytes. */
export function framed(write: (out: FrameWriter) => void): Uint8Array {
  const out = new FrameWriter(frameLimit);
  write(out);
  return new Uint8Array(Buffer.concat(out.take()));
}

export class RawConnection {
  readonly socket: Socket;
  readonly messages: Message[] = [];
  readonly closed: Promise<void>;
  readonly #reader = new FrameReader({
    receives: 'answers',
    limits: { frame: frameLimit, message: 1 << 24 },
    onMessage: (message) => this.messages.push(message),
  });

  constructor(path: string) {
    this.socket = connect(path);
    this.socket.on('data', (chunk) => this.#reader.push(chunk));
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  write(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }
  send(write: (out: FrameWriter) => void): void {
    this.write(framed(write));
  }
  /** Waits for it. */
  async until(done: () => boolean): Promise<void> {
    const end = performance.now() + patience;
    while (!done()) {
      if (performance.now() > end) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  answered(count: number): Promise<void> {
    return this.until(() => this.messages.length >= count);
  }
  /** The code of the last message, which is an error; of a connection's own its request is 0. */
  get lastError(): string {
    return errorFrom(this.messages.at(-1) as Message).code;
  }
}
