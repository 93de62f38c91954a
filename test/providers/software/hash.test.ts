import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashNames } from '../../../src/core/algorithms.js';
import { AbandonableCall, call, cut, expectError, message, now, operation, random, startProvider, toHex, utf8 } from './support.js';

/** FIPS 180-4 and FIPS 202 examples ("abc", the two-block message) and the empty message. */
const known = [
  ['SHA-256', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['SHA-256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'SHA-256',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['SHA-384', 'abc', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
  [
    'SHA-512',
    'abc',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  ['SHA-1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA-224', 'abc', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['SHA-512/224', 'abc', '4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa'],
  ['SHA-512/256', 'abc', '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ['SHA3-224', 'abc', 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf'],
  ['SHA3-256', 'abc', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  ['SHA3-384', 'abc', 'ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25'],
  [
    'SHA3-512',
    'abc',
    'b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0',
  ],
] as const;

test('there is an example of every hash', () => {
  expect(new Set(known.map(([name]) => name))).toEqual(new Set(hashNames));
});

test.each(known)('%s of "%s"', async (algorithm, text, digest) => {
  const hash = operation(await startProvider(), algorithm, { kind: 'hash' });
  expect(toHex(now(hash.singleShot?.(message(utf8(text)), call)).data)).toBe(digest);
  now(hash.init(undefined, call));
  if (text !== '') now(hash.update(utf8(text), call));
  expect(toHex(now(hash.finalize(call)).data)).toBe(digest);
});

test.each(hashNames)('%s: any cut into updates gives what the whole message gives', async (algorithm) => {
  const hash = operation(await startProvider(), algorithm, { kind: 'hash' });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 6 }), (data, places) => {
      const whole = now(hash.singleShot?.(message(data), call)).data;
      now(hash.init(undefined, call));
      for (const piece of cut(data, places)) now(hash.update(piece, call));
      expect(now(hash.finalize(call)).data).toEqual(whole);
    }),
  );
});

test('long messages let others have their turn, and give the same', async () => {
  const hash = operation(await startProvider(), 'SHA-256', { kind: 'hash' });
  const data = random(5 * 1024 * 1024 + 3);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const whole = hash.singleShot?.(message(data), call);
  expect(whole).toBeInstanceOf(Promise);
  const { data: digest } = (await whole) as { data: Uint8Array };
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
  now(hash.init(undefined, call));
  for (let at = 0; at < data.length; at += 50_000) now(hash.update(data.subarray(at, at + 50_000), call));
  expect(now(hash.finalize(call)).data).toEqual(digest);
});

test('an abandoned long message is not worked on to its end', async () => {
  const hash = operation(await startProvider(), 'SHA-256', { kind: 'hash' });
  const abandonable = new AbandonableCall();
  const whole = hash.singleShot?.(message(new Uint8Array(8 * 1024 * 1024)), abandonable);
  abandonable.abandon();
  await expectError(() => whole, 'OPERATION_CANCELLED');
});

test('init starts anew, abort drops', async () => {
  const hash = operation(await startProvider(), 'SHA-256', { kind: 'hash' });
  now(hash.init(undefined, call));
  now(hash.update(utf8('forgotten'), call));
  now(hash.init(undefined, call));
  now(hash.update(utf8('abc'), call));
  expect(toHex(now(hash.finalize(call)).data)).toBe(known[1][2]);
  now(hash.init(undefined, call));
  now(hash.abort());
  await expectError(() => hash.finalize(call), 'STREAM_NOT_INITIALIZED');
  hash.close();
});

test('answers are fresh memory', async () => {
  const hash = operation(await startProvider(), 'SHA-256', { kind: 'hash' });
  const first = now(hash.singleShot?.(message(utf8('abc')), call)).data;
  first.fill(0);
  expect(toHex(now(hash.singleShot?.(message(utf8('abc')), call)).data)).toBe(known[1][2]);
});
