import { describe, expect, test } from 'vitest';
import { derive, expectRefusal, type Given, hex, utf8 } from './derive.js';

interface Case {
  readonly name: string;
  readonly given: Given;
  readonly key: string;
  readonly output: string;
}

/** NIST: CAVP KDFCTR_gen (each first case of 24 bits), ACVP KDF-1.0. */
const published: readonly Case[] = [
  {
    name: 'SP800-108-CTR-HMAC-SHA-512',
    given: {
      counterLength: 24,
      fixedInput: hex(
        'dcb2ea8d715821d6393bd49a3e35f69a6c2519edb614f80fbc3f7ae1d65ff4a04c499e75d08819a09092ddaadba510e03cb2ac898804590dbd61fb7e',
      ),
    },
    key: 'd10933b0683f6787c33eccea1c311b8444270504fb3980bfd56443ba4068722184c31541d9174f71068b7789440bc34cec456e115067f9c65a5f2883c6868204',
    output: '876d73040d03d569e2fcae33b241d98e',
  },
  {
    name: 'SP800-108-CTR-HMAC-SHA-512',
    given: {
      counterLength: 24,
      counterLocation: 'after-fixed',
      fixedInput: hex(
        '699bc682c47f969db1d62ffd906711d34ebdb9fccd597e6f5ecc7d7258b8574947307cafa369ece5a4da3cc6d1fcc669f51db24a10112cc5cd9070dc',
      ),
    },
    key: '63bd6f4163b34ece4477605db93e6eb7f4a8c0707471b081d8bdfce44e5823b62d346fa60a3d338c675eba7e5c0920f50197872af24a124d3bb20c45d30dbd99',
    output: '6cedc5f5cf879f9f758f0de04f2ce145',
  },
  {
    name: 'SP800-108-CTR-CMAC',
    given: {
      counterLength: 24,
      fixedInput: hex(
        '890ec4966a8ac3fd635bd264a4c726c87341611c6e282766b7ffe621080d0c00ac9cf8e2784a80166303505f820b2a309e9c3a463d2e3fd4814e3af5',
      ),
    },
    key: 'f7c1e0682a12f1f17d23dc8af5c463b8aa28f87ed82fad22',
    output: 'a71b0cbe30331fdbb63f8d51249ae50b',
  },
  {
    name: 'SP800-108-CTR-CMAC',
    given: {
      counterLength: 24,
      counterLocation: 'middle-fixed',
      counterOffset: 8 * 50,
      fixedInput: hex(
        'b1907a06c3428b4e4656672742b0d933773cab80bd6678c2f897339e59fbe790f4391a96d18ca19522d64f4a2e852848c6af781103fc1a702a561ced',
      ),
    },
    key: '60c8df63954f410af68f1bde52fdd3432d6baf7079a4c795',
    output: 'e69ac242bb5d0dd4da3c2f219f061cd6',
  },
  // The counter begins inside a byte.
  {
    name: 'SP800-108-CTR-CMAC',
    given: { counterLength: 8, counterLocation: 'middle-fixed', counterOffset: 127, fixedInput: hex('948f2dd88628dbf77fd5428f716f535a') },
    key: 'a1ac46135a8bea3292dc2e80d6aea774',
    output: 'ed338104eff5cc66d80fc3cc2a0035b5',
  },
  {
    name: 'SP800-108-CTR-CMAC',
    given: { counterLength: 8, counterLocation: 'middle-fixed', counterOffset: 57, fixedInput: hex('293c2cff26e546ea9353e9c2bfeca8fe') },
    key: '8dead807c9f6d43b5df6c2782613b7ee',
    output: '0a4c793657d25a9990110bd8538f8059762bf5341cc126ca88d93df9e778ab55',
  },
  // No IV.
  {
    name: 'SP800-108-FB-HMAC-SHA-512/256',
    given: { counterLength: 16, counterLocation: 'before-iterator', fixedInput: hex('01a141540b583035bf82389c3964c2ac') },
    key: '2e2f726683f3746d4daf56d227b96385df06b5415755cc65c589a90ed1b95a30',
    output:
      'c29748906001c2e5d0d3663c2a2c0628fe77fafe501ee3deb35801e5565d3b5bf81340867b8c8f72cfa7506828a872c8570e4fbae74e60c9157072c2ac5d8090',
  },
  {
    name: 'SP800-108-FB-HMAC-SHA3-224',
    given: {
      counterLength: 8,
      counterLocation: 'after-fixed',
      iv: hex('72891d6e0bbb15475db8e4729b44d5bcdff9739bd9d7c7e18adee3c4'),
      fixedInput: hex('504c2298aecac2afba0995f23f3af28c'),
    },
    key: '805f5079324045ca4bed2cc4e8fc7075ac4c8d9dcd155290b325ccb7',
    output: '09792c32015f1de23befa0c0800fec5e9b57c32e13d11aee35d0c86c2fb8ab6267e5f0cf383ef09d92a8fbc9b022a60eb5db455aa5a00f54',
  },
  {
    name: 'SP800-108-DP-HMAC-SHA-512/224',
    given: { fixedInput: hex('e43896d63dcf68610f573bae6e532955') },
    key: '4a5b8af3e5d33247249341f8f571769d8366f2ad73860af8470e28cd',
    output: '094e2bf7e8fcf683b34c1072a81f7ef8162ef8a821b58aa8bab376f6',
  },
];

