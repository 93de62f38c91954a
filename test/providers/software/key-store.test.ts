import { describe, expect, test } from 'vitest';
import { FaultyFolder, failure, SimulatedDisk } from './simulated-disk.js';
import { generationIn, header, materialOf, openStore, put, storeKey } from './store-support.js';
import { expectError, plain, random } from './support.js';

describe('what a slot holds', () => {
  test('stored, loaded, replaced, cleared, and the same after a restart', async () => {
    const disk = new SimulatedDisk();
    const { store, reports } = await openStore(disk);
    expect(reports).toEqual([{ level: 'info', message: 'new key store' }]);
    expect(await store.inspect('a')).toBeUndefined();
    await put(store, 'a', 1);
    await put(store, 'b', 4);
    await put(store, 'a', 2);
    expect(await store.inspect('a')).toMatchObject(header('a', 2));
    await store.clear('b', 4);
    const again = await openStore(new SimulatedDisk(disk.files));
    for (const opened of [store, again.store]) {
      expect(await generationIn(opened, 'a')).toBe(2);
      expect(await generationIn(opened, 'b')).toBe(0);
    }
  });

  test('a replaced generation can be loaded until it is retired, a cleared one not at all', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    await put(store, 'a', 1);
    await put(store, 'a', 2);
    expect(plain((await store.load('a', 1)).material)).toEqual(materialOf('a', 1));
    await store.retire('a', 1);
    await expectError(() => store.load('a', 1), 'KEY_SLOT_EMPTY');
    await put(store, 'a', 3);
    await store.clear('a', 3);
    for (const generation of [1, 2, 3]) await expectError(() => store.load('a', generation), 'KEY_SLOT_EMPTY');
    expect([...disk.files.keys()]).toEqual(['manifest']);
    await expectError(() => store.clear('a', 3), 'KEY_SLOT_EMPTY');
  });

  test('the current generation is never retired, and a generation is never used twice while the slot is occupied', async () => {
    const { store } = await openStore(new SimulatedDisk());
    await put(store, 'a', 2);
    await store.retire('a', 2);
    await store.retire('a', 1);
    expect(await generationIn(store, 'a')).toBe(2);
    await expectError(() => put(store, 'a', 2), 'INTERNAL_ERROR');
    await expectError(() => store.clear('a', 1), 'KEY_SLOT_EMPTY');
    expect(await generationIn(store, 'a')).toBe(2);
  });

  test('after a clear counting may start anew', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    await put(store, 'a', 5);
    await store.clear('a', 5);
    await put(store, 'a', 1);
    expect(await generationIn((await openStore(new SimulatedDisk(disk.files))).store, 'a')).toBe(1);
  });

  test('any name of a slot is a safe name of a file', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    const names = [
      'manifest',
      'lock',
      '.',
      '..',
      '../../etc/passwd',
      'a b',
      'ä',
      'Ä',
      'A',
      'a',
      '%41',
      'x.1.record',
      '\u0000',
      'x'.repeat(64),
      '鍵'.repeat(21),
    ];
    for (const name of names) await put(store, name, 1);
    for (const file of disk.files.keys()) expect(file).toMatch(/^(manifest|[A-Za-z0-9_%-]+\.\d+\.record)$/);
    expect(Math.max(...[...disk.files.keys()].map((file) => file.length))).toBeLessThan(255);
    const again = await openStore(new SimulatedDisk(disk.files));
    for (const name of names) expect(await generationIn(again.store, name)).toBe(1);
    expect(again.reports).toEqual([]);
  });

  test('an abandoned write does not begin', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    const before = disk.files;
    await expectError(
      () =>
        store.store(header('a', 1), materialOf('a', 1), () => {
          throw Object.assign(new Error('abandoned'), { name: 'KeyslotError', code: 'OPERATION_CANCELLED' });
        }),
      'OPERATION_CANCELLED',
    );
    expect(disk.files).toEqual(before);
  });

  test('writes at once are made one after the other', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    await Promise.all(Array.from({ length: 20 }, (_, i) => put(store, `slot ${i}`, 1)));
    const again = await openStore(new SimulatedDisk(disk.files));
    for (let i = 0; i < 20; i++) expect(await generationIn(again.store, `slot ${i}`)).toBe(1);
  });

  test('closing removes replaced generations, so that the next start finds no leftovers', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    for (const generation of [1, 2, 3]) await put(store, 'a', generation);
    expect(disk.files.size).toBe(4);
    await store.close();
    expect(disk.files.size).toBe(2);
    const again = await openStore(new SimulatedDisk(disk.files));
    expect(again.reports).toEqual([]);
    expect(await generationIn(again.store, 'a')).toBe(3);
  });

  test('a closed store neither reads nor writes', async () => {
    const disk = new SimulatedDisk();
    const { store } = await openStore(disk);
    await put(store, 'a', 1);
    const before = disk.files;
    await store.close();
    expect(disk.files).toEqual(before);
    await expectError(() => store.load('a', 1), 'KEY_SLOT_EMPTY');
    await expect(put(store, 'a', 2)).rejects.toThrow();
    expect(disk.files).toEqual(before);
  });
});

