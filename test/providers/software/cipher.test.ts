import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cipherRows } from '../../../src/core/algorithms/ciphers.js';
import { decryptionRefused } from '../../../src/providers/contract.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importKey,
  joined,
  message,
  now,
  operation,
  plain,
  random,
  startProvider,
  toHex,
} from './support.js';
import { cbc as cases } from './wycheproof-cases.js';

describe('wycheproof', () => {
  test.each(cases)('$comment: $valid', async ({ key, iv, msg, ct, valid }) => {
    const provider = await startProvider();
    const made = importKey(provider, 'AES-256', hex(key));
    const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key: made });
    if (!valid) {
      const error = await expectError(() => decrypt.singleShot?.(message(hex(ct), hex(iv)), call), 'OPERATION_FAILED');
      expect(error.message).toBe(decryptionRefused);
      return;
    }
    expect(toHex(now(decrypt.singleShot?.(message(hex(ct), hex(iv)), call)).data)).toBe(msg);
    const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key: made });
    expect(toHex(now(encrypt.singleShot?.(message(hex(msg), hex(iv)), call)).data)).toBe(ct);
  });
});

test('any cut into updates gives what the whole message gives, both ways', async () => {
  const provider = await startProvider();
  const keyBytes = random(32);
  const key = importKey(provider, 'AES-256', keyBytes);
  const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key });
  const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key });
  const stream = (made: typeof encrypt, iv: Uint8Array, pieces: readonly Uint8Array[]) => {
    now(made.init(iv, call));
    const outputs = pieces.map((piece) => now(made.update(piece, call)));
    return joined([...outputs, now(made.finalize(call)).data]);
  };
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.array(fc.nat(300), { maxLength: 6 }),
      (data, iv, places) => {
        const cipher = createCipheriv('aes-256-cbc', keyBytes, iv);
        const whole = joined([cipher.update(data), cipher.final()]);
        expect(stream(encrypt, iv, cut(data, places))).toEqual(whole);
        expect(stream(decrypt, iv, cut(whole, places))).toEqual(data);
      },
    ),
  );
});

test('long messages come back whole, in line and in turns', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'AES-256', random(32));
  const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key });
  const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key });
  const iv = random(16);
  for (const size of [65_536, 65_537, 1_048_577, 3_000_001]) {
    const data = random(size);
    const sealed = await encrypt.singleShot?.(message(data, iv), call);
    const opened = await decrypt.singleShot?.(message(sealed?.data ?? new Uint8Array(0), iv), call);
    expect(Buffer.compare(opened?.data ?? new Uint8Array(0), data)).toBe(0);
  }
});

test('an IV of another length is refused, and a cut message too', async () => {
  const provider = await startProvider();
  const decrypt = operation(provider, 'AES-256-CBC', {
    kind: 'cipher',
    direction: 'decrypt',
    key: importKey(provider, 'AES-256', random(32)),
  });
  for (const iv of [undefined, random(15), random(17)]) await expectError(() => decrypt.init(iv, call), 'INVALID_ARGUMENT', 'iv');
  for (const length of [0, 15, 17]) {
    await expectError(() => decrypt.singleShot?.(message(random(length), random(16)), call), 'OPERATION_FAILED');
  }
});

