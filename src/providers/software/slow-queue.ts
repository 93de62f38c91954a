/** Slow work that waits: callers in turn, never all children or all memory for one of them. */

/** What is bounded of the work under way; memory in bytes. */
export interface SlowLimits {
  readonly pieces: number;
  readonly memory: number;
}
export interface SlowJob {
  readonly caller: number;
  /** Bytes that it takes beyond what any child has; 0 for nothing worth counting. */
  readonly memory: number;
}

const nothing: SlowLimits = { pieces: 0, memory: 0 };

export class SlowQueue<J extends SlowJob> {
  readonly #memory: number;
  readonly #byCaller: SlowLimits;
  /** Callers in the order of their turns. */
  readonly #waiting = new Map<number, J[]>();
  readonly #running = new Map<number, SlowLimits>();
  #memoryUsed = 0;

  /** `byCaller`: what one caller has under way at most. A piece that wants more memory than that is refused by who does it. */
  constructor(memory: number, byCaller: SlowLimits) {
    this.#memory = memory;
    this.#byCaller = byCaller;
  }

  add(job: J): void {
    const own = this.#waiting.get(job.caller);
    if (own === undefined) this.#waiting.set(job.caller, [job]);
    else own.push(job);
  }

  /** False when it waits no more. */
  remove(job: J): boolean {
    const own = this.#waiting.get(job.caller);
    const at = own?.indexOf(job) ?? -1;
    if (own === undefined || at < 0) return false;
    this.#take(job.caller, own, at);
    return true;
  }

  clear(): void {
    this.#waiting.clear();
  }

  /** The next piece, which is under way from here on: of who has waited longest and may have more, who then goes to the end of the line. */
  next(): J | undefined {
    let memoryReserved = false;
    for (const [caller, own] of this.#waiting) {
      if (this.#of(caller).pieces >= this.#byCaller.pieces) continue;
      const at = own.findIndex((job) => job.memory === 0 || (!memoryReserved && this.#fits(job)));
      if (at < 0) {
        // Whoever waits for much memory would wait for ever if the little that is free always went to others.
        memoryReserved ||= own.some((job) => this.#fitsCaller(job));
        continue;
      }
      const job = this.#take(caller, own, at);
      if (this.#waiting.delete(caller)) this.#waiting.set(caller, own);
      if (job !== undefined) this.#count(job, 1);
      return job;
    }
    return undefined;
  }

  /** To be told of all that `next` gave. */
  done(job: J): void {
    this.#count(job, -1);
  }

  #take(caller: number, own: J[], at: number): J | undefined {
    const [job] = own.splice(at, 1);
    if (own.length === 0) this.#waiting.delete(caller);
    return job;
  }

  #of(caller: number): SlowLimits {
    return this.#running.get(caller) ?? nothing;
  }
  #charge(job: J): number {
    return Math.min(job.memory, this.#byCaller.memory);
  }
  #fitsCaller(job: J): boolean {
    return this.#of(job.caller).memory + this.#charge(job) <= this.#byCaller.memory;
  }
  #fits(job: J): boolean {
    return this.#fitsCaller(job) && this.#memoryUsed + this.#charge(job) <= this.#memory;
  }

  #count(job: J, by: 1 | -1): void {
    const { pieces, memory } = this.#of(job.caller);
    const charge = by * this.#charge(job);
    this.#memoryUsed += charge;
    if (pieces + by === 0) this.#running.delete(job.caller);
    else this.#running.set(job.caller, { pieces: pieces + by, memory: memory + charge });
  }
}
