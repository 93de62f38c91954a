import { expect, test } from 'vitest';
import { derive, hex, utf8 } from './derive.js';

/** NIST's samples 2 and 4 of KMAC (SP 800-185); key, context, L and label are KMAC's key, message, L and customization. */
const key = Uint8Array.from({ length: 32 }, (_, index) => 0x40 + index);
const given = { seed: hex('00010203'), label: utf8('My Tagged Application') };

test('SP 800-108 with KMAC', async () => {
  const short = '3b1fba963cd8b0b59e8c1a6d71888b7143651af8ba0a7070c0979e2811324aa5';
  expect(await derive('SP800-108-KMAC-128', given, key, 32)).toBe(short);
  const long =
    '20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd';
  expect(await derive('SP800-108-KMAC-256', given, key, 64)).toBe(long);
});

test('the length is part of what is derived', async () => {
  const [longer, shorter] = [await derive('SP800-108-KMAC-128', given, key, 33), await derive('SP800-108-KMAC-128', given, key, 32)];
  expect(longer.startsWith(shorter)).toBe(false);
});

/** Made with @noble/hashes, which has no limits of its own; OpenSSL takes keys of 4 to 512 bytes and customizations of up to 512. */
test('keys and labels of any length', async () => {
  for (const [keySize, labelSize] of [
    [0, 0],
    [3, 1],
    [4, 512],
    [512, 513],
    [513, 0],
    [65_536, 65_536],
  ] as const) {
    const secret = new Uint8Array(keySize).fill(1);
    const label = new Uint8Array(labelSize).fill(2);
    const reference = (await import('@noble/hashes/sha3-addons.js')).kmac256(secret, hex('0304'), { dkLen: 70, personalization: label });
    expect(await derive('SP800-108-KMAC-256', { seed: hex('0304'), label }, secret, 70)).toBe(Buffer.from(reference).toString('hex'));
  }
});