/** NIST SP 800-38A appendix F, IEEE 1619-2007 appendix B vectors 2 and 15. */
const sp80038a = { key: '2b7e151628aed2a6abf7158809cf4f3c', iv: '000102030405060708090a0b0c0d0e0f' };
const block = '6bc1bee22e409f96e93d7e117393172a';
const known = [
  { mode: 'ECB', ...sp80038a, iv: '', msg: block, ct: '3ad77bb40d7a3660a89ecaf32466ef97' },
  { mode: 'CBC', ...sp80038a, msg: block, ct: '7649abac8119b246cee98e9b12e9197d' },
  { mode: 'CTR', ...sp80038a, iv: 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', msg: block, ct: '874d6191b620e3261bef6864990db6ce' },
  { mode: 'CFB', ...sp80038a, msg: block, ct: '3b3fd92eb72dad20333449f8e83cfb4a' },
  { mode: 'CFB8', ...sp80038a, msg: `${block}ae2d`, ct: '3b79424c9c0dd436bace9e0ed4586a4f32b9' },
  {
    mode: 'OFB',
    ...sp80038a,
    msg: `${block}ae2d8a571e03ac9c9eb76fac45af8e51`,
    ct: '3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825',
  },
  {
    mode: 'XTS',
    key: '1111111111111111111111111111111122222222222222222222222222222222',
    iv: '33333333330000000000000000000000',
    msg: '44'.repeat(32),
    ct: 'c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0',
  },
  {
    mode: 'XTS',
    key: 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0',
    iv: '9a785634120000000000000000000000',
    msg: '000102030405060708090a0b0c0d0e0f10',
    ct: '6c1625db4671522d3d7599601de7ca09ed',
  },
];

test.each(known)('AES-128-$mode of $msg', async ({ mode, key, iv, msg, ct }) => {
  const provider = await startProvider();
  const made = importKey(provider, mode === 'XTS' ? 'AES-256' : 'AES-128', hex(key));
  const parameters = mode === 'ECB' || mode === 'CBC' ? { padding: 'none' } : {};
  const run = (direction: 'encrypt' | 'decrypt', data: string) => {
    const cipher = operation(provider, `AES-128-${mode}`, { kind: 'cipher', direction, key: made, parameters });
    return toHex(now(cipher.singleShot?.(message(hex(data), hex(iv)), call)).data);
  };
  expect(run('encrypt', msg)).toBe(ct);
  expect(run('decrypt', ct)).toBe(msg);
});

const rows = cipherRows.filter((row) => row.family === 'cipher');

test.each(rows)('$name: any cut gives what the whole gives, and comes back', async ({ name, keyLength, ivSize, blockSize }) => {
  const provider = await startProvider();
  const key = await generateKey(provider, `AES-${keyLength}`);
  for (const parameters of blockSize > 1 ? [{ padding: 'pkcs7' }, { padding: 'none' }] : [{}]) {
    const encrypt = operation(provider, name, { kind: 'cipher', direction: 'encrypt', key, parameters });
    const decrypt = operation(provider, name, { kind: 'cipher', direction: 'decrypt', key, parameters });
    const stream = (made: typeof encrypt, iv: Uint8Array, pieces: readonly Uint8Array[]) => {
      now(made.init(iv, call));
      return joined([...pieces.map((piece) => now(made.update(piece, call))), now(made.finalize(call)).data]);
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 100 }), fc.array(fc.nat(300), { maxLength: 6 }), (any, places) => {
        const data = parameters.padding === 'none' ? any.subarray(0, any.length - (any.length % 16)) : any;
        const iv = random(ivSize);
        const whole = plain(now(encrypt.singleShot?.(message(data, iv), call)).data);
        expect(stream(encrypt, iv, cut(data, places))).toEqual(whole);
        expect(stream(decrypt, iv, cut(whole, places))).toEqual(data);
        expect(plain(now(decrypt.singleShot?.(message(whole, iv), call)).data)).toEqual(data);
      }),
      { numRuns: 25 },
    );
  }
});

test.each(['AES-128-ECB', 'AES-128-CBC'])('%s without padding takes whole blocks only', async (name) => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'AES-128');
  const iv = name.endsWith('ECB') ? undefined : random(16);
  const of = (direction: 'encrypt' | 'decrypt') =>
    operation(provider, name, { kind: 'cipher', direction, key, parameters: { padding: 'none' } });
  for (const size of [1, 15, 17]) {
    await expectError(() => of('encrypt').singleShot?.(message(random(size), iv), call), 'INVALID_ARGUMENT', 'data');
    await expectError(() => of('decrypt').singleShot?.(message(random(size), iv), call), 'OPERATION_FAILED');
  }
  expect(now(of('encrypt').singleShot?.(message(new Uint8Array(0), iv), call)).data).toHaveLength(0);
});

test('ECB has no IV', async () => {
  const provider = await startProvider();
  const encrypt = operation(provider, 'AES-128-ECB', { kind: 'cipher', direction: 'encrypt', key: await generateKey(provider, 'AES-128') });
  await expectError(() => encrypt.init(random(16), call), 'INVALID_ARGUMENT', 'iv');
});

test('XTS: one unit of 16 bytes to 16 MiB, and a key whose halves differ', async () => {
  const provider = await startProvider();
  const twice = random(32);
  const weak = importKey(provider, 'AES-512', joined([twice, twice]));
  for (const direction of ['encrypt', 'decrypt'] as const)
    await expectError(() => operation(provider, 'AES-256-XTS', { kind: 'cipher', direction, key: weak }), 'INCOMPATIBLE_KEY_TYPE', 'key');
  const key = await generateKey(provider, 'AES-512');
  const encrypt = operation(provider, 'AES-256-XTS', { kind: 'cipher', direction: 'encrypt', key });
  const decrypt = operation(provider, 'AES-256-XTS', { kind: 'cipher', direction: 'decrypt', key });
  const iv = random(16);
  expect(encrypt.gathersData).toBe(true);
  await expectError(() => encrypt.singleShot?.(message(random(15), iv), call), 'INVALID_ARGUMENT', 'data');
  await expectError(() => decrypt.singleShot?.(message(random(15), iv), call), 'OPERATION_FAILED');
  const longest = new Uint8Array(16 * 1024 * 1024);
  const sealed = now(encrypt.singleShot?.(message(longest, iv), call)).data;
  expect(Buffer.compare(now(decrypt.singleShot?.(message(sealed, iv), call)).data, longest)).toBe(0);
  await expectError(() => encrypt.singleShot?.(message(new Uint8Array(longest.length + 1), iv), call), 'INVALID_ARGUMENT', 'data');
  now(encrypt.init(iv, call));
  now(encrypt.update(longest, call));
  await expectError(() => encrypt.update(random(1), call), 'INVALID_ARGUMENT', 'data');
});
