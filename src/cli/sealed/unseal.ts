/** Decrypts a sealed file in constant memory. Each chunk is given out once it is authenticated, in order; the end is authenticated too. */
import { KeyslotError } from '../../core/errors.js';
import { badData } from '../failure.js';
import type { InputFile } from '../input-file.js';
import type { Progress } from '../progress.js';
import { Window } from '../window.js';
import type { ChunkContexts } from './chunk-contexts.js';
import { type ChunkHead, chunkAad, chunkHead, chunkHeadSize, type Header, headerSize, readHeader, tagSize } from './layout.js';

export interface UnsealOptions {
  readonly header: Header;
  readonly contexts: ChunkContexts;
  /** Stands behind the header. */
  readonly input: InputFile;
  readonly progress: Progress;
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

export interface UnsealResult {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly chunks: number;
}

/** @throws INVALID_FORMAT, UNSUPPORTED_ALGORITHM */
export async function takeHeader(input: InputFile): Promise<Header> {
  const room = new Uint8Array(headerSize);
  return readHeader(room.subarray(0, await input.read(room)));
}

/** @throws INVALID_FORMAT for a file that is cut, extended or malformed; OPERATION_FAILED for a wrong key or changed bytes */
export async function unseal({ header, contexts, input, progress, write }: UnsealOptions): Promise<UnsealResult> {
  let [bytesIn, bytesOut, chunks] = [headerSize, 0, 0];
  const window = new Window<Uint8Array>(async (data) => {
    bytesOut += data.length;
    await write(data);
  });
  for (let last = false; !last; chunks += 1) {
    const chunk = await takeChunk(header, input, chunks).catch(async (error: unknown) => {
      // What stands before the damage is checked first: a wrong key is a wrong key, whatever else is wrong.
      await window.end();
      throw error;
    });
    last = chunk.head.last;
    const context = await contexts.forChunk(() => window.end());
    const aad = chunkAad(header, chunks, chunk.head);
    await window.add(context.decrypt({ ...chunk.message, aad }, contexts.call).catch(refused(chunks)));
    bytesIn += chunkHeadSize + chunk.head.length + tagSize;
    progress.add(chunkHeadSize + chunk.head.length + tagSize);
  }
  await window.end();
  if ((await input.read(new Uint8Array(1))) > 0) throw badData('the file is longer than it was when it was sealed', 'file');
  return { bytesIn, bytesOut, chunks };
}

interface Chunk {
  readonly head: ChunkHead;
  readonly message: { readonly nonce: Uint8Array; readonly data: Uint8Array; readonly tag: Uint8Array };
}

async function takeChunk(header: Header, input: InputFile, index: number): Promise<Chunk> {
  const start = new Uint8Array(chunkHeadSize);
  const n = await input.read(start);
  if (n === 0) throw badData(`the file is cut: it ends after ${index} ${index === 1 ? 'chunk' : 'chunks'}, before its last one`, 'file');
  if (n < chunkHeadSize) throw cutIn(index);
  const head = chunkHead(new DataView(start.buffer).getUint32(0, true));
  const { length, last } = head;
  const sound = last ? length <= header.chunkSize && (length > 0 || index === 0) : length === header.chunkSize;
  if (!sound) throw badData(`chunk ${index + 1} of the file is damaged: it has an impossible length`, 'file');
  const rest = new Uint8Array(length + tagSize);
  if ((await input.read(rest)) < rest.length) throw cutIn(index);
  return { head, message: { nonce: start.subarray(4), data: rest.subarray(0, length), tag: rest.subarray(length) } };
}

function cutIn(index: number): KeyslotError {
  return badData(`the file is cut: it ends in chunk ${index + 1}`, 'file');
}

function refused(index: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof KeyslotError) || error.code !== 'OPERATION_FAILED') throw error;
    throw new KeyslotError('OPERATION_FAILED', `chunk ${index + 1} can't be decrypted: wrong key, or the file was changed`, {
      field: 'file',
      cause: error,
    });
  };
}
