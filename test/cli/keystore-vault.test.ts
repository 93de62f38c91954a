/** `keyslot keystore` on the store of a real daemon whose key comes from the vault: its phrase is asked for. */
import { closeSync, existsSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { type DisposableDaemon, startDisposableDaemon } from '../../src/testing/index.js';
import { initialize, otherPhrase, phrase, unlock } from '../daemon/vault-support.js';
import { keyslot, type RunOptions, useFolder } from './support.js';

const folder = useFolder();
const passphrase = 'TREZOR';
const keyData = Uint8Array.from({ length: 32 }, (_, i) => i);
const typed = { typed: [phrase, passphrase] } as const;
let daemon: DisposableDaemon;
const state = (...names: string[]) => join(daemon.folder, 'state', ...names);
const at = (name: string) => folder.path(name);
const config = () => ['--config', daemon.configPath];
const verified = (args: readonly string[], options: RunOptions = typed) => keyslot(['keystore', 'verify', ...args], options);

beforeAll(async () => {
  const software = { name: 'software', id: 1, type: 'software', keyStore: { key: { vault: true } } } as const;
  const slots = [{ name: 'kept', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'export'] }] as const;
  const access = [{ user: process.getuid?.() ?? 0, slots: { kept: 'kept' }, rights: ['use', 'write'] }] as const;
  daemon = await startDisposableDaemon({ settings: { providers: [software], slots, access, vault: {} } });
  await initialize(daemon, { passphrase });
  await withKey(async (management, slot) => void (await management.importKey(slot, { algorithm: 'AES-256', keyData })));
  await daemon.stop();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

type Stack = Awaited<ReturnType<typeof createCryptoStack>>;
type Crypto = Awaited<ReturnType<Stack['createCryptoContext']>>;
type Management = Awaited<ReturnType<Crypto['createKeyManagementContext']>>;

async function withKey<T>(use: (management: Management, slot: Awaited<ReturnType<Crypto['resolveResource']>>) => Promise<T>): Promise<T> {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  try {
    const crypto = await stack.createCryptoContext();
    return await use(await crypto.createKeyManagementContext(), await crypto.resolveResource('kept', 'keySlot'));
  } finally {
    await stack.close();
  }
}

test('verify takes the phrase that somebody types, or the lines of a descriptor', async () => {
  const { status, stdout, stderr } = await verified(config());
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('abandon')]);
  expect(stdout).toContain('ok, 1 key');
  writeFileSync(at('lines'), `${phrase}\n${passphrase}\n`, { mode: 0o600 });
  const descriptor = openSync(at('lines'), 'r');
  const lines = ['--phrase-fd', String(descriptor), '--passphrase-fd', String(descriptor)];
  const read = await verified([...config(), ...lines, '--json'], {});
  closeSync(descriptor);
  expect(JSON.parse(read.stdout)).toMatchObject({ ok: true, slots: [{ slot: 'kept', state: 'occupied' }] });
});

test.each([
  ['another phrase', [otherPhrase, passphrase], 65, 'this is not the phrase of this vault'],
  ['no passphrase', [phrase, ''], 65, 'this is not the phrase of this vault, or not its passphrase'],
  ['no phrase at all', ['abandon abandon', passphrase], 65, 'phrase'],
] as const)('%s is refused, and nothing is changed', async (_name, lines, status, message) => {
  const before = readdirSync(state('software'));
  const result = await keyslot(['keystore', 'rekey', ...config(), '--new-key-file', newKey('unused.key')], { typed: lines });
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toContain(message);
  expect(readdirSync(state('software'))).toEqual(before);
});

function newKey(name: string): string {
  writeFileSync(at(name), keyData.toReversed(), { mode: 0o600 });
  return at(name);
}

test('where nobody can be asked, and where nobody needs to be, the flag at fault is named', async () => {
  const alone = await verified(config(), {});
  expect(alone).toMatchObject({ status: 2, stdout: '' });
  expect(alone.stderr).toContain('--phrase-fd');
  const needless = await verified(['--store', state('software'), '--key-file', newKey('some.key'), '--phrase-fd', '7'], {});
  expect(needless.status).toBe(2);
  expect(needless.stderr).toContain('--phrase-fd is for a store whose key comes from the vault');
  const twice = await keyslot(['keystore', 'restore', ...config(), '--phrase-fd', '0', '-'], {});
  expect(twice.status).toBe(2);
  expect(twice.stderr).toContain('can not both be standard input');
});

test('from the vault to a file and back: the daemon finds its key', async () => {
  const file = newKey('new.key');
  expect(await keyslot(['keystore', 'rekey', ...config(), '--new-key-file', file], typed)).toMatchObject({ status: 0 });
  expect((await verified(['--store', state('software'), '--key-file', file], {})).stdout).toContain('ok, 1 key');
  expect((await verified(config())).status).not.toBe(0);
  const back = ['keystore', 'rekey', '--store', state('software'), '--key-file', file, '--new-config', daemon.configPath];
  expect(await keyslot(back, typed)).toMatchObject({ status: 0 });
  await daemon.start();
  await unlock(daemon, { passphrase });
  expect(await withKey((management, slot) => management.exportKey(slot, 'raw'))).toEqual(keyData);
  await daemon.stop();
});

test('a backup is restored where nobody knows the vault, by its phrase and by no other', async () => {
  expect(await keyslot(['keystore', 'backup', ...config(), '-o', at('backup')], typed)).toMatchObject({ status: 0 });
  rmSync(state('vault.json'));
  const restore = ['keystore', 'restore', ...config(), '--store', at('store'), at('backup')];
  const other = await keyslot(restore, { typed: [otherPhrase, passphrase] });
  expect(other.status).not.toBe(0);
  expect(existsSync(at('store'))).toBe(false);
  expect(await keyslot(restore, typed)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 key restored') });
  expect((await verified([...config(), '--store', at('store')])).stdout).toContain('ok, 1 key');
});
