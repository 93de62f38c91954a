/** From the bytes of a connection to messages. Bytes may come in pieces of any size; frames of different messages may interleave. */
import { KeyslotError } from '../core/errors.js';
import { connectionRequest, flagAnswer, flagMore, headerBytes, knownFlags, maxIncompleteMessages } from './frame-header.js';
import { IncomingMessage, type Message } from './message.js';
import { longestInSlab, ownRoom, type Room, type RoomPool, Slab } from './message-room.js';

/** Both in bytes. */
export interface ReaderLimits {
  /** Longest frame, header included. */
  readonly frame: number;
  /** Longest body of a message, all its frames together. */
  readonly message: number;
}

/** Whom the bytes of bodies are charged to. */
export interface ByteAccount {
  /** False when there is no room; nothing is taken then. */
  tryTakeBytes(bytes: number): boolean;
  giveBytes(bytes: number): void;
}

export interface FrameReaderOptions {
  /** What the other side may send. */
  readonly receives: 'requests' | 'answers';
  readonly limits: ReaderLimits;
  /** Called for each message as it becomes complete. What it throws ends the reader. */
  onMessage(message: Message): void;
  /** Called once for a message that the account has no room for, when its first frame that does not fit begins; the rest of it is read over. */
  onRefused?(request: number, operation: number): void;
  readonly account?: ByteAccount | undefined;
  /** For the bodies of long messages; without one each has memory of its own. */
  readonly pool?: RoomPool | undefined;
}

const nowhere = ownRoom(0);
/** Up to this length a loop is cheaper than a view and a call into the engine. */
const shortCopy = 24;

/**
 * Checks every length before it makes room. After an error the reader is dead: each further `push` throws the same error, and the
 * connection can only be closed. `close` gives back what incomplete messages have taken from the account.
 */
export class FrameReader {
  readonly #options: FrameReaderOptions;
  readonly #answers: number;
  readonly #slab = new Slab();
  readonly #header = new Uint8Array(headerBytes);
  readonly #headerView = new DataView(this.#header.buffer);
  readonly #incomplete = new Map<number, IncomingMessage>();
  #limits: ReaderLimits;
  #headerFilled = 0;
  /** The message of the frame whose body is arriving. */
  #message: IncomingMessage | undefined;
  #bodyLeft = 0;
  #more = false;
  #framesBegun = 0;
  #end: 'no' | 'closed' | { readonly error: unknown } = 'no';

  constructor(options: FrameReaderOptions) {
    this.#options = options;
    this.#limits = options.limits;
    this.#answers = options.receives === 'answers' ? flagAnswer : 0;
  }

  /** For frames that begin from now on: a hello has told them. */
  set limits(limits: ReaderLimits) {
    this.#limits = limits;
  }

  /** True while a part of a frame has arrived and the rest has not. */
  get frameIncomplete(): boolean {
    return this.#headerFilled > 0;
  }

  /** Messages of which not all frames have arrived. */
  get incompleteMessages(): number {
    return this.#incomplete.size;
  }

  /** Counts frames; when it stands still while `frameIncomplete`, it is still the same frame. */
  get framesBegun(): number {
    return this.#framesBegun;
  }

