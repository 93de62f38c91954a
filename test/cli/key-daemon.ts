/** A daemon whose slots are empty, for the commands that fill them. */
import { afterAll, beforeAll } from 'vitest';
import type { PermissionName } from '../../src/core/permissions.js';
import {
  createToken,
  type DisposableDaemon,
  type DisposableToken,
  type SlotLine,
  softwareProvider,
  startDisposableDaemon,
  tokenProvider,
} from '../../src/testing/index.js';
import { keyslot, type RunOptions, type RunResult } from './support.js';

export interface SlotWish {
  readonly algorithm: string;
  /** All that fits any key when not given. */
  readonly permissions?: readonly PermissionName[];
  readonly providers?: readonly string[];
  readonly rights?: readonly ('use' | 'write' | 'generate' | 'clear')[];
}

const everything: readonly PermissionName[] = [
  'encrypt',
  'decrypt',
  'wrap',
  'unwrap',
  'sign',
  'verify',
  'mac',
  'agree',
  'derive',
  'export',
];
const allRights = ['use', 'write', 'generate', 'clear'] as const;

export interface KeyDaemon {
  readonly daemon: DisposableDaemon;
  /** A run in this process, with this daemon. */
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** A run that goes well; its output. */
  ok(...args: readonly string[]): Promise<string>;
  /** A run that goes well with `--json`, parsed. */
  json(...args: readonly string[]): Promise<Record<string, unknown>>;
  /** A run that is refused: exit status and what it says. */
  refused(...args: readonly string[]): Promise<readonly [status: number, message: string]>;
}

async function start(slots: Readonly<Record<string, SlotWish>>, token: DisposableToken | undefined): Promise<KeyDaemon> {
  const lines = Object.entries(slots).map(([name, { algorithm, permissions = everything, providers = ['software'] }]): SlotLine => {
    return { name, kind: 'key', algorithm, providers, permissions };
  });
  const user = process.getuid?.() ?? 0;
  const access = Object.entries(slots).map(([name, { rights = allRights }]) => ({ user, slots: { [name]: name }, rights }));
  const providers = [softwareProvider(), ...(token === undefined ? [] : [tokenProvider(token)])];
  const daemon = await startDisposableDaemon({ settings: { providers, slots: lines, access } });
  const env = { KEYSLOT_ENDPOINT: daemon.endpoint, KEYSLOT_ADMIN: daemon.adminEndpoint };
  const run: KeyDaemon['run'] = (args, options = {}) => keyslot(args, { env, ...options });
  const ok: KeyDaemon['ok'] = async (...args) => {
    const { status, stdout, stderr } = await run(args);
    if (status !== 0) throw new Error(`keyslot ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  };
  return {
    daemon,
    run,
    ok,
    json: async (...args) => JSON.parse(await ok(...args, '--json')) as Record<string, unknown>,
    async refused(...args) {
      const { status, stdout, stderr } = await run(args);
      if (stdout !== '') throw new Error(`keyslot ${args.join(' ')} printed ${stdout}`);
      return [status, stderr];
    },
  };
}

/** Lives as long as the tests of a file. */
export function useKeyDaemon(slots: Readonly<Record<string, SlotWish>>, options: { readonly token?: boolean } = {}): () => KeyDaemon {
  let running: KeyDaemon | undefined;
  let token: DisposableToken | undefined;
  beforeAll(async () => {
    token = options.token === true ? await createToken() : undefined;
    running = await start(slots, token);
  });
  afterAll(async () => {
    await running?.daemon[Symbol.asyncDispose]();
    await token?.remove();
  });
  return () => {
    if (running === undefined) throw new Error('the daemon is not there yet');
    return running;
  };
}
