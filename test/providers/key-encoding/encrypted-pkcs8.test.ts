import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { KeyFormat } from '../../../src/providers/contract.js';
import { mostIterations } from '../../../src/providers/key-encoding/encrypted-pkcs8.js';
import { formIn } from '../../../src/providers/key-encoding/read-form.js';
import { pairOfSeed } from '../../../src/providers/post-quantum/key-pairs.js';
import { encodedHex, errorOf, fromBase64, hex, importAs, malformed, toHex, utf8 } from './keys-of-node.js';

/** The key of RFC 8410 10.3, which OpenSSL 3.0 encrypted: openssl pkcs8 -topk8 -passout pass:correct … */
const plain = toHex(fromBase64('MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC'));
const passphrase = utf8('correct');
const encrypted = {
  '-v2 aes-256-cbc':
    'MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjAz3vrsArZ3wICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEGHh2Br99M28qEHaYL2sdZUEQH+Ep6c5jjI0kB1Q1EjauyHgWeHQdv/DEWniUplzt88gc04ZHesqsE2pWYu3UBiaW0cgVFe8jQ30aO3dUxGhW+8=',
  '-v2 aes-128-cbc -v2prf hmacWithSHA1':
    'MIGNMEkGCSqGSIb3DQEFDTA8MBsGCSqGSIb3DQEFDDAOBAhvdVsbv+fF5gICCAAwHQYJYIZIAWUDBAECBBBjEz4x+Gj+Zgs5ADtumlBsBEA08jAKulAXHpiZdFSbfJYjcRuWuyOZ1tlOeWn4jSIZjT/ihZ+T95fO/vUxXlXhbfLd2VwsVN6DMEuZXU2c11Ge',
  '-v2 aes-192-cbc -v2prf hmacWithSHA512 -iter 3000':
    'MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgySkwdXsMsBQICC7gwDAYIKoZIhvcNAgsFADAdBglghkgBZQMEARYEEIjCleXMetv7rAETQes6VrcEQEza7hLHcw8HWZfVYTCy2ffBpI4ODuIFfuo/gugTrgOGJ7UlTJAmKIXSGK3ztPK+ntRsQeKJ74d7iZO+ZRxhC/I=',
  '-scrypt -scrypt_N 1024 -v2 aes-256-cbc':
    'MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAihezb9V0SGoAICBAACAQgCAQEwHQYJYIZIAWUDBAEqBBCl77VwJG5KZXdv5glJ8mDwBEBhhphq4qmCveZVA/yNVoWyoOqI1/+G1KADp9O/GcRhKhZHS1aLQTrMGRYg+YdKvHk+rtN/Qeiu1BQW8awhjqyF',
} as const;
const weak = {
  '-v1 PBE-SHA1-3DES':
    'MFgwHAYKKoZIhvcNAQwBAzAOBAhCt2rfPJsMJAICCAAEODMERlNQBvwA51KGTbrbrSCYUMd1JY+JXL4slz3MoFBSTxaVK/EZbHOYd80wXqIQaQ6axUqKt396',
  '-v2 des-ede3-cbc':
    'MIGKME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAgFIvUp9kKQoAICCAAwDAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIz0FS6IsNRugEOJtpZ/0wqiFK+DT/dsuD89YrWB4h5kngR0B0khx9BOOjSrVd3QRZ0C8rwFue+Y4uFFWQhaIKYZTH',
} as const;
const usual = toHex(fromBase64(encrypted['-v2 aes-256-cbc']));
const withScrypt = toHex(fromBase64(encrypted['-scrypt -scrypt_N 1024 -v2 aes-256-cbc']));
/** N = 2^16, r = 1; the salt makes room. */
const costly = withScrypt.replace(/0408(.{14})..02020400020108/, (_, salt) => `0407${salt}0203010000020101`);
const isEncrypted = (format: KeyFormat, data: Uint8Array) => formIn(format, data) === 'encrypted';
const importEd = (data: Uint8Array, given: Uint8Array | undefined = passphrase) => importAs('Ed25519', 'der', data, given);
const misplaced = { code: 'INVALID_ARGUMENT', field: 'passphrase' };
const wrong = { code: 'INVALID_FORMAT', field: 'passphrase' };
const replaced = (text: string, from: string, to: string): Uint8Array => {
  expect(text.split(from).length).toBe(2);
  return hex(text.replace(from, to));
};
const pemOf = (base64: string): Uint8Array =>
  utf8(`-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`);

