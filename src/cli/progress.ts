/** How far a long run is, on a terminal only. */
import type { CliContext } from './context.js';
import { humanBytes } from './human.js';
import type { InputFile } from './input-file.js';

/** Below this many bytes nothing is shown. */
const worthShowing = 4 << 20;
/** Milliseconds between two looks. */
const interval = 200;

export class Progress {
  readonly #context: CliContext;
  readonly #what: string;
  readonly #size: number | undefined;
  readonly #since = performance.now();
  readonly #silent: boolean;
  #done = 0;
  #shown = 0;
  #visible = false;

  constructor(context: CliContext, what: string, input: Pick<InputFile, 'name' | 'size'>, silent: boolean) {
    this.#context = context;
    this.#what = `${what} ${input.name === '-' ? 'standard input' : input.name}`;
    this.#size = input.size;
    this.#silent = silent || !context.process.stderr.isTTY;
  }

  add(bytes: number): void {
    this.#done += bytes;
    if (this.#silent || (this.#size ?? this.#done) < worthShowing) return;
    const now = performance.now();
    if (now - this.#shown < interval) return;
    this.#shown = now;
    this.#show(now);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#visible) this.#context.process.stderr.write('\r\u001b[K');
    this.#visible = false;
  }

  #show(now: number): void {
    const rate = `${humanBytes((this.#done * 1000) / Math.max(1, now - this.#since))}/s`;
    const far =
      this.#size === undefined || this.#size === 0
        ? humanBytes(this.#done)
        : `${Math.min(100, Math.floor((this.#done * 100) / this.#size))} % of ${humanBytes(this.#size)}`;
    const { columns = 80 } = this.#context.process.stderr;
    this.#context.process.stderr.write(`\r${`${this.#what}: ${far}, ${rate}`.slice(0, columns - 1)}\u001b[K`);
    this.#visible = true;
  }
}
