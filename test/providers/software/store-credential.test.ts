import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { credentialPath, isCredentialName, openCredential } from '../../../src/providers/software/store-credential.js';
import { storeKey } from './store-support.js';
import { expectError, random, startProvider, temporaryFolder } from './support.js';

const field = 'keyStore.key.credential';
const isRoot = process.geteuid?.() === 0;

/** As systemd leaves it: a folder that only the service looks into, the file inside. */
function credential(bytes: Uint8Array, mode = 0o400): { env: { CREDENTIALS_DIRECTORY: string }; path: string } {
  const folder = join(temporaryFolder(), 'keyslotd.service');
  mkdirSync(folder, { mode: 0o700 });
  const path = join(folder, 'store.key');
  writeFileSync(path, bytes, { mode: 0o600 });
  chmodSync(path, mode);
  return { env: { CREDENTIALS_DIRECTORY: folder }, path };
}

test.each([0o400, 0o600, 0o500])('a file of mode %o of the service is read', (mode) => {
  const { env } = credential(Buffer.alloc(32, 9), mode);
  const key = openCredential('store.key', env);
  expect(key.equals(storeKey(9))).toBe(true);
  key.dispose();
});

test.each([0o404, 0o444, 0o420, 0o460, 0o402, 0o410])('one of mode %o is refused', async (mode) => {
  const { env } = credential(random(32), mode);
  await expectError(() => openCredential('store.key', env), 'ACCESS_DENIED', field);
});

/** With a user of its own, systemd lets it in by an access control list, whose mask stands in the group's place. */
test("the group bits of root's file are the mask of its list; anybody else's are not", async () => {
  const { env, path } = credential(Buffer.alloc(32, 9), 0o440);
  if (isRoot) {
    openCredential('store.key', env).dispose();
    chownSync(path, 0, 12_345);
  }
  await expectError(() => openCredential('store.key', env), 'ACCESS_DENIED', field);
});

test("another user's file, a link and a folder are refused", async (ctx) => {
  const { env, path } = credential(random(32));
  symlinkSync(path, join(env.CREDENTIALS_DIRECTORY, 'link'));
  mkdirSync(join(env.CREDENTIALS_DIRECTORY, 'folder'));
  for (const name of ['link', 'folder']) await expectError(() => openCredential(name, env), 'ACCESS_DENIED', field);
  if (!isRoot) ctx.skip('needs root to give a file away');
  chownSync(path, 65_534, 65_534);
  await expectError(() => openCredential('store.key', env), 'ACCESS_DENIED', field);
});

test('a folder that others may write into is refused', async () => {
  const { env } = credential(random(32));
  chmodSync(env.CREDENTIALS_DIRECTORY, 0o777);
  await expectError(() => openCredential('store.key', env), 'ACCESS_DENIED', field);
});

test.each([0, 31, 33, 44, 64])('%i bytes are no key', async (size) => {
  await expectError(() => openCredential('store.key', credential(random(size)).env), 'INVALID_FORMAT', field);
});

test('without the credential, and outside a service', async () => {
  const { env } = credential(random(32));
  await expectError(() => openCredential('other', env), 'RESOURCE_NOT_FOUND', field);
  for (const none of [{}, { CREDENTIALS_DIRECTORY: '' }, { CREDENTIALS_DIRECTORY: 'relative' }]) {
    const error = await expectError(() => openCredential('store.key', none), 'RESOURCE_NOT_FOUND', field);
    expect(error.message).toContain('LoadCredential=store.key');
    expect(credentialPath('store.key', none)).toBeUndefined();
  }
});

describe('a name', () => {
  test.each(['store.key', 'a', 'keyslot-store_1', 'x'.repeat(255)])('may be %s', (name) => expect(isCredentialName(name)).toBe(true));
  test.each(['', '.', '..', 'a/b', '/a', 'a:b', 'ü', 'a\nb', 'a\0', 'x'.repeat(256)])('may not be %j', (name) =>
    expect(isCredentialName(name)).toBe(false),
  );
});

test('a provider uses it and says so', async () => {
  const { env, path } = credential(random(32));
  const keyStore = { folder: join(temporaryFolder(), 'store'), key: { from: 'credential', name: 'store.key' } as const };
  const provider = await startProvider({ keyStore, surroundings: { env, provider: () => undefined } });
  expect(provider.status()).toMatchObject({ state: 'ready', keyStore: { source: 'credential', path } });
});
