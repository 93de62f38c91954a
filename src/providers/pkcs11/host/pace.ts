/**
 * Decides whether a call of the module runs in line or on the thread pool. A hop to the pool costs about 20 µs, a slow call in line
 * holds up everybody; about 200 µs divide them. Calls start on the pool; once one was measured to be fast, its like run in line,
 * until one is slow.
 */
import { andFinally } from '../../answer.js';
import type { Answer } from '../../contract.js';

/** Milliseconds. */
const fast = 0.2;
const slow = 5;
/** Longer input says nothing about a mechanism and always goes to the pool. */
const longestInline = 16 * 1024;

export class Pace {
  readonly #inline = new Set<string>();

  /** `what` names a kind of call; `size` is its input in bytes. */
  perform<T>(what: string, size: number, inline: () => T, onPool: () => Promise<T>): Answer<T> {
    if (size > longestInline) return onPool();
    const started = performance.now();
    if (!this.#inline.has(what)) return this.#measure(what, started, onPool);
    return andFinally(inline, () => {
      if (performance.now() - started > slow) this.#inline.delete(what);
    });
  }

  async #measure<T>(what: string, started: number, onPool: () => Promise<T>): Promise<T> {
    const value = await onPool();
    if (performance.now() - started < fast) this.#inline.add(what);
    return value;
  }

  /** What runs in line now, for the tests. */
  get inlined(): readonly string[] {
    return [...this.#inline];
  }
}