test.each(Object.entries(encrypted))('openssl pkcs8 %s', (_options, base64) => {
  expect(encodedHex(importEd(fromBase64(base64)))).toBe(plain);
  expect(encodedHex(importAs('Ed25519', 'pem', pemOf(base64), passphrase))).toBe(plain);
});

test('what node:crypto encrypts', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'brainpoolP384r1' });
  for (const cipher of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc']) {
    const data = privateKey.export({ type: 'pkcs8', format: 'der', cipher, passphrase: 'pässwörd' });
    const made = importAs('ECDSA-brainpoolP384r1', 'der', data, utf8('pässwörd'));
    expect(encodedHex(made)).toBe(toHex(privateKey.export({ type: 'pkcs8', format: 'der' })));
  }
});

test.each(Object.entries(weak))('openssl pkcs8 %s is too weak', (_options, base64) => {
  expect(errorOf(() => importEd(fromBase64(base64)))).toMatchObject({ ...malformed, message: expect.stringContaining('aes256') });
});

describe('passphrases', () => {
  test('a wrong one and changed data are one error', () => {
    const messages = new Set<string>();
    // One in 256 wrong passphrases gives right padding; enough of them to meet it.
    for (let i = 0; i < 600; i++) {
      const data = replaced(usual, '02020800', '02020100');
      const error = errorOf(() => importEd(data, utf8(`wrong ${i}`))) as Error;
      expect(error).toMatchObject(wrong);
      messages.add(error.message);
    }
    const changed = fromBase64(encrypted['-v2 aes-256-cbc']);
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
    const error = errorOf(() => importEd(changed)) as Error;
    expect(error).toMatchObject(wrong);
    messages.add(error.message);
    expect(messages.size).toBe(1);
  });
  test('a missing one, an empty one, one for a key that is not encrypted', () => {
    expect(errorOf(() => importAs('Ed25519', 'der', hex(usual)))).toMatchObject(misplaced);
    expect(errorOf(() => importEd(hex(usual), new Uint8Array(0)))).toMatchObject(misplaced);
    expect(errorOf(() => importEd(hex(plain)))).toMatchObject(misplaced);
    expect(encodedHex(importEd(hex(plain), new Uint8Array(0)))).toBe(plain);
    for (const [algorithm, format, data] of [
      ['AES-128', 'raw', new Uint8Array(16)],
      ['Ed25519', 'raw', new Uint8Array(32)],
      ['Ed25519', 'jwk', utf8('{}')],
    ] as const) {
      expect(errorOf(() => importAs(algorithm, format, data, passphrase))).toMatchObject(misplaced);
    }
  });
  test('neither key nor passphrase is changed', () => {
    const [data, given] = [hex(usual), Uint8Array.from(passphrase)];
    importEd(data, given);
    expect([toHex(data), given]).toEqual([usual, passphrase]);
  });
});

