/** Whose turn it is, and how much may be under way. */
import { expect, test } from 'vitest';
import { SlowQueue } from '../../../src/providers/software/slow-queue.js';

interface Job {
  readonly caller: number;
  readonly memory: number;
  readonly name: string;
}
function job(name: string, caller: number, memory = 0): Job {
  return { name, caller, memory };
}
function make(...jobs: readonly Job[]): SlowQueue<Job> {
  const queue = new SlowQueue<Job>(6, { pieces: 3, memory: 4 });
  for (const one of jobs) queue.add(one);
  return queue;
}
/** All that may begin now. */
function begun(queue: SlowQueue<Job>): string[] {
  const names: string[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next()) names.push(next.name);
  return names;
}

test('callers take turns and nobody has more than so many pieces', () => {
  expect(begun(make(job('a', 1), job('b', 1), job('c', 1), job('d', 1), job('x', 2)))).toEqual(['a', 'x', 'b', 'c']);
});

test('memory is bounded in sum and for each caller', () => {
  const first = job('a', 1, 4);
  const queue = make(first, job('b', 1, 1), job('x', 2, 2), job('y', 2, 1));
  expect(begun(queue)).toEqual(['a', 'x']);
  queue.done(first);
  expect(begun(queue)).toEqual(['b', 'y']);
});

test('work without memory passes by what waits for memory, of the same caller too', () => {
  expect(begun(make(job('a', 1, 4), job('b', 1, 4), job('c', 1), job('x', 2)))).toEqual(['a', 'x', 'c']);
});

test('much memory is waited for, and not taken away by those who want little', () => {
  const [first, second] = [job('a', 1, 2), job('b', 2, 2)];
  const queue = make(first, second);
  expect(begun(queue)).toEqual(['a', 'b']);
  for (const more of [job('much', 3, 4), job('little', 4, 1)]) queue.add(more);
  expect(begun(queue)).toEqual([]);
  queue.done(first);
  expect(begun(queue)).toEqual(['much']);
  queue.done(second);
  expect(begun(queue)).toEqual(['little']);
});

test('what wants more than anybody may have is left to be refused by who does it', () => {
  expect(begun(make(job('a', 1, 100)))).toEqual(['a']);
});

test('what was removed does not begin', () => {
  const [first, second] = [job('a', 1), job('b', 1)];
  const queue = make(first, second);
  expect([queue.remove(first), queue.remove(first)]).toEqual([true, false]);
  expect(begun(queue)).toEqual(['b']);
  expect(queue.remove(second)).toBe(false);
});