/** A store with a replaced generation, two slots and a cleared one, and its files at each step. */
async function prepared() {
  const disk = new SimulatedDisk();
  const { store } = await openStore(disk);
  await put(store, 'b', 1);
  await put(store, 'a', 1);
  const early = disk.files;
  await put(store, 'a', 2);
  await store.retire('a', 1);
  await put(store, 'c', 1);
  await store.clear('c', 1);
  const files = disk.files;
  const of = (slot: string) => [...files.keys()].find((name) => name.startsWith(`${slot}.`)) ?? 'missing';
  return { files, early, a: of('a'), b: of('b'), earlyA: [...early.keys()].find((name) => name.startsWith('a.')) ?? 'missing' };
}
const bytesOf = (files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array => files.get(name) ?? new Uint8Array(0);

describe('damage is noticed, named, and kept to its slot', () => {
  const cases: readonly (readonly [
    what: string,
    message: string,
    damage: (store: Awaited<ReturnType<typeof prepared>>) => Map<string, Uint8Array>,
  ])[] = [
    [
      'a flipped bit',
      'its record is damaged',
      ({ files, a }) => files.set(a, bytesOf(files, a).with(50, (bytesOf(files, a)[50] ?? 0) ^ 1)),
    ],
    ['a cut record', 'its record is damaged', ({ files, a }) => files.set(a, bytesOf(files, a).slice(0, 60))],
    ['another file', 'its record is damaged', ({ files, a }) => files.set(a, random(200))],
    ['an empty file', 'its record is damaged', ({ files, a }) => files.set(a, new Uint8Array(0))],
    ['a swapped record', 'swapped for that of slot "b"', ({ files, a, b }) => files.set(a, bytesOf(files, b))],
    ['an older copy', 'replaced by an older copy (generation 1)', ({ files, early, a, earlyA }) => files.set(a, bytesOf(early, earlyA))],
    [
      'a missing record',
      'is missing',
      ({ files, a }) => {
        files.delete(a);
        return files;
      },
    ],
  ];
  test.each(cases)('%s: %s', async (_what, message, damage) => {
    const { store } = await openStore(new SimulatedDisk(damage(await prepared())));
    for (const attempt of [() => store.inspect('a'), () => store.load('a', 2)]) {
      const error = await expectError(attempt, 'OPERATION_FAILED', 'slot');
      expect(error.message).toContain('slot "a"');
      expect(error.message).toContain(message);
    }
    expect(await generationIn(store, 'b')).toBe(1);
    await put(store, 'a', 3);
    expect(await generationIn(store, 'a')).toBe(3);
  });

  test('records of two slots swapped for each other', async () => {
    const { files, a, b } = await prepared();
    const [ofA, ofB] = [bytesOf(files, a), bytesOf(files, b)];
    const { store } = await openStore(new SimulatedDisk(files.set(a, ofB).set(b, ofA)));
    expect((await expectError(() => store.inspect('a'), 'OPERATION_FAILED')).message).toContain('slot "b"');
    expect((await expectError(() => store.inspect('b'), 'OPERATION_FAILED')).message).toContain('slot "a"');
  });
});

describe('a store that can not be trusted is not opened, and nothing in it is touched', () => {
  const cases: readonly (readonly [
    what: string,
    message: string,
    damage: (store: Awaited<ReturnType<typeof prepared>>) => Map<string, Uint8Array>,
  ])[] = [
    ['an older manifest', 'is an older copy', ({ files, early }) => files.set('manifest', bytesOf(early, 'manifest'))],
    [
      'an older manifest with its own record put back',
      'is an older copy',
      ({ files, early, earlyA }) => files.set('manifest', bytesOf(early, 'manifest')).set(earlyA, bytesOf(early, earlyA)),
    ],
    ['a changed manifest', 'it was changed', ({ files }) => files.set('manifest', bytesOf(files, 'manifest').with(40, 9))],
    ['an empty manifest', 'can not be trusted', ({ files }) => files.set('manifest', new Uint8Array(0))],
    ['a record as manifest', 'no manifest', ({ files, a }) => files.set('manifest', bytesOf(files, a))],
    [
      'no manifest',
      'its manifest is missing',
      ({ files }) => {
        files.delete('manifest');
        return files;
      },
    ],
  ];
  test.each(cases)('%s: %s', async (_what, message, damage) => {
    const disk = new SimulatedDisk(damage(await prepared()));
    const before = disk.files;
    const error = await expectError(() => openStore(disk), 'INVALID_FORMAT', 'state');
    expect(error.message).toContain(message);
    expect(disk.files).toEqual(before);
  });

  test('another store key', async () => {
    const disk = new SimulatedDisk((await prepared()).files);
    const error = await expectError(() => openStore(disk, storeKey(0x43)), 'INVALID_FORMAT', 'state');
    expect(error.message).toContain('check the key file');
  });
});

describe('leftovers', () => {
  test('are removed and reported; foreign files are reported and left alone', async () => {
    const { files, early, earlyA, b } = await prepared();
    files
      .set('manifest.new', random(10))
      .set('d.99.record.new', random(10))
      .set(earlyA, bytesOf(early, earlyA))
      .set('notes.txt', random(3));
    files.set(`${b}.new`, random(10));
    const disk = new SimulatedDisk(files);
    const { store, reports } = await openStore(disk);
    expect(
      reports
        .filter(({ message }) => message.startsWith('removed'))
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['manifest.new', 'd.99.record.new', earlyA, `${b}.new`].sort());
    expect(reports.filter(({ message }) => message.includes('left alone')).map(({ file }) => file)).toEqual(['notes.txt']);
    expect([...disk.files.keys()].filter((name) => name.includes('.new') || name === earlyA)).toEqual([]);
    expect(disk.files.has('notes.txt')).toBe(true);
    expect([await generationIn(store, 'a'), await generationIn(store, 'b')]).toEqual([2, 1]);
  });

  test('a record that was counted but not yet renamed gets its name', async () => {
    const { files, a } = await prepared();
    files.set(`${a}.new`, bytesOf(files, a)).delete(a);
    const disk = new SimulatedDisk(files);
    const { store, reports } = await openStore(disk);
    expect(reports).toEqual([]);
    expect(await generationIn(store, 'a')).toBe(2);
    expect(disk.files.has(a)).toBe(true);
    expect(disk.files.has(`${a}.new`)).toBe(false);
  });
});

describe('a failing medium', () => {
  const codes = ['ENOSPC', 'EROFS', 'EIO'] as const;

  test.each(codes)('%s at any step of a write or a clear: an honest error and a slot that holds what it held', async (code) => {
    for (let failing = 1; failing <= 8; failing++) {
      for (const lasting of [false, true]) {
        const folder = new FaultyFolder(new SimulatedDisk());
        const { store } = await openStore(folder);
        await put(store, 'a', 1);
        await put(store, 'b', 1);
        folder.steps = 0;
        folder.fault = (step) => (step === failing || (lasting && step > failing) ? failure(code) : undefined);
        const outcomes = await Promise.allSettled([put(store, 'a', 2), store.clear('b', 1)]);
        const expected = { a: 1, b: 1 };
        const codesOf = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? undefined : outcome.reason.code));
        if (codesOf[0] === undefined) expected.a = 2;
        if (codesOf[1] === undefined) expected.b = 0;
        for (const found of codesOf) expect([undefined, 'PERSIST_FAILED', 'OUTCOME_UNKNOWN']).toContain(found);
        if (!lasting) expect(codesOf).not.toContain('OUTCOME_UNKNOWN');
        folder.fault = () => undefined;
        expect({ a: await generationIn(store, 'a'), b: await generationIn(store, 'b') }).toEqual(expected);
        if (codesOf.includes('OUTCOME_UNKNOWN')) continue;
        const again = await openStore(new SimulatedDisk(folder.disk.files));
        expect({ a: await generationIn(again.store, 'a'), b: await generationIn(again.store, 'b') }).toEqual(expected);
      }
    }
  });

  test('once the medium works again, so does the store, and nothing is left behind', async () => {
    const folder = new FaultyFolder(new SimulatedDisk());
    const { store } = await openStore(folder);
    await put(store, 'a', 1);
    const before = [...folder.disk.files.keys()];
    folder.fault = (_step, kind) => (kind === 'write' ? failure('ENOSPC') : undefined);
    const error = await expectError(() => put(store, 'a', 2), 'PERSIST_FAILED');
    expect(error.message).toContain('ENOSPC');
    expect([...folder.disk.files.keys()]).toEqual(before);
    folder.fault = () => undefined;
    await put(store, 'a', 2);
    expect(await generationIn(store, 'a')).toBe(2);
  });

  test('a medium that can not even take back is told apart, and nothing more is written', async () => {
    const folder = new FaultyFolder(new SimulatedDisk());
    const { store } = await openStore(folder);
    folder.steps = 0;
    // write, sync, write, rename: all well; then nothing any more.
    folder.fault = (step) => (step > 4 ? failure('EIO') : undefined);
    await expectError(() => put(store, 'a', 1), 'OUTCOME_UNKNOWN');
    folder.fault = () => undefined;
    await expectError(() => put(store, 'a', 2), 'PERSIST_FAILED');
    const again = await openStore(new SimulatedDisk(folder.disk.files));
    expect([0, 1]).toContain(await generationIn(again.store, 'a'));
  });

  test('a new store on a medium that can not be written is refused', async () => {
    const folder = new FaultyFolder(new SimulatedDisk(), () => failure('EROFS'));
    await expectError(() => openStore(folder), 'PERSIST_FAILED');
  });

  test('an existing store can be read from a medium that can not be written', async () => {
    const { files } = await prepared();
    const { store, reports } = await openStore(
      new FaultyFolder(new SimulatedDisk(files.set('manifest.new', random(4))), () => failure('EROFS')),
    );
    expect(await generationIn(store, 'a')).toBe(2);
    expect(reports.map(({ message }) => message)).toEqual(['a leftover stays: EROFS', 'the folder could not be synced: EROFS']);
  });
});
