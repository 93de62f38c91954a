/**
 * Looks for the next request before the daemon sleeps: to be woken up costs tens of microseconds, a short request one or two. Where
 * nothing comes it gives up for a growing number of turns, and where only one processor is allowed it never starts.
 */
import { availableParallelism } from 'node:os';
import { spinUntilReadable } from '../native.js';

/** Microseconds. */
const longestSpin = 50;
const missesUntilPause = 3;
const shortestPause = 64;
const longestPause = 1024;

export class Spinner {
  readonly #busy: () => boolean;
  readonly #possible = availableParallelism() > 1;
  #descriptor = -1;
  #scheduled = false;
  #misses = 0;
  /** Turns without a spin. */
  #pause = 0;
  #nextPause = shortestPause;

  /** @param busy whether requests are under way elsewhere, whose answers must not wait. */
  constructor(busy: () => boolean) {
    this.#busy = busy;
  }

  /** All that a connection asked so far is answered. */
  answered(descriptor: number): void {
    this.#descriptor = descriptor;
    if (this.#scheduled || !this.#possible || descriptor < 0) return;
    this.#scheduled = true;
    setImmediate(this.#spin);
  }

  readonly #spin = (): void => {
    this.#scheduled = false;
    if (this.#pause > 0) this.#pause -= 1;
    else if (!this.#busy()) this.#count(spinUntilReadable(this.#descriptor, longestSpin));
  };

  #count(hit: boolean): void {
    if (hit) {
      this.#misses = 0;
      this.#nextPause = shortestPause;
      return;
    }
    this.#misses += 1;
    if (this.#misses < missesUntilPause) return;
    this.#pause = this.#nextPause;
    this.#nextPause = Math.min(longestPause, 2 * this.#nextPause);
  }
}
