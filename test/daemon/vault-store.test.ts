/** A key store whose key comes from the vault, in a real daemon. */
import { chmodSync, cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CryptoContext, type CryptoResourceId, type CryptoStack, createCryptoStack } from '../../src/client/index.js';
import { openStoreKey } from '../../src/providers/software/store-key-source.js';
import { type DaemonSettings, type DisposableDaemon, startDisposableDaemon } from '../../src/testing/index.js';
import { bytesOf, codeOf, initialize, lock, unlock } from './vault-support.js';

const settings: DaemonSettings = {
  providers: [{ name: 'software', id: 1, type: 'software', keyStore: { key: { vault: true } } }],
  slots: [{ name: 'stored', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] }],
  access: [{ user: process.getuid?.() ?? 0, slots: { stored: 'stored' }, rights: ['use', 'write', 'generate', 'clear'] }],
  vault: {},
};
const cbc = (direction: 'encrypt' | 'decrypt') => ({ algorithm: 'AES-256-CBC', direction }) as const;
const iv = new Uint8Array(16);

let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;
let slot: CryptoResourceId;

beforeEach(async () => {
  daemon = await startDisposableDaemon({ settings });
  await connect();
});
afterEach(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});

async function connect(): Promise<void> {
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
  slot = await context.resolveResource('stored', 'keySlot');
}

async function sealed(text: string): Promise<Uint8Array> {
  const cipher = await context.createCipherContext({ ...cbc('encrypt'), key: slot });
  const data = await cipher.singleShot(iv, bytesOf(text));
  await cipher.close();
  return data;
}

async function opened(data: Uint8Array): Promise<string> {
  const cipher = await context.createCipherContext({ ...cbc('decrypt'), key: slot });
  const text = new TextDecoder().decode(await cipher.singleShot(iv, data));
  await cipher.close();
  return text;
}

test('before it is unlocked the slots are locked, and ephemeral keys work', async () => {
  const management = await context.createKeyManagementContext();
  expect((await management.getKeySlotInfo(slot)).state).toBe('locked');
  expect(await codeOf(management.generateKey(slot, 'AES-256'))).toBe('VAULT_LOCKED');
  expect(await codeOf(management.clearKey(slot))).toBe('VAULT_LOCKED');
  expect(await codeOf(management.loadKey(slot))).toBe('VAULT_LOCKED');
  const key = await management.generateKey({ algorithm: 'AES-256' });
  const cipher = await context.createCipherContext({ ...cbc('encrypt'), key });
  expect(await cipher.singleShot(iv, bytesOf('text'))).toHaveLength(16);
});

test('unlocking makes and opens the store, locking closes it, and the keys outlast both and a restart', async () => {
  await initialize(daemon);
  const management = await context.createKeyManagementContext();
  expect((await management.getKeySlotInfo(slot)).state).toBe('empty');
  await management.generateKey(slot, 'AES-256');
  const data = await sealed('kept');
  const open = await context.createCipherContext({ ...cbc('decrypt'), key: slot });

  await lock(daemon);
  expect((await management.getKeySlotInfo(slot)).state).toBe('locked');
  expect(await codeOf(sealed('x'))).toBe('VAULT_LOCKED');
  expect(await codeOf(open.singleShot(iv, data))).not.toBe('none');
  await unlock(daemon);
  expect(await opened(data)).toBe('kept');

  await stack.close();
  expect(await daemon.stop()).toBe(0);
  await daemon.start();
  await connect();
  expect(await codeOf(opened(data))).toBe('VAULT_LOCKED');
  await unlock(daemon);
  expect(await opened(data)).toBe('kept');
});

test('locking again and again while slots are written: each write is there or was refused', async () => {
  await initialize(daemon);
  const management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  for (let round = 0; round < 10; round++) {
    const writes = Array.from({ length: 4 }, () => codeOf(management.generateKey(slot, { algorithm: 'AES-256', overwrite: true })));
    await new Promise((resolve) => setTimeout(resolve, round));
    const uses = Array.from({ length: 8 }, () => codeOf(sealed('in between')));
    await lock(daemon);
    for (const code of await Promise.all(uses)) expect(['none', 'VAULT_LOCKED', 'SESSION_EXPIRED']).toContain(code);
    for (const code of await Promise.all(writes)) expect(['none', 'VAULT_LOCKED', 'OUTCOME_UNKNOWN']).toContain(code);
    await unlock(daemon);
    expect((await management.getKeySlotInfo(slot)).state).toBe('occupied');
    expect(await opened(await sealed(`round ${round}`))).toBe(`round ${round}`);
  }
});