describe('structure', () => {
  test.each([
    ['bytes after the end', () => hex(`${usual}00`)],
    ['a long length', () => hex(`3082009b${usual.slice(6)}`)],
    ['no iterations', () => replaced(usual, '02020800', '02020000')],
    ['a negative number of iterations', () => replaced(usual, '02020800', '02028000')],
    ['too many iterations', () => moreIterations(mostIterations + 1)],
    ['an unknown hash', () => replaced(usual, '2a864886f70d0209', '2a864886f70d0219')],
    ['an unknown derivation', () => replaced(usual, '2a864886f70d01050c', '2a864886f70d01050b')],
    ['an unknown cipher', () => replaced(usual, '60864801650304012a', '60864801650304012e')],
    ['another key length than that of the cipher', () => withKeyLength('020110')],
    ['a cost of scrypt that is no power of two', () => replaced(withScrypt, '02020400', '02020401')],
    ['a cost of scrypt of 1', () => replaced(withScrypt, '02020400', '02020001')],
    ['too much memory for scrypt', () => replaced(withScrypt, '02020400020108020101', '02024000020140020104')],
    // RFC 7914 section 6: below 2^(16 r).
    ['a cost of scrypt too large for its block size', () => hex(costly)],
    ['a block size of scrypt of 0', () => replaced(withScrypt, '020108020101', '020100020101')],
    ['a parallelization of scrypt of 0', () => replaced(withScrypt, '020108020101', '020108020100')],
  ])('%s', (_what, data) => {
    expect(errorOf(() => importEd(data()))).toMatchObject(malformed);
  });
  test('no cut form is taken', () => {
    for (let size = 0; size < usual.length / 2; size++) {
      expect(errorOf(() => importEd(hex(usual).subarray(0, size)))).toMatchObject({ code: 'INVALID_FORMAT', field: 'keyData' });
    }
  });
  test('what is inside goes through the same checks', () => {
    const { privateKey } = generateKeyPairSync('ed448');
    const data = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'correct' });
    expect(errorOf(() => importEd(data))).toMatchObject({ code: 'ALGORITHM_MISMATCH', field: 'keyData' });
  });
  test('no bounds are reached by numbers that take long', () => {
    const start = performance.now();
    expect(errorOf(() => importEd(moreIterations(2 ** 31 - 1)))).toMatchObject(malformed);
    expect(errorOf(() => importEd(replaced(withScrypt, '02020400020108020101', '02024000020108020140')))).toMatchObject(malformed);
    expect(performance.now() - start).toBeLessThan(200);
  });
  /** With more bytes in the parameters of PBKDF2: the lengths around them grow. */
  function grown(text: string, by: number): Uint8Array {
    const more = (length: number): string => (length + by).toString(16);
    return hex(
      text
        .replace('30819b3057', `3081${more(0x9b)}30${more(0x57)}`)
        .replace('304a3029', `30${more(0x4a)}30${more(0x29)}`)
        .replace('301c0408', `30${more(0x1c)}0408`),
    );
  }
  function moreIterations(count: number): Uint8Array {
    const number = count.toString(16).padStart(count < 0x800000 ? 6 : 8, '0');
    return grown(usual.replace('02020800', `020${number.length / 2}${number}`), number.length / 2 - 2);
  }
  function withKeyLength(number: string): Uint8Array {
    return grown(usual.replace('02020800', `02020800${number}`), number.length / 2);
  }
  test('the test itself counts the lengths right', () => {
    expect(encodedHex(importEd(hex(usual)))).toBe(plain);
    expect(errorOf(() => importEd(moreIterations(0x10000)))).toMatchObject(wrong);
    expect(encodedHex(importEd(withKeyLength('020120')))).toBe(plain);
  });
});

test('what is encrypted is told without decrypting it', () => {
  for (const base64 of [...Object.values(encrypted), ...Object.values(weak)]) {
    expect([isEncrypted('der', fromBase64(base64)), isEncrypted('pem', pemOf(base64))]).toEqual([true, true]);
    expect([isEncrypted('raw', fromBase64(base64)), isEncrypted('jwk', fromBase64(base64))]).toEqual([false, false]);
  }
  expect([isEncrypted('der', hex(plain)), isEncrypted('der', new Uint8Array(0)), isEncrypted('pem', utf8('x'))]).toEqual([
    false,
    false,
    false,
  ]);
});

test('post-quantum keys too, whatever Node knows of them', () => {
  const { seed } = pairOfSeed(
    'ML-DSA-44',
    Uint8Array.from({ length: 32 }, (_, i) => i),
  );
  const data = fromBase64(
    'MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgdkJzSi2ERIwICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEBleMv3/Nnq50fshKx0sRGAEQCwi8g1z5x5MK/kF461X0mGNY8wozcEmF+BRh8c6CgHOzTfs67Bn5eqxCqi9U5og9Pd2omHmoJhHx3kUHNYApak=',
  );
  const made = importAs('ML-DSA-44', 'der', data, passphrase);
  expect(made.postQuantum).toMatchObject({ name: 'ML-DSA-44', seed });
});
