/** Backups: whole or refused, and restored whole or not at all. */
import { describe, expect, test } from 'vitest';
import type { KeyslotError } from '../../../src/core/errors.js';
import { backupStore, readBackup } from '../../../src/providers/software/store-backup.js';
import { restoreStore } from '../../../src/providers/software/store-restore.js';
import { FaultyFolder, failure, SimulatedDisk } from './simulated-disk.js';
import { generationIn, openStore, put, storeKey } from './store-support.js';
import { expectError, plain, random } from './support.js';

const key = storeKey();

async function prepared(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const { store } = await openStore(disk, key);
  await put(store, 'a', 1);
  await put(store, 'b/ü', 4);
  await put(store, 'a', 2);
  await put(store, 'c', 1);
  await store.clear('c', 1);
  await store.retire('a', 1);
  return disk;
}

async function backup(disk: SimulatedDisk): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await backupStore({ folder: disk, key }, async (piece) => void pieces.push(piece));
  return plain(Buffer.concat(pieces));
}

async function assertWhole(disk: SimulatedDisk): Promise<void> {
  const { store, reports } = await openStore(disk, key);
  expect(reports).toEqual([]);
  for (const [slot, generation] of [
    ['a', 2],
    ['b/ü', 4],
    ['c', 0],
  ] as const)
    expect(await generationIn(store, slot)).toBe(generation);
}

test('a restored store is the store that was backed up, and its secrets stay sealed', async () => {
  const disk = await prepared();
  const before = disk.files;
  const bytes = await backup(disk);
  expect(disk.files).toEqual(before);
  expect(Buffer.from(bytes).includes('the key of a')).toBe(false);
  const restored = new SimulatedDisk();
  await restoreStore({ folder: restored, backup: readBackup(bytes, key) });
  expect(restored.files).toEqual(before);
  await assertWhole(restored);
});

test('an empty store, and leftovers that are not taken along', async () => {
  const empty = new SimulatedDisk();
  await openStore(empty, key);
  const restored = new SimulatedDisk();
  await restoreStore({ folder: restored, backup: readBackup(await backup(empty), key) });
  expect([...restored.files.keys()]).toEqual(['manifest']);
  const disk = await prepared();
  await disk.write('a.99.record.new', random(9));
  await disk.write('notes', random(9));
  const other = new SimulatedDisk();
  await restoreStore({ folder: other, backup: readBackup(await backup(disk), key) });
  expect([...other.files.keys()].sort()).toEqual([...(await prepared()).files.keys()].sort());
});

describe('a backup is refused', () => {
  test('with any bit changed', async () => {
    const bytes = await backup(await prepared());
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expectError(() => readBackup(changed, key), 'INVALID_FORMAT', 'file');
    }
  });

  test('cut at any length, or extended', async () => {
    const bytes = await backup(await prepared());
    for (let length = 0; length < bytes.length; length++) {
      await expectError(() => readBackup(bytes.subarray(0, length), key), 'INVALID_FORMAT', 'file');
    }
    await expectError(() => readBackup(Uint8Array.of(...bytes, 0), key), 'INVALID_FORMAT', 'file');
  });

  test('under another key, of another format, and when it is none', async () => {
    const bytes = await backup(await prepared());
    expect((await expectError(() => readBackup(bytes, storeKey(1)), 'INVALID_FORMAT')).message).toContain('under another key');
    expect((await expectError(() => readBackup(bytes.with(8, 2), key), 'INVALID_FORMAT')).message).toContain('format 2');
    expect((await expectError(() => readBackup(random(500), key), 'INVALID_FORMAT')).message).toContain('no backup');
  });

  test('of a store that is damaged or none, by name', async () => {
    const disk = await prepared();
    const name = [...disk.files.keys()].find((file) => file.startsWith('a.')) ?? '';
    await disk.write(name, (disk.files.get(name) ?? random(1)).with(60, 1));
    expect((await expectError(() => backup(disk), 'OPERATION_FAILED', 'slot')).message).toContain('slot "a"');
    await expectError(() => backup(new SimulatedDisk()), 'RESOURCE_NOT_FOUND');
  });
});

