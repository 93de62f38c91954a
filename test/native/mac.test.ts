/** NativeMac: third-party vectors, node's own GCM as a second opinion on GMAC, and the life of one MAC. */

import { createCipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { NativeMac, type NativeMacOptions } from '../../src/native-mac.js';
import { failure } from './errors.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const counting = (first: number, count: number) => Uint8Array.from({ length: count }, (_, i) => (first + i) & 0xff);

function macOf(options: NativeMacOptions, key: Uint8Array, message: Uint8Array, step = 4096): string {
  using mac = new NativeMac(options, key);
  for (let at = 0; at < message.length; at += step) mac.update(message.subarray(at, at + step));
  return Buffer.from(mac.digest()).toString('hex');
}

describe('CMAC', () => {
  const rfc4493 = '2b7e151628aed2a6abf7158809cf4f3c';
  const message =
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
  test.each([
    ['RFC 4493 example 1', 128, rfc4493, '', 'bb1d6929e95937287fa37d129b756746'],
    ['RFC 4493 example 2', 128, rfc4493, message.slice(0, 32), '070a16b46b4d4144f79bdd9dd04a287c'],
    ['RFC 4493 example 3', 128, rfc4493, message.slice(0, 80), 'dfa66747de9ae63030ca32611497c827'],
    ['RFC 4493 example 4', 128, rfc4493, message, '51f0bebf7e3b9d92fc49741779363cfe'],
    ['wycheproof 3', 128, 'b151f491c4c006d1f28214aa3da9a985', '27d9', 'bdbbebac982dd62b9f682618a6a604e9'],
    ['wycheproof 17', 128, 'e09eaa5a3f5e56d279d5e7a03373f6ea', 'ef4eab37181f98423e53e947e7050fd0', '40facf0e2fb51b73a7472681b033d6dc'],
    ['wycheproof 107', 192, '1eb21a9e995a8e45c9e71ecbd6fe615b3e0318007c64b644', '3aa73c48', '1e93fff846934a6eea0575eecb0f0e1f'],
    [
      'wycheproof 119',
      192,
      'f4bfa5aa4f0f4d62cf736cd2969c43d580fdb92f2753bedb',
      '0e239f239705b282ce2200fe20de1165',
      'ab20a6cf60873665b1d6999b05c7f9c6',
    ],
    ['wycheproof 205', 256, '7bf9e536b66a215c22233fe2daaa743a898b9acb9f7802de70b40e3d6e43ef97', '', '736c7b56957db774c5ddf7c7a70ba8a8'],
    [
      'wycheproof 218',
      256,
      'abab815d51df29f740e4e2079fb798e0152836e6ab57d1536ae8929e52c06eb8',
      'f0058d412a104e53d820b95a7f',
      '1fa24c6625a0f8e1fc37827ac84d3cc4',
    ],
  ] as const)('%s', (_, bits, key, text, tag) => {
    const options = { algorithm: 'CMAC', cipher: `aes-${bits}-cbc` } as const;
    for (const step of [1, 7, 16, 4096]) expect(macOf(options, hex(key), hex(text), step)).toBe(tag);
  });
});

describe('GMAC is the tag of an empty plaintext', () => {
  test.each([1, 8, 11, 12, 13, 16, 60, 127, 128])('iv of %d bytes', (length) => {
    for (const bits of [128, 192, 256] as const) {
      const [key, iv, message] = [randomBytes(bits / 8), randomBytes(length), randomBytes(1000)];
      for (const size of [0, 1, 16, 1000]) {
        const cipher = createCipheriv(`aes-${bits}-gcm`, key, iv).setAAD(message.subarray(0, size));
        cipher.final();
        const options = { algorithm: 'GMAC', cipher: `aes-${bits}-gcm`, iv } as const;
        expect(macOf(options, key, message.subarray(0, size), 33)).toBe(cipher.getAuthTag().toString('hex'));
      }
    }
  });
});

describe('KMAC', () => {
  const application = Buffer.from('My Tagged Application');
  // NIST, "KMAC_samples.pdf" and "KMACXOF_samples.pdf"; the key is 40 … 5f.
  test.each([
    ['KMAC-128', false, 4, '', 'e5780b0d3ea6f7d3a429c5706aa43a00fadbd7d49628839e3187243f456ee14e'],
    ['KMAC-128', false, 4, application, '3b1fba963cd8b0b59e8c1a6d71888b7143651af8ba0a7070c0979e2811324aa5'],
    ['KMAC-128', false, 200, application, '1f5b4e6cca02209e0dcb5ca635b89a15e271ecc760071dfd805faa38f9729230'],
    [
      'KMAC-256',
      false,
      4,
      application,
      '20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd',
    ],
    ['KMAC-128', true, 4, '', 'cd83740bbd92ccc8cf032b1481a0f4460e7ca9dd12b08a0c4031178bacd6ec35'],
    ['KMAC-128', true, 4, application, '31a44527b4ed9f5c6101d11de6d26f0620aa5c341def41299657fe9df1a3b16c'],
  ] as const)('%s, xof %s, %d bytes, customization "%s"', (algorithm, xof, size, customization, expected) => {
    const options = { algorithm, xof, customization: Buffer.from(customization), outputLength: expected.length / 2 };
    for (const step of [1, 168, 4096]) expect(macOf(options, counting(0x40, 32), counting(0, size), step)).toBe(expected);
  });

  test('an empty message; no customization is an empty one; the length counts unless it is an XOF', () => {
    const key = randomBytes(32);
    const none = new Uint8Array(0);
    const plain = { algorithm: 'KMAC-256', outputLength: 64 } as const;
    expect(macOf(plain, key, none)).toBe(macOf({ ...plain, customization: none, xof: false }, key, none));
    const shorter = { ...plain, outputLength: 32 };
    expect(macOf(plain, key, none).startsWith(macOf(shorter, key, none))).toBe(false);
    expect(macOf({ ...plain, xof: true }, key, none).startsWith(macOf({ ...shorter, xof: true }, key, none))).toBe(true);
  });

  test.each([
    [4, 0, 1],
    [512, 512, 4096],
    [32, 10, 2_097_151],
  ])('the limits: key %d, customization %d, output %d', (key, customization, outputLength) => {
    for (const algorithm of ['KMAC-128', 'KMAC-256'] as const) {
      for (const xof of [false, true]) {
        const options = { algorithm, customization: new Uint8Array(customization), outputLength, xof };
        expect(macOf(options, new Uint8Array(key), new Uint8Array(3)).length).toBe(2 * outputLength);
      }
    }
  });
});

describe('the life of a MAC', () => {
  const options = { algorithm: 'CMAC', cipher: 'aes-128-cbc' } as const;
  const key = new Uint8Array(16);

  test('the key and the message are copied; the result is the caller’s', () => {
    const expected = macOf(options, key, counting(0, 40));
    const [mine, message] = [new Uint8Array(16), counting(0, 40)];
    using mac = new NativeMac(options, mine);
    mine.fill(0xff);
    mac.update(message);
    message.fill(0xff);
    mac.update(new Uint8Array(0));
    const result = mac.digest();
    expect(Buffer.from(result).toString('hex')).toBe(expected);
    expect(result.buffer.byteLength).toBe(16);
  });

  test.each(['digest', 'dispose'] as const)('after %s nothing goes on', (end) => {
    const mac = new NativeMac(options, key);
    mac[end]();
    expect(failure(() => mac.update(new Uint8Array(1)))).toMatchObject({ code: 'INVALID_OPERATION' });
    expect(failure(() => mac.update(new Uint8Array(0)))).toMatchObject({ code: 'INVALID_OPERATION' });
    expect(failure(() => mac.digest())).toMatchObject({ code: 'INVALID_OPERATION' });
    mac.dispose();
    mac[Symbol.dispose]();
  });

  const gmac = { algorithm: 'GMAC', cipher: 'aes-128-gcm', iv: new Uint8Array(12) };
  const kmac = { algorithm: 'KMAC-128', outputLength: 32 };
  test.each([
    ['algorithm', undefined, key],
    ['algorithm', null, key],
    ['algorithm', { algorithm: 'HMAC' }, key],
    ['algorithm', { algorithm: 'toString' }, key],
    ['cipher', { algorithm: 'CMAC' }, key],
    ['cipher', { algorithm: 'CMAC', cipher: 'aes-128-gcm' }, key],
    ['cipher', { algorithm: 'CMAC', cipher: 'toString' }, key],
    ['cipher', { ...gmac, cipher: 'aes-128-cbc' }, key],
    ['key', options, 'secret'],
    ['key', options, new Uint16Array(8)],
    ['key', options, new Uint8Array(0)],
    ['key', options, new Uint8Array(15)],
    ['key', { ...options, cipher: 'aes-256-cbc' }, key],
    ['key', gmac, new Uint8Array(17)],
    ['iv', { ...gmac, iv: undefined }, key],
    ['iv', { ...gmac, iv: new Uint8Array(0) }, key],
    ['iv', { ...gmac, iv: new Uint8Array(129) }, key],
    ['key', kmac, new Uint8Array(3)],
    ['key', kmac, new Uint8Array(513)],
    ['customization', { ...kmac, customization: 'text' }, key],
    ['customization', { ...kmac, customization: new Uint8Array(513) }, key],
    ['outputLength', { algorithm: 'KMAC-128' }, key],
    ['outputLength', { ...kmac, outputLength: 0 }, key],
    ['outputLength', { ...kmac, outputLength: 1.5 }, key],
    ['outputLength', { ...kmac, outputLength: 2_097_152 }, key],
  ])('refuses a wrong %s (%#)', (field, wrong, used) => {
    expect(failure(() => new NativeMac(wrong as NativeMacOptions, used as Uint8Array))).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  test('refuses what is not bytes, and goes on', () => {
    using mac = new NativeMac(options, key);
    for (const bytes of ['text', null, new Uint16Array(3), new ArrayBuffer(4)]) {
      expect(failure(() => mac.update(bytes as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'bytes' });
    }
    mac.update(counting(0, 40));
    expect(Buffer.from(mac.digest()).toString('hex')).toBe(macOf(options, key, counting(0, 40)));
  });

  test('several at once in two threads', async () => {
    const code = `
      import { parentPort } from 'node:worker_threads';
      import { NativeMac } from '${new URL('../../src/native-mac.js', import.meta.url).href}';
      const seen = new Set();
      for (let round = 0; round < 500; round++) {
        const macs = [0, 1].map(() => new NativeMac({ algorithm: 'KMAC-256', outputLength: 32 }, new Uint8Array(32)));
        for (const mac of macs) mac.update(new Uint8Array(1000));
        for (const mac of macs) seen.add(Buffer.from(mac.digest()).toString('hex'));
        new NativeMac({ algorithm: 'CMAC', cipher: 'aes-128-cbc' }, new Uint8Array(16)).update(new Uint8Array(10));
      }
      parentPort.postMessage([...seen]);`;
    const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const expected = macOf({ algorithm: 'KMAC-256', outputLength: 32 }, new Uint8Array(32), new Uint8Array(1000));
    const answers = await Promise.all(
      [0, 1].map(async () => {
        const worker = new Worker(url);
        const [[message]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
        return message;
      }),
    );
    expect(answers).toEqual([[expected], [expected]]);
  });
});
