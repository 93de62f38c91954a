/** Cuts of messages into parts of random sizes, the same for the same seed. */

export class Cuts {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 to `max`, inclusive (mulberry32). */
  below(max: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % (max + 1);
  }

  /** One to five parts, some of them empty. */
  of(message: Uint8Array): Uint8Array[] {
    const marks = Array.from({ length: this.below(4) }, () => this.below(message.length)).sort((a, b) => a - b);
    const ends = [...marks, message.length];
    return ends.map((end, i) => message.subarray(ends[i - 1] ?? 0, end));
  }
}
