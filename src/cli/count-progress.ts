/** How far a run over many things is, on a terminal only. */
import type { CliContext } from './context.js';

/** Milliseconds before anything is shown, and between two looks. */
const patience = 500;

export class CountProgress {
  readonly #context: CliContext;
  readonly #what: string;
  readonly #silent: boolean;
  #shown = performance.now();
  #visible = false;

  constructor(context: CliContext, what: string, silent: boolean) {
    this.#context = context;
    this.#what = what;
    this.#silent = silent || !context.process.stderr.isTTY;
  }

  at(done: number, all: number): void {
    const now = performance.now();
    if (this.#silent || now - this.#shown < patience) return;
    this.#shown = now;
    this.#visible = true;
    const { columns = 80 } = this.#context.process.stderr;
    this.#context.process.stderr.write(`\r${`${this.#what}: ${done} of ${all}`.slice(0, columns - 1)}\u001b[K`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#visible) this.#context.process.stderr.write('\r\u001b[K');
    this.#visible = false;
  }
}
