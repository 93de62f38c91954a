/** Several requests under way at once, so that the daemon works while the next one is made; results in order. */

const width = 4;

export class Window<T> {
  readonly #take: (value: T) => Promise<void> | void;
  readonly #waiting: Promise<T>[] = [];

  /** `take` gets the results, one after the other, in the order in which the work was added. */
  constructor(take: (value: T) => Promise<void> | void) {
    this.#take = take;
  }

  /** Waits while too much is under way. @throws what earlier work failed with */
  async add(work: Promise<T>): Promise<void> {
    // Whoever waits for it hears of the failure; nobody may be waiting yet.
    work.catch(() => undefined);
    this.#waiting.push(work);
    if (this.#waiting.length >= width) await this.#next();
  }

  /** Waits for all that is left. */
  async end(): Promise<void> {
    while (this.#waiting.length > 0) await this.#next();
  }

  async #next(): Promise<void> {
    const work = this.#waiting.shift();
    if (work !== undefined) await this.#take(await work);
  }
}
