import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));
export const isRoot = process.getuid?.() === 0;
export const nobody = 65534;

/** Test-only calls, see probe.c. */
export interface Probe {
  addressOf(bytes: Uint8Array): number;
  peek(bytes: Uint8Array, offset: number): number;
  sumInForkedChild(bytes: Uint8Array): number;
  dieOfSigpipe(): void;
  forkPaused(): number;
}

export function loadProbe(path: string): Probe {
  return createRequire(import.meta.url)(path) as Probe;
}

/** A folder that other users can read, too. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'keyslot-native-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const hasCompiler = spawnSync('cc', ['--version']).status === 0;
export const noCompiler = 'needs a C compiler as cc';

/** Builds test/native/NAME.c as a shared object in `folder` and gives its path. */
export function buildShared(name: string, folder: string, flags: readonly string[] = []): string {
  const output = join(folder, `${name}.node`);
  const source = join(packageRoot, 'test', 'native', `${name}.c`);
  const done = spawnSync('cc', ['-D_GNU_SOURCE', '-O1', '-fPIC', '-shared', '-o', output, source, ...flags, '-ldl'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`cc failed: ${done.stderr}`);
  return output;
}

/** Copies what the addon needs to work, with or without the addon itself, as another user or an installed package would see it. */
export function copyProduct(folder: string, withAddon: boolean): string {
  const copy = (path: string) => cpSync(join(packageRoot, path), join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const path of ['package.json', 'dist/src/native.js', 'dist/src/core']) copy(path);
  if (withAddon) copy('build/Release/keyslot.node');
  return join(folder, 'dist', 'src', 'native.js');
}

export interface ChildOptions {
  /** A program and its arguments that start node, e.g. ['setpriv', …]. */
  readonly through?: readonly string[];
  readonly nodeOptions?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The next line of its output; rejects when it ends before. */
  line(): Promise<string>;
  /** Sends it a line. */
  tell(line: string): void;
  readonly ended: Promise<Ended>;
}

/** Starts dist/test/native/NAME.js. */
export function startChild(name: string, parameters: readonly string[], options: ChildOptions = {}): Child {
  const script = join(packageRoot, 'dist', 'test', 'native', `${name}.js`);
  return startProgram([...(options.through ?? []), process.execPath, ...(options.nodeOptions ?? []), script, ...parameters], options);
}

export function startProgram(command: readonly string[], options: ChildOptions = {}): Child {
  const [program = '', ...parameters] = command;
  // Another user can't write where coverage is gathered, and would say so.
  const counting = options.through === undefined ? {} : { NODE_V8_COVERAGE: undefined };
  const env = { ...process.env, ...counting, ...options.environment };
  const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'], env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  const line = async () => {
    const next = await lines.next();
    if (next.done === true) throw new Error(`the child ended without another line: ${stderr}`);
    return next.value;
  };
  return { process: child, pid: child.pid ?? 0, line, tell: (text) => child.stdin.write(`${text}\n`), ended };
}

/** Runs dist/test/native/NAME.js to its end. */
export function runChild(name: string, parameters: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return startChild(name, parameters, options).ended;
}

/** For the children: resolves at the next line of standard input, or at its end. */
export function nextInput(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('data', () => resolve());
    process.stdin.once('end', () => resolve());
    process.stdin.resume();
  });
}

/** The user whom peer-child.js becomes, and more groups than fit the addon's first buffer. */
export const otherUser = { uid: 54321, gid: 54322 };
export const manyGroups: number[] = Array.from({ length: 100 }, (_, i) => 60_000 + 3 * i);

export function descriptorOf(socket: Socket | Server): number {
  return (socket as unknown as { _handle: { fd: number } })._handle.fd;
}
