/** Frames and readers for tests. */

import { headerBytes, writeHeader } from '../../src/protocol/frame-header.js';
import { FrameReader, type FrameReaderOptions, type ReaderLimits } from '../../src/protocol/frame-reader.js';
import type { Message } from '../../src/protocol/message.js';

export interface FrameParts {
  readonly length?: number;
  readonly operation?: number;
  readonly flags?: number;
  readonly request?: number;
  readonly word?: number;
  readonly body?: Uint8Array;
}

/** A frame with these parts, whether they make sense or not; a body of 8 bytes when none is given. */
export function frame({
  body = new Uint8Array(8),
  length = body.length,
  operation = 1,
  flags = 0,
  request = 1,
  word = 0,
}: FrameParts = {}): Uint8Array {
  const bytes = new Uint8Array(headerBytes + body.length);
  writeHeader(new DataView(bytes.buffer), 0, length, operation, flags, request, word);
  bytes.set(body, headerBytes);
  return bytes;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** What the receiver keeps of a message. */
export interface Got {
  readonly operation: number;
  readonly request: number;
  readonly word: number;
  readonly body: Uint8Array;
}

export function got({ operation, request, word, bytes, start, end }: Message): Got {
  return { operation, request, word, body: bytes.slice(start, end) };
}

export const roomy: ReaderLimits = { frame: 1 << 20, message: 1 << 22 };

/** A reader of requests that gathers what it reads. */
export function gathering(options: Partial<FrameReaderOptions> = {}): { readonly reader: FrameReader; readonly messages: Got[] } {
  const messages: Got[] = [];
  const reader = new FrameReader({ receives: 'requests', limits: roomy, onMessage: (message) => messages.push(got(message)), ...options });
  return { reader, messages };
}

/** An account with a limit, that knows what is taken. */
export class Account {
  taken = 0;
  most = 0;
  calls = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }
  tryTakeBytes(bytes: number): boolean {
    this.calls += 1;
    if (bytes < 0 || this.taken + bytes > this.#limit) return false;
    this.taken += bytes;
    this.most = Math.max(this.most, this.taken);
    return true;
  }
  giveBytes(bytes: number): void {
    this.taken -= bytes;
    if (this.taken < 0) throw new Error('more given back than taken');
  }
}
