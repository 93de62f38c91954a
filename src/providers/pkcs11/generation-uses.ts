/** Which stored generations are in use by loaded keys, and what waits until they are not. */
import type { Use } from './token-key.js';

interface Count {
  keys: number;
  whenUnused: (() => void) | undefined;
}

export class GenerationUses {
  readonly #counts = new Map<string, Count>();

  of(slot: string, generation: number): Use {
    const name = nameOf(slot, generation);
    return { begin: () => this.#begin(name), end: () => this.#end(name) };
  }

  isUsed(slot: string, generation: number): boolean {
    return this.#counts.has(nameOf(slot, generation));
  }

  /** Runs the work now, or once the last key is released. */
  whenUnused(slot: string, generation: number, work: () => void): void {
    const count = this.#counts.get(nameOf(slot, generation));
    if (count === undefined) work();
    else count.whenUnused = work;
  }

  #begin(name: string): void {
    const count = this.#counts.get(name);
    if (count === undefined) this.#counts.set(name, { keys: 1, whenUnused: undefined });
    else count.keys += 1;
  }

  #end(name: string): void {
    const count = this.#counts.get(name);
    if (count === undefined) return;
    count.keys -= 1;
    if (count.keys > 0) return;
    this.#counts.delete(name);
    count.whenUnused?.();
  }
}

function nameOf(slot: string, generation: number): string {
  return `${generation} ${slot}`;
}
