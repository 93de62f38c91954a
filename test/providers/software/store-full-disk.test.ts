/** A real file system that is full, and one that is read-only: clear errors, nothing lost. Where this user may not mount, simulated-disk.ts stands in. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { backupStore, readBackup } from '../../../src/providers/software/store-backup.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { rekeyStore } from '../../../src/providers/software/store-rekey.js';
import { restoreStore } from '../../../src/providers/software/store-restore.js';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { generationIn, put, storeKey } from './store-support.js';
import { expectError, plain, temporaryFolder } from './support.js';

function mounted(ctx: TestContext, size: string): string {
  const at = join(temporaryFolder(), 'disk');
  mkdirSync(at);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', at]);
  if (status !== 0) ctx.skip('this user may not mount');
  onTestFinished(() => void spawnSync('umount', ['-l', at]));
  return at;
}

const open = async (at: string, fill = 0x42) =>
  KeyStore.open({ folder: await DiskFolder.open(join(at, 'store')), key: storeKey(fill), report: () => undefined });

async function filled(at: string): Promise<number> {
  const store = await open(at);
  let kept = 0;
  for (;;) {
    try {
      await put(store, `slot ${kept}`, 1);
      kept += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'PERSIST_FAILED', message: expect.stringContaining('ENOSPC') });
      break;
    }
  }
  for (let i = 0; i < kept; i++) expect(await generationIn(store, `slot ${i}`)).toBe(1);
  expect(readdirSync(join(at, 'store')).filter((name) => name.endsWith('.new'))).toEqual([]);
  await store.close();
  return kept;
}

async function assertSound(at: string, kept: number, fill = 0x42): Promise<void> {
  const folder = await DiskFolder.open(join(at, 'store'));
  const { problems, slots } = await verifyStore({ folder, key: storeKey(fill) });
  await folder.close();
  expect([problems, slots.length]).toEqual([[], kept]);
}

test('a full disk', async (ctx) => {
  const at = mounted(ctx, '256k');
  const kept = await filled(at);
  expect(kept).toBeGreaterThan(5);
  await assertSound(at, kept);
  const folder = await DiskFolder.open(join(at, 'store'));
  const rekey = { folder, key: storeKey(), newKey: storeKey(1), report: () => undefined };
  const error = await expectError(() => rekeyStore(rekey), 'PERSIST_FAILED');
  expect(error.message).toContain('ENOSPC');
  const pieces: Uint8Array[] = [];
  expect(await backupStore(rekey, async (piece) => void pieces.push(piece))).toBe(kept);
  await folder.close();
  await assertSound(at, kept);

  const small = mounted(ctx, '64k');
  const target = await DiskFolder.open(join(small, 'store'));
  const backup = readBackup(plain(Buffer.concat(pieces)), storeKey());
  expect((await expectError(() => restoreStore({ folder: target, backup }), 'PERSIST_FAILED')).message).toContain('ENOSPC');
  expect(await target.list()).toEqual(['lock']);
  await target.close();

  // Room again, and all goes on.
  spawnSync('mount', ['-o', 'remount,size=2m', at]);
  const larger = await DiskFolder.open(join(at, 'store'));
  expect(await rekeyStore({ ...rekey, folder: larger })).toEqual({ records: kept });
  await larger.close();
  await assertSound(at, kept, 1);
  const store = await open(at, 1);
  await put(store, 'one more', 1);
  await store.close();
});

test('a disk that can only be read', async (ctx) => {
  const at = mounted(ctx, '1m');
  const store = await open(at);
  for (const slot of ['a', 'b']) await put(store, slot, 1);
  await store.close();
  expect(spawnSync('mount', ['-o', 'remount,ro', at]).status).toBe(0);
  await assertSound(at, 2);
  const again = await open(at);
  expect(await generationIn(again, 'a')).toBe(1);
  for (const work of [() => put(again, 'a', 2), () => again.clear('b', 1)]) {
    expect((await expectError(work, 'PERSIST_FAILED')).message).toContain('EROFS');
  }
  expect([await generationIn(again, 'a'), await generationIn(again, 'b')]).toEqual([1, 1]);
  await again.close();
  const folder = await DiskFolder.open(join(at, 'store'));
  const rekey = { folder, key: storeKey(), newKey: storeKey(1), report: () => undefined };
  expect((await expectError(() => rekeyStore(rekey), 'PERSIST_FAILED')).message).toContain('EROFS');
  expect(await backupStore(rekey, async () => undefined)).toBe(2);
  await folder.close();
  const nowhere = await expectError(() => DiskFolder.open(join(at, 'other')), 'PERSIST_FAILED', 'state');
  expect(nowhere.message).toContain('EROFS');
  await assertSound(at, 2);
});

test('a copy without a lock on a disk that can only be read', async (ctx) => {
  const at = mounted(ctx, '1m');
  const store = await open(at);
  await put(store, 'a', 1);
  await store.close();
  rmSync(join(at, 'store', 'lock'));
  expect(spawnSync('mount', ['-o', 'remount,ro', at]).status).toBe(0);
  const folder = await DiskFolder.open(join(at, 'store'));
  await expectError(() => DiskFolder.open(join(at, 'store')), 'PROVIDER_BUSY');
  expect((await verifyStore({ folder, key: storeKey() })).problems).toEqual([]);
  await folder.close();
});

test('a restore where an interrupted one left something, on a disk that can only be read', async (ctx) => {
  const at = mounted(ctx, '1m');
  const store = await open(at);
  await put(store, 'a', 1);
  await store.close();
  const other = join(at, 'other');
  mkdirSync(other, { mode: 0o700 });
  for (const name of ['lock', 'manifest.new']) writeFileSync(join(other, name), '');
  expect(spawnSync('mount', ['-o', 'remount,ro', at]).status).toBe(0);
  const from = await DiskFolder.open(join(at, 'store'));
  const pieces: Uint8Array[] = [];
  await backupStore({ folder: from, key: storeKey() }, async (piece) => void pieces.push(piece));
  await from.close();
  const folder = await DiskFolder.open(other);
  const backup = readBackup(plain(Buffer.concat(pieces)), storeKey());
  expect((await expectError(() => restoreStore({ folder, backup }), 'PERSIST_FAILED')).message).toContain('EROFS');
  await folder.close();
});

test('a folder whose lock finds no room is taken back', async (ctx) => {
  // Two inodes: the root of the file system and the folder.
  const at = mounted(ctx, '64k,nr_inodes=2');
  const error = await expectError(() => DiskFolder.open(join(at, 'store')), 'PERSIST_FAILED', 'state');
  expect(error.message).toContain('ENOSPC');
  expect(readdirSync(at)).toEqual([]);
});
