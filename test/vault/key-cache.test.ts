/** Which keys are kept, how long, and that the ones that go are dropped. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { parsePath } from '../../src/vault/derivation-path.js';
import { type HeldKey, KeyCache, mostHeld } from '../../src/vault/key-cache.js';
import type { KeyKind } from '../../src/vault/key-kind.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts handles; holds at most so many keys. */
class Core {
  readonly held = new Set<number>();
  readonly most: number;
  #next = 1;
  constructor(most = Number.POSITIVE_INFINITY) {
    this.most = most;
  }
  derive(_kind: KeyKind) {
    if (this.held.size >= this.most) throw new KeyslotError('QUOTA_EXCEEDED', 'full');
    const handle = this.#next++;
    this.held.add(handle);
    return { handle, publicKey: new Uint8Array(0) };
  }
  drop(handle: number) {
    if (!this.held.delete(handle)) throw new Error('dropped twice');
  }
}

const path = (n: number) => parsePath(`m/${n}'`);
const hold = (cache: KeyCache, n: number) => cache.hold('Ed25519', path(n)) as HeldKey;
const handleOf = (cache: KeyCache, n: number, kind: KeyKind = 'Ed25519') => cache.take(kind, path(n)).handle;

test('a key is derived once, and once for each kind', () => {
  const cache = new KeyCache(new Core(), { size: 64, timeToLive: 1000 });
  expect([handleOf(cache, 0), handleOf(cache, 0), handleOf(cache, 0, 'Secp256k1'), handleOf(cache, 0)]).toEqual([1, 1, 2, 1]);
  expect(cache.size).toBe(2);
});

test('of a full cache the key that was used longest ago goes first, before another is derived', () => {
  const core = new Core(3);
  const cache = new KeyCache(core, { size: 3, timeToLive: 1000 });
  for (const n of [0, 1, 2, 0, 3]) handleOf(cache, n);
  expect([...core.held]).toEqual([1, 3, 4]);
  expect(handleOf(cache, 1)).toBe(5);
  expect([...core.held]).toEqual([1, 4, 5]);
});

test('where others hold keys in the core, one of the cache makes room; an empty cache can’t', () => {
  const core = new Core(3);
  core.held.add(100).add(101);
  const cache = new KeyCache(core, { size: 64, timeToLive: 1000 });
  handleOf(cache, 0);
  expect(handleOf(cache, 1)).toBe(2);
  expect([...core.held]).toEqual([100, 101, 2]);
  const none = new KeyCache(core, { size: 64, timeToLive: 1000 });
  expect(() => handleOf(none, 0)).toThrow(expect.objectContaining({ code: 'QUOTA_EXCEEDED' }));
});

test('a key goes when its time from the derivation is over, used or not, by itself', () => {
  const core = new Core();
  const cache = new KeyCache(core, { size: 64, timeToLive: 1000 });
  handleOf(cache, 0);
  vi.advanceTimersByTime(600);
  handleOf(cache, 1);
  handleOf(cache, 0);
  vi.advanceTimersByTime(399);
  expect([...core.held]).toEqual([1, 2]);
  vi.advanceTimersByTime(1);
  expect([...core.held]).toEqual([2]);
  vi.advanceTimersByTime(600);
  expect([...core.held]).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a timer that is late gives no expired key away', () => {
  const core = new Core();
  const cache = new KeyCache(core, { size: 64, timeToLive: 1000 });
  handleOf(cache, 0);
  vi.setSystemTime(0);
  const spy = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
  expect(handleOf(cache, 0)).toBe(2);
  expect([...core.held]).toEqual([2]);
  spy.mockRestore();
});

test('clear forgets all and drops none: the core has wiped them', () => {
  const core = new Core();
  const cache = new KeyCache(core, { size: 64, timeToLive: 1000 });
  handleOf(cache, 0);
  cache.clear();
  expect([cache.size, core.held.size, vi.getTimerCount()]).toEqual([0, 1, 0]);
});

test('a held key is dropped when its last holder lets go, whatever pushed it out', () => {
  const core = new Core();
  const cache = new KeyCache(core, { size: 1, timeToLive: 1000 });
  const first = hold(cache, 0);
  const again = hold(cache, 0);
  expect(again.handle).toBe(first.handle);
  const second = hold(cache, 1);
  expect([...core.held]).toEqual([1, 2]);
  first.release();
  expect([...core.held]).toEqual([1, 2]);
  again.release();
  expect([...core.held]).toEqual([2]);
  vi.advanceTimersByTime(1000);
  expect([cache.size, ...core.held]).toEqual([0, 2]);
  second.release();
  expect([...core.held]).toEqual([]);
  const third = hold(cache, 2);
  third.release();
  expect(handleOf(cache, 2)).toBe(third.handle);
});

test('so many are held that there is a place for whoever can’t wait; the next one comes when one of them is released', async () => {
  const core = new Core(64);
  const cache = new KeyCache(core, { size: 64, timeToLive: 1000 });
  const held = Array.from({ length: mostHeld }, (_, n) => hold(cache, n));
  expect(cache.hold('Ed25519', path(100))).toBeUndefined();
  // One that is held already needs no more room.
  hold(cache, 0).release();
  for (let n = 200; n < 300; n++) handleOf(cache, n);
  expect([cache.size, core.held.size]).toEqual([64, 64]);
  for (const { handle } of held) expect(core.held.has(handle)).toBe(true);

  const resumed: number[] = [];
  const waiting = [0, 1, 2].map((n) => cache.room().then(() => resumed.push(n)));
  held[0]?.release();
  await Promise.resolve();
  expect(resumed).toEqual([0]);
  // Whatever becomes of it the next one is woken: this one fails.
  core.derive = () => {
    throw new KeyslotError('KEY_DERIVATION_FAILED', 'none');
  };
  expect(() => hold(cache, 101)).toThrow();
  await Promise.resolve();
  expect(resumed).toEqual([0, 1]);
  cache.clear();
  await Promise.all(waiting);
  // Of an older unlocking: they take no room from the next one.
  for (const key of held.slice(1)) key.release();
  expect([cache.size, resumed.length]).toEqual([0, 3]);
});
