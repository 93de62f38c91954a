/** Runs the command line: in this process with a world made of memory, or as the program that ships. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { CliContext, Keyboard, Output } from '../../src/cli/context.js';
import { runCli } from '../../src/cli/run.js';

export const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

export type TypedLine = string | ((shown: string) => string);

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
  /** Only of runs in this process. */
  readonly terminal?: { readonly stdout?: boolean; readonly stderr?: boolean; readonly colours?: boolean };
  readonly signal?: AbortSignal;
  /** What somebody at the terminal types, line by line, also of what is shown there; nobody is there when not given. Only of runs in this process. */
  readonly typed?: readonly TypedLine[];
  readonly onDaemon?: (args: readonly string[]) => never;
}

export interface RunResult {
  /** -1 when a child was ended by a signal. */
  readonly status: number;
  readonly bytes: Buffer;
  readonly stdout: string;
  readonly stderr: string;
}

class Gathered implements Output {
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  readonly #colours: boolean;
  readonly #parts: Uint8Array[] = [];

  constructor(isTTY: boolean, colours: boolean) {
    this.isTTY = isTTY;
    this.#colours = colours;
  }
  onResize(): () => void {
    return () => undefined;
  }
  getColorDepth(): number {
    return this.#colours ? 8 : 1;
  }
  write(text: string): void {
    this.#parts.push(Buffer.from(text));
  }
  async send(bytes: Uint8Array): Promise<void> {
    this.#parts.push(Buffer.from(bytes));
  }
  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** In this process. */
export async function keyslot(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { env = {}, input = '', terminal = {} } = options;
  const colours = terminal.colours === true;
  const stdout = new Gathered(terminal.stdout === true, colours);
  const stderr = new Gathered(terminal.stderr === true, colours);
  const context: CliContext = {
    process: { stdout, stderr, env },
    stdin: { chunks: () => inOddPieces(Buffer.from(input)) },
    keyboard: options.typed === undefined ? undefined : keyboardOf(options.typed, stderr),
    signal: options.signal ?? new AbortController().signal,
    onExit: () => () => undefined,
    hideMemory: () => undefined,
    async becomeDaemon(daemonArgs) {
      if (options.onDaemon === undefined) throw new Error('this run has no daemon');
      return options.onDaemon(daemonArgs);
    },
    status: undefined,
  };
  const status = await runCli(args, context);
  return { status, bytes: stdout.bytes, stdout: stdout.bytes.toString(), stderr: stderr.bytes.toString() };
}

/** Questions appear where errors do, answers do not. */
function keyboardOf(typed: readonly TypedLine[], stderr: Gathered): Keyboard {
  const lines = [...typed];
  const next = (question: string): string => {
    stderr.write(question);
    const line = lines.shift();
    if (line === undefined) throw new Error(`nobody answers: ${question}`);
    return typeof line === 'string' ? line : line(stderr.bytes.toString());
  };
  return { line: async (question) => next(question), secret: async (question) => new TextEncoder().encode(next(question)) };
}

/** As pipes deliver: nothing at first, then pieces of different sizes. */
async function* inOddPieces(data: Buffer): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(0);
  for (let at = 0, size = 1; at < data.length; at += size, size = (size * 7 + 3) % 100_003) yield data.subarray(at, at + size);
}

/** As a child. `started` gets the process while it runs. */
export async function keyslotProgram(
  args: readonly string[],
  options: RunOptions & { readonly started?: (child: ChildProcess) => void } = {},
): Promise<RunResult> {
  const { NODE_V8_COVERAGE: coverage, PATH = '/usr/bin:/bin', HOME = '/' } = process.env;
  const env = { PATH, HOME, ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }), ...options.env };
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], { env, stdio: 'pipe' });
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  options.started?.(child);
  const status = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const bytes = Buffer.concat(out);
  return { status, bytes, stdout: bytes.toString(), stderr };
}

/** A folder that lives as long as the tests of a file. */
export function useFolder(): { path(name: string): string } {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyslot-cli-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (name) => join(folder, name) };
}
