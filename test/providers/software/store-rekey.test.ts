/** Another key for a store: the power goes, or the medium fails, at every step; the store has one key or the other, and every slot. */
import { describe, expect, test } from 'vitest';
import type { KeyslotError } from '../../../src/core/errors.js';
import { rekeyStore } from '../../../src/providers/software/store-rekey.js';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { FaultyFolder, failure, SimulatedDisk } from './simulated-disk.js';
import { generationIn, openStore, put, storeKey } from './store-support.js';
import { expectError } from './support.js';

const [oldFill, newFill] = [0x42, 0x55];
/** Shared: an ordinary user may lock memory for some hundreds of them only. */
const keys = new Map([oldFill, newFill].map((fill) => [fill, storeKey(fill)]));
const keyOfFill = (fill: number) => keys.get(fill) ?? storeKey(fill);
const contents = { a: 2, b: 7, 'ключ/1': 1, cleared: 0 } as const;

/** A store under the old key with three keys, a replaced one that was retired and a cleared one. */
async function prepared(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  const { store } = await openStore(disk, keyOfFill(oldFill));
  await put(store, 'a', 1);
  await put(store, 'cleared', 3);
  await put(store, 'b', 7);
  await put(store, 'a', 2);
  await put(store, 'ключ/1', 1);
  await store.clear('cleared', 3);
  await store.retire('a', 1);
  await disk.sync();
  return disk;
}

function rekey(folder: SimulatedDisk | FaultyFolder, progress?: () => void) {
  const parts = { folder, key: keyOfFill(oldFill), newKey: keyOfFill(newFill), report: () => undefined };
  return rekeyStore({ ...parts, ...(progress === undefined ? {} : { progress }) });
}

/** The key that opens the store; checks that it does so with every slot, without warnings, that the other key does not, and nothing is left over. */
async function keyOf(files: ReadonlyMap<string, Uint8Array>): Promise<number> {
  const opening: number[] = [];
  for (const fill of [oldFill, newFill]) {
    const disk = new SimulatedDisk(files);
    try {
      const { store, reports } = await openStore(disk, keyOfFill(fill));
      expect(reports.filter(({ message }) => message.includes('missing') || message.includes('new key store'))).toEqual([]);
      for (const [slot, generation] of Object.entries(contents)) expect(await generationIn(store, slot)).toBe(generation);
      expect((await verifyStore({ folder: disk, key: keyOfFill(fill) })).problems).toEqual([]);
      expect(disk.files.size).toBe(4);
      await put(store, 'later', 1);
      expect(await generationIn((await openStore(new SimulatedDisk(disk.files), keyOfFill(fill))).store, 'later')).toBe(1);
      opening.push(fill);
    } catch (error) {
      if ((error as KeyslotError).code !== 'INVALID_FORMAT') throw error;
      expect((error as Error).message).toContain('written under another key');
    }
  }
  expect(opening).toHaveLength(1);
  return opening[0] ?? 0;
}

test('every slot is there under the new key, in the same generation, and only under it', async () => {
  const disk = await prepared();
  const before = disk.files;
  let steps = 0;
  expect(
    await rekey(disk, () => {
      steps += 1;
    }),
  ).toEqual({ records: 3 });
  expect(steps).toBe(3);
  expect(await keyOf(disk.files)).toBe(newFill);
  for (const name of before.keys()) if (name !== 'manifest') expect(disk.files.has(name)).toBe(false);
});

test('back and forth, and an empty store too', async () => {
  const disk = await prepared();
  await rekey(disk);
  await rekeyStore({ folder: disk, key: keyOfFill(newFill), newKey: keyOfFill(oldFill), report: () => undefined });
  expect(await keyOf(disk.files)).toBe(oldFill);
  const empty = new SimulatedDisk();
  await openStore(empty, keyOfFill(oldFill));
  expect(await rekey(empty)).toEqual({ records: 0 });
  await openStore(empty, keyOfFill(newFill));
  await expectError(() => openStore(empty, keyOfFill(oldFill)), 'INVALID_FORMAT', 'state');
});

