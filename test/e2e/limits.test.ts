/** Limits by user, deadlines, and sockets of the file system. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CryptoContext, type CryptoStack, createCryptoStack, type KeyslotError } from '../../src/client/index.js';
import { SocketTransport } from '../../src/client/socket-transport.js';
import * as blocking from '../../src/client/sync.js';
import { Listener } from '../../src/daemon/listener.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { countersOf, countersReturn } from './counters.js';
import { UserProcess } from './user-process.js';

const me = process.getuid?.() ?? 0;
let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;
let idle: object;

beforeAll(async () => {
  daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider()],
      limits: { connections: 6, contexts: 10, keys: 5, inFlight: 16, bulk: '1MiB', aeadDecrypt: '256KiB', bytes: '4MiB' },
      timeouts: { default: '2s', max: '3s' },
    },
  });
  idle = await countersOf(daemon);
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
});
afterAll(async () => {
  await stack?.close();
  if (daemon !== undefined) await countersReturn(daemon, idle);
  await daemon?.[Symbol.asyncDispose]();
});

const quota = (field: string) => expect.objectContaining({ code: 'QUOTA_EXCEEDED', field }) as KeyslotError;

describe('by user, over all its processes', () => {
  test('contexts', async () => {
    const made = [];
    for (let i = 0; i < 10; i++) made.push(await context.createHashContext({ algorithm: 'SHA-256' }));
    await expect(context.createHashContext({ algorithm: 'SHA-256' })).rejects.toEqual(quota('limits.contexts'));
    const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
    expect(() => sync.createCryptoContext().createRandomContext()).toThrow(quota('limits.contexts'));
    sync.close();
    for (const one of made) await one.close();
    await (await context.createHashContext({ algorithm: 'SHA-256' })).close();
  });

  test('keys, also in another process of the user', async () => {
    const management = await context.createKeyManagementContext();
    for (let i = 0; i < 5; i++) await management.generateKey('AES-256');
    await expect(management.generateKey('AES-256')).rejects.toEqual(quota('limits.keys'));
    await using second = await UserProcess.start(me, daemon.endpoint);
    expect((await second.step({ do: 'generate', algorithm: 'AES-256' })).error).toBe('QUOTA_EXCEEDED');
    await management.close();
    expect((await second.step({ do: 'generate', algorithm: 'AES-256' })).error).toBeUndefined();
  });

  test('connections', async () => {
    const more = [];
    for (let i = 0; i < 5; i++) more.push(await SocketTransport.open(daemon.socketPath, undefined, undefined));
    await expect(SocketTransport.open(daemon.socketPath, undefined, undefined)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    for (const one of more) await one.close();
  });

  test('data of one call, and what AEAD decryption holds back', async () => {
    const hash = await context.createHashContext({ algorithm: 'SHA-256' });
    await expect(hash.singleShot(new Uint8Array((1 << 20) + 1))).rejects.toEqual(quota('data'));
    expect((await hash.singleShot(new Uint8Array(1 << 20))).length).toBe(32);
    await hash.close();
    const management = await context.createKeyManagementContext();
    const key = await management.generateKey('AES-256');
    const aead = await context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
    await aead.init(new Uint8Array(12));
    await aead.update(new Uint8Array(200_000));
    await expect(aead.update(new Uint8Array(200_000))).rejects.toEqual(quota('limits.aeadDecrypt'));
    await expect(aead.verifyAndFinalize(new Uint8Array(16))).rejects.toMatchObject({ code: 'INVALID_OPERATION' });
    await aead.close();
    await management.close();
  });

  test('more requests than may be in flight wait in the client and are all answered', async () => {
    const hash = await context.createHashContext({ algorithm: 'SHA-256' });
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => hash.singleShot(Uint8Array.of(i & 255))));
    expect(answers.every(({ length }) => length === 32)).toBe(true);
    await hash.close();
  });
});

describe('deadlines', () => {
  test('the daemon’s maximum holds whatever is asked', async () => {
    const management = await context.createKeyManagementContext({ disableTimeout: true });
    const started = performance.now();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => management.generateKey('RSA-2048', { timeout: 3_600_000 })));
    expect(performance.now() - started).toBeLessThan(8000);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect((outcome.reason as KeyslotError).code).toBe('OPERATION_TIMED_OUT');
    await management.close();
  });
  test('nonsense is refused by name', async () => {
    const hash = await context.createHashContext({ algorithm: 'SHA-256' });
    for (const timeout of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(hash.singleShot(new Uint8Array(1), undefined, { timeout })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'timeout',
      });
    }
    await hash.close();
    await expect(createCryptoStack({ connectionEndpoint: 'tcp:1' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'connectionEndpoint',
    });
    await expect(createCryptoStack({ connectionEndpoint: `unix:/${'x'.repeat(120)}` })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(createCryptoStack({ connectionEndpoint: 'unix:/nowhere/at/all' })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      retryable: true,
    });
  });
});

describe('the socket', () => {
  test('has its mode, in a folder that others can not race for', async () => {
    expect(statSync(daemon.socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(daemon.adminPath).mode & 0o777).toBe(0o600);
  });
  test('a path that is too long, a folder of others, and a file in its place are refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyslot-listen-'));
    const options = { mode: 0o600, gid: undefined, field: 'listen.path', accept: () => undefined };
    await expect(Listener.open({ ...options, path: join(folder, 'x'.repeat(100)) })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'listen.path',
    });
    await expect(Listener.open({ ...options, path: folder })).rejects.toMatchObject({ code: 'ALREADY_INITIALIZED' });
    const { chmodSync } = await import('node:fs');
    chmodSync(folder, 0o777);
    await expect(Listener.open({ ...options, path: join(folder, 's') })).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    rmSync(folder, { recursive: true });
  });
});

test('losing one socket of several fails that socket’s own requests only', async () => {
  const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const management = await context.createKeyManagementContext();
  const key = await management.generateKey('AES-256');
  const cipher = sync.createCryptoContext().createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  expect(cipher.singleShot(new Uint8Array(16), new Uint8Array(1)).length).toBe(16);
  sync.destroy();
  const again = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  expect((await again.singleShot(new Uint8Array(16), new Uint8Array(1))).length).toBe(16);
  await again.close();
  await management.close();
});
