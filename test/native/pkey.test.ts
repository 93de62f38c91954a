/** The life of a NativeKey: its use, threads, memory. */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { EncryptionPadding, SignatureScheme } from '../../src/native-pkey.js';
import { failure, rejection } from './errors.js';
import { der, digestOf, ec, file, oaep, type Pair, p1363, pkcs1, privateDer, privateOf, pss, publicOf, rsa } from './pkey-support.js';
import { startProgram } from './support.js';

describe('use', () => {
  test('a key of another type or half is refused', async () => {
    using rsaPrivate = privateOf(rsa);
    using rsaPublic = publicOf(rsa);
    using ecPrivate = privateOf(ec);
    using ecPublic = publicOf(ec);
    const [digest, block] = [digestOf('sha256'), new Uint8Array(256)];
    const refused = { code: 'INCOMPATIBLE_KEY_TYPE' };
    for (const action of [
      () => rsaPublic.sign(digest, pkcs1),
      () => rsaPublic.sign(digest, pss),
      () => ecPublic.sign(digest, p1363),
      () => rsaPrivate.sign(digest, der),
      () => ecPrivate.sign(digest, pss),
      () => rsaPrivate.verify(digest, block, p1363),
      () => ecPrivate.verify(digest, block, pkcs1),
      () => rsaPublic.decrypt(block, oaep),
      () => ecPrivate.decrypt(block, oaep),
      () => ecPublic.encrypt(block, { padding: 'pkcs1' }),
    ]) {
      expect(failure(action)).toMatchObject(refused);
    }
    expect(await rejection(rsaPublic.signAsync(digest, pkcs1))).toMatchObject(refused);
    expect(await rejection(rsaPublic.decryptAsync(block, oaep))).toMatchObject(refused);
  });

  test.each([
    ['scheme', undefined],
    ['scheme', { scheme: 'toString' }],
    ['hash', { scheme: 'pkcs1' }],
    ['hash', { scheme: 'pkcs1', hash: 'md5' }],
    ['hash', { scheme: 'pkcs1', hash: 'toString' }],
    ['mgfHash', { ...pss, mgfHash: 'SHA-256' }],
    ['saltLength', { ...pss, saltLength: -1 }],
    ['saltLength', { ...pss, saltLength: undefined }],
    ['saltLength', { ...pss, saltLength: 2 ** 31 }],
  ])('a wrong %s of RSA (%#)', async (field, scheme) => {
    using key = privateOf(rsa);
    const wrong = { code: 'INVALID_ARGUMENT', field };
    expect(failure(() => key.sign(digestOf('sha256'), scheme as SignatureScheme))).toMatchObject(wrong);
    expect(failure(() => key.verify(digestOf('sha256'), new Uint8Array(256), scheme as SignatureScheme))).toMatchObject(wrong);
    expect(await rejection(key.signAsync(digestOf('sha256'), scheme as SignatureScheme))).toMatchObject(wrong);
  });

  test.each([
    ['padding', undefined],
    ['padding', { padding: 'none' }],
    ['hash', { ...oaep, hash: 'md5' }],
    ['mgfHash', { ...oaep, mgfHash: undefined }],
    ['label', { ...oaep, label: 'text' }],
  ])('a wrong %s of encryption (%#)', (field, padding) => {
    using key = privateOf(rsa);
    for (const action of ['encrypt', 'decrypt'] as const) {
      const wrong = { code: 'INVALID_ARGUMENT', field };
      expect(failure(() => key[action](new Uint8Array(1), padding as EncryptionPadding))).toMatchObject(wrong);
    }
  });

  test('what is not bytes, and an ECDSA format or digest that is none', () => {
    using key = privateOf(rsa);
    using elliptic = privateOf(ec);
    const digest = digestOf('sha256');
    const fields: [string, () => unknown][] = [
      ['digest', () => key.sign('text' as never, pkcs1)],
      ['digest', () => elliptic.sign(new Uint8Array(0), der)],
      ['digest', () => elliptic.verify(new Uint16Array(16) as never, new Uint8Array(64), p1363)],
      ['signature', () => key.verify(digest, 'text' as never, pkcs1)],
      ['format', () => elliptic.sign(digest, { scheme: 'ecdsa', format: 'raw' as never })],
      ['data', () => key.encrypt('text' as never, oaep)],
      ['data', () => key.decrypt(null as never, oaep)],
    ];
    for (const [field, action] of fields) expect(failure(action)).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  test('after disposal nothing goes', async () => {
    const key = privateOf(rsa);
    key.dispose();
    key[Symbol.dispose]();
    expect(key).toMatchObject({ type: 'rsa', bits: 2048, isPrivate: true });
    const [digest, block] = [digestOf('sha256'), new Uint8Array(256)];
    const gone = { code: 'INVALID_OPERATION' };
    expect(failure(() => key.sign(digest, pkcs1))).toMatchObject(gone);
    expect(failure(() => key.verify(digest, block, pkcs1))).toMatchObject(gone);
    expect(failure(() => key.encrypt(digest, oaep))).toMatchObject(gone);
    expect(failure(() => key.decrypt(block, oaep))).toMatchObject(gone);
    expect(await rejection(key.signAsync(digest, pkcs1))).toMatchObject(gone);
    expect(await rejection(key.decryptAsync(block, oaep))).toMatchObject(gone);
  });
});

/** Starts a thread that runs `code` with NativeKey and `pkcs8`, a key of RSA-2048. */
function startThread(code: string): Worker {
  const prelude = `
    import { parentPort } from 'node:worker_threads';
    import { NativeKey } from '${new URL('../../src/native-pkey.js', import.meta.url).href}';
    const pkcs8 = Buffer.from('${privateDer(rsa.privateKey).toString('base64')}', 'base64');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(prelude + code)}`));
}