test('power loss at every step, with every choice of what was not synced: one key or the other, and every slot', async () => {
  let states = 0;
  const seen = new Set<number>();
  for (let failing = 1; ; failing++) {
    const disk = await prepared();
    const folder = new FaultyFolder(disk, (step) => (step >= failing ? new Error('the power is gone') : undefined));
    const done = await rekey(folder).then(
      () => true,
      () => false,
    );
    for (const files of disk.afterPowerLoss()) {
      states += 1;
      const key = await keyOf(files);
      seen.add(key);
      // What was acknowledged stays.
      if (done) expect(key).toBe(newFill);
    }
    if (folder.steps < failing) break;
  }
  expect(seen).toEqual(new Set([oldFill, newFill]));
  expect(states).toBeGreaterThan(100);
}, 120_000);

/** A mutant that shows that the test above can fail. */
test('a rekey whose names are never synced would be caught', async () => {
  const disk = await prepared();
  disk.sync = async () => undefined;
  await rekey(disk);
  const outcomes = await Promise.allSettled(disk.afterPowerLoss().map(keyOf));
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
});

describe('a failing medium', () => {
  test.each(['ENOSPC', 'EROFS', 'EIO'])('%s at any step: an honest error and a whole store', async (code) => {
    for (const lasting of [false, true]) {
      for (let failing = 1; ; failing++) {
        const disk = await prepared();
        const folder = new FaultyFolder(disk, (step) => (step === failing || (lasting && step > failing) ? failure(code) : undefined));
        const outcome = await rekey(folder).then(
          () => undefined,
          (error: KeyslotError) => error,
        );
        expect([undefined, 'PERSIST_FAILED', 'OUTCOME_UNKNOWN']).toContain(outcome?.code);
        const key = await keyOf(disk.files);
        if (outcome === undefined) expect(key).toBe(newFill);
        if (outcome?.code === 'PERSIST_FAILED') {
          expect(key).toBe(oldFill);
          expect(outcome.message).toContain(code);
          expect(outcome.message).toContain('keeps its old key');
        }
        if (!lasting) expect(outcome?.code).not.toBe('OUTCOME_UNKNOWN');
        if (folder.steps < failing) break;
      }
    }
  });

  test('leaves nothing behind when the disk was full', async () => {
    const disk = await prepared();
    const before = [...disk.files.keys()].sort();
    let writes = 0;
    const folder = new FaultyFolder(disk, (_step, kind) => {
      if (kind === 'write') writes += 1;
      return kind === 'write' && writes > 2 ? failure('ENOSPC') : undefined;
    });
    await expectError(() => rekey(folder), 'PERSIST_FAILED');
    expect([...disk.files.keys()].sort()).toEqual(before);
  });
});

describe('is refused, with nothing changed,', () => {
  const refused = async (disk: SimulatedDisk, code: string, message: string, work: () => Promise<unknown>) => {
    const before = [...disk.files.entries()].sort();
    expect((await expectError(work, code)).message).toContain(message);
    expect([...disk.files.entries()].sort()).toEqual(before);
  };

  test('when a record is damaged, which is named', async () => {
    const disk = await prepared();
    const name = [...disk.files.keys()].find((file) => file.startsWith('b.')) ?? '';
    const bytes = Uint8Array.from(disk.files.get(name) ?? []);
    bytes[90] = (bytes[90] ?? 0) ^ 1;
    await disk.write(name, bytes);
    await refused(disk, 'OPERATION_FAILED', 'slot "b": its record is damaged', () => rekey(disk));
  });

  test('with the same key, another key, and without a store', async () => {
    const disk = await prepared();
    const parts = { folder: disk, report: () => undefined };
    await refused(disk, 'INVALID_ARGUMENT', 'same as the old one', () => rekeyStore({ ...parts, key: storeKey(1), newKey: storeKey(1) }));
    await refused(disk, 'INVALID_FORMAT', 'another key', () => rekeyStore({ ...parts, key: storeKey(1), newKey: storeKey(2) }));
    const none = new SimulatedDisk();
    await refused(none, 'RESOURCE_NOT_FOUND', 'no key store', () => rekey(none));
  });

  test('when it is stopped on the way', async () => {
    const disk = await prepared();
    await refused(disk, 'PERSIST_FAILED', 'keeps its old key', () =>
      rekey(disk, () => {
        throw new Error('Ctrl-C');
      }),
    );
  });
});
