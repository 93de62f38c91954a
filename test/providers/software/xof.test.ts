import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, cut, hex, message, now, operation, random, startProvider, toHex, utf8 } from './support.js';

const emailSignature = utf8('Email Signature');

/** FIPS 202 (empty message), the samples of SP 800-185, RFC 7693 appendices A and B, and other lengths as hashlib of Python gives them. */
const known = [
  ['SHAKE-128', {}, '', '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26'],
  [
    'SHAKE-256',
    {},
    '',
    '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762fd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be',
  ],
  ['SHAKE-128', { outputLength: 5 }, '', '7f9c2ba4e8'],
  ['cSHAKE-128', { customization: emailSignature }, '00010203', 'c1c36925b6409a04f1b504fcbca9d82b4017277cb5ed2b2065fc1d3814d5aaf5'],
  [
    'cSHAKE-256',
    { customization: emailSignature },
    '00010203',
    'd008828e2b80ac9d2218ffee1d070c48b8e4c87bff32c9699d5b6896eee0edd164020e2be0560858d9c00c037e34a96937c561a74c412bb4c746469527281c8c',
  ],
  ['cSHAKE-128', {}, '', '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26'],
  [
    'BLAKE2b-512',
    {},
    '616263',
    'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
  ],
  ['BLAKE2s-256', {}, '616263', '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982'],
  ['BLAKE2b-512', { outputLength: 20 }, '616263', '384264f676f39536840523f284921cdc68b6846b'],
  ['BLAKE2s-256', { outputLength: 16 }, '616263', 'aa4938119b1dc7b87cbad0ffd200d0ae'],
] as const;

test.each(known)('%s %o of "%s"', async (algorithm, parameters, data, output) => {
  const made = operation(await startProvider(), algorithm, { kind: 'hash', parameters });
  expect(toHex(now(made.singleShot?.(message(hex(data)), call)).data)).toBe(output);
  now(made.init(undefined, call));
  now(made.update(hex(data), call));
  expect(toHex(now(made.finalize(call)).data)).toBe(output);
});

test.each([
  ['SHAKE-256', { outputLength: 300 }],
  ['cSHAKE-128', { outputLength: 70, functionName: utf8('KMAC'), customization: utf8('x') }],
  ['BLAKE2b-512', { outputLength: 63 }],
  ['BLAKE2s-256', {}],
] as const)('%s %o: any cut into updates gives what the whole message gives', async (algorithm, parameters) => {
  const made = operation(await startProvider(), algorithm, { kind: 'hash', parameters });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400), { maxLength: 6 }), (data, places) => {
      now(made.init(undefined, call));
      for (const piece of cut(data, places)) now(made.update(piece, call));
      expect(toHex(now(made.finalize(call)).data)).toBe(toHex(now(made.singleShot?.(message(data), call)).data));
    }),
  );
});

test('a name and a customization make other functions', async () => {
  const provider = await startProvider();
  const data = random(10);
  const run = (parameters: Record<string, Uint8Array>) =>
    toHex(now(operation(provider, 'cSHAKE-128', { kind: 'hash', parameters }).singleShot?.(message(data), call)).data);
  const name = utf8('a');
  expect(new Set([run({}), run({ functionName: name }), run({ customization: name })]).size).toBe(3);
});

test('long messages of the libraries are worked on in turns', async () => {
  const made = operation(await startProvider(), 'BLAKE2b-512', { kind: 'hash', parameters: { outputLength: 32 } });
  const answer = made.singleShot?.(message(new Uint8Array(200_000)), call);
  expect(answer).toBeInstanceOf(Promise);
  // hashlib.blake2b(bytes(200000), digest_size=32)
  expect(toHex((await answer)?.data ?? new Uint8Array(0))).toBe('e24e820b45c8f9e4de6fe37ad0d8efd34fbc0168a55860a77644da8865da7e06');
});
