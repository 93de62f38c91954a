import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../src/providers/pkcs11/host/pace.js';

const busy = (ms: number): string => {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return 'in line';
};
const onPool = async (): Promise<string> => 'on the pool';
const slowOnPool = async (): Promise<string> => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return 'on the pool';
};

describe('the pace of a call', () => {
  it('starts on the thread pool and moves in line once it was fast', async () => {
    const pace = new Pace();
    const first = pace.perform('sign', 32, () => 'in line', onPool);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toBe('on the pool');
    // A busy machine may have measured it slow once.
    for (let i = 0; i < 50 && pace.inlined.length === 0; i++) await pace.perform('sign', 32, () => 'in line', onPool);
    expect(pace.perform('sign', 32, () => 'in line', onPool)).toBe('in line');
    expect(pace.perform('other', 32, () => 'in line', onPool)).toBeInstanceOf(Promise);
  });

  it('stays on the pool while it is slow', async () => {
    const pace = new Pace();
    for (let i = 0; i < 3; i++) expect(await pace.perform('sign', 32, () => 'in line', slowOnPool)).toBe('on the pool');
    expect(pace.inlined).toEqual([]);
  });

  it('goes back to the pool when it was slow in line, also when it failed', async () => {
    const pace = new Pace();
    const fail = (): never => {
      busy(10);
      throw new Error('no');
    };
    for (const work of [() => busy(10), fail]) {
      while (pace.inlined.length === 0) await pace.perform('sign', 32, () => 'in line', onPool);
      try {
        await pace.perform('sign', 32, work, onPool);
      } catch {
        // As asked for.
      }
      expect(pace.inlined).toEqual([]);
    }
  });

  it('never runs long input in line', async () => {
    const pace = new Pace();
    while (pace.inlined.length === 0) await pace.perform('hash', 32, () => 'in line', onPool);
    expect(await pace.perform('hash', 1 << 20, () => 'in line', onPool)).toBe('on the pool');
  });
});