test('locking ends streams that have begun, of whatever kind', async () => {
  await initialize(daemon);
  await using management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  const cipher = await context.createCipherContext({ ...cbc('encrypt'), key: slot });
  const sealing = await context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'encrypt', key: slot });
  const ephemeral = await management.generateKey({ algorithm: 'AES-256' });
  const other = await context.createCipherContext({ ...cbc('encrypt'), key: ephemeral });
  for (const one of [cipher, other]) await one.init(iv);
  await sealing.init(new Uint8Array(12));
  for (const one of [cipher, other, sealing]) await one.update(bytesOf('a piece that is longer than a block'));
  await lock(daemon);
  for (const one of [cipher, sealing]) {
    expect(await codeOf(one.update(bytesOf('x')))).toBe('SESSION_EXPIRED');
    expect(await codeOf(one.finalize())).toBe('INVALID_OPERATION');
  }
  await other.finalize();
  await unlock(daemon);
  expect(await codeOf(cipher.finalize())).toBe('INVALID_OPERATION');
  for (const one of [cipher, sealing, other]) await one.close();
});

test('unlocking and locking faster than the store opens is no failure of the store', async () => {
  await initialize(daemon);
  for (let round = 0; round < 20; round++) {
    await lock(daemon);
    await unlock(daemon);
  }
  const management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  expect(await opened(await sealed('kept'))).toBe('kept');
  expect(daemon.log).not.toContain('can not be opened');
});

test('locking and unlocking without a pause: work is done or VAULT_LOCKED, and looking is never an error', async () => {
  await initialize(daemon);
  await using management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  let goesOn = true;
  const seen = new Map<string, Set<string>>();
  const again = async (what: string, work: () => Promise<unknown>) => {
    const codes = new Set<string>();
    seen.set(what, codes);
    while (goesOn) codes.add(await codeOf(work()));
  };
  const users = [
    again('load', async () => management.clearKey(await management.loadKey(slot))),
    again('write', () => management.generateKey(slot, { algorithm: 'AES-256', overwrite: true })),
    again('look', () => management.getKeySlotInfo(slot)),
  ];
  const end = performance.now() + 5000;
  for (let round = 0; performance.now() < end; round++) {
    await lock(daemon);
    await unlock(daemon);
    if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round % 10));
  }
  goesOn = false;
  await Promise.all(users);
  const allowed = { load: ['none', 'VAULT_LOCKED'], write: ['none', 'VAULT_LOCKED', 'OUTCOME_UNKNOWN'], look: ['none'] };
  for (const [what, codes] of Object.entries(allowed))
    expect([...(seen.get(what) ?? [])].filter((code) => !codes.includes(code))).toEqual([]);
  expect(await opened(await sealed('after all'))).toBe('after all');
});

test('what is in the folder counts when it is unlocked, also when it was put there meanwhile', async () => {
  await initialize(daemon);
  await using management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  const data = await sealed('of the first key');
  const store = join(daemon.folder, 'state', 'software');
  await lock(daemon);
  cpSync(store, `${store}.copy`, { recursive: true });
  await unlock(daemon);
  await management.generateKey(slot, { algorithm: 'AES-256', overwrite: true });
  await sealed('of the second');
  await lock(daemon);
  rmSync(store, { recursive: true });
  renameSync(`${store}.copy`, store);
  chmodSync(store, 0o700);
  await unlock(daemon);
  expect(await opened(data)).toBe('of the first key');
});

test('another path is another key, and the provider says so', async () => {
  await initialize(daemon);
  const management = await context.createKeyManagementContext();
  await management.generateKey(slot, 'AES-256');
  await stack.close();
  await daemon.stop();
  const other = { name: 'software', id: 1, type: 'software', keyStore: { key: { vault: "m/74'/3'/0'/1'" } } };
  daemon.configure({ ...settings, providers: [other] });
  await daemon.start();
  await connect();
  await unlock(daemon);
  expect(await codeOf(sealed('x'))).toBe('PROVIDER_NOT_AVAILABLE');
  expect(daemon.log).toContain('the key store can not be opened until the vault is unlocked anew');
  await lock(daemon);
  expect(await codeOf(sealed('x'))).toBe('VAULT_LOCKED');
});

test('without a vault there is no such key', async () => {
  const surroundings = { env: {}, provider: () => undefined };
  const error = await openStoreKey({ from: 'vault', path: "m/74'/3'/0'/0'" }, surroundings).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'UNSUPPORTED_OPERATION', field: 'keyStore.key.vault' });
});
