/** What `verify` names of a store, and that it changes nothing. */
import { describe, expect, test } from 'vitest';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { FaultyFolder, failure, SimulatedDisk } from './simulated-disk.js';
import { openStore, put, storeKey } from './store-support.js';
import { random } from './support.js';

type Files = Map<string, Uint8Array>;
const key = storeKey();

async function prepared() {
  const disk = new SimulatedDisk();
  const { store } = await openStore(disk, key);
  await put(store, 'a', 1);
  await put(store, 'b', 1);
  const early = disk.files;
  await put(store, 'a', 2);
  await store.retire('a', 1);
  await put(store, 'gone', 1);
  await store.clear('gone', 1);
  const { files } = disk;
  const of = (from: Files, slot: string) => [...from.keys()].find((name) => name.startsWith(`${slot}.`)) ?? 'missing';
  return { files, early, a: of(files, 'a'), b: of(files, 'b'), earlyA: of(early, 'a') };
}
type Prepared = Awaited<ReturnType<typeof prepared>>;
const bytesOf = (files: Files, name: string): Uint8Array => files.get(name) ?? new Uint8Array(0);

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
}

async function verify(files: Files) {
  const disk = new SimulatedDisk(files);
  const result = await verifyStore({ folder: disk, key });
  expect(disk.files).toEqual(files);
  return result;
}

test('a store that is well: its slots and no problems', async () => {
  const { files } = await prepared();
  expect(await verify(files)).toEqual({
    writes: 6,
    slots: [
      { slot: 'a', state: 'occupied', generation: 2, algorithm: 'AES-256' },
      { slot: 'b', state: 'occupied', generation: 1, algorithm: 'AES-256' },
      { slot: 'gone', state: 'cleared', generation: 1 },
    ],
    problems: [],
  });
});

test('a record that only lacks its last rename is no problem', async () => {
  const { files, a } = await prepared();
  files.set(`${a}.new`, bytesOf(files, a)).delete(a);
  expect((await verify(files)).problems).toEqual([]);
});

describe('is named', () => {
  const cases: readonly (readonly [
    what: string,
    kind: string,
    slot: string | undefined,
    message: string,
    damage: (at: Prepared) => unknown,
  ])[] = [
    ['a flipped bit', 'damaged', 'a', 'its record is damaged', ({ files, a }) => files.set(a, flipped(bytesOf(files, a), 1000))],
    ['a cut record', 'damaged', 'a', 'its record is damaged', ({ files, a }) => files.set(a, bytesOf(files, a).slice(0, 50))],
    ['a record of another store', 'damaged', 'a', 'its record is damaged', ({ files, a }) => files.set(a, random(200))],
    ['a swapped file', 'swapped', 'a', 'swapped for that of slot "b"', ({ files, a, b }) => files.set(a, bytesOf(files, b))],
    ['an older copy', 'older', 'a', 'an older copy (generation 1)', ({ files, early, a, earlyA }) => files.set(a, bytesOf(early, earlyA))],
    ['a missing record', 'missing', 'a', 'is missing', ({ files, a }) => files.delete(a)],
    [
      'a record of a key that is gone',
      'leftover',
      'a',
      'the next start',
      ({ files, early, earlyA }) => files.set(earlyA, bytesOf(early, earlyA)),
    ],
    ['an unfinished record', 'leftover', 'd/ü', 'the next start', ({ files }) => files.set('d%2F%C3%BC.9.record.new', random(9))],
    ['an unfinished manifest', 'leftover', undefined, 'the next start', ({ files }) => files.set('manifest.new', random(9))],
    ['a foreign file', 'foreign', undefined, 'does not belong', ({ files }) => files.set('notes.txt', random(9))],
  ];
  test.each(cases)('%s: %s', async (_what, kind, slot, message, damage) => {
    const at = await prepared();
    damage(at);
    const { problems, slots } = await verify(at.files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind, ...(slot === undefined ? {} : { slot }) });
    expect(problems[0]?.message).toContain(message);
    expect(slots).toHaveLength(3);
    expect(slots.find((one) => one.slot === 'b')?.algorithm).toBe('AES-256');
  });

  test('every changed bit of every record', async () => {
    const { files, a, b } = await prepared();
    for (const name of [a, b]) {
      const bytes = bytesOf(files, name);
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const { problems } = await verifyStore({ folder: new SimulatedDisk(new Map(files).set(name, flipped(bytes, bit))), key });
        expect(problems.map(({ kind, slot }) => [kind, slot])).toEqual([['damaged', name === a ? 'a' : 'b']]);
      }
    }
  });

  test('several things at once, each on its own', async () => {
    const { files, a, b } = await prepared();
    const [ofA, ofB] = [bytesOf(files, a), bytesOf(files, b)];
    files.set(a, ofB).set(b, ofA).set('x', random(3));
    expect((await verify(files)).problems.map(({ kind, slot, file }) => [kind, slot ?? file])).toEqual([
      ['swapped', 'a'],
      ['swapped', 'b'],
      ['foreign', 'x'],
    ]);
  });

  test('a manifest that can not be trusted: nothing is said of slots', async () => {
    const damages: readonly (readonly [string, (at: Prepared) => unknown])[] = [
      ['is an older copy', ({ files, early }) => files.set('manifest', bytesOf(early, 'manifest'))],
      ['it was changed', ({ files }) => files.set('manifest', flipped(bytesOf(files, 'manifest'), 400))],
      ['its manifest is missing', ({ files }) => files.delete('manifest')],
    ];
    for (const [message, damage] of damages) {
      const at = await prepared();
      damage(at);
      const { writes, slots, problems } = await verify(at.files);
      expect([writes, slots, problems.map(({ kind }) => kind)]).toEqual([undefined, [], ['manifest']]);
      expect(problems[0]?.message).toContain(message);
    }
  });

  test('another store key', async () => {
    const { files } = await prepared();
    const { problems } = await verifyStore({ folder: new SimulatedDisk(files), key: storeKey(1) });
    expect(problems).toMatchObject([{ kind: 'manifest' }]);
    expect(problems[0]?.message).toContain('written under another key');
  });

  test('a record that the medium does not give', async () => {
    const { files, a } = await prepared();
    const folder = new FaultyFolder(new SimulatedDisk(files));
    const read = folder.read.bind(folder);
    folder.read = (name) => (name === a ? Promise.reject(failure('EIO')) : read(name));
    expect((await verifyStore({ folder, key })).problems).toMatchObject([
      { kind: 'unreadable', slot: 'a', message: expect.stringContaining('EIO') },
    ]);
  });
});

test('progress is told for each slot, and what it throws stops the work', async () => {
  const { files } = await prepared();
  const told: number[] = [];
  await verifyStore({ folder: new SimulatedDisk(files), key }, (done, all) => told.push(done / all));
  expect(told).toEqual([1 / 3, 2 / 3, 1]);
  await expect(
    verifyStore({ folder: new SimulatedDisk(files), key }, () => {
      throw new Error('enough');
    }),
  ).rejects.toThrow('enough');
});
