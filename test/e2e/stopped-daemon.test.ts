/** A daemon that does not answer: the client's own wait ends at the deadline. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoStack, type KeyslotError } from '../../src/client/index.js';
import * as blocking from '../../src/client/sync.js';
import { exitStatus } from '../../src/core/errors.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';

let daemon: DisposableDaemon;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()] } });
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

test('calls of both clients end at their deadline while the daemon is stopped, and work again afterwards', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const hash = await (await stack.createCryptoContext()).createHashContext({ algorithm: 'SHA-256' });
  const syncHash = sync.createCryptoContext().createHashContext({ algorithm: 'SHA-256' });
  daemon.kill('SIGSTOP');
  const started = performance.now();
  await expect(hash.singleShot(new Uint8Array(1), undefined, { timeout: 200 })).rejects.toMatchObject({ code: 'OPERATION_TIMED_OUT' });
  expect(() => syncHash.singleShot(new Uint8Array(1), undefined, { timeout: 200 })).toThrow(
    expect.objectContaining({ code: 'OPERATION_TIMED_OUT' }) as KeyslotError,
  );
  // More than a socket buffer holds: send itself must not wait for ever.
  expect(() => syncHash.singleShot(new Uint8Array(8 << 20), undefined, { timeout: 200 })).toThrow(
    expect.objectContaining({ code: 'OPERATION_TIMED_OUT' }) as KeyslotError,
  );
  await expect(hash.singleShot(new Uint8Array(8 << 20), undefined, { timeout: 200 })).rejects.toMatchObject({
    code: 'OPERATION_TIMED_OUT',
  });
  await expect(
    createCryptoStack({ connectionEndpoint: daemon.endpoint }, { timeout: 200 }).then((other) => other.health({ timeout: 200 })),
  ).rejects.toMatchObject({ code: 'OPERATION_TIMED_OUT' });
  expect(performance.now() - started).toBeLessThan(10_000);
  daemon.kill('SIGCONT');
  const again = await (await stack.createCryptoContext()).createHashContext({ algorithm: 'SHA-256' });
  expect((await again.singleShot(new Uint8Array(1))).length).toBe(32);
  await stack.close();
  sync.close();
});

test('a daemon that is gone: in flight fails, ids are expired, the next context connects again', async () => {
  const stack = await createCryptoStack({
    connectionEndpoint: daemon.endpoint,
    reconnect: { initialDelay: 20, maxDelay: 200, attempts: 50 },
  });
  const context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  const key = await management.generateKey('AES-256');
  const inFlight = management.generateKey('RSA-2048', { timeout: 30_000 }).catch((error: KeyslotError) => error.code);
  daemon.kill('SIGKILL');
  await daemon.exited;
  expect(await inFlight).toBe('CONNECTION_FAILED');
  expect(key.isActive()).toBe(false);
  await expect(context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' })).rejects.toMatchObject({
    code: 'SESSION_EXPIRED',
  });
  await key.release();
  const waiting = stack.createCryptoContext();
  await daemon.start();
  const again = await (await waiting).createHashContext({ algorithm: 'SHA-256' });
  expect((await again.singleShot(new Uint8Array(1))).length).toBe(32);
  await stack.close();
});

test('a socket left behind by a dead daemon is replaced, one that answers is not', async () => {
  const program = fileURLToPath(new URL('../../src/daemon/main.js', import.meta.url));
  const second = spawnSync(process.execPath, [program, '--config', daemon.configPath], { encoding: 'utf8', timeout: 60_000 });
  expect(second.status).toBe(exitStatus.cannotCreate);
  expect(second.stderr).toMatch(/keyslotd: .*another/);
  daemon.kill('SIGKILL');
  await daemon.exited;
  await daemon.start();
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  expect((await stack.health()).status).toBe('serving');
  await stack.close();
});

test('a clean stop answers what is under way, leaves no process and no socket', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint, reconnect: false });
  const management = await (await stack.createCryptoContext()).createKeyManagementContext();
  const key = management.generateKey('RSA-2048', { timeout: 30_000 });
  await management.generateKey('AES-256');
  const code = await daemon.stop();
  expect(code).toBe(0);
  await key.then(
    (guard) => expect(guard.isActive()).toBe(false),
    (error: KeyslotError) => expect(error.code).toBe('CONNECTION_FAILED'),
  );
  expect(existsSync(daemon.socketPath)).toBe(false);
  expect(existsSync(daemon.adminPath)).toBe(false);
  await stack.close();
});