describe('threads', () => {
  test('two at once', async () => {
    const code = `
      const digest = new Uint8Array(32);
      const scheme = { scheme: 'pss', hash: 'sha256', mgfHash: 'sha1', saltLength: 20 };
      const padding = { padding: 'oaep', hash: 'sha1', mgfHash: 'sha256', label: new Uint8Array(3) };
      let right = 0;
      for (let round = 0; round < 40; round++) {
        const key = NativeKey.fromPrivate(pkcs8);
        const signatures = [key.sign(digest, scheme), ...await Promise.all([1, 2, 3].map(() => key.signAsync(digest, scheme)))];
        for (const signature of signatures) if (key.verify(digest, signature, scheme)) right++;
        const opened = await key.decryptAsync(key.encrypt(digest, padding), padding);
        if (opened.length === 32) right++;
        try { await key.decryptAsync(digest, padding) } catch (error) { if (error.code === 'OPERATION_FAILED') right++ }
        if (round % 2 === 0) key.dispose();
      }
      parentPort.postMessage(right);`;
    const answers = await Promise.all(
      [0, 1].map(async () => {
        const worker = startThread(code);
        const [[right]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
        return right;
      }),
    );
    expect(answers).toEqual([240, 240]);
  });

  test('a thread that ends in the middle of asynchronous work', async () => {
    for (let round = 0; round < 5; round++) {
      const worker = startThread(`
        const key = NativeKey.fromPrivate(pkcs8);
        for (let i = 0; i < 50; i++) void key.signAsync(new Uint8Array(32), { scheme: 'pkcs1', hash: 'sha256' });
        for (let i = 0; i < 50; i++) key.decryptAsync(new Uint8Array(32), { padding: 'oaep', hash: 'sha1', mgfHash: 'sha1' }).catch(() => {});
        parentPort.postMessage('queued');`);
      await once(worker, 'message');
      await worker.terminate();
    }
    using key = privateOf(rsa);
    expect((await key.signAsync(digestOf('sha256'), pkcs1)).length).toBe(256);
  });
});

describe('memory', () => {
  // The bytes looked for are kept masked, so that only copies of others are found.
  const code = (path: string, start: number) => `
    import { openSync, fstatSync, readSync, readFileSync } from 'node:fs';
    import { NativeKey } from '${new URL('../../src/native-pkey.js', import.meta.url).href}';
    const descriptor = openSync('${path}');
    const der = Buffer.allocUnsafeSlow(fstatSync(descriptor).size);
    readSync(descriptor, der);
    const forwards = Buffer.from(Uint8Array.from({ length: 16 }, (_, i) => der[${start} + i] ^ 0x5a));
    const masked = [forwards, Buffer.from(forwards).reverse()];
    const key = NativeKey.fromPrivate(der);
    der.fill(0);
    const memory = openSync('/proc/self/mem');
    const window = Buffer.allocUnsafeSlow(2 ** 20);
    function copies() {
      let found = 0;
      for (const [, from, to] of readFileSync('/proc/self/maps', 'utf8').matchAll(/^(\\w+)-(\\w+) rw/gm)) {
        const end = parseInt(to, 16);
        // A sanitizer's shadow, which has no end.
        if (end - parseInt(from, 16) > 2 ** 28) continue;
        for (let start = parseInt(from, 16); start < end; start += window.length - 15) {
          const size = Math.min(window.length, end - start);
          try { readSync(memory, window, 0, size, start) } catch { break }
          for (let i = 0; i < size; i++) window[i] ^= 0x5a;
          for (const wanted of masked) for (let at = window.indexOf(wanted); at >= 0; at = window.indexOf(wanted, at + 1)) found++;
          // What was looked at must not be found again.
          window.fill(0);
        }
      }
      return found;
    }
    const alive = copies();
    const scheme = key.type === 'rsa' ? { scheme: 'pkcs1', hash: 'sha256' } : { scheme: 'ecdsa', format: 'der' };
    key.sign(new Uint8Array(32), scheme);
    await key.signAsync(new Uint8Array(32), scheme);
    key.dispose();
    console.log(JSON.stringify({ alive, left: copies() }));`;

  test.each([
    // In the middle of the private exponent, or of the scalar.
    ['rsa', rsa, 400],
    ['ec', ec, 46],
  ])('%s: one copy of the secret while the key lives, none after it', async (name, pair: Pair, start) => {
    const path = file(`${name}.der`, privateDer(pair.privateKey));
    const child = startProgram([process.execPath, '--input-type=module', '-e', code(path, start)]);
    const { stdout, stderr } = await child.ended;
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ alive: 1, left: 0 });
  });
});
