/**
 * Bytes of a sealed file, version 1: a header, then chunks, each encrypted and authenticated on its own. docs/file-format.md tells
 * the reasons and the bounds. Numbers are little-endian.
 *
 *     header  0  7  "KSLTENC"        chunk  0  4  length of the plaintext; bit 31 set in the last chunk
 *             7  1  version, 1              4 12  nonce, random
 *             8  4  chunk size             16  n  ciphertext, as long as the plaintext
 *            12  4  zero                   16+n 16  tag
 *            16 16  file id, random
 *            32 32  algorithm's name, padded with zeros
 *
 * Additional data of each chunk: the header, the chunk's number from 0 as 8 bytes, the chunk's first 4 bytes.
 */
import { type AeadRow, operationAlgorithm } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { badData } from '../failure.js';

export const headerSize = 64;
export const chunkHeadSize = 16;
export const nonceSize = 12;
export const tagSize = 16;
export const aadSize = headerSize + 12;
/** Bytes of plaintext in each chunk but the last, as written; what is read may have others. */
export const usualChunkSize = 256 * 1024;
export const leastChunkSize = 4096;
export const mostChunkSize = 1 << 24;
/** Random nonces of 96 bits stay apart this long (SP 800-38D 8.3). */
export const mostChunks = 2 ** 32;

const magic = Buffer.from('KSLTENC');
const version = 1;
const lastBit = 0x80000000;
const nameOffset = 32;
const idOffset = 16;

export interface Header {
  readonly chunkSize: number;
  /** Canonical name. */
  readonly algorithm: string;
  /** As it is in the file. */
  readonly bytes: Uint8Array;
}

export function makeHeader(algorithm: string, chunkSize: number, fileId: Uint8Array): Header {
  const bytes = new Uint8Array(headerSize);
  bytes.set(magic);
  bytes[magic.length] = version;
  new DataView(bytes.buffer).setUint32(8, chunkSize, true);
  bytes.set(fileId, idOffset);
  bytes.set(Buffer.from(algorithm, 'latin1'), nameOffset);
  return { chunkSize, algorithm, bytes };
}

/** @throws INVALID_FORMAT, UNSUPPORTED_ALGORITHM */
export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < magic.length || !magic.equals(bytes.subarray(0, magic.length)))
    throw badData('this is not a file made by keyslot encrypt', 'file');
  if (bytes.length < headerSize) throw badData('the file is cut: it ends in its header', 'file');
  if (bytes[magic.length] !== version)
    throw badData(`the file has version ${bytes[magic.length]} of the format; this Keyslot reads version ${version}`, 'file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerSize);
  const chunkSize = view.getUint32(8, true);
  if (chunkSize < leastChunkSize || chunkSize > mostChunkSize || view.getUint32(12, true) !== 0)
    throw badData('the header of the file is damaged', 'file');
  const name = nameIn(bytes);
  const algorithm = aeadOf(name).name;
  // One way to write it, so that the bytes of a file follow from its parts.
  if (name !== algorithm) throw notSealing(name);
  return { chunkSize, algorithm, bytes: bytes.slice(0, headerSize) };
}

function nameIn(bytes: Uint8Array): string {
  const field = Buffer.from(bytes.subarray(nameOffset, headerSize));
  const end = field.indexOf(0);
  const name = field.toString('latin1', 0, end < 0 ? field.length : end);
  const padded = end < 0 || field.subarray(end).every((byte) => byte === 0);
  if (!padded || !/^[A-Za-z0-9-]+$/.test(name)) throw badData('the header of the file is damaged', 'file');
  return name;
}

/** An authenticated cipher with the nonces and tags of the format. @throws UNSUPPORTED_ALGORITHM */
export function aeadOf(name: string): AeadRow {
  const row = operationAlgorithm(name);
  if (row?.family === 'aead' && row.nonce.min <= nonceSize && row.nonce.max >= nonceSize && row.tagSizes.includes(tagSize)) return row;
  throw notSealing(name);
}

function notSealing(name: string): KeyslotError {
  return new KeyslotError('UNSUPPORTED_ALGORITHM', `files are sealed with AES-256-GCM, not with ${name}`, { field: 'algorithm' });
}

export interface ChunkHead {
  readonly length: number;
  readonly last: boolean;
}

export function lengthWord({ length, last }: ChunkHead): number {
  return last ? (length | lastBit) >>> 0 : length;
}
export function chunkHead(word: number): ChunkHead {
  return { length: word & 0x7fffffff, last: (word & lastBit) !== 0 };
}

/** What a chunk is bound to: the file, its place, whether it is the last. */
export function chunkAad(header: Header, index: number, head: ChunkHead): Uint8Array {
  const aad = new Uint8Array(aadSize);
  const view = new DataView(aad.buffer);
  aad.set(header.bytes);
  view.setBigUint64(headerSize, BigInt(index), true);
  view.setUint32(headerSize + 8, lengthWord(head), true);
  return aad;
}
