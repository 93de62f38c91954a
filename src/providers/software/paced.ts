/**
 * Long messages in small steps. Work in process holds the whole daemon, so 64 MiB of it must not run in one go; and OpenSSL through
 * node:crypto is fastest on pieces that stay in the cache (64 MiB of AES-GCM: 48 ms in pieces of 64 KiB, 293 ms in one).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer, Call } from '../contract.js';
import { assertWanted } from './abandoned.js';

/** Bytes that are handed to node:crypto at once. */
export const pieceSize = 64 * 1024;

/** Bytes. */
export interface Pace {
  /** What is worked on at once. */
  readonly piece: number;
  /** After which other callers get their turn: about a millisecond of work. */
  readonly turn: number;
}
export const nativePace: Pace = { piece: pieceSize, turn: 1024 * 1024 };
/** Of the libraries in JavaScript, which do 30 to 60 MiB a second. */
export const javaScriptPace: Pace = { piece: 32 * 1024, turn: 32 * 1024 };

/** Works through data in order; in line when it is short. @throws OPERATION_CANCELLED between turns when the call is abandoned */
export function inPieces(data: Uint8Array, call: Call, work: (piece: Uint8Array) => void, pace: Pace = nativePace): Answer<void> {
  if (data.length <= pace.piece) return work(data);
  if (data.length <= pace.turn) return eachPiece(data, work, pace.piece);
  return inTurns(data, call, work, pace);
}

function eachPiece(data: Uint8Array, work: (piece: Uint8Array) => void, size: number): void {
  for (let at = 0; at < data.length; at += size) work(data.subarray(at, at + size));
}

async function inTurns(data: Uint8Array, call: Call, work: (piece: Uint8Array) => void, { piece, turn }: Pace): Promise<void> {
  for (let at = 0; at < data.length; at += turn) {
    if (at > 0) {
      await nextTurn();
      assertWanted(call);
    }
    eachPiece(data.subarray(at, at + turn), work, piece);
  }
}

/** Gathers the output of many steps in one buffer of known size. */
export class Output {
  readonly #bytes: Uint8Array;
  #used = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }
  /** Bytes that still fit. */
  get free(): number {
    return this.#bytes.length - this.#used;
  }
  add(piece: Uint8Array): void {
    this.#bytes.set(piece, this.#used);
    this.#used += piece.length;
  }
  /** Takes over plaintext: the piece is wiped, so that the output is its only copy. */
  move(piece: Uint8Array): void {
    this.add(piece);
    piece.fill(0);
  }
  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }
  wipe(): void {
    this.#bytes.fill(0, 0, this.#used);
  }
}