  /**
   * Takes the next bytes of the connection. The chunk stays the caller's, who may use it again at once.
   * @throws {KeyslotError} FRAME_INVALID, FRAME_TOO_LARGE, or what `onMessage` threw.
   */
  push(chunk: Uint8Array): void {
    if (typeof this.#end === 'object') throw this.#end.error;
    try {
      let at = 0;
      while (at < chunk.length && this.#end === 'no') {
        at = this.#message === undefined ? this.#takeHeader(chunk, at) : this.#takeBody(chunk, at, this.#message);
      }
    } catch (error) {
      this.close();
      this.#end = { error };
      throw error;
    }
  }

  /** Drops what is incomplete; further bytes are ignored. May be called from `onMessage`. */
  close(): void {
    if (this.#end === 'no') this.#end = 'closed';
    if (this.#message !== undefined) this.#giveBack(this.#message);
    for (const message of this.#incomplete.values()) if (message !== this.#message) this.#giveBack(message);
    this.#message = undefined;
    this.#headerFilled = 0;
    this.#incomplete.clear();
  }

  #giveBack(message: IncomingMessage): void {
    if (message.charge > 0) this.#options.account?.giveBytes(message.charge);
    message.charge = 0;
  }

  #takeHeader(chunk: Uint8Array, from: number): number {
    if (this.#headerFilled === 0) this.#framesBegun += 1;
    const n = Math.min(headerBytes - this.#headerFilled, chunk.length - from);
    for (let i = 0; i < n; i++) this.#header[this.#headerFilled + i] = chunk[from + i] as number;
    this.#headerFilled += n;
    if (this.#headerFilled === headerBytes) this.#beginFrame();
    return from + n;
  }

  #beginFrame(): void {
    const view = this.#headerView;
    const length = view.getUint32(0, true);
    const operation = view.getUint16(4, true);
    const flags = view.getUint16(6, true);
    const request = view.getUint32(8, true);
    const word = view.getUint32(12, true);
    this.#checkHeader(length, flags, request);
    this.#more = (flags & flagMore) !== 0;
    this.#bodyLeft = length;
    const known = this.#incomplete.size === 0 ? undefined : this.#incomplete.get(request);
    this.#message = known === undefined ? this.#first(operation, request, word, length) : this.#next(known, operation, word, length);
  }

  #checkHeader(length: number, flags: number, request: number): void {
    if ((flags & ~knownFlags) !== 0) throw invalid('frame with unknown flags');
    if ((flags & flagAnswer) !== this.#answers) throw invalid('frame in the wrong direction');
    if (length === 0 || length % 8 !== 0) throw invalid('length of a body is not a positive multiple of 8');
    if (length + headerBytes > this.#limits.frame) throw tooLarge('frame', this.#limits.frame);
    if (request === connectionRequest && this.#answers === 0) throw invalid('request id 0');
  }

  #first(operation: number, request: number, word: number, length: number): IncomingMessage {
    if (length > this.#limits.message) throw tooLarge('message', this.#limits.message);
    if (this.#more && this.#incomplete.size >= maxIncompleteMessages) throw invalid('too many incomplete messages');
    const accepted = this.#take(length);
    const room = accepted ? this.#roomFor(length) : nowhere;
    const message = new IncomingMessage(
      operation,
      request,
      word,
      room,
      accepted ? length : 0,
      accepted && this.#options.pool !== undefined,
    );
    if (this.#more) this.#incomplete.set(request, message);
    if (!accepted) this.#refuse(message);
    return message;
  }

  #roomFor(length: number): Room {
    if (!this.#more && length <= longestInSlab) return this.#slab.take(length);
    return this.#long(length);
  }

  #long(length: number): Room {
    return this.#options.pool?.take(length) ?? ownRoom(length);
  }

  /** A further frame; room doubles, so that many short frames cost neither time nor memory out of proportion. */
  #next(message: IncomingMessage, operation: number, word: number, length: number): IncomingMessage {
    if (operation !== message.operation) throw invalid('frames of one message differ in their operation');
    if (word !== 0) throw invalid('word of a further frame is not zero');
    if (message.refused) return message;
    const needed = message.length + length;
    if (needed > this.#limits.message) throw tooLarge('message', this.#limits.message);
    if (needed <= message.charge) return message;
    const capacity = Math.min(Math.max(needed, 2 * message.charge), this.#limits.message);
    if (this.#take(capacity - message.charge)) this.#move(message, capacity);
    else this.#refuse(message);
    return message;
  }

  #move(message: IncomingMessage, capacity: number): void {
    const { room } = message;
    message.moveTo(this.#long(capacity), capacity);
    if (room !== undefined) this.#options.pool?.give(room);
  }

  #take(bytes: number): boolean {
    const { account } = this.#options;
    return account === undefined || account.tryTakeBytes(bytes);
  }

  #refuse(message: IncomingMessage): void {
    this.#giveBack(message);
    message.refuse(nowhere);
    this.#options.onRefused?.(message.request, message.operation);
  }

  #takeBody(chunk: Uint8Array, from: number, message: IncomingMessage): number {
    const n = Math.min(this.#bodyLeft, chunk.length - from);
    if (!message.refused) {
      copy(message.bytes, message.end, chunk, from, n);
      message.end += n;
    }
    this.#bodyLeft -= n;
    if (this.#bodyLeft === 0) this.#endFrame(message);
    return from + n;
  }

  #endFrame(message: IncomingMessage): void {
    this.#message = undefined;
    this.#headerFilled = 0;
    if (this.#more) return;
    if (this.#incomplete.size > 0) this.#incomplete.delete(message.request);
    if (!message.refused) this.#options.onMessage(message);
  }
}

function copy(to: Uint8Array, at: number, source: Uint8Array, from: number, n: number): void {
  if (n > shortCopy) to.set(source.subarray(from, from + n), at);
  else for (let i = 0; i < n; i++) to[at + i] = source[from + i] as number;
}

function invalid(message: string): KeyslotError {
  return new KeyslotError('FRAME_INVALID', message);
}

function tooLarge(what: string, limit: number): KeyslotError {
  return new KeyslotError('FRAME_TOO_LARGE', `${what} is longer than ${limit} bytes`);
}
