/** Memory for the bodies of messages. */

/** Where a body lies. */
export interface Room {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** A multiple of 8. */
  readonly start: number;
}

const slabBytes = 8192;
/** Longer bodies get memory of their own, so that one message can't keep much more alive than itself. */
export const longestInSlab = 1024;

/** Memory of its own, zeroed. */
export function ownRoom(length: number): Room {
  const bytes = new Uint8Array(length);
  return { bytes, view: new DataView(bytes.buffer), start: 0 };
}

/** Hands out short pieces of one buffer, each once: a buffer and a view for each message would cost more than the message. */
export class Slab {
  #room: Room | undefined;
  #used = 0;

  /** @param length a multiple of 8. */
  take(length: number): Room {
    if (length > longestInSlab) return ownRoom(length);
    if (this.#room === undefined || this.#used + length > slabBytes) {
      this.#room = ownRoom(slabBytes);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += length;
    return { bytes: this.#room.bytes, view: this.#room.view, start };
  }
}

/** Rooms of a pool are made in steps of this size, so that messages of nearly one length share them. */
const stepBytes = 65_536;

/**
 * Rooms of long messages, to be used again. The collector takes its time with large buffers: a stream that had a new one for each of its
 * parts would grow the process by tens of MiB, and the system would clear each page anew.
 */
export class RoomPool {
  readonly #free: Room[] = [];
  readonly #most: number;
  #bytes = 0;

  /** @param most bytes that are kept unused. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Zeroed; at least as long as asked. Short ones are not worth keeping. */
  take(length: number): Room {
    if (length < stepBytes) return ownRoom(length);
    const at = this.#free.findIndex(({ bytes }) => bytes.length >= length && bytes.length <= 2 * length);
    const [room] = at < 0 ? [] : this.#free.splice(at, 1);
    if (room === undefined) return ownRoom(Math.ceil(length / stepBytes) * stepBytes);
    this.#bytes -= room.bytes.length;
    room.bytes.fill(0, 0, length);
    return room;
  }

  /** Nobody reads or writes it any more. */
  give(room: Room): void {
    if (room.bytes.length < stepBytes || room.bytes.length > this.#most) return;
    this.#free.push(room);
    this.#bytes += room.bytes.length;
    while (this.#bytes > this.#most) this.#bytes -= (this.#free.shift() as Room).bytes.length;
  }
}
