/** Signatures of NativeKey: node:crypto and the openssl command as second opinions, and everything that is malformed. */

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NativeKey, type SignatureScheme } from '../../src/native-pkey.js';
import { failure, rejection } from './errors.js';
import {
  bothHashes,
  curves,
  der,
  digestOf,
  ec,
  expectCleanQueue,
  file,
  hashes,
  message,
  oaep,
  p1363,
  pkcs1,
  pkeyutl,
  privateDer,
  privateOf,
  pss,
  publicOf,
  rsa,
} from './pkey-support.js';

describe('ECDSA', () => {
  describe.each(Object.entries(curves))('%s', (namedCurve, size) => {
    const pair = crypto.generateKeyPairSync('ec', { namedCurve });
    test.each([
      ['p1363', 'ieee-p1363'],
      ['der', 'der'],
    ] as const)('%s, both ways with node', (format, dsaEncoding) => {
      using mine = privateOf(pair);
      using theirs = publicOf(pair);
      expect(mine).toMatchObject({ type: 'ec', isPrivate: true });
      expect(theirs).toMatchObject({ type: 'ec', isPrivate: false, bits: mine.bits });
      expect(Math.ceil(mine.bits / 8)).toBe(size);
      for (const hash of bothHashes) {
        const scheme = { scheme: 'ecdsa', format } as const;
        const made = mine.sign(digestOf(hash), scheme);
        if (format === 'p1363') expect(made.length).toBe(2 * size);
        expect(crypto.verify(hash, message, { key: pair.publicKey, dsaEncoding }, made)).toBe(true);
        const given = crypto.sign(hash, message, { key: pair.privateKey, dsaEncoding });
        for (const key of [mine, theirs]) {
          expect(key.verify(digestOf(hash), given, scheme)).toBe(true);
          expect(key.verify(digestOf(hash, Buffer.from('another')), given, scheme)).toBe(false);
        }
      }
    });
  });

  test.each([1, 20, 31, 32, 33, 64, 65, 200])('a digest of %d bytes; only the leftmost bits of the order count', (length) => {
    using key = privateOf(ec);
    const digest = crypto.randomBytes(length);
    for (const scheme of [p1363, der]) {
      const signature = key.sign(digest, scheme);
      expect(key.verify(digest, signature, scheme)).toBe(true);
      expect(key.verify(digest.subarray(0, 32), signature, scheme)).toBe(true);
    }
  });

  test('a private key without its public half gets it calculated', () => {
    // The scalar of RFC 6979 A.2.5, in an ECPrivateKey of version and scalar only.
    const scalar = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';
    const short = `3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${scalar}`;
    using key = NativeKey.fromPrivate(Buffer.from(short, 'hex'));
    const full = crypto.createPrivateKey({ key: Buffer.from(short, 'hex'), format: 'der', type: 'pkcs8' });
    expect(key.verify(digestOf('sha256'), crypto.sign('sha256', message, full), der)).toBe(true);
    expect(crypto.verify('sha256', message, crypto.createPublicKey(full), key.sign(digestOf('sha256'), der))).toBe(true);
  });

  const digest = digestOf('sha256');
  const integer = (value: Uint8Array) => Buffer.concat([Buffer.from([2, value.length]), value]);
  const sequence = (...parts: Uint8Array[]) => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from(body.length < 128 ? [0x30, body.length] : [0x30, 0x81, body.length]), body]);
  };
  const zeros = (count: number) => Buffer.alloc(count);
  const unsigned = (half: Uint8Array) => {
    let at = 0;
    while (half[at] === 0) at++;
    return (half[at] as number) < 0x80 ? half.subarray(at) : Buffer.concat([zeros(1), half.subarray(at)]);
  };

  test('P1363 of another length or with another number is false', () => {
    using key = privateOf(ec);
    const good = Buffer.from(key.sign(digest, p1363));
    expect(key.verify(digest, good, p1363)).toBe(true);
    const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
    const r = good.subarray(0, 32);
    const bad = [
      zeros(0),
      zeros(1),
      zeros(64),
      Buffer.alloc(64, 0xff),
      good.subarray(0, 63),
      good.subarray(1),
      Buffer.concat([good, zeros(1)]),
      Buffer.concat([zeros(1), r, zeros(1), good.subarray(32)]),
      Buffer.concat([r, zeros(32)]),
      Buffer.concat([zeros(32), good.subarray(32)]),
      Buffer.concat([r, order]),
      Buffer.concat([order, good.subarray(32)]),
      Buffer.from(key.sign(digest, der)),
    ];
    for (const signature of bad) expect(key.verify(digest, signature, p1363)).toBe(false);
    expectCleanQueue();
  });

  test('DER must be the only encoding of its numbers', () => {
    using key = privateOf(ec);
    const raw = Buffer.from(key.sign(digest, p1363));
    const [r, s] = [unsigned(raw.subarray(0, 32)), unsigned(raw.subarray(32))];
    const good = sequence(integer(r), integer(s));
    expect(key.verify(digest, good, der)).toBe(true);
    const body = good.subarray(2);
    const bad = [
      zeros(0),
      zeros(1),
      raw,
      good.subarray(0, good.length - 1),
      Buffer.concat([good, zeros(1)]),
      Buffer.concat([good, good]),
      sequence(integer(Buffer.concat([zeros(1), r])), integer(s)),
      sequence(integer(r), integer(Buffer.concat([zeros(1), s]))),
      sequence(integer(r), integer(s), integer(s)),
      sequence(integer(r)),
      sequence(integer(zeros(1)), integer(s)),
      sequence(integer(zeros(0)), integer(s)),
      sequence(integer(r), integer(Buffer.from([0x81]))),
      Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]),
      Buffer.concat([Buffer.from([0x30, 0x82, 0, body.length]), body]),
      Buffer.concat([Buffer.from([0x30, 0x80]), body, zeros(2)]),
      Buffer.concat([Buffer.from([0x31, body.length]), body]),
      sequence(Buffer.concat([Buffer.from([2, 0x81, r.length]), r]), integer(s)),
      Buffer.concat([Buffer.from([0x30, body.length + 2]), body, Buffer.from([5, 0])]),
    ];
    for (const signature of bad)
      expect([key.verify(digest, signature, der), signature.toString('hex')]).toEqual([false, expect.anything()]);
    for (let at = 0; at < good.length; at++) {
      const flipped = Buffer.from(good);
      flipped[at] = (flipped[at] as number) ^ 1;
      expect(key.verify(digest, flipped, der)).toBe(false);
    }
    expectCleanQueue();
  });
});

