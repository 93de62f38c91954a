/** From messages to the bytes of a connection. */
import { KeyslotError } from '../core/errors.js';
import { errorBody, statusOk } from './error-body.js';
import { flagAnswer, flagMore, headerBytes, longestBody, paddedLength, writeHeader } from './frame-header.js';
import { encodeErrorDetail, measureErrorDetail } from './generated/messages.js';
import { ownRoom, type Room, type RoomPool } from './message-room.js';
import type { MessageTypes, OperationCodec } from './operation-codec.js';

type Measure<M> = (m: M) => number;
type Encode<M> = (b: Uint8Array, d: DataView, at: number, m: M) => number;

interface Head {
  readonly operation: number;
  readonly flags: number;
  readonly request: number;
  readonly word: number;
}

/** Output is gathered in buffers of this size; bodies that may be longer have one of their own. */
const gatherBytes = 16_384;

/**
 * Gathers messages until they are taken, so that many go out in one write. A message is encoded once, at the place from which it
 * is sent; one that is longer than a frame becomes several frames over the same bytes. When a message can't be encoded, nothing of
 * it is gathered.
 */
export class FrameWriter {
  #frame: number;
  #longestBody: number;
  #room = ownRoom(0);
  /** In #room: taken or gathered up to `#filled`, not yet in #pieces from `#from`. */
  #from = 0;
  #filled = 0;
  #pieces: Uint8Array[] = [];
  #piecesBytes = 0;
  #frames = 0;
  readonly #pool: RoomPool | undefined;
  /** Rooms of the pool in which #pieces lie. */
  #lent: Room[] = [];

  /**
   * @param frame longest frame that the other side takes, header included; bytes.
   * @param pool for the bodies of long messages; without one each has memory of its own.
   */
  constructor(frame: number, pool?: RoomPool) {
    this.#frame = frame;
    this.#pool = pool;
    this.#longestBody = longestBody(frame);
  }

  get frame(): number {
    return this.#frame;
  }

  /** For messages that are added from now on: a hello has told it. */
  set frame(frame: number) {
    this.#frame = frame;
    this.#longestBody = longestBody(frame);
  }

  /** Bytes gathered and not taken. */
  get bytes(): number {
    return this.#piecesBytes + this.#filled - this.#from;
  }

  /** Frames gathered and not taken. */
  get frames(): number {
    return this.#frames;
  }

  /**
   * @param deadline milliseconds left, or `deadlineDefault`, `deadlineNone`.
   * @throws {KeyslotError} INVALID_ARGUMENT that names the field which does not fit.
   */
  request<N extends string, T extends MessageTypes>(
    codec: OperationCodec<N, T>,
    request: number,
    deadline: number,
    m: T['requestInput'],
  ): void {
    const head = { operation: codec.opcode, flags: 0, request, word: deadline };
    this.#add(head, codec.measureRequest, codec.encodeRequest, m);
  }

  /** @throws {KeyslotError} INTERNAL_ERROR that names the field which does not fit: what is answered is not the caller's doing. */
  answer<N extends string, T extends MessageTypes>(codec: OperationCodec<N, T>, request: number, m: T['responseInput']): void {
    const head = { operation: codec.opcode, flags: flagAnswer, request, word: statusOk };
    try {
      this.#add(head, codec.measureResponse, codec.encodeResponse, m);
    } catch (cause) {
      const field = cause instanceof KeyslotError ? cause.field : undefined;
      throw new KeyslotError('INTERNAL_ERROR', `the answer of ${codec.name} can not be sent`, { field, cause });
    }
  }

  /** An answer that is an error; `errorBody` tells what of it travels. Never throws. */
  error(operation: number, request: number, error: unknown): void {
    const { status, detail } = errorBody(error);
    this.#add({ operation, flags: flagAnswer, request, word: status }, measureErrorDetail, encodeErrorDetail, detail);
  }

  /** The rooms of the pool in which lies what `take` gives next: the caller's to give back, once that is written. Ask before `take`. */
  takeLent(): readonly Room[] {
    const lent = this.#lent;
    if (lent.length > 0) this.#lent = [];
    return lent;
  }

  /** What was gathered, in order, to be written to the connection. The pieces belong to the caller; nothing writes to them again. */
  take(): Uint8Array[] {
    this.#seal();
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#piecesBytes = 0;
    this.#frames = 0;
    return pieces;
  }

  #add<M>(head: Head, measure: Measure<M>, encode: Encode<M>, m: M): void {
    const bound = paddedLength(measure(m));
    if (headerBytes + bound > Math.min(gatherBytes, this.#frame)) this.#addLong(head, bound, encode, m);
    else this.#addShort(head, bound, encode, m);
  }

  #addShort<M>(head: Head, bound: number, encode: Encode<M>, m: M): void {
    if (this.#filled + headerBytes + bound > this.#room.bytes.length) {
      this.#seal();
      this.#room = ownRoom(gatherBytes);
      this.#from = 0;
      this.#filled = 0;
    }
    const { bytes, view } = this.#room;
    const body = this.#filled + headerBytes;
    const length = padded(bytes, body, encode(bytes, view, body, m));
    writeHeader(view, this.#filled, length, head.operation, head.flags, head.request, head.word);
    this.#filled = body + length;
    this.#frames += 1;
  }

  #addLong<M>(head: Head, bound: number, encode: Encode<M>, m: M): void {
    const room = this.#pool?.take(bound) ?? ownRoom(bound);
    const { bytes, view } = room;
    const length = padded(bytes, 0, encode(bytes, view, 0, m));
    if (this.#pool !== undefined) this.#lent.push(room);
    this.#seal();
    const frames = Math.ceil(length / this.#longestBody);
    const headers = ownRoom(headerBytes * frames);
    for (let i = 0; i < frames; i++) {
      const from = i * this.#longestBody;
      const n = Math.min(this.#longestBody, length - from);
      const flags = i === frames - 1 ? head.flags : head.flags | flagMore;
      writeHeader(headers.view, headerBytes * i, n, head.operation, flags, head.request, i === 0 ? head.word : 0);
      this.#piece(headers.bytes.subarray(headerBytes * i, headerBytes * (i + 1)));
      this.#piece(bytes.subarray(from, from + n));
    }
    this.#frames += frames;
  }

  /** What is gathered in the buffer becomes a piece; the rest of the buffer is used on. */
  #seal(): void {
    if (this.#filled === this.#from) return;
    // A Buffer, because streams would make one of any other view.
    this.#piece(Buffer.from(this.#room.bytes.buffer, this.#from, this.#filled - this.#from));
    this.#from = this.#filled;
  }

  #piece(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#piecesBytes += piece.length;
  }
}

/** Pads the body in [start, end) with zeros and answers its length. */
function padded(b: Uint8Array, start: number, end: number): number {
  const length = paddedLength(end - start);
  b.fill(0, end, start + length);
  return length;
}
