import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decryptionRefused } from '../../../src/providers/contract.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import {
  AbandonableCall,
  call,
  cut,
  expectError,
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
import { gcm as cases } from './wycheproof-cases.js';

function pair(provider: SoftwareProvider, keyBytes: Uint8Array, tagLength = 16) {
  const key = importKey(provider, 'AES-256', keyBytes);
  return {
    encrypt: operation(provider, 'AES-256-GCM', { kind: 'aead', direction: 'encrypt', key, tagLength }),
    decrypt: operation(provider, 'AES-256-GCM', { kind: 'aead', direction: 'decrypt', key, tagLength }),
  };
}

describe('wycheproof', () => {
  test.each(cases)('$comment: $valid', async ({ key, iv, aad, msg, ct, tag, valid }) => {
    const { encrypt, decrypt } = pair(await startProvider(), hex(key));
    const open = () => now(decrypt.verifySingleShot?.(message(hex(ct), hex(iv), hex(aad)), hex(tag), call));
    if (!valid) {
      if (iv === '') await expectError(open, 'INVALID_ARGUMENT', 'nonce');
      else expect((await expectError(open, 'OPERATION_FAILED')).message).toBe(decryptionRefused);
      return;
    }
    expect(toHex(open().data ?? new Uint8Array(1))).toBe(msg);
    const sealed = now(encrypt.singleShot?.(message(hex(msg), hex(iv), hex(aad)), call));
    expect([toHex(sealed.data), toHex(sealed.tag ?? new Uint8Array(0))]).toEqual([ct, tag]);
  });
});

test('any cut of data and additional data gives what the whole gives; node:crypto opens it', async () => {
  const provider = await startProvider();
  const key = random(32);
  const { encrypt, decrypt } = pair(provider, key);
  const inputs = [
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ minLength: 1, maxLength: 128 }),
    fc.array(fc.nat(300), { maxLength: 6 }),
  ] as const;
  fc.assert(
    fc.property(...inputs, (data, aad, nonce, places) => {
      now(encrypt.init(nonce, call));
      for (const piece of cut(aad, places)) now(encrypt.updateAad?.(piece, call));
      const outputs = cut(data, places).map((piece) => now(encrypt.update(piece, call)));
      const { data: last, tag = new Uint8Array(0) } = now(encrypt.finalize(call));
      const sealed = joined([...outputs, last]);
      const whole = now(encrypt.singleShot?.(message(data, nonce, aad), call));
      expect([sealed, plain(tag)]).toEqual([plain(whole.data), plain(whole.tag)]);
      const reference = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(tag);
      expect(joined([reference.update(sealed), reference.final()])).toEqual(data);

      now(decrypt.init(nonce, call));
      for (const piece of cut(aad, places)) now(decrypt.updateAad?.(piece, call));
      for (const piece of cut(sealed, places)) expect(now(decrypt.update(piece, call))).toHaveLength(0);
      expect(plain(now(decrypt.verify?.(tag, call)).data)).toEqual(data);
    }),
  );
});

test('nothing is given out before the tag is right, and nothing after a wrong one', async () => {
  const { encrypt, decrypt } = pair(await startProvider(), random(32));
  const [nonce, data, aad] = [random(12), random(100), random(5)];
  const { data: sealed, tag = new Uint8Array(0) } = now(encrypt.singleShot?.(message(data, nonce, aad), call));
  const attempt = (changes: Partial<{ sealed: Uint8Array; nonce: Uint8Array; aad: Uint8Array; tag: Uint8Array }>) => {
    now(decrypt.init(changes.nonce ?? nonce, call));
    now(decrypt.updateAad?.(changes.aad ?? aad, call));
    expect(now(decrypt.update(changes.sealed ?? sealed, call))).toHaveLength(0);
    return decrypt.verify?.(changes.tag ?? tag, call);
  };
  const flip = (bytes: Uint8Array) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);
  for (const changes of [
    { sealed: flip(sealed) },
    { nonce: flip(nonce) },
    { aad: flip(aad) },
    { tag: flip(tag) },
    { tag: tag.slice(0, 15) },
  ]) {
    const error = await expectError(() => attempt(changes), 'OPERATION_FAILED');
    expect(error.message).toBe(decryptionRefused);
    await expectError(() => decrypt.verify?.(tag, call), 'STREAM_NOT_INITIALIZED');
  }
  expect(plain(now(attempt({})).data)).toEqual(data);
  await expectError(() => decrypt.finalize(call), 'INVALID_OPERATION');
});

test('tags of 12 to 16 bytes', async () => {
  const provider = await startProvider();
  for (const tagLength of [12, 13, 14, 15, 16]) {
    const { encrypt, decrypt } = pair(provider, random(32), tagLength);
    const nonce = random(12);
    const { data, tag } = now(encrypt.singleShot?.(message(random(20), nonce), call));
    expect(tag).toHaveLength(tagLength);
    expect(now(decrypt.verifySingleShot?.(message(data, nonce), tag ?? new Uint8Array(0), call)).valid).toBe(true);
  }
});

test('nonces of 1 to 128 bytes, others are refused by name', async () => {
  const { encrypt } = pair(await startProvider(), random(32));
  for (const size of [1, 12, 64, 128]) expect(now(encrypt.singleShot?.(message(random(1), random(size)), call)).data).toHaveLength(1);
  for (const nonce of [undefined, new Uint8Array(0), random(129)])
    await expectError(() => encrypt.init(nonce, call), 'INVALID_ARGUMENT', 'nonce');
});

test('many small updates and long ones are held back alike', async () => {
  const { encrypt, decrypt } = pair(await startProvider(), random(32));
  const [nonce, data] = [random(12), random(2_500_000)];
  const sealed = await encrypt.singleShot?.(message(data, nonce), call);
  const sizes = [1, 1, 1, 3, 5000, 1, 70_000, 1, 300_000, 1_500_000, 7, 100_000];
  now(decrypt.init(nonce, call));
  let at = 0;
  for (const size of [...sizes, data.length]) {
    await decrypt.update(sealed?.data.subarray(at, at + size) ?? new Uint8Array(0), call);
    at += size;
  }
  const opened = await decrypt.verify?.(sealed?.tag ?? new Uint8Array(0), call);
  expect(Buffer.compare(opened?.data ?? new Uint8Array(0), data)).toBe(0);
});

test('an abandoned long decryption leaves nothing held back', async () => {
  const { encrypt, decrypt } = pair(await startProvider(), random(32));
  const nonce = random(12);
  const sealed = await encrypt.singleShot?.(message(random(4_000_000), nonce), call);
  const abandonable = new AbandonableCall();
  const opening = decrypt.verifySingleShot?.(
    message(sealed?.data ?? new Uint8Array(0), nonce),
    sealed?.tag ?? new Uint8Array(0),
    abandonable,
  );
  abandonable.abandon();
  await expectError(() => opening, 'OPERATION_CANCELLED');
  now(decrypt.abort());
  now(decrypt.init(nonce, call));
  await expectError(() => decrypt.verify?.(sealed?.tag ?? new Uint8Array(0), call), 'OPERATION_FAILED');
  decrypt.close();
});