describe('RSA signatures', () => {
  test.each(hashes)('PKCS#1 v1.5 with %s, both ways with node', async (hash) => {
    using mine = privateOf(rsa);
    using theirs = publicOf(rsa);
    const scheme: SignatureScheme = { scheme: 'pkcs1', hash };
    const given = crypto.sign(hash, message, rsa.privateKey);
    expect(Buffer.from(mine.sign(digestOf(hash), scheme))).toEqual(given);
    expect(Buffer.from(await mine.signAsync(digestOf(hash), scheme))).toEqual(given);
    expect(theirs.verify(digestOf(hash), given, scheme)).toBe(true);
    expect(theirs.verify(digestOf(hash, Buffer.from('another')), given, scheme)).toBe(false);
    for (const length of [0, 1, digestOf(hash).length - 1, digestOf(hash).length + 1]) {
      const wrong = { code: 'INVALID_ARGUMENT', field: 'digest' };
      expect(failure(() => mine.sign(new Uint8Array(length), scheme))).toMatchObject(wrong);
      expect(failure(() => mine.verify(new Uint8Array(length), given, scheme))).toMatchObject(wrong);
      expect(await rejection(mine.signAsync(new Uint8Array(length), scheme))).toMatchObject(wrong);
    }
  });

  test.each(hashes)('PSS with %s, both ways with node; verification wants exactly its salt', (hash) => {
    using mine = privateOf(rsa);
    using theirs = publicOf(rsa);
    const digest = digestOf(hash);
    const most = 256 - digest.length - 2;
    for (const saltLength of [0, 1, digest.length, most]) {
      const options = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength };
      const scheme = { scheme: 'pss', hash, mgfHash: hash, saltLength } as const;
      expect(crypto.verify(hash, message, { key: rsa.publicKey, ...options }, mine.sign(digest, scheme))).toBe(true);
      const given = crypto.sign(hash, message, { key: rsa.privateKey, ...options });
      expect(theirs.verify(digest, given, scheme)).toBe(true);
      expect(theirs.verify(digest, given, { ...scheme, saltLength: saltLength === most ? 0 : saltLength + 1 })).toBe(false);
      expect(theirs.verify(digest, given, { ...scheme, mgfHash: hash === 'sha1' ? 'sha256' : 'sha1' })).toBe(false);
    }
    const tooLong = { scheme: 'pss', hash, mgfHash: hash, saltLength: most + 1 } as const;
    expect(failure(() => mine.sign(digest, tooLong))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'saltLength' });
    expect(theirs.verify(digest, mine.sign(digest, { ...tooLong, saltLength: 0 }), tooLong)).toBe(false);
    expectCleanQueue();
  });

  test('PSS with another hash in MGF1, both ways with the openssl command', () => {
    using mine = privateOf(rsa);
    const digest = digestOf('sha384');
    const scheme = { scheme: 'pss', hash: 'sha384', mgfHash: 'sha1', saltLength: 17 } as const;
    const options = ['rsa_padding_mode:pss', 'digest:sha384', 'rsa_mgf1_md:sha1', 'rsa_pss_saltlen:17'];
    const key = file('private.der', privateDer(rsa.privateKey));
    expect(mine.verify(digest, pkeyutl('-sign', key, digest, options), scheme)).toBe(true);
    const signature = file('signature', mine.sign(digest, scheme));
    expect(pkeyutl('-verify', key, digest, options, ['-sigfile', signature]).toString()).toMatch(/Verified Successfully/);
  });

  test('anything malformed is false', () => {
    using key = publicOf(rsa);
    const digest = digestOf('sha256');
    const good = crypto.sign('sha256', message, rsa.privateKey);
    expect(key.verify(digest, good, pkcs1)).toBe(true);
    const zero = new Uint8Array(1);
    const bad = [
      new Uint8Array(0),
      zero,
      good.subarray(1),
      good.subarray(0, 255),
      Buffer.concat([good, zero]),
      Buffer.concat([zero, good]),
    ];
    for (const signature of [...bad, new Uint8Array(256), new Uint8Array(256).fill(0xff), new Uint8Array(100_000)]) {
      for (const scheme of [pkcs1, pss]) expect(key.verify(digest, signature, scheme)).toBe(false);
    }
    expectCleanQueue();
  });

  test('a modulus of 1025 bits; a key too short for the scheme', () => {
    const odd = crypto.generateKeyPairSync('rsa', { modulusLength: 1025 });
    using key = privateOf(odd);
    expect(key.bits).toBe(1025);
    // Block of 128 bytes in a modulus of 129.
    const scheme = { ...pss, saltLength: 128 - 32 - 2 } as const;
    const options = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
    expect(crypto.verify('sha256', message, { key: odd.publicKey, ...options }, key.sign(digestOf('sha256'), scheme))).toBe(true);
    expect(failure(() => key.sign(digestOf('sha256'), { ...pss, saltLength: 95 }))).toMatchObject({ field: 'saltLength' });
    using short = privateOf(crypto.generateKeyPairSync('rsa', { modulusLength: 512 }));
    expect(failure(() => short.sign(digestOf('sha512'), { scheme: 'pkcs1', hash: 'sha512' }))).toMatchObject({ code: 'OPERATION_FAILED' });
    expect(failure(() => short.sign(digestOf('sha512'), { ...pss, hash: 'sha512', saltLength: 0 }))).toMatchObject({ field: 'saltLength' });
    expect(failure(() => short.encrypt(new Uint8Array(0), oaep))).toMatchObject({ field: 'data' });
    expectCleanQueue();
  });

  test('signAsync copies the digest and outlives the key', async () => {
    const key = privateOf(rsa);
    const digest = digestOf('sha256');
    const promises = [key.signAsync(digest, pkcs1), key.signAsync(digest, pss)] as const;
    digest.fill(0);
    key.dispose();
    const [first, second] = await Promise.all(promises);
    using again = publicOf(rsa);
    expect(again.verify(digestOf('sha256'), first, pkcs1)).toBe(true);
    expect(again.verify(digestOf('sha256'), second, pss)).toBe(true);
    using elliptic = privateOf(ec);
    expect(elliptic.verify(digestOf('sha256'), await elliptic.signAsync(digestOf('sha256'), p1363), p1363)).toBe(true);
  });

  test('signAsync leaves the event loop free', async () => {
    using key = privateOf(crypto.generateKeyPairSync('rsa', { modulusLength: 4096 }));
    let settled = false;
    const work = Promise.all(Array.from({ length: 20 }, () => key.signAsync(digestOf('sha256'), pkcs1))).then(() => {
      settled = true;
    });
    let turns = 0;
    for (; !settled; turns++) await new Promise((resolve) => setImmediate(resolve));
    await work;
    expect(turns).toBeGreaterThan(20);
  });
});
