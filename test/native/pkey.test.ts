/** NativeKey: node:crypto and the openssl command as second opinions, and everything that is malformed. */

import { execFileSync } from 'node:child_process';
import * as crypto from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { type EncryptionPadding, hasImplicitRejection, type NativeHash, NativeKey, type SignatureScheme } from '../../src/native-pkey.js';
import { startProgram, temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const bothHashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256'] as const;
const hashes: readonly NativeHash[] = [...bothHashes, 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'];
const curves = { 'P-256': 32, 'P-384': 48, 'P-521': 66, secp256k1: 32, brainpoolP256r1: 32, secp224r1: 28, sect283k1: 36 };

const message = Buffer.from('a message');
const digestOf = (hash: NativeHash, data: Uint8Array = message) => crypto.createHash(hash).update(data).digest();

interface Pair {
  readonly publicKey: crypto.KeyObject;
  readonly privateKey: crypto.KeyObject;
}

const privateDer = (key: crypto.KeyObject) => key.export({ type: 'pkcs8', format: 'der' });
const publicDer = (key: crypto.KeyObject) => key.export({ type: 'spki', format: 'der' });
const privateOf = ({ privateKey }: Pair) => NativeKey.fromPrivate(privateDer(privateKey));
const publicOf = ({ publicKey }: Pair) => NativeKey.fromPublic(publicDer(publicKey));

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p1363: SignatureScheme = { scheme: 'ecdsa', format: 'p1363' };
const der: SignatureScheme = { scheme: 'ecdsa', format: 'der' };
const pkcs1: SignatureScheme = { scheme: 'pkcs1', hash: 'sha256' };
const pss: SignatureScheme = { scheme: 'pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 };
const oaep: EncryptionPadding = { padding: 'oaep', hash: 'sha256', mgfHash: 'sha256' };

function failure(action: () => unknown): KeyslotError {
  try {
    action();
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

async function rejection(promise: Promise<unknown>): Promise<KeyslotError> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof KeyslotError) return error;
  throw error;
}

/** Node asks OpenSSL's error queue what went wrong: nothing of ours may be in it. */
function expectCleanQueue(): void {
  expect(() => crypto.createPrivateKey({ key: Buffer.from([1]), format: 'der', type: 'pkcs8' })).toThrow(/./);
  expect(crypto.createHash('sha256').update('').digest('hex')).toMatch(/^e3b0c442/);
}

function file(name: string, content: Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

/** openssl pkeyutl with a key and options `name:value`; gives its output. */
function pkeyutl(action: string, key: string, input: Uint8Array, options: readonly string[], more: readonly string[] = []): Buffer {
  const parameters = ['pkeyutl', action, '-inkey', key, '-keyform', 'DER', '-in', file('input', input), ...more];
  return execFileSync('openssl', [...parameters, ...options.flatMap((option) => ['-pkeyopt', option])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

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
