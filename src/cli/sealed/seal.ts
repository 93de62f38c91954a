/** Encrypts a stream into a sealed file, in constant memory. */
import { randomBytes } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { type InputFile, pieces } from '../input-file.js';
import type { Progress } from '../progress.js';
import { Window } from '../window.js';
import type { ChunkContexts } from './chunk-contexts.js';
import {
  type ChunkHead,
  chunkAad,
  chunkHeadSize,
  type Header,
  lengthWord,
  makeHeader,
  mostChunks,
  nonceSize,
  usualChunkSize,
} from './layout.js';

export interface SealOptions {
  /** Canonical name. */
  readonly algorithm: string;
  readonly contexts: ChunkContexts;
  readonly input: InputFile;
  readonly progress: Progress;
  /** Gets the file's bytes in order. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly chunkSize?: number;
}

export interface SealResult {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly chunks: number;
}

export async function seal(options: SealOptions): Promise<SealResult> {
  const { algorithm, contexts, input, progress, write, chunkSize = usualChunkSize } = options;
  const header = makeHeader(algorithm, chunkSize, randomBytes(16));
  let [bytesIn, bytesOut, chunks] = [0, header.bytes.length, 0];
  await write(header.bytes);
  const window = new Window<Uint8Array>(async (chunk) => {
    bytesOut += chunk.length;
    await write(chunk);
  });
  for await (const { data, last } of withLast(pieces(input, chunkSize))) {
    if (chunks >= mostChunks) throw new KeyslotError('QUOTA_EXCEEDED', `a sealed file has at most ${mostChunks} chunks`, { field: 'file' });
    const context = await contexts.forChunk(() => window.end());
    await window.add(sealChunk(header, chunks, { length: data.length, last }, data, (message) => context.encrypt(message, contexts.call)));
    chunks += 1;
    bytesIn += data.length;
    progress.add(data.length);
  }
  await window.end();
  return { bytesIn, bytesOut, chunks };
}

type Encrypt = (message: { nonce: Uint8Array; data: Uint8Array; aad: Uint8Array }) => Promise<{ data: Uint8Array; tag: Uint8Array }>;

async function sealChunk(header: Header, index: number, head: ChunkHead, data: Uint8Array, encrypt: Encrypt): Promise<Uint8Array> {
  const nonce = randomBytes(nonceSize);
  const sealed = await encrypt({ nonce, data, aad: chunkAad(header, index, head) });
  const chunk = new Uint8Array(chunkHeadSize + sealed.data.length + sealed.tag.length);
  new DataView(chunk.buffer).setUint32(0, lengthWord(head), true);
  chunk.set(nonce, 4);
  chunk.set(sealed.data, chunkHeadSize);
  chunk.set(sealed.tag, chunkHeadSize + sealed.data.length);
  return chunk;
}

/** Tells of each piece whether it is the last; of nothing, one empty piece. */
async function* withLast(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ data: Uint8Array; last: boolean }> {
  let held: Uint8Array | undefined;
  for await (const data of source) {
    if (held !== undefined) yield { data: held, last: false };
    held = data;
  }
  yield { data: held ?? new Uint8Array(0), last: true };
}