describe('a restore', () => {
  test('is refused into a folder that holds anything, which stays as it is', async () => {
    const bytes = await backup(await prepared());
    for (const name of ['manifest', 'a.1.record', 'notes.txt', '.hidden']) {
      const folder = new SimulatedDisk(new Map([[name, random(9)]]));
      const before = folder.files;
      const error = await expectError(() => restoreStore({ folder, backup: readBackup(bytes, key) }), 'OPERATION_FAILED', 'store');
      expect(error.message).toContain(name);
      expect(folder.files).toEqual(before);
    }
  });

  test('goes where only a lock or an interrupted restore is', async () => {
    const bytes = await backup(await prepared());
    const names = ['lock', 'a.7.record.new', 'manifest.new'];
    const folder = new SimulatedDisk(new Map(names.map((name) => [name, random(9)])));
    await restoreStore({ folder, backup: readBackup(bytes, key) });
    await folder.remove('lock');
    await assertWhole(folder);
  });

  test.each(['ENOSPC', 'EROFS', 'EIO'])('that meets %s at any step leaves nothing', async (code) => {
    const bytes = await backup(await prepared());
    for (let failing = 1; ; failing++) {
      const disk = new SimulatedDisk();
      const folder = new FaultyFolder(disk, (step) => (step === failing ? failure(code) : undefined));
      const outcome = restoreStore({ folder, backup: readBackup(bytes, key) });
      if (
        await outcome.then(
          () => true,
          () => false,
        )
      ) {
        expect(folder.steps).toBeLessThan(failing);
        break;
      }
      expect((await expectError(() => outcome, 'PERSIST_FAILED')).message).toContain(code);
      expect([...disk.files.keys()]).toEqual([]);
    }
  });

  test.each(['EROFS', 'EIO'])('that meets %s from any step on says whether the store may be there', async (code) => {
    const bytes = await backup(await prepared());
    const codes = new Set<string>();
    for (let failing = 1; ; failing++) {
      const disk = new SimulatedDisk();
      const folder = new FaultyFolder(disk, (step) => (step >= failing ? failure(code) : undefined));
      const error = await restoreStore({ folder, backup: readBackup(bytes, key) }).then(
        () => undefined,
        (thrown: KeyslotError) => thrown,
      );
      if (error === undefined) break;
      codes.add(error.code);
      for (const files of disk.afterPowerLoss()) {
        if (error.code === 'PERSIST_FAILED') expect([...files.keys()]).not.toContain('manifest');
        else if (files.has('manifest')) await assertWhole(new SimulatedDisk(files));
      }
      if (disk.files.size > 0 && error.code === 'PERSIST_FAILED') expect(error.message).toContain('leftovers stay');
    }
    expect(codes).toEqual(new Set(['PERSIST_FAILED', 'OUTCOME_UNKNOWN']));
  });

  test('whose taking back is cut by the power leaves the whole store or none', async () => {
    const bytes = await backup(await prepared());
    for (let failing = 1; ; failing++) {
      const disk = new SimulatedDisk();
      const folder = new FaultyFolder(disk, (step) => (step === failing ? failure('EIO') : undefined));
      const done = await restoreStore({ folder, backup: readBackup(bytes, key) }).then(
        () => true,
        () => false,
      );
      if (done) break;
      for (const files of disk.afterPowerLoss()) expect([...files.keys()]).not.toContain('manifest');
    }
  });

  test('that loses power at any step leaves the whole store, or one that does not open and can be restored into', async () => {
    const bytes = await backup(await prepared());
    let whole = 0;
    let refused = 0;
    for (let failing = 1; ; failing++) {
      const disk = new SimulatedDisk();
      const folder = new FaultyFolder(disk, (step) => (step >= failing ? new Error('the power is gone') : undefined));
      await restoreStore({ folder, backup: readBackup(bytes, key) }).catch(() => undefined);
      for (const files of disk.afterPowerLoss()) {
        const after = new SimulatedDisk(files);
        if (files.has('manifest')) {
          await assertWhole(after);
          whole += 1;
        } else {
          if ([...files.keys()].some((name) => name.includes('record')))
            await expectError(() => openStore(after, key), 'INVALID_FORMAT', 'state');
          await restoreStore({ folder: after, backup: readBackup(bytes, key) });
          await assertWhole(after);
          refused += 1;
        }
      }
      if (folder.steps < failing) break;
    }
    expect([whole > 3, refused > 3]).toEqual([true, true]);
  });
});
