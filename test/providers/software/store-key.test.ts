import { hkdfSync } from 'node:crypto';
import { chmodSync, chownSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { storeKey } from './store-support.js';
import { expectError, plain, random, temporaryFolder, utf8 } from './support.js';

function keyFile(bytes: Uint8Array, mode = 0o600): string {
  const path = join(temporaryFolder(), 'store.key');
  writeFileSync(path, bytes, { mode });
  return path;
}

test('derives what HKDF of node:crypto derives, and wipes it after use', () => {
  const secret = random(32);
  const key = StoreKey.open(keyFile(secret));
  const salt = random(32);
  for (const purpose of ['record', 'manifest', 'identity'] as const) {
    const expected = plain(new Uint8Array(hkdfSync('sha256', secret, salt, utf8(`keyslot key store 1 ${purpose}`), 32)));
    let kept = new Uint8Array(0);
    const copy = key.withDerived(purpose, salt, (derived) => {
      kept = derived as typeof kept;
      return Uint8Array.from(derived);
    });
    expect(copy).toEqual(expected);
    expect(kept).toHaveLength(32);
    expect(kept.every((byte) => byte === 0)).toBe(true);
  }
  key.dispose();
  expect(() => key.withDerived('record', salt, () => undefined)).toThrow();
});

test('a missing key file is an error and is never made', async () => {
  const path = join(temporaryFolder(), 'store.key');
  await expectError(() => StoreKey.open(path), 'RESOURCE_NOT_FOUND', 'keyStore.key.file');
  expect(existsSync(path)).toBe(false);
});

test.each([0, 1, 31, 33, 64, 65, 4096])('a file of %i bytes is no key', async (size) => {
  await expectError(() => StoreKey.open(keyFile(random(size))), 'INVALID_FORMAT', 'keyStore.key.file');
});

test.each([0o640, 0o604, 0o620, 0o602, 0o644, 0o666])('a file of mode %o is refused', async (mode) => {
  const path = keyFile(random(32));
  chmodSync(path, mode);
  await expectError(() => StoreKey.open(path), 'ACCESS_DENIED', 'keyStore.key.file');
});

test('links and folders are refused', async () => {
  const target = keyFile(random(32));
  const link = join(temporaryFolder(), 'link');
  symlinkSync(target, link);
  await expectError(() => StoreKey.open(link), 'ACCESS_DENIED', 'keyStore.key.file');
  await expectError(() => StoreKey.open(temporaryFolder()), 'ACCESS_DENIED', 'keyStore.key.file');
});

test("another user's file is refused", async (ctx) => {
  if (process.geteuid?.() !== 0) ctx.skip('needs root to give a file away');
  const path = keyFile(random(32));
  chownSync(path, 65_534, 65_534);
  await expectError(() => StoreKey.open(path), 'ACCESS_DENIED', 'keyStore.key.file');
});

test('two store keys derive unlike keys', () => {
  const [one, two] = [storeKey(1), storeKey(2)].map((key) =>
    key.withDerived('record', new Uint8Array(0), (derived) => Uint8Array.from(derived)),
  );
  expect(one).not.toEqual(two);
});
