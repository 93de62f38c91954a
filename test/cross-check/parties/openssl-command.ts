/**
 * The `openssl` command, many calls after another in a few shells: starting it takes 3 ms, a process of its own from here as much again.
 * Keys of tests are no secrets, so they may be in arguments.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An argument that is a file with this content. */
export interface InputFile {
  readonly content: Uint8Array;
}
export type Argument = string | InputFile;

export function file(content: Uint8Array): InputFile {
  return { content };
}

export interface CommandResult {
  readonly status: number;
  readonly output: Uint8Array;
  readonly error: string;
}

class Shell {
  readonly #child: ChildProcess;
  readonly #waiting: ((status: number) => void)[] = [];

  constructor() {
    // The system's configuration decides nothing here, and reading it takes longer than the work.
    const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', OPENSSL_CONF: '/dev/null', LC_ALL: 'C' };
    this.#child = spawn('/bin/sh', [], { stdio: ['pipe', 'pipe', 'ignore'], env });
    this.#child.once('exit', () => {
      for (const answer of this.#waiting.splice(0)) answer(-1);
    });
    const { stdout } = this.#child;
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#waiting.shift()?.(Number(line)));
  }

  get load(): number {
    return this.#waiting.length;
  }

  run(line: string): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin?.write(`${line}; echo "$?"\n`);
    });
  }

  close(): void {
    this.#child.stdin?.end();
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export class OpenSslCommand implements Disposable {
  readonly version: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'keyslot-cross-check-'));
  readonly #shells = Array.from({ length: availableParallelism() }, () => new Shell());
  #files = 0;

  private constructor(version: string) {
    this.version = version;
  }

  /** Undefined where there is none, or one before version 3. */
  static find(): OpenSslCommand | undefined {
    const { status, stdout } = spawnSync('openssl', ['version'], { encoding: 'utf8' });
    const version = /^OpenSSL ((\d+)\.\S+)/.exec(status === 0 ? stdout : '');
    return version?.[1] !== undefined && Number(version[2]) >= 3 ? new OpenSslCommand(version[1]) : undefined;
  }

  [Symbol.dispose](): void {
    for (const shell of this.#shells) shell.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async run(args: readonly Argument[]): Promise<CommandResult> {
    const paths: string[] = [];
    const path = (): string => {
      this.#files += 1;
      const next = join(this.#folder, String(this.#files));
      paths.push(next);
      return next;
    };
    const words = args.map((argument) => {
      if (typeof argument === 'string') return quoted(argument);
      const input = path();
      writeFileSync(input, argument.content);
      return quoted(input);
    });
    const [output, error] = [path(), path()];
    const shell = this.#shells.reduce((least, next) => (next.load < least.load ? next : least));
    const status = await shell.run(`openssl ${words.join(' ')} </dev/null >${quoted(output)} 2>${quoted(error)}`);
    const result = { status, output: Uint8Array.from(readFileSync(output)), error: readFileSync(error, 'utf8') };
    for (const used of paths) rmSync(used, { force: true });
    return result;
  }

  /** The output. @throws Error when the command fails */
  async output(args: readonly Argument[]): Promise<Uint8Array> {
    const { status, output, error } = await this.run(args);
    if (status === 0) return output;
    const words = args.map((argument) =>
      typeof argument === 'string' ? argument : `FILE:${Buffer.from(argument.content).toString('hex')}`,
    );
    throw new Error(`openssl ${words.join(' ').slice(0, 1000)}: exit ${status}: ${error.trim()}`);
  }
}
