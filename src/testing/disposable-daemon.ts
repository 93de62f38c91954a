/** A real `keyslotd` in a folder of its own, gone without a trace when it is disposed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { KeyslotError } from '../core/errors.js';
import type { DaemonSettings, ProviderLine } from './daemon-settings.js';

export interface DisposableDaemonOptions {
  readonly settings: DaemonSettings;
  /** Where the daemon's folder is made; the system's folder for temporary files when not given. */
  readonly parent?: string;
  /** Other users may reach the socket (its folder lets them through; its mode is the settings'). */
  readonly reachable?: boolean;
  /** Milliseconds that starting may take. */
  readonly startWithin?: number;
  /** Of the daemon's process, beside its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** What starts the daemon's program, such as `prlimit` with its arguments. */
  readonly through?: readonly [string, ...string[]];
}

const program = fileURLToPath(new URL('../daemon/main.js', import.meta.url));
const readyDescriptor = 3;
const stopWithin = 15_000;

/** Starts a daemon and resolves when it serves. @throws PROVIDER_NOT_AVAILABLE with what the daemon said */
export async function startDisposableDaemon(options: DisposableDaemonOptions): Promise<DisposableDaemon> {
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), 'keyslot-daemon-'));
  try {
    const daemon = new DisposableDaemon(folder, options);
    await daemon.start();
    return daemon;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

export class DisposableDaemon implements AsyncDisposable {
  readonly folder: string;
  readonly configPath: string;
  readonly socketPath: string;
  /** For `connectionEndpoint` and KEYSLOT_ENDPOINT. */
  readonly endpoint: string;
  readonly adminPath: string;
  /** For KEYSLOT_ADMIN. */
  readonly adminEndpoint: string;
  readonly #options: DisposableDaemonOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<number | null> = Promise.resolve(null);
  #log = '';

  /** Writes the folder; `start` starts. */
  constructor(folder: string, options: DisposableDaemonOptions) {
    this.folder = folder;
    this.#options = options;
    const run = join(folder, 'run');
    this.configPath = join(folder, 'keyslot.yaml');
    this.socketPath = join(run, 'keyslot.sock');
    this.adminPath = join(run, 'admin.sock');
    this.endpoint = `unix:${this.socketPath}`;
    this.adminEndpoint = `unix:${this.adminPath}`;
    mkdirSync(run, { mode: 0o755 });
    if (options.reachable === true) {
      chmodSync(folder, 0o755);
      chmodSync(run, 0o755);
    }
    this.configure(options.settings);
  }

  get pid(): number | undefined {
    return this.#child?.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  /** What the daemon has logged so far. */
  get log(): string {
    return this.#log;
  }
  /** Resolves with the exit code, null for a signal, once the daemon has ended. */
  get exited(): Promise<number | null> {
    return this.#exited;
  }

  /** Writes the configuration anew; it counts from the next start. */
  configure(settings: DaemonSettings): void {
    const keyFile = join(this.folder, 'store.key');
    if (!existsSync(keyFile)) writeKeyFile(keyFile);
    const { mode = '0600', group, providers, ...rest } = settings;
    const config = {
      version: 1,
      listen: { path: this.socketPath, mode, ...(group === undefined ? {} : { group }) },
      admin: { path: this.adminPath, mode: '0600' },
      state: join(this.folder, 'state'),
      providers: providers.map((provider) => withKeyFile(provider, keyFile)),
      ...rest,
    };
    writeFileSync(this.configPath, stringify(config), { mode: 0o600 });
  }

  async start(): Promise<void> {
    const { NODE_V8_COVERAGE: coverage, PATH: path = '/usr/bin:/bin' } = process.env;
    const own = [process.execPath, '--enable-source-maps', program, '--config', this.configPath, '--ready-fd', String(readyDescriptor)];
    const [first, ...rest] = [...(this.#options.through ?? []), ...own] as [string, ...string[]];
    const child = spawn(first, rest, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { PATH: path, ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: coverage }), ...this.#options.env },
    });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    await this.#ready(child.stdio[readyDescriptor] as Readable);
    for (const stream of [child.stderr, child.stdio[readyDescriptor]]) (stream as { unref?: () => void } | null)?.unref?.();
    child.unref();
  }

  async #ready(stream: Readable): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, this.#options.startWithin ?? 60_000, 'late');
    });
    const first = await Promise.race([new Promise<'ready'>((resolve) => stream.once('data', () => resolve('ready'))), this.#exited, late]);
    clearTimeout(timer);
    if (first === 'ready') return;
    this.kill('SIGKILL');
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `keyslotd did not start${first === 'late' ? ' in time' : ''}: ${this.#log.trim()}`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Stops cleanly; the folder stays. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    this.kill('SIGCONT');
    this.kill('SIGTERM');
    const late = setTimeout(() => this.kill('SIGKILL'), stopWithin);
    const code = await this.#exited;
    clearTimeout(late);
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function withKeyFile(provider: ProviderLine, keyFile: string): ProviderLine {
  const { keyStore } = provider as { readonly keyStore?: { readonly key?: { readonly file?: string } } };
  return keyStore?.key?.file === '' ? { ...provider, keyStore: { key: { file: keyFile } } } : provider;
}

function writeKeyFile(path: string): void {
  const key = randomFillSync(new Uint8Array(32));
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, key);
  } finally {
    closeSync(descriptor);
    key.fill(0);
  }
}
