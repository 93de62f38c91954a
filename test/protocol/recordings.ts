/** Recorded frames of a version: a stream of bytes, and what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable, KeyslotError } from '../../src/core/errors.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { messages } from '../../src/protocol/generated/messages.js';

export type Direction = 'requests' | 'answers';

export interface Recording {
  readonly operation: number;
  /** For people. */
  readonly name: string;
  readonly request: number;
  /** Deadline of a request, status of an answer. */
  readonly word: number;
  /** Limit of frames under which it was written. */
  readonly frame: number;
  /** Bytes in the stream. */
  readonly length: number;
  /** The message as it is read; bytes as {"hex": …}. */
  readonly message: unknown;
}

export function recordings(folder: string, direction: Direction): { readonly rows: readonly Recording[]; readonly stream: Uint8Array } {
  const lines = readFileSync(join(folder, `${direction}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Recording);
  return { rows, stream: new Uint8Array(readFileSync(join(folder, `${direction}.bin`))) };
}

/** A value as JSON, without what is undefined. */
export function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, toJson(item)]));
}

export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  if ('hex' in value) return new Uint8Array(Buffer.from(String(value.hex), 'hex'));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromJson(item)]));
}

/** The frames of a message as this version writes them. */
export function written(direction: Direction, row: Pick<Recording, 'operation' | 'request' | 'word' | 'frame' | 'message'>): Uint8Array {
  const writer = new FrameWriter(row.frame);
  const codec = messages[row.operation];
  const message = fromJson(row.message) as { message: string; field: string; retryable: number };
  if (row.word !== 0 && direction === 'answers') {
    const known = errorTable.find((candidate) => candidate.numericCode === row.word);
    if (known === undefined) throw new Error(`no error ${row.word}`);
    const options = { field: message.field === '' ? undefined : message.field, retryable: message.retryable === 1 };
    writer.error(row.operation, row.request, new KeyslotError(known.code, message.message, options));
  } else if (codec === undefined) throw new Error(`no operation ${row.operation}`);
  else if (direction === 'requests') writer.request(codec, row.request, row.word, message);
  else writer.answer(codec, row.request, message);
  return new Uint8Array(Buffer.concat(writer.take()));
}
