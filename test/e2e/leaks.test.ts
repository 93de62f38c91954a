/** Nothing stays behind: clients that die, calls that time out or are cancelled, sessions that end. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCryptoStack, type KeyslotError } from '../../src/client/index.js';
import * as blocking from '../../src/client/sync.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { countersOf, countersReturn } from './counters.js';
import { UserProcess } from './user-process.js';

const me = process.getuid?.() ?? 0;
let daemon: DisposableDaemon;
let idle: object;

beforeAll(async () => {
  daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider()],
      slots: [{ name: 'data', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] }],
      access: [{ user: me, slots: { data: 'data' }, rights: ['use', 'write', 'generate', 'clear'] }],
    },
  });
});
beforeEach(async () => {
  idle = await countersOf(daemon);
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

test('a client killed in mid-stream leaves nothing', async () => {
  await using client = await UserProcess.start(me, daemon.endpoint);
  for (let i = 0; i < 5; i++) {
    const key = (await client.step({ do: 'generate', algorithm: 'AES-256' })).value;
    expect((await client.step({ do: 'stream', id: key })).value).toBe('streaming');
  }
  expect(await countersOf(daemon)).not.toEqual(idle);
  client.child.kill('SIGKILL');
  await countersReturn(daemon, idle);
});

test('a key generation that timed out leaves no key, in both manners', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const management = await (await stack.createCryptoContext()).createKeyManagementContext();
  const before = await countersOf(daemon);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => management.generateKey('RSA-2048', { timeout: 1 + i * 20 })),
  );
  const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as KeyslotError).code : 'made'));
  expect(codes).toContain('OPERATION_TIMED_OUT');
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.release();
  await countersReturn(daemon, before);
  await stack.close();

  const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const syncManagement = sync.createCryptoContext().createKeyManagementContext();
  const within = await countersOf(daemon);
  expect(() => syncManagement.generateKey('RSA-2048', { timeout: 2 })).toThrow(
    expect.objectContaining({ code: 'OPERATION_TIMED_OUT' }) as KeyslotError,
  );
  await countersReturn(daemon, within);
  sync.close();
  await countersReturn(daemon, idle);
});

test('a key generation that was cancelled leaves no key', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const management = await (await stack.createCryptoContext()).createKeyManagementContext();
  const before = await countersOf(daemon);
  for (const delay of [0, 5, 60, 200]) {
    const controller = new AbortController();
    const given = management.generateKey('RSA-2048', { signal: controller.signal, timeout: 30_000 }).then(
      (key) => key.release(),
      (error: KeyslotError) => error.code,
    );
    setTimeout(() => controller.abort(), delay);
    expect([undefined, 'OPERATION_CANCELLED']).toContain(await given);
  }
  await countersReturn(daemon, before);
  await stack.close();
  await countersReturn(daemon, idle);
});

test('guards that their owner forgot are released', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const management = await (await stack.createCryptoContext()).createKeyManagementContext();
  const before = await countersOf(daemon);
  await (async () => {
    for (let i = 0; i < 20; i++) await management.generateKey('AES-256');
  })();
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--expose-gc');
  const { runInNewContext } = await import('node:vm');
  const gc = runInNewContext('gc') as () => void;
  for (let i = 0; i < 20; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await countersReturn(daemon, before);
  await management.close();
  await stack.close();
});

test('held-back plaintext is given back, also when the tag is wrong or the context is closed', async () => {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  const key = await management.generateKey('AES-256');
  const before = await countersOf(daemon);
  const aead = await context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
  await aead.init(new Uint8Array(12));
  await aead.update(new Uint8Array(1_000_000));
  await expect(aead.verifyAndFinalize(new Uint8Array(16))).rejects.toMatchObject({ code: 'OPERATION_FAILED' });
  await aead.init(new Uint8Array(12));
  await aead.update(new Uint8Array(1_000_000));
  await aead.close();
  await countersReturn(daemon, before);
  await stack.close();
  await countersReturn(daemon, idle);
});
