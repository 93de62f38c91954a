/** A timer that keeps no process alive and may be set anew at no cost. */

/** Milliseconds; `setTimeout` takes no more. */
const longestWait = 0x7fffffff;

/** Milliseconds of the monotonic clock, which stands while the system sleeps. */
export function now(): number {
  return performance.now();
}

export class Timer {
  readonly #run: () => void;
  #handle: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Runs once at that time of `now`. A later time than the one set before costs no new timer. */
  setFor(due: number): void {
    const earlier = due < this.#due;
    this.#due = due;
    if (this.#handle === undefined || earlier) this.#arm();
  }

  stop(): void {
    clearTimeout(this.#handle);
    this.#handle = undefined;
    this.#due = Number.POSITIVE_INFINITY;
  }

  #arm(): void {
    clearTimeout(this.#handle);
    const wait = Math.min(Math.max(Math.ceil(this.#due - now()), 0), longestWait);
    this.#handle = setTimeout(() => this.#look(), wait);
    this.#handle.unref();
  }

  #look(): void {
    if (now() < this.#due) {
      this.#arm();
      return;
    }
    this.stop();
    this.#run();
  }
}
