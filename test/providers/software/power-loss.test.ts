/** The power goes at every step of a life of a store, and every choice of unsynced names survives: old or new, whole, and what was acknowledged stays. */
import { expect, test } from 'vitest';
import type { KeyStore } from '../../../src/providers/software/key-store.js';
import { FaultyFolder, SimulatedDisk } from './simulated-disk.js';
import { generationIn, openStore, put } from './store-support.js';

type Contents = Readonly<Record<'a' | 'b', number>>;
type Step = readonly [act: (store: KeyStore) => Promise<void>, after: Contents];

const life: readonly Step[] = [
  [(store) => put(store, 'a', 1), { a: 1, b: 0 }],
  [(store) => put(store, 'b', 1), { a: 1, b: 1 }],
  [(store) => put(store, 'a', 2), { a: 2, b: 1 }],
  [(store) => put(store, 'a', 3), { a: 3, b: 1 }],
  [(store) => store.retire('a', 1), { a: 3, b: 1 }],
  [(store) => store.clear('b', 1), { a: 3, b: 0 }],
  [(store) => put(store, 'b', 1), { a: 3, b: 1 }],
  [(store) => store.clear('a', 3), { a: 0, b: 1 }],
];

class PowerLoss extends Error {}

/** Lives until the power goes at `failing`; tells what was acknowledged and what was under way. */
async function liveUntil(failing: number) {
  const disk = new SimulatedDisk();
  const folder = new FaultyFolder(disk, (step) => (step >= failing ? new PowerLoss() : undefined));
  const reached: Contents[] = [];
  let underWay: Contents = { a: 0, b: 0 };
  try {
    const { store } = await openStore(folder);
    reached.push({ a: 0, b: 0 });
    for (const [act, after] of life) {
      underWay = after;
      const steps = folder.steps;
      await act(store);
      if (folder.steps >= failing && steps < failing) break;
      reached.push(after);
    }
  } catch {
    // The process is gone with the power.
  }
  return { disk, acknowledged: reached.at(-1) ?? { a: 0, b: 0 }, underWay, lived: folder.steps < failing };
}

async function contentsOf(files: ReadonlyMap<string, Uint8Array>): Promise<{ contents: Contents; disk: SimulatedDisk }> {
  const disk = new SimulatedDisk(files);
  const { store } = await openStore(disk);
  return { contents: { a: await generationIn(store, 'a'), b: await generationIn(store, 'b') }, disk };
}

test('at every step, with every choice of what was not synced', async () => {
  let states = 0;
  for (let failing = 1; ; failing++) {
    const { disk, acknowledged, underWay, lived } = await liveUntil(failing);
    if (lived) break;
    for (const files of disk.afterPowerLoss()) {
      states += 1;
      const { contents, disk: recovered } = await contentsOf(files);
      expect([acknowledged, underWay]).toContainEqual(contents);
      // Recovering is final: a second start finds the same, and no leftovers.
      const again = await contentsOf(recovered.files);
      expect(again.contents).toEqual(contents);
      const records = [...again.disk.files.keys()].filter((name) => name !== 'manifest');
      expect(records).toHaveLength(Object.values(contents).filter((generation) => generation > 0).length);
      expect(records.every((name) => name.endsWith('.record'))).toBe(true);
    }
  }
  expect(states).toBeGreaterThan(100);
});

test('after any power loss the store can be written again', async () => {
  for (let failing = 4; ; failing += 3) {
    const { disk, lived } = await liveUntil(failing);
    for (const files of disk.afterPowerLoss()) {
      const next = new SimulatedDisk(files);
      const { store } = await openStore(next);
      await put(store, 'a', 9);
      await put(store, 'c', 1);
      const { store: again } = await openStore(new SimulatedDisk(next.files));
      expect([await generationIn(again, 'a'), await generationIn(again, 'c')]).toEqual([9, 1]);
    }
    if (lived) break;
  }
});

/** A mutant of the order of writes, to show that the test above can fail. */
test('a store whose names are never synced would be caught', async () => {
  const disk = new SimulatedDisk();
  const { store } = await openStore(disk);
  await put(store, 'a', 1);
  disk.sync = async () => undefined;
  await put(store, 'a', 2);
  const outcomes = await Promise.allSettled(disk.afterPowerLoss().map(async (files) => (await contentsOf(files)).contents.a));
  expect(outcomes.some((outcome) => outcome.status === 'rejected' || outcome.value !== 2)).toBe(true);
});
