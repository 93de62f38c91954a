import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdTable } from '../../src/daemon/id-table.js';
import { indexOfId, maxIndex, OpaqueIds } from '../../src/daemon/opaque-ids.js';

test('ids never repeat and stay below 2^53', () => {
  const ids = new OpaqueIds();
  const seen = new Set<number>();
  for (let i = 0; i < 200_000; i++) seen.add(ids.nextSecretPart());
  expect(seen.size).toBe(200_000);
  const table = new IdTable<object>(ids);
  const id = table.add({}) as number;
  expect(Number.isSafeInteger(id)).toBe(true);
  expect(id).toBeGreaterThan(maxIndex);
});

test('neighbouring ids have nothing in common', () => {
  const ids = new OpaqueIds();
  let equalHigh = 0;
  let last = ids.nextSecretPart();
  for (let i = 0; i < 10_000; i++) {
    const next = ids.nextSecretPart();
    if (next >>> 16 === last >>> 16) equalHigh += 1;
    last = next;
  }
  expect(equalHigh).toBeLessThan(20);
});

test('a table behaves like a map, and a removed id never finds its successor', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('add' as const), fc.nat(50)), { maxLength: 200 }), (steps) => {
      const table = new IdTable<{ n: number }>(new OpaqueIds());
      const model = new Map<number, { n: number }>();
      const gone: number[] = [];
      let n = 0;
      for (const step of steps) {
        if (step === 'add') {
          n += 1;
          const value = { n };
          model.set(table.add(value) as number, value);
        } else {
          const id = [...model.keys()][step % Math.max(1, model.size)];
          if (id === undefined) continue;
          expect(table.remove(id)).toBe(model.get(id));
          model.delete(id);
          gone.push(id);
        }
      }
      for (const [id, value] of model) expect(table.get(id)).toBe(value);
      for (const id of gone) expect(table.get(id)).toBeUndefined();
      expect(table.size).toBe(model.size);
      expect([...table.values()].length).toBe(model.size);
    }),
  );
});

test('guesses find nothing', () => {
  const table = new IdTable<object>(new OpaqueIds());
  const id = table.add({}) as number;
  for (const guess of [0, 1, indexOfId(id), id + 1, id - 1, id + maxIndex + 1, Number.MAX_SAFE_INTEGER, -id, 0.5])
    expect(table.get(guess)).toBeUndefined();
});
