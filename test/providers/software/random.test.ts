import { expect, test } from 'vitest';
import { AbandonableCall, call, expectError, startProvider } from './support.js';

test('random bytes of any size, none twice', async () => {
  const provider = await startProvider();
  expect(await provider.random(0, call)).toHaveLength(0);
  for (const size of [1, 32, 65_536, 65_537, 1_000_000]) expect(await provider.random(size, call)).toHaveLength(size);
  const all = new Set<string>();
  for (let i = 0; i < 1000; i++) all.add(Buffer.from(await provider.random(16, call)).toString('hex'));
  expect(all.size).toBe(1000);
});

test('short answers are made in line, long ones on the thread pool and spread over all values', async () => {
  const provider = await startProvider();
  expect(provider.random(64, call)).not.toBeInstanceOf(Promise);
  const long = provider.random(2_000_000, call);
  expect(long).toBeInstanceOf(Promise);
  const counts = new Uint32Array(256);
  for (const byte of await long) counts[byte] = (counts[byte] ?? 0) + 1;
  // 2,000,000 / 256 = 7812.5, standard deviation 88: ten of them.
  expect(Math.max(...counts.map((count) => Math.abs(count - 7812.5)))).toBeLessThan(880);
});

test('a seed is accepted and does not make the generator predictable', async () => {
  const provider = await startProvider();
  await provider.seedRandom(new Uint8Array(48), call);
  const first = await provider.random(32, call);
  await provider.seedRandom(new Uint8Array(48), call);
  expect(await provider.random(32, call)).not.toEqual(first);
});

test('nothing is made for an abandoned call', async () => {
  const provider = await startProvider();
  const abandonable = new AbandonableCall();
  abandonable.abandon();
  await expectError(() => provider.random(16, abandonable), 'OPERATION_CANCELLED');
});
