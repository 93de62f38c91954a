import { describe, expect, test } from 'vitest';
import { derive, expectRefusal, hex, utf8 } from './derive.js';

const nothing = new Uint8Array(0);
const run = (from: number, to: number) => Uint8Array.from({ length: to - from }, (_, index) => from + index);

describe('HKDF, RFC 5869 appendix A', () => {
  const cases = [
    {
      hash: 'SHA-256',
      secret: new Uint8Array(22).fill(0x0b),
      salt: hex('000102030405060708090a0b0c'),
      info: hex('f0f1f2f3f4f5f6f7f8f9'),
      key: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
      output: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    },
    {
      hash: 'SHA-256',
      secret: run(0x00, 0x50),
      salt: run(0x60, 0xb0),
      info: run(0xb0, 0x100),
      key: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
      output:
        'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    },
    {
      hash: 'SHA-1',
      secret: new Uint8Array(11).fill(0x0b),
      salt: hex('000102030405060708090a0b0c'),
      info: hex('f0f1f2f3f4f5f6f7f8f9'),
      key: '9b6c18c432a7bf8f0e71c8eb88f4b30baa2ba243',
      output: '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896',
    },
  ];
  test.each(cases)('$hash whole and in two steps', async ({ hash, secret, salt, info, key, output }) => {
    expect(await derive(`HKDF-${hash}`, { salt, label: info }, secret, output.length / 2)).toBe(output);
    expect(await derive(`HKDF-Extract-${hash}`, { salt }, secret, key.length / 2)).toBe(key);
    expect(await derive(`HKDF-Expand-${hash}`, { label: info }, hex(key), output.length / 2)).toBe(output);
  });

  test('no salt is one of zeros (case 3)', async () => {
    const output = '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8';
    const secret = new Uint8Array(22).fill(0x0b);
    for (const given of [{}, { salt: nothing, label: nothing }, { salt: new Uint8Array(32) }]) {
      expect(await derive('HKDF-SHA-256', given, secret, 42)).toBe(output);
    }
  });
});

describe('limits', () => {
  test('255 hashes and no byte more; all of them differ', async () => {
    const longest = await derive('HKDF-SHA-256', {}, hex('01'), 255 * 32);
    expect(new Set(longest.match(/.{64}/g)).size).toBe(255);
    await expectRefusal('kdf.outputKeyLength', 'HKDF-SHA-256', {}, hex('01'), 255 * 32 + 1);
    await expectRefusal('kdf.outputKeyLength', 'HKDF-Expand-SHA-1', {}, new Uint8Array(20), 255 * 20 + 1);
  });
  test('extraction gives a hash, no less and no more', async () => {
    for (const size of [31, 33]) await expectRefusal('kdf.outputKeyLength', 'HKDF-Extract-SHA-256', {}, hex('01'), size);
  });
  test('what is expanded is as long as a hash (RFC 5869 2.3)', async () => {
    await expectRefusal('sourceKey', 'HKDF-Expand-SHA-256', {}, new Uint8Array(31), 16);
    await expectRefusal('sourceKey', 'TLS13-HKDF-SHA-384', { label: utf8('key') }, new Uint8Array(32), 16);
  });
});
