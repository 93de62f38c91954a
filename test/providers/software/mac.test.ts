import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParameterValues, ProviderKey } from '../../../src/providers/contract.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importKey,
  message,
  now,
  operation,
  random,
  startProvider,
  toHex,
  utf8,
} from './support.js';
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

/** RFC 2202, RFC 4231 (case 2), RFC 4493, NIST's samples of CMAC and of SP 800-185, wycheproof aes_gmac. */
const kmacKey = '404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f';
const tagged = utf8('My Tagged Application');
const known = [
  { algorithm: 'HMAC-SHA-1', key: '4a656665', text: 'what do ya want for nothing?', tag: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  {
    algorithm: 'HMAC-SHA-224',
    key: '4a656665',
    text: 'what do ya want for nothing?',
    tag: 'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44',
  },
  {
    algorithm: 'HMAC-SHA-384',
    key: '4a656665',
    text: 'what do ya want for nothing?',
    tag: 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
  },
  {
    algorithm: 'HMAC-SHA-512',
    key: '4a656665',
    text: 'what do ya want for nothing?',
    tag: '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  },
  { algorithm: 'AES-CMAC', keyName: 'AES-128', key: '2b7e151628aed2a6abf7158809cf4f3c', tag: 'bb1d6929e95937287fa37d129b756746' },
  {
    algorithm: 'AES-CMAC',
    keyName: 'AES-128',
    key: '2b7e151628aed2a6abf7158809cf4f3c',
    data: '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411',
    tag: 'dfa66747de9ae63030ca32611497c827',
  },
  {
    algorithm: 'AES-CMAC',
    keyName: 'AES-192',
    key: '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
    tag: 'd17ddf46adaacde531cac483de7a9367',
  },
  {
    algorithm: 'AES-CMAC',
    keyName: 'AES-256',
    key: '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
    data: '6bc1bee22e409f96e93d7e117393172a',
    tag: '28a7023f452e8f82bd4bf28d8c37c35c',
  },
  {
    algorithm: 'GMAC',
    keyName: 'AES-256',
    key: '31e39f0079a182c9b2ba38b8bcc48518a2dff1df885285fc0542f83b255a520c',
    iv: '2cc7459fa6a53f8c9af14154',
    data: '45',
    tag: '1ee076f708e64cc55c71d8633ec29231',
  },
  {
    algorithm: 'KMAC-128',
    key: kmacKey,
    data: '00010203',
    tag: 'e5780b0d3ea6f7d3a429c5706aa43a00fadbd7d49628839e3187243f456ee14e',
  },
  {
    algorithm: 'KMAC-128',
    key: kmacKey,
    data: '00010203',
    parameters: { customization: tagged },
    tag: '3b1fba963cd8b0b59e8c1a6d71888b7143651af8ba0a7070c0979e2811324aa5',
  },
  {
    algorithm: 'KMAC-256',
    key: kmacKey,
    data: '00010203',
    parameters: { customization: tagged },
    tag: '20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd',
  },
  {
    algorithm: 'KMAC-128',
    key: kmacKey,
    data: '00010203',
    parameters: { xof: true },
    tag: 'cd83740bbd92ccc8cf032b1481a0f4460e7ca9dd12b08a0c4031178bacd6ec35',
  },
];

test.each(known)('$algorithm gives $tag', async ({ algorithm, keyName = algorithm, key, iv, text, data, parameters = {}, tag }) => {
  const provider = await startProvider();
  const mac = operation(provider, algorithm, { kind: 'mac', key: importKey(provider, keyName, hex(key)), parameters });
  const bytes = text === undefined ? hex(data ?? '') : utf8(text);
  const nonce = iv === undefined ? undefined : hex(iv);
  expect(toHex(now(mac.singleShot?.(message(bytes, nonce), call)).data)).toBe(tag);
  now(mac.init(nonce, call));
  now(mac.update(bytes, call));
  expect(now(mac.verify?.(hex(tag), call))).toEqual({ valid: true });
});

const others = [
  ['AES-CMAC', 'AES-192', undefined],
  ['GMAC', 'AES-128', random(12)],
  ['KMAC-256', 'KMAC-256', undefined],
] as const;

test.each(others)('%s: any cut gives what the whole gives; changed tags do not match', async (algorithm, keyName, iv) => {
  const provider = await startProvider();
  const mac = operation(provider, algorithm, { kind: 'mac', key: await generateKey(provider, keyName) });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300), { maxLength: 6 }), (data, places) => {
      const tag = now(mac.singleShot?.(message(data, iv), call)).data;
      now(mac.init(iv, call));
      for (const piece of cut(data, places)) now(mac.update(piece, call));
      expect(toHex(now(mac.finalize(call)).data)).toBe(toHex(tag));
      const wrong = Uint8Array.from(tag, (byte, at) => (at === 3 ? byte ^ 1 : byte));
      expect(now(mac.verifySingleShot?.(message(data, iv), wrong, call))).toEqual({ valid: false });
      expect(now(mac.verifySingleShot?.(message(data, iv), tag.subarray(1), call))).toEqual({ valid: false });
    }),
  );
});

test('tags are cut from the left; the length of a KMAC makes another tag, unless it is the XOF', async () => {
  const provider = await startProvider();
  const tag = async (algorithm: string, key: ProviderKey, parameters: ParameterValues, iv?: Uint8Array) =>
    toHex(now(operation(provider, algorithm, { kind: 'mac', key, parameters }).singleShot?.(message(utf8('x'), iv), call)).data);
  const aes = await generateKey(provider, 'AES-128');
  const iv = random(12);
  expect(await tag('GMAC', aes, { outputLength: 12 }, iv)).toBe((await tag('GMAC', aes, {}, iv)).slice(0, 24));
  expect(await tag('AES-CMAC', aes, { outputLength: 4 })).toBe((await tag('AES-CMAC', aes, {})).slice(0, 8));
  const kmac = await generateKey(provider, 'KMAC-128');
  expect(await tag('KMAC-128', kmac, { outputLength: 16 })).not.toBe((await tag('KMAC-128', kmac, {})).slice(0, 32));
  expect(await tag('KMAC-128', kmac, { outputLength: 16, xof: true })).toBe((await tag('KMAC-128', kmac, { xof: true })).slice(0, 32));
});

test('GMAC needs an IV; keys that are two keys in one have no MACs', async () => {
  const provider = await startProvider();
  const mac = operation(provider, 'GMAC', { kind: 'mac', key: await generateKey(provider, 'AES-128') });
  for (const iv of [undefined, new Uint8Array(0), random(129)]) await expectError(() => mac.init(iv, call), 'INVALID_ARGUMENT', 'iv');
  const double = await generateKey(provider, 'AES-512');
  for (const algorithm of ['GMAC', 'AES-CMAC'])
    await expectError(() => operation(provider, algorithm, { kind: 'mac', key: double }), 'INCOMPATIBLE_KEY_TYPE', 'key');
});

test('an aborted stream is over', async () => {
  const provider = await startProvider();
  for (const [algorithm, keyName, iv] of others) {
    const mac = operation(provider, algorithm, { kind: 'mac', key: await generateKey(provider, keyName) });
    now(mac.init(iv, call));
    now(mac.update(random(10), call));
    now(mac.abort());
    await expectError(() => mac.finalize(call), 'STREAM_NOT_INITIALIZED');
    mac.close();
  }
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
  await expectError(() => mac.singleShot?.(message(utf8('x')), call), 'SESSION_EXPIRED', 'key');
});
