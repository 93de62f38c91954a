/** Tokens that are slow, hang, crash or refuse: who feels it, and who must not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CryptoContext, type CryptoStack, createCryptoStack, type KeyslotError } from '../../src/client/index.js';
import {
  createToken,
  type DisposableDaemon,
  type DisposableToken,
  softwareProvider,
  startDisposableDaemon,
  tokenProvider,
} from '../../src/testing/index.js';
import { canCompile, compileFaultModule, Faults, needsCompiler } from '../faults/fault-module.js';
import { statusOf } from './counters.js';
import { UserProcess } from './user-process.js';

const me = process.getuid?.() ?? 0;
const other = 65_534;
let compiler: boolean;
let bad: DisposableToken;
let good: DisposableToken;
let faults: Faults;
let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;

const slots = (['bad', 'good'] as const).map((provider) => ({
  name: `${provider}-ec`,
  kind: 'key' as const,
  algorithm: 'ECDSA-P256',
  providers: [provider],
  permissions: ['sign', 'verify'] as const,
}));

beforeAll(async () => {
  compiler = await canCompile();
  if (!compiler) return;
  [bad, good] = [await createToken({ label: 'bad' }), await createToken({ label: 'good' })];
  faults = new Faults(bad.modulePath);
  const module = await compileFaultModule();
  daemon = await startDisposableDaemon({
    reachable: true,
    settings: {
      mode: '0666',
      timeouts: { default: '20s', max: '60s', hang: { call: '3s', generate: '60s' } },
      providers: [
        softwareProvider(),
        tokenProvider(bad, 'bad', 2, { module, env: { ...bad.env, ...faults.env } }),
        tokenProvider(good, 'good', 3),
      ],
      slots,
      access: [
        { user: me, slots: { 'bad-ec': 'bad-ec', 'good-ec': 'good-ec' }, rights: ['use', 'generate', 'clear', 'write'] },
        { user: other, slots: { 'bad-ec': 'bad-ec' }, rights: ['use'] },
      ],
    },
  });
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  for (const { name } of slots) await management.generateKey(await context.resolveResource(name, 'keySlot'), 'ECDSA-P256');
  await management.close();
});
afterEach(() => faults?.clear());
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
  faults?.remove();
  for (const token of [bad, good]) await token?.remove();
});

const message = new TextEncoder().encode('message');
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'ok',
    (error: KeyslotError) => error.code,
  );
async function badProvider() {
  const provider = (await statusOf(daemon)).providers.find(({ name }) => name === 'bad');
  if (provider === undefined) throw new Error('no provider');
  return provider;
}
async function untilBadIs(ready: (provider: Awaited<ReturnType<typeof badProvider>>) => boolean): Promise<void> {
  for (let i = 0; i < 400 && !ready(await badProvider()); i++) await sleep(50);
  expect(ready(await badProvider())).toBe(true);
}
const slot = (name: string) => context.resolveResource(name, 'keySlot');

test('a deadline of 1 ms on a token that takes 50 ms is that caller’s own affair', async (ctx) => {
  if (!compiler) ctx.skip(needsCompiler);
  const management = await context.createKeyManagementContext({ provider: 'bad' });
  const key = await management.generateKey('ECDSA-P256');
  const { hostPid } = await badProvider();
  faults.set({ C_Sign: 'sleep:50' });
  const hasty = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('bad-ec') });
  expect(await codeOf(hasty.singleShot(message, undefined, { timeout: 1 }))).toBe('OPERATION_TIMED_OUT');
  expect(await codeOf(hasty.singleShot(message))).toBe('INVALID_OPERATION');
  const patient = await context.createSignContext({ algorithm: 'ECDSA-P256', key });
  expect((await patient.singleShot(message)).length).toBe(64);
  expect((await badProvider()).hostPid).toBe(hostPid);
  await Promise.all([hasty.close(), patient.close(), management.close()]);
});

test('while one caller generates an RSA-4096 key, another’s ephemeral key works, at once', async (ctx) => {
  if (!compiler) ctx.skip(needsCompiler);
  const management = await context.createKeyManagementContext({ provider: 'good' });
  const key = await management.generateKey('AES-256');
  const cipher = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  let done = false;
  const big = management.generateKey('RSA-4096', { timeout: 60_000 }).finally(() => {
    done = true;
  });
  let meanwhile = 0;
  while (!done && meanwhile < 200) {
    expect((await cipher.singleShot(new Uint8Array(16), message, undefined, { timeout: 5000 })).length).toBe(16);
    meanwhile += 1;
  }
  expect(meanwhile).toBeGreaterThan(5);
  await using guard = await big;
  expect((await context.getKeyObject(guard)).keyLength).toBe(4096);
  const signer = await context.createSignContext({ algorithm: 'RSA-PSS-SHA-256', key: guard });
  expect((await signer.singleShot(message)).length).toBe(512);
  await Promise.all([signer.close(), cipher.close(), management.close()]);
}, 120_000);

test('C_Sign hangs: callers time out at their deadlines, then the host is replaced; others notice nothing', async (ctx) => {
  if (!compiler) ctx.skip(needsCompiler);
  const before = await badProvider();
  const management = await context.createKeyManagementContext({ provider: 'bad' });
  const ephemeral = await management.generateKey('ECDSA-P256');
  const signer = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('bad-ec') });
  const idle = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('bad-ec') });
  faults.set({ C_Sign: 'hang' });
  const started = performance.now();
  expect(await codeOf(signer.singleShot(message, undefined, { timeout: 300 }))).toBe('OPERATION_TIMED_OUT');
  expect(performance.now() - started).toBeLessThan(2500);
  const software = await context.createHashContext({ algorithm: 'SHA-256', provider: 'software' });
  const neighbour = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('good-ec') });
  expect((await software.singleShot(message, undefined, { timeout: 1000 })).length).toBe(32);
  expect((await neighbour.singleShot(message, undefined, { timeout: 1000 })).length).toBe(64);
  await untilBadIs(({ hangs, hostPid }) => hangs > before.hangs && hostPid !== 0 && hostPid !== before.hostPid);
  faults.clear();
  expect((await idle.singleShot(message)).length).toBe(64);
  expect(await codeOf(context.createSignContext({ algorithm: 'ECDSA-P256', key: ephemeral }))).toBe('SESSION_EXPIRED');
  expect((await badProvider()).sessionsQuarantined).toBe(0);
  await Promise.all([signer.close(), idle.close(), software.close(), neighbour.close(), management.close()]);
}, 60_000);

test('C_Sign crashes the process: in flight is OUTCOME_UNKNOWN, slots work again at once, streams and ephemeral keys are lost', async (ctx) => {
  if (!compiler) ctx.skip(needsCompiler);
  const before = await badProvider();
  const management = await context.createKeyManagementContext({ provider: 'bad' });
  const ephemeral = await management.generateKey('AES-256');
  const stream = await context.createCipherContext({ algorithm: 'AES-256-CBC', key: ephemeral, direction: 'encrypt' });
  await stream.init(new Uint8Array(16));
  await stream.update(new Uint8Array(64));
  const signer = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('bad-ec') });
  faults.set({ C_Sign: 'abort' });
  expect(await codeOf(signer.singleShot(message))).toBe('OUTCOME_UNKNOWN');
  faults.clear();
  expect(['PROVIDER_NOT_AVAILABLE', 'SESSION_EXPIRED']).toContain(await codeOf(stream.update(new Uint8Array(64))));
  expect(await codeOf(stream.update(new Uint8Array(64)))).toBe('INVALID_OPERATION');
  expect(await codeOf(context.createCipherContext({ algorithm: 'AES-256-CBC', key: ephemeral, direction: 'encrypt' }))).toBe(
    'SESSION_EXPIRED',
  );
  await untilBadIs(({ hostPid, state }) => hostPid !== 0 && hostPid !== before.hostPid && state === 1);
  const again = await context.createSignContext({ algorithm: 'ECDSA-P256', key: await slot('bad-ec') });
  expect((await again.singleShot(message)).length).toBe(64);
  expect((await badProvider()).restarts).toBe(before.restarts + 1);
  await Promise.all([again.close(), signer.close(), stream.close(), management.close()]);
}, 60_000);

test('a token session is gone with its client', async (ctx) => {
  if (!compiler) ctx.skip(needsCompiler);
  const { sessionsOwner, keys } = await badProvider();
  {
    await using client = await UserProcess.start(me, daemon.endpoint);
    expect((await client.step({ do: 'resolve', name: 'bad-ec' })).error).toBeUndefined();
    client.child.kill('SIGKILL');
  }
  await untilBadIs((provider) => provider.sessionsOwner === sessionsOwner && provider.keys === keys);
});

test('a wrong PIN is tried once, said clearly, and not tried again by a new daemon; the rest runs', async () => {
  const token = await createToken({ label: 'locked' });
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-pin-'));
  try {
    const file = join(folder, 'pin');
    writeFileSync(file, '000000\n', { mode: 0o600 });
    const provider = tokenProvider(token, 'locked', 2, { pin: { file } });
    await using own = await startDisposableDaemon({ settings: { providers: [softwareProvider(), provider] } });
    const look = async () => (await statusOf(own)).providers.find(({ name }) => name === 'locked');
    const first = await look();
    expect(first?.state).toBe(3);
    expect(first?.reason).toMatch(/PIN/i);
    const client = await createCryptoStack({ connectionEndpoint: own.endpoint });
    const hash = await (await client.createCryptoContext()).createHashContext({ algorithm: 'SHA-256' });
    expect((await hash.singleShot(message)).length).toBe(32);
    expect(await codeOf((await client.createCryptoContext()).createHashContext({ algorithm: 'SHA-256', provider: 'locked' }))).toBe(
      'PROVIDER_NOT_AVAILABLE',
    );
    await client.close();
    await own.stop();
    await own.start();
    const second = await look();
    expect(second?.state).toBe(3);
    expect(second?.hostPid).toBe(0);
    // The operator puts the right PIN into the file: it is tried, without a restart.
    const { copyFileSync, renameSync } = await import('node:fs');
    copyFileSync(token.pinFile, join(folder, 'next'));
    renameSync(join(folder, 'next'), file);
    for (let i = 0; i < 200 && (await look())?.state !== 1; i++) await sleep(100);
    expect((await look())?.state).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await token.remove();
  }
}, 90_000);
