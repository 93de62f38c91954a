/** A daemon with a vault, for the commands of the vault. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { type DaemonSettings, type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { keyslot, type RunOptions, type RunResult } from './support.js';

export interface VaultDaemon {
  readonly daemon: DisposableDaemon;
  readonly env: { readonly KEYSLOT_ENDPOINT: string; readonly KEYSLOT_ADMIN: string };
  /** A run in this process, with this daemon. */
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Words of a run that goes well; what it printed. */
  ok(...args: readonly string[]): Promise<string>;
  /** A run that goes well with `--json`, parsed. */
  json(...args: readonly string[]): Promise<Record<string, unknown>>;
  /** A run that is refused: exit status and what it says. Nothing is on its standard output. */
  refused(args: readonly string[], options?: RunOptions): Promise<readonly [status: number, message: string]>;
}

/** Lives as long as the tests of a file, or of a group. */
export function useVaultDaemon(more: Partial<DaemonSettings> = { vault: {} }): () => VaultDaemon {
  let running: VaultDaemon | undefined;
  beforeAll(async () => {
    running = withDaemon(await startDisposableDaemon({ settings: { providers: [softwareProvider()], ...more } }));
  });
  afterAll(() => running?.daemon[Symbol.asyncDispose]());
  return () => {
    if (running === undefined) throw new Error('the daemon is not there yet');
    return running;
  };
}

function withDaemon(daemon: DisposableDaemon): VaultDaemon {
  const env = { KEYSLOT_ENDPOINT: daemon.endpoint, KEYSLOT_ADMIN: daemon.adminEndpoint };
  const run: VaultDaemon['run'] = (args, options = {}) => keyslot(args, { env, ...options });
  const ok: VaultDaemon['ok'] = async (...args) => {
    const { status, stdout, stderr } = await run(args);
    if (status !== 0) throw new Error(`keyslot ${args.join(' ')} ended with ${status}: ${stderr}${stdout}`);
    return stdout;
  };
  return {
    daemon,
    env,
    run,
    ok,
    json: async (...args) => JSON.parse(await ok(...args, '--json')) as Record<string, unknown>,
    async refused(args, options) {
      const { status, stdout, stderr } = await run(args, options);
      if (stdout !== '') throw new Error(`keyslot ${args.join(' ')} printed ${stdout}`);
      return [status, stderr];
    },
  };
}

/** A descriptor that stands before these lines; in a file, where nobody waits. */
export async function withLines<T>(path: string, lines: string, use: (descriptor: number) => Promise<T>): Promise<T> {
  writeFileSync(path, lines, { mode: 0o600 });
  const descriptor = openSync(path, 'r');
  try {
    return await use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
