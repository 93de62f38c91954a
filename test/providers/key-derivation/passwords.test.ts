import { describe, expect, test } from 'vitest';
import { derive, expectRefusal, hex, utf8 } from './derive.js';

describe('PBKDF2', () => {
  const name = 'PBKDF2-SHA-1';
  /** RFC 6070. */
  test.each([
    ['password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['password', 'salt', 2, 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
    ['password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
    ['passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt', 4096, '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038'],
    ['pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
  ] as const)('%s, %s, %d', async (password, salt, iterationCount, output) => {
    expect(await derive(name, { salt: utf8(salt), iterationCount }, utf8(password), output.length / 2)).toBe(output);
  });
  test('an empty password and an empty salt', async () => {
    const output = await derive('PBKDF2-SHA3-256', { salt: new Uint8Array(0), iterationCount: 1 }, new Uint8Array(0), 32);
    expect(output).toMatch(/^[0-9a-f]{64}$/);
  });
  test('bounds of the count', async () => {
    for (const iterationCount of [0, 2 ** 31]) {
      await expectRefusal('kdf.iterationCount', name, { salt: utf8('salt'), iterationCount }, utf8('password'), 20);
    }
    await expectRefusal('kdf.iterationCount', name, { salt: utf8('salt') }, utf8('password'), 20);
    await expectRefusal('kdf.salt', name, { iterationCount: 1 }, utf8('password'), 20);
  });
});

describe('scrypt', () => {
  /** RFC 7914 section 12. */
  test.each([
    [
      '',
      '',
      16,
      1,
      1,
      '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
    ],
    [
      'password',
      'NaCl',
      1024,
      8,
      16,
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    ],
    [
      'pleaseletmein',
      'SodiumChloride',
      16_384,
      8,
      1,
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    ],
  ] as const)('%s, %s, N %d, r %d, p %d', async (password, salt, iterationCount, memory, parallelism, output) => {
    expect(await derive('scrypt', { salt: utf8(salt), iterationCount, memory, parallelism }, utf8(password), 64)).toBe(output);
  });
  test('refuses what RFC 7914 does not define, and more than 1 GiB', async () => {
    const refusal = (field: string, iterationCount: number, memory: number) =>
      expectRefusal(field, 'scrypt', { salt: utf8('NaCl'), iterationCount, memory, parallelism: 1 }, utf8('password'), 32);
    for (const notPowerOfTwo of [3, 1000, 2 ** 20 - 1]) await refusal('kdf.iterationCount', notPowerOfTwo, 8);
    await refusal('kdf.iterationCount', 1, 8);
    await refusal('kdf.iterationCount', 2 ** 16, 1);
    await refusal('kdf.memory', 2 ** 21, 8);
    await refusal('kdf.memory', 2 ** 14, 513);
  });
  test('the most memory that p and r allow is given to OpenSSL', async () => {
    const given = { salt: utf8('NaCl'), iterationCount: 2, memory: 1024, parallelism: 16 };
    expect(await derive('scrypt', given, utf8('password'), 16)).toHaveLength(32);
  });
});

describe('Argon2id', () => {
  const salt = new Uint8Array(16).fill(2);
  const password = new Uint8Array(32).fill(1);
  const cost = { iterationCount: 3, memory: 32, parallelism: 4 };
  /** RFC 9106 section 5.3, and OpenSSL's own vectors. */
  test('with and without a secret value and associated data', async () => {
    const given = { salt, seed: new Uint8Array(8).fill(3), label: new Uint8Array(12).fill(4), ...cost };
    expect(await derive('Argon2id', given, password, 32)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
    expect(await derive('Argon2id', { salt, ...cost }, password, 32)).toBe(
      '03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e',
    );
    const empty = '0a34f1abde67086c82e785eaf17c68382259a264f4e61b91cd2763cb75ac189a';
    expect(await derive('Argon2id', { salt, ...cost }, new Uint8Array(0), 32)).toBe(empty);
  });
  test('refusals: memory for every lane, salt of 8 bytes, 4 bytes of output, 1 GiB', async () => {
    await expectRefusal('kdf.memory', 'Argon2id', { salt, ...cost, memory: 31 }, password, 32);
    await expectRefusal('kdf.memory', 'Argon2id', { salt, ...cost, memory: 2 ** 20 + 1 }, password, 32);
    await expectRefusal('kdf.salt', 'Argon2id', { salt: hex('02020202020202'), ...cost }, password, 32);
    await expectRefusal('kdf.outputKeyLength', 'Argon2id', { salt, ...cost }, password, 3);
    expect(await derive('Argon2id', { salt, ...cost }, password, 4)).toHaveLength(8);
    await expectRefusal('kdf.parallelism', 'Argon2id', { salt, ...cost, parallelism: 0 }, password, 32);
  });
});
