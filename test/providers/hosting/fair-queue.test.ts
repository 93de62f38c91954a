import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CostClass,
  costClasses,
  outstandingByCaller,
  outstandingByClass,
  outstandingTotal,
} from '../../../src/providers/hosting/cost.js';
import { FairQueue, type Waiting } from '../../../src/providers/hosting/fair-queue.js';

interface Item extends Waiting {
  readonly n: number;
}
const item = (n: number, caller: number, cost: CostClass = 'short'): Item => ({ n, caller, cost });

function take(queue: FairQueue<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (let i = 0; i < count; i++) {
    const next = queue.next();
    if (next === undefined) break;
    taken.push(next);
  }
  return taken;
}

test('callers take turns: one request is not behind a hundred of somebody else', () => {
  const queue = new FairQueue<Item>();
  for (let n = 0; n < 100; n++) queue.add(item(n, 1));
  queue.add(item(100, 2));
  expect(take(queue, 2).map(({ caller }) => caller)).toEqual([1, 2]);
});

test('classes take turns and a slow one leaves room', () => {
  const queue = new FairQueue<Item>();
  for (let n = 0; n < 50; n++) queue.add(item(n, n % 7, 'slow'));
  for (let n = 0; n < 50; n++) queue.add(item(n, n % 7, 'short'));
  const taken = take(queue, 16);
  expect(taken.filter(({ cost }) => cost === 'slow').length).toBe(outstandingByClass.slow);
  expect(taken.length).toBe(16);
});

test('one caller alone leaves places for others', () => {
  const queue = new FairQueue<Item>();
  for (let n = 0; n < 50; n++) queue.add(item(n, 1));
  expect(take(queue, 50).length).toBe(outstandingByCaller);
  queue.add(item(50, 2));
  expect(queue.next()?.caller).toBe(2);
});

test('limits hold, nothing is lost and one caller keeps its order, whatever happens', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const), caller: fc.nat(4), cost: fc.constantFrom(...costClasses) }),
    fc.record({ do: fc.constantFrom('next' as const, 'done' as const, 'remove' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new FairQueue<Item>();
      const waiting: Item[] = [];
      const out: Item[] = [];
      let n = 0;
      for (const one of steps) {
        if (one.do === 'add') {
          n += 1;
          const added = item(n, one.caller, one.cost);
          queue.add(added);
          waiting.push(added);
        } else if (one.do === 'next') {
          const next = queue.next();
          if (next === undefined) continue;
          const first = waiting.find(({ caller, cost }) => caller === next.caller && cost === next.cost);
          expect(next).toBe(first);
          waiting.splice(waiting.indexOf(next), 1);
          out.push(next);
        } else if (one.do === 'done') {
          const done = out.shift();
          if (done !== undefined) queue.done(done);
        } else {
          const removed = waiting.pop();
          if (removed !== undefined) expect(queue.remove(removed)).toBe(true);
        }
        expect(queue.waiting).toBe(waiting.length);
        expect(queue.outstanding).toBe(out.length);
        expect(out.length).toBeLessThanOrEqual(outstandingTotal);
      }
      expect(queue.drain().length).toBe(waiting.length);
    }),
  );
});
