import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call, cut, expectError, hex, importKey, message, now, operation, random, startProvider, toHex, utf8 } from './support.js';
import { hmac as cases } from './wycheproof-cases.js';

test('RFC 4231 test cases 1, 2 and 5 (cut to 128 bits)', async () => {
  const provider = await startProvider();
  const mac = (key: string, text: string, outputLength?: number) => {
    const made = operation(provider, 'HMAC-SHA-256', {
      kind: 'mac',
      key: importKey(provider, 'HMAC-SHA-256', hex(key)),
      parameters: { outputLength },
    });
    return toHex(now(made.singleShot?.(message(utf8(text)), call)).data);
  };
  expect(mac('0b'.repeat(20), 'Hi There')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
  expect(mac(toHex(utf8('Jefe')), 'what do ya want for nothing?')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  expect(mac('0c'.repeat(20), 'Test With Truncation', 16)).toBe('a3b6167473100ee06e0c796c2955552b');
});

describe('wycheproof', () => {
  test.each(cases)('$comment: $valid', async ({ key, size, msg, tag, valid }) => {
    const provider = await startProvider();
    const mac = operation(provider, 'HMAC-SHA-256', {
      kind: 'mac',
      mode: 'verify',
      key: importKey(provider, 'HMAC-SHA-256', hex(key)),
      parameters: { outputLength: size },
    });
    expect(now(mac.verifySingleShot?.(message(hex(msg)), hex(tag), call))).toEqual({ valid });
    now(mac.init(undefined, call));
    now(mac.update(hex(msg), call));
    expect(now(mac.verify?.(hex(tag), call))).toEqual({ valid });
  });
});

test('any cut into updates gives what node:crypto gives for the whole', async () => {
  const provider = await startProvider();
  const key = random(40);
  const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key: importKey(provider, 'HMAC-SHA-256', key) });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 6 }), (data, places) => {
      now(mac.init(undefined, call));
      for (const piece of cut(data, places)) now(mac.update(piece, call));
      expect(toHex(now(mac.finalize(call)).data)).toBe(createHmac('sha256', key).update(data).digest('hex'));
    }),
  );
});

test('a tag of another length does not match; every changed bit does not match', async () => {
  const provider = await startProvider();
  const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key: importKey(provider, 'HMAC-SHA-256', random(32)) });
  const data = utf8('message');
  const tag = now(mac.singleShot?.(message(data), call)).data;
  const matches = (expected: Uint8Array) => now(mac.verifySingleShot?.(message(data), expected, call)).valid;
  expect(matches(tag)).toBe(true);
  for (const length of [0, 1, 16, 31]) expect(matches(tag.slice(0, length))).toBe(false);
  expect(matches(Uint8Array.of(...tag, 0))).toBe(false);
  for (let bit = 0; bit < 256; bit++) {
    const changed = Uint8Array.from(tag);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(matches(changed)).toBe(false);
  }
});

test('long messages are worked on in turns', async () => {
  const provider = await startProvider();
  const key = random(32);
  const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key: importKey(provider, 'HMAC-SHA-256', key) });
  const data = random(3 * 1024 * 1024);
  const answer = mac.singleShot?.(message(data), call);
  expect(answer).toBeInstanceOf(Promise);
  expect(toHex((await answer)?.data ?? new Uint8Array(0))).toBe(createHmac('sha256', key).update(data).digest('hex'));
});

test('a released key makes no tags', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'HMAC-SHA-256', random(32));
  const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key });
  key.release();
  await expectError(() => mac.singleShot?.(message(utf8('x')), call), 'RESOURCE_NOT_FOUND', 'key');
});
