/** A real terminal, by util-linux's script(1), with the program that ships in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { program } from './support.js';

const patience = 20_000;

export class Terminal implements Disposable {
  readonly #child: ChildProcess;
  #shown = '';
  #seen = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  /** Runs a command; then what is left of the terminal is told: `status N`, and its settings. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    const quoted = [process.execPath, program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const command = `sh -c 'echo pid $$; exec "$@"' - ${quoted}; echo status $?; stty -a`;
    const { PATH = '/usr/bin:/bin', HOME = '/' } = process.env;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      env: { PATH, HOME, TERM: 'xterm', SHELL: '/bin/sh', ...env },
      stdio: 'pipe',
    });
    const take = (text: string) => {
      this.#shown += text;
      this.#wake();
    };
    this.#child.stdout?.setEncoding('utf8').on('data', take);
    this.#child.stderr?.setEncoding('utf8').on('data', take);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.once('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** All that was shown so far. */
  get shown(): string {
    return this.#shown;
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits until this is shown, after what was waited for before; what came up to its end. */
  async sees(pattern: RegExp): Promise<string> {
    const late = Date.now() + patience;
    for (;;) {
      const rest = this.#shown.slice(this.#seen);
      const found = pattern.exec(rest);
      if (found !== null) {
        const end = found.index + found[0].length;
        this.#seen += end;
        return rest.slice(0, end);
      }
      if (this.#ended || Date.now() > late) throw new Error(`${pattern} was not shown, but: ${rest}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}
