/** A message as it came from the other side. */
import type { Room } from './message-room.js';

/**
 * One complete message. Its body is bytes [start, end) of `bytes`, an owned copy that nobody else writes; around it may lie other
 * messages of the same connection. Pass the four to a decoder. Whoever wipes wipes this range only.
 */
export interface Message {
  readonly operation: number;
  readonly request: number;
  /** Of a request: milliseconds left, or `deadlineDefault`, `deadlineNone`. Of an answer: the status, 0 when all went well. */
  readonly word: number;
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  /** Bytes taken from the account, which go over to the receiver: give them back when the body is not needed any more. */
  readonly charge: number;
  /** Where the body lies, if that is a room of the reader's pool: give it back there when nobody will look at the body any more. */
  readonly room: Room | undefined;
}

/** A message whose frames are arriving. */
export class IncomingMessage implements Message {
  readonly operation: number;
  readonly request: number;
  readonly word: number;
  bytes: Uint8Array;
  view: DataView;
  readonly start: number;
  /** Where the next byte goes. */
  end: number;
  /** Bytes that there is room for. */
  charge: number;
  room: Room | undefined;
  /** There was no quota for it: its frames are read over. */
  refused = false;

  constructor(operation: number, request: number, word: number, room: Room, charge: number, pooled: boolean) {
    this.operation = operation;
    this.request = request;
    this.word = word;
    this.bytes = room.bytes;
    this.view = room.view;
    this.start = room.start;
    this.end = room.start;
    this.charge = charge;
    this.room = pooled ? room : undefined;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Moves what has arrived to a longer buffer. */
  moveTo(room: Room, charge: number): void {
    room.bytes.set(this.bytes.subarray(this.start, this.end));
    this.bytes = room.bytes;
    this.view = room.view;
    this.charge = charge;
    if (this.room !== undefined) this.room = room;
  }

  refuse(nowhere: Room): void {
    this.refused = true;
    this.bytes = nowhere.bytes;
    this.view = nowhere.view;
    this.charge = 0;
    this.room = undefined;
    this.end = this.start;
  }
}
