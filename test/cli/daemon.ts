/** A daemon with slots for the command line's tests. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import {
  createToken,
  type DisposableDaemon,
  type DisposableToken,
  type SlotLine,
  softwareProvider,
  startDisposableDaemon,
  tokenProvider,
} from '../../src/testing/index.js';

const keys = [
  { name: 'aes', algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] },
  { name: 'other-aes', algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] },
  { name: 'mac', algorithm: 'HMAC-SHA-256', permissions: ['mac'] },
  { name: 'ec', algorithm: 'ECDSA-P256', permissions: ['sign', 'verify'] },
  { name: 'rsa', algorithm: 'RSA-2048', permissions: ['sign', 'verify'] },
  { name: 'empty', algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] },
  { name: 'seal-only', algorithm: 'AES-256', permissions: ['encrypt'] },
] as const;

export interface TestDaemon {
  readonly daemon: DisposableDaemon;
  /** Bytes of the key in `software-aes` and `software-seal-only`. */
  readonly aes: Uint8Array;
  /** Bytes of the key in `software-mac` and `token-mac`. */
  readonly mac: Uint8Array;
  /** For the environment of a run. */
  readonly env: { readonly KEYSLOT_ENDPOINT: string; readonly KEYSLOT_ADMIN: string };
}

async function fill(endpoint: string, names: readonly string[], aes: Uint8Array, mac: Uint8Array): Promise<void> {
  const stack = await createCryptoStack({ connectionEndpoint: endpoint, defaultOperationTimeout: 60_000 });
  const crypto = await stack.createCryptoContext();
  const management = await crypto.createKeyManagementContext();
  for (const name of names) {
    const slot = await crypto.resolveResource(name, 'keySlot');
    const key = keys.find((row) => name.endsWith(`-${row.name}`) && name.length === name.indexOf('-') + 1 + row.name.length);
    if (key === undefined || key.name === 'empty') continue;
    const known = key.name === 'mac' ? mac : name === 'software-aes' || name === 'software-seal-only' ? aes : undefined;
    if (known === undefined) await management.generateKey(slot, key.algorithm);
    else await management.importKey(slot, { algorithm: key.algorithm, keyData: known });
  }
  await stack.close();
}

async function start(token: DisposableToken | undefined): Promise<TestDaemon> {
  const providers = [softwareProvider(), ...(token === undefined ? [] : [tokenProvider(token)])];
  const slots: SlotLine[] = providers.flatMap(({ name: provider }) =>
    keys.map(({ name, algorithm, permissions }) => ({
      name: `${provider}-${name}`,
      kind: 'key',
      algorithm,
      providers: [provider],
      permissions,
    })),
  );
  const names = slots.map(({ name }) => name);
  const daemon = await startDisposableDaemon({
    settings: {
      providers,
      slots: [...slots, { name: 'foreign', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt'] }],
      access: [
        {
          user: process.getuid?.() ?? 0,
          slots: Object.fromEntries(names.map((name) => [name, name])),
          rights: ['use', 'write', 'generate', 'clear'],
        },
      ],
    },
  });
  const [aes, mac] = [randomBytes(32), randomBytes(32)];
  await fill(daemon.endpoint, names, aes, mac);
  return { daemon, aes, mac, env: { KEYSLOT_ENDPOINT: daemon.endpoint, KEYSLOT_ADMIN: daemon.adminEndpoint } };
}

/** Lives as long as the tests of a file. */
export function useDaemon(options: { readonly token?: boolean } = {}): () => TestDaemon {
  let running: TestDaemon | undefined;
  let token: DisposableToken | undefined;
  beforeAll(async () => {
    token = options.token === true ? await createToken() : undefined;
    running = await start(token);
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
