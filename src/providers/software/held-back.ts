/** Plaintext whose tag has not been checked yet: kept together, given out whole or wiped. */
import { Output } from './paced.js';

const smallestRoom = 4 * 1024;
const largestRoom = 256 * 1024;
const nothing = new Uint8Array(0);

export class HeldBack {
  #whole: Uint8Array[] = [];
  /** Gathers small pieces, so that a message in many tiny updates costs no more memory than it has bytes. */
  #room: Output | undefined;
  #size = 0;

  /** Takes over the piece. */
  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const first = this.#size === 0;
    this.#size += piece.length;
    if (this.#room !== undefined && piece.length <= this.#room.free) this.#room.move(piece);
    else {
      this.#closeRoom();
      if (first || piece.length >= largestRoom) this.#whole.push(piece);
      else {
        this.#room = new Output(Math.max(piece.length, smallestRoom, Math.min(this.#size, largestRoom)));
        this.#room.move(piece);
      }
    }
  }

  /** All of it, the caller's from here on. */
  release(): Uint8Array {
    this.#closeRoom();
    const [first = nothing, ...more] = this.#whole;
    const size = this.#size;
    this.#whole = [];
    this.#size = 0;
    if (more.length === 0) return first;
    const output = new Output(size);
    for (const piece of [first, ...more]) output.move(piece);
    return output.take();
  }

  wipe(): void {
    this.#closeRoom();
    for (const piece of this.#whole) piece.fill(0);
    this.#whole = [];
    this.#size = 0;
  }

  #closeRoom(): void {
    if (this.#room !== undefined) this.#whole.push(this.#room.take());
    this.#room = undefined;
  }
}
