/** A short run of the fuzzer; `npm run fuzz` is the long one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DisposableDaemon, startDisposableDaemon } from '../../src/testing/index.js';
import { campaign } from './campaign.js';
import { fuzzedSettings } from './live-messages.js';

let daemon: DisposableDaemon;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: fuzzedSettings });
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

test('damaged messages are answered or refused, and nothing else happens', { timeout: 300_000 }, async () => {
  const messages = 20_000;
  const { fates, witness, codes } = await campaign({ daemon, messages, seed: 1 });
  expect(fates.answered + fates.refused + fates.unfinished).toBe(messages);
  expect(Math.min(fates.answered, fates.refused, fates.unfinished)).toBeGreaterThan(messages / 200);
  expect(codes.ok).toBeGreaterThan(messages / 10);
  expect(witness.hashes).toBeGreaterThan(10);
  expect(daemon.log).toBe('');
});
