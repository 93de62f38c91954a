/** What NativeKey takes for a key, and what it refuses. */

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { NativeKey } from '../../src/native-pkey.js';
import { failure } from './errors.js';
import {
  digestOf,
  ec,
  expectCleanQueue,
  type Pair,
  p1363,
  pkcs1,
  privateDer,
  privateOf,
  publicDer,
  publicOf,
  rsa,
} from './pkey-support.js';

describe('import', () => {
  const malformed = { code: 'INVALID_FORMAT', field: 'der' };
  const unsupported = { code: 'UNSUPPORTED_ALGORITHM', field: 'der' };

  test.each([
    ['rsa', rsa],
    ['ec', ec],
  ])('%s: what is cut, longer or the other half is refused', (_, pair: Pair) => {
    const halves = [
      [NativeKey.fromPrivate, privateDer(pair.privateKey), publicDer(pair.publicKey)],
      [NativeKey.fromPublic, publicDer(pair.publicKey), privateDer(pair.privateKey)],
    ] as const;
    for (const [load, good, other] of halves) {
      for (let size = 0; size < good.length; size++) expect(failure(() => load(good.subarray(0, size)))).toMatchObject(malformed);
      expect(failure(() => load(Buffer.concat([good, new Uint8Array(1)])))).toMatchObject(malformed);
      expect(failure(() => load(other))).toMatchObject(malformed);
    }
    expectCleanQueue();
  });

  test.each([
    ['rsa', rsa],
    ['ec', ec],
  ])('%s: a changed byte is refused or gives a key that works or fails in order', (_, pair: Pair) => {
    const scheme = pair === rsa ? pkcs1 : p1363;
    for (const [load, good] of [
      [NativeKey.fromPrivate, privateDer(pair.privateKey)],
      [NativeKey.fromPublic, publicDer(pair.publicKey)],
    ] as const) {
      for (let at = 0; at < good.length; at++) {
        for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
          const changed = Buffer.from(good);
          changed[at] = value;
          try {
            using key = load(changed);
            key.verify(digestOf('sha256'), new Uint8Array(pair === rsa ? 256 : 64).fill(1), scheme);
            if (key.isPrivate && at % 16 === 0) key.sign(digestOf('sha256'), scheme);
          } catch (error) {
            expect(error).toBeInstanceOf(KeyslotError);
            expect(['INVALID_FORMAT', 'UNSUPPORTED_ALGORITHM', 'OPERATION_FAILED']).toContain((error as KeyslotError).code);
          }
        }
      }
    }
    expectCleanQueue();
  });

  test('other keys and other forms of these are refused', () => {
    const edwards = crypto.generateKeyPairSync('ed25519');
    expect(failure(() => privateOf(edwards))).toMatchObject(unsupported);
    expect(failure(() => publicOf(edwards))).toMatchObject(unsupported);
    const restricted = crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
    expect(failure(() => privateOf(restricted))).toMatchObject(unsupported);
    const explicit = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
    expect(failure(() => privateOf(explicit))).toMatchObject(unsupported);
    expect(failure(() => publicOf(explicit))).toMatchObject(unsupported);
    expect(failure(() => NativeKey.fromPrivate(rsa.privateKey.export({ type: 'pkcs1', format: 'der' })))).toMatchObject(malformed);
    expect(failure(() => NativeKey.fromPrivate(ec.privateKey.export({ type: 'sec1', format: 'der' })))).toMatchObject(malformed);
    const pem = Buffer.from(ec.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    expect(failure(() => NativeKey.fromPrivate(pem))).toMatchObject(malformed);
    const locked = ec.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: 'x' });
    expect(failure(() => NativeKey.fromPrivate(locked))).toMatchObject(malformed);
    for (const wrong of ['text', null, undefined, {}, new Uint16Array(4)]) {
      expect(failure(() => NativeKey.fromPrivate(wrong as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'der' });
      expect(failure(() => NativeKey.fromPublic(wrong as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'der' });
    }
    expectCleanQueue();
  });

  const p256 = '301306072a8648ce3d020106082a8648ce3d030107';
  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  test.each([
    ['the point at infinity', '301906072a8648ce3d020106082a8648ce3d030107', `301a${p256}03020000`],
    ['a point that is not on the curve', '', `3059${p256}03420004${'11'.repeat(64)}`],
    ['a hybrid point', '', publicDer(ec.publicKey).toString('hex').replace('03420004', '03420006')],
  ])('a public key: %s', (_, __, text) => {
    expect(failure(() => NativeKey.fromPublic(Buffer.from(text, 'hex')))).toMatchObject({ code: 'INVALID_FORMAT' });
  });
  test.each([
    ['of zero', '00'.repeat(32)],
    ['of the order', order],
    ['over the order', 'ff'.repeat(32)],
  ])('a private key %s', (_, scalar) => {
    const text = `3041020100${p256}042730250201010420${scalar}`;
    expect(failure(() => NativeKey.fromPrivate(Buffer.from(text, 'hex')))).toMatchObject({ code: 'INVALID_FORMAT' });
  });
});
