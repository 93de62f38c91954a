/** One timer for all the waits of a connection: to make and clear one for each call costs as much as the call's way through the client. */

const longestTimer = 0x7fffffff;

export class Deadlines {
  readonly #passed: (now: number) => number;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer rings, in time of `performance.now`. */
  #rings = Number.POSITIVE_INFINITY;

  /** @param passed ends the waits that are over, and answers when the next one will be; Infinity for none. */
  constructor(passed: (now: number) => number) {
    this.#passed = passed;
  }

  /** A wait has begun that is over at `at`. Its end need not be told: a timer that rings for nothing is set to the next. */
  add(at: number): void {
    if (at < this.#rings) this.#set(at);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#rings = Number.POSITIVE_INFINITY;
  }

  #set(at: number): void {
    clearTimeout(this.#timer);
    this.#rings = at;
    // Keeps no process alive: while somebody waits the socket does.
    this.#timer = setTimeout(this.#ring, Math.min(Math.max(1, Math.ceil(at - performance.now())), longestTimer)).unref();
  }

  readonly #ring = (): void => {
    this.#rings = Number.POSITIVE_INFINITY;
    this.add(this.#passed(performance.now()));
  };
}
