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
const longestInSlab = 1024;

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
