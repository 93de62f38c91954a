import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AbandonableCall, call, cut, expectError, message, now, operation, random, startProvider, toHex, utf8 } from './support.js';

/** FIPS 180-4 examples ("abc", the two-block message) and the empty message. */
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
] as const;

test.each(known)('%s of "%s"', async (algorithm, text, digest) => {
  const hash = operation(await startProvider(), algorithm, { kind: 'hash' });
  expect(toHex(now(hash.singleShot?.(message(utf8(text)), call)).data)).toBe(digest);
  now(hash.init(undefined, call));
  if (text !== '') now(hash.update(utf8(text), call));
  expect(toHex(now(hash.finalize(call)).data)).toBe(digest);
});

test.each(['SHA-256', 'SHA-384', 'SHA-512'])('%s: any cut into updates gives what the whole message gives', async (algorithm) => {
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
