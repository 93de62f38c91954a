/** RSA encryption of NativeKey: node:crypto and the openssl command as second opinions, and everything that is malformed. */

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type EncryptionPadding, hasImplicitRejection } from '../../src/native-pkey.js';
import { failure, rejection } from './errors.js';
import { digestOf, expectCleanQueue, file, hashes, oaep, pkeyutl, privateDer, privateOf, publicOf, rsa } from './pkey-support.js';

describe('RSA encryption', () => {
  const data = Buffer.from('thirty-two bytes of a secret key');

  test.each(hashes)('OAEP with %s, both ways with node', async (hash) => {
    using mine = privateOf(rsa);
    using theirs = publicOf(rsa);
    const most = 256 - 2 * digestOf(hash).length - 2;
    for (const label of [new Uint8Array(0), Buffer.from('label'), crypto.randomBytes(1000)]) {
      const padding = { padding: 'oaep', hash, mgfHash: hash, label } as const;
      const options = { oaepHash: hash, oaepLabel: label, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING };
      for (const plain of [new Uint8Array(0), data, crypto.randomBytes(most)]) {
        const made = theirs.encrypt(plain, padding);
        expect(Buffer.from(crypto.privateDecrypt({ key: rsa.privateKey, ...options }, made))).toEqual(Buffer.from(plain));
        const given = crypto.publicEncrypt({ key: rsa.publicKey, ...options }, plain);
        const opened = mine.decrypt(given, padding);
        expect(Buffer.from(opened)).toEqual(Buffer.from(plain));
        expect(opened.buffer.byteLength).toBe(plain.length);
        expect(Buffer.from(await mine.decryptAsync(given, padding))).toEqual(Buffer.from(plain));
      }
    }
    const padding = { padding: 'oaep', hash, mgfHash: hash } as const;
    expect(Buffer.from(mine.decrypt(theirs.encrypt(data, padding), { ...padding, label: new Uint8Array(0) }))).toEqual(data);
    expect(failure(() => theirs.encrypt(new Uint8Array(most + 1), padding))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'data' });
  });

  test('OAEP with another hash in MGF1, both ways with the openssl command', () => {
    using mine = privateOf(rsa);
    const label = Buffer.from('label');
    const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha512', 'rsa_mgf1_md:sha1', `rsa_oaep_label:${label.toString('hex')}`];
    const padding = { padding: 'oaep', hash: 'sha512', mgfHash: 'sha1', label } as const;
    const key = file('private.der', privateDer(rsa.privateKey));
    expect(Buffer.from(mine.decrypt(pkeyutl('-encrypt', key, data, options), padding))).toEqual(data);
    expect(pkeyutl('-decrypt', key, mine.encrypt(data, padding), options)).toEqual(data);
  });

  test('every failure of decryption is the same one', async () => {
    using key = privateOf(rsa);
    const label = Buffer.from('label');
    const good = Buffer.from(key.encrypt(data, { ...oaep, label }));
    const flipped = Buffer.from(good);
    flipped[100] = (flipped[100] as number) ^ 1;
    const tries: [Uint8Array, EncryptionPadding][] = [
      [good, oaep],
      [good, { ...oaep, label: Buffer.from('lebal') }],
      [good, { ...oaep, label, hash: 'sha1' }],
      [good, { ...oaep, label, mgfHash: 'sha1' }],
      [flipped, { ...oaep, label }],
      ...[0, 1, 255, 257, 10_000].map((size): [Uint8Array, EncryptionPadding] => [new Uint8Array(size), oaep]),
      [new Uint8Array(256), oaep],
      [new Uint8Array(256).fill(0xff), oaep],
    ];
    const wanted = { code: 'OPERATION_FAILED', message: 'the data could not be decrypted' };
    for (const [input, padding] of tries) {
      expect(failure(() => key.decrypt(input, padding)).toJSON()).toMatchObject(wanted);
      expect((await rejection(key.decryptAsync(input, padding))).toJSON()).toMatchObject(wanted);
    }
    expectCleanQueue();
  });

  test('PKCS#1 v1.5: encryption everywhere, decryption only with implicit rejection', async () => {
    using mine = privateOf(rsa);
    const padding = { padding: 'pkcs1' } as const;
    const key = file('private.der', privateDer(rsa.privateKey));
    const options = ['rsa_padding_mode:pkcs1'];
    for (const plain of [data, crypto.randomBytes(245)]) {
      expect(pkeyutl('-decrypt', key, mine.encrypt(plain, padding), options)).toEqual(plain);
    }
    expect(failure(() => mine.encrypt(new Uint8Array(246), padding))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'data' });
    const given = pkeyutl('-encrypt', key, data, options);
    expect(hasImplicitRejection()).toBe(Number.parseFloat(process.versions.openssl) >= 3.2);
    if (!hasImplicitRejection()) {
      expect(failure(() => mine.decrypt(given, padding))).toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
      expect(await rejection(mine.decryptAsync(given, padding))).toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
      return;
    }
    expect(Buffer.from(mine.decrypt(given, padding))).toEqual(data);
    expect(Buffer.from(await mine.decryptAsync(given, padding))).toEqual(data);
    // Broken padding: the same random bytes each time, and no failure.
    const broken = mine.encrypt(data, oaep);
    const first = mine.decrypt(broken, padding);
    expect(first.length).toBeLessThanOrEqual(245);
    expect(mine.decrypt(broken, padding)).toEqual(first);
    expect(failure(() => mine.decrypt(new Uint8Array(255), padding))).toMatchObject({ code: 'OPERATION_FAILED' });
  });
});
