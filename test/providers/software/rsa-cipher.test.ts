import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashNames } from '../../../src/core/algorithms.js';
import { decryptionRefused, type ParameterValues } from '../../../src/providers/contract.js';
import { digestNames } from '../../../src/providers/digest-names.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import { pkcs8, rsa, spki } from './key-material.js';
import { call, cut, expectError, importAny, importKey, message, now, operation, plain, random, startProvider, utf8 } from './support.js';

/** RFC 9580 and NIST SP 800-131A aside: OpenSSL has implicit rejection since 3.2. */
const [major = 0, minor = 0] = process.versions.openssl.split('.').map(Number);
const rejectsImplicitly = major > 3 || (major === 3 && minor >= 2);

async function pair(provider: SoftwareProvider, algorithm: string, parameters: ParameterValues = {}) {
  const key = await importAny(provider, 'RSA-2048', pkcs8(rsa.privateKey), 'der');
  return {
    encrypt: operation(provider, algorithm, { kind: 'cipher', direction: 'encrypt', key, parameters }),
    decrypt: operation(provider, algorithm, { kind: 'cipher', direction: 'decrypt', key, parameters }),
  };
}

test.each(hashNames)('OAEP with %s: both ways with node:crypto, with and without a label', async (hash) => {
  const provider = await startProvider();
  const data = random(60);
  for (const label of [undefined, utf8('label')]) {
    const { encrypt, decrypt } = await pair(provider, `RSA-OAEP-${hash}`, { label });
    const options = {
      oaepHash: digestNames[hash],
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      ...(label && { oaepLabel: Buffer.from(label) }),
    };
    const sealed = now(encrypt.singleShot?.(message(data), call)).data;
    expect(sealed).toHaveLength(256);
    expect(plain(privateDecrypt({ key: rsa.privateKey, ...options }, sealed))).toEqual(data);
    const theirs = publicEncrypt({ key: rsa.publicKey, ...options }, data);
    expect(plain((await decrypt.singleShot?.(message(theirs), call))?.data)).toEqual(data);
  }
});

test('the hash of MGF1 and the label must be the same on both sides', async () => {
  const provider = await startProvider();
  const data = random(20);
  const made = await pair(provider, 'RSA-OAEP-SHA-256', { mgfHash: 'SHA-1', label: utf8('a') });
  const sealed = now(made.encrypt.singleShot?.(message(data), call)).data;
  expect(plain((await made.decrypt.singleShot?.(message(sealed), call))?.data)).toEqual(data);
  for (const parameters of [{ label: utf8('a') }, { mgfHash: 'SHA-1' }, { mgfHash: 'SHA-1', label: utf8('b') }]) {
    const other = await pair(provider, 'RSA-OAEP-SHA-256', parameters);
    const error = await expectError(() => other.decrypt.singleShot?.(message(sealed), call), 'OPERATION_FAILED');
    expect(error.message).toBe(decryptionRefused);
  }
});

test('any cut into updates is one message; decryption is done on the thread pool', async () => {
  const { encrypt, decrypt } = await pair(await startProvider(), 'RSA-OAEP-SHA-256');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 190 }), fc.array(fc.nat(300), { maxLength: 4 }), async (data, places) => {
      now(encrypt.init(undefined, call));
      for (const piece of cut(data, places)) expect(now(encrypt.update(piece, call))).toHaveLength(0);
      const sealed = now(encrypt.finalize(call)).data;
      now(decrypt.init(undefined, call));
      for (const piece of cut(sealed, places)) now(decrypt.update(piece, call));
      const answer = decrypt.finalize(call);
      expect(answer).toBeInstanceOf(Promise);
      expect(plain((await answer).data)).toEqual(data);
    }),
    { numRuns: 20 },
  );
});

test('too long, changed, of another length', async () => {
  const { encrypt, decrypt } = await pair(await startProvider(), 'RSA-OAEP-SHA-256');
  await expectError(() => encrypt.singleShot?.(message(random(191)), call), 'INVALID_ARGUMENT', 'data');
  now(encrypt.init(undefined, call));
  await expectError(() => encrypt.update(random(257), call), 'INVALID_ARGUMENT', 'data');
  now(encrypt.abort());
  await expectError(() => encrypt.finalize(call), 'STREAM_NOT_INITIALIZED');
  const sealed = plain(now(encrypt.singleShot?.(message(random(5)), call)).data);
  for (const data of [sealed.with(100, (sealed[100] ?? 0) ^ 1), sealed.subarray(1), new Uint8Array(0), new Uint8Array(256).fill(255)]) {
    const error = await expectError(() => decrypt.singleShot?.(message(data), call), 'OPERATION_FAILED');
    expect(error.message).toBe(decryptionRefused);
  }
});

test('a public key encrypts, and does not decrypt', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'RSA-2048', spki(rsa.publicKey), 'der');
  for (const algorithm of ['RSA-OAEP-SHA-256', 'RSA-PKCS1']) {
    const encrypt = operation(provider, algorithm, { kind: 'cipher', direction: 'encrypt', key });
    expect(now(encrypt.singleShot?.(message(random(5)), call)).data).toHaveLength(256);
    await expectError(() => operation(provider, algorithm, { kind: 'cipher', direction: 'decrypt', key }), 'INCOMPATIBLE_KEY_TYPE', 'key');
  }
});

test('PKCS#1 v1.5 decrypts only where a wrong message looks like a right one', async () => {
  const provider = await startProvider();
  const key = await importAny(provider, 'RSA-2048', pkcs8(rsa.privateKey), 'der');
  const data = random(30);
  const encrypt = operation(provider, 'RSA-PKCS1', { kind: 'cipher', direction: 'encrypt', key });
  await expectError(() => encrypt.singleShot?.(message(random(246)), call), 'INVALID_ARGUMENT', 'data');
  const sealed = now(encrypt.singleShot?.(message(data), call)).data;
  const makeDecryption = () => operation(provider, 'RSA-PKCS1', { kind: 'cipher', direction: 'decrypt', key });
  const told = provider.capabilities().find(({ algorithm }) => algorithm === 'RSA-PKCS1');
  expect(told?.operations).toEqual(rejectsImplicitly ? ['encrypt', 'decrypt'] : ['encrypt']);
  if (!rejectsImplicitly) {
    await expectError(makeDecryption, 'UNSUPPORTED_ALGORITHM', 'algorithm');
    return;
  }
  const decrypt = makeDecryption();
  expect(plain((await decrypt.singleShot?.(message(sealed), call))?.data)).toEqual(data);
  const wrong = plain(sealed).with(255, (sealed[255] ?? 0) ^ 1);
  const first = plain((await decrypt.singleShot?.(message(wrong), call))?.data);
  expect(first).not.toEqual(data);
  expect(plain((await decrypt.singleShot?.(message(wrong), call))?.data)).toEqual(first);
});