describe('SP 800-108', () => {
  test.each(published)('$name $given.counterLocation', async ({ name, given, key, output }) => {
    expect(await derive(name, given, hex(key), output.length / 2)).toBe(output);
  });

  const key = new Uint8Array(32).fill(7);
  test('the fixed input is Label ‖ 0x00 ‖ Context ‖ [L]32 in bits', async () => {
    const fixedInput = hex('6c6162656c00636f6e7465787400000140');
    for (const [name, secret] of [['CTR-HMAC-SHA-256', key] as const, ['FB-CMAC', key] as const, ['DP-HMAC-SHA3-512', key] as const]) {
      const own = await derive(`SP800-108-${name}`, { label: utf8('label'), seed: utf8('context') }, secret, 40);
      expect(own).toBe(await derive(`SP800-108-${name}`, { fixedInput }, secret, 40));
      expect(own).not.toBe(await derive(`SP800-108-${name}`, { label: utf8('labelc'), seed: utf8('ontext') }, secret, 40));
    }
  });
  test('modes and places of the counter give different keys', async () => {
    const seen = new Set<string>();
    const fixedInput = utf8('fixed');
    const places = ['before-fixed', 'after-fixed', 'before-iterator', 'none'];
    for (const mode of ['FB', 'DP']) {
      for (const counterLocation of places) {
        seen.add(await derive(`SP800-108-${mode}-HMAC-SHA-256`, { fixedInput, counterLocation }, key, 96));
      }
    }
    seen.add(await derive('SP800-108-FB-HMAC-SHA-256', { fixedInput, iv: key }, key, 96));
    for (const counterLength of [8, 16, 24, 32])
      seen.add(await derive('SP800-108-CTR-HMAC-SHA-256', { fixedInput, counterLength }, key, 96));
    seen.add(await derive('SP800-108-CTR-HMAC-SHA-256', { fixedInput, counterLocation: 'after-fixed' }, key, 96));
    expect(seen.size).toBe(14);
  });
});

describe('refusals', () => {
  const key = new Uint8Array(16);
  const name = 'SP800-108-CTR-HMAC-SHA-1';
  test('as many blocks as the counter can count', async () => {
    expect(await derive(name, { counterLength: 8 }, key, 255 * 20)).toHaveLength(2 * 255 * 20);
    for (const mode of ['CTR', 'FB', 'DP']) {
      await expectRefusal('kdf.outputKeyLength', `SP800-108-${mode}-HMAC-SHA-1`, { counterLength: 8 }, key, 255 * 20 + 1);
      expect(await derive(`SP800-108-${mode}-HMAC-SHA-1`, { counterLength: 16 }, key, 255 * 20 + 1)).toHaveLength(2 * (255 * 20 + 1));
    }
    // Nothing counts here.
    expect(await derive('SP800-108-FB-HMAC-SHA-1', { counterLength: 8, counterLocation: 'none' }, key, 6000)).toHaveLength(12_000);
  });
  test('a fixed input and its parts', async () => {
    const fixedInput = utf8('fixed');
    await expectRefusal('kdf.fixedInput', name, { fixedInput, label: utf8('label') }, key, 16);
    await expectRefusal('kdf.fixedInput', name, { fixedInput, seed: new Uint8Array(0) }, key, 16);
  });
  test('a counter where the mode has no place for it', async () => {
    for (const counterLocation of ['none', 'before-iterator'])
      await expectRefusal('kdf.counterLocation', name, { counterLocation }, key, 16);
    for (const mode of ['FB', 'DP']) {
      const given = { counterLocation: 'middle-fixed', counterOffset: 8 };
      await expectRefusal('kdf.counterLocation', `SP800-108-${mode}-HMAC-SHA-1`, given, key, 16);
      await expectRefusal('kdf.counterOffset', `SP800-108-${mode}-HMAC-SHA-1`, { counterOffset: 8 }, key, 16);
    }
  });
  test('an offset outside the fixed input, missing, or without a counter in the middle', async () => {
    const fixedInput = new Uint8Array(4);
    const middle = { fixedInput, counterLocation: 'middle-fixed' };
    expect(await derive(name, { ...middle, counterOffset: 31 }, key, 16)).toHaveLength(32);
    await expectRefusal('kdf.counterOffset', name, { ...middle, counterOffset: 32 }, key, 16);
    await expectRefusal('kdf.counterOffset', name, { ...middle, counterOffset: 0 }, key, 16);
    await expectRefusal('kdf.counterOffset', name, middle, key, 16);
    await expectRefusal('kdf.counterOffset', name, { fixedInput, counterOffset: 8 }, key, 16);
  });
  test('a key that AES does not have; an IV outside feedback mode', async () => {
    for (const size of [0, 15, 33]) await expectRefusal('key', 'SP800-108-CTR-CMAC', {}, new Uint8Array(size), 16);
    await expectRefusal('kdf.iv', name, { iv: key }, key, 16);
  });
});
