/** Ephemeral keys on a real token. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPermissions, KeyOperationPermission as p } from '../../../src/core/permissions.js';
import type { KeyFormat, ProviderKey } from '../../../src/providers/contract.js';
import type { Pkcs11Provider } from '../../../src/providers/pkcs11/provider.js';
import { type Bench, eventually, exportable, generate, importKey, keyRow, openBench, operation, TestCall } from './token-provider.js';

let bench: Bench;
let provider: Pkcs11Provider;
const call = new TestCall();
beforeAll(async () => {
  bench = await openBench();
  provider = bench.provider;
});
afterAll(() => bench.close());

const spki = async (key: ProviderKey): Promise<KeyObject> =>
  createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
const names = { ec: 'ECDSA-P256', rsa: 'RSA-2048' } as const;
const make = {
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const data = Buffer.from('message');
const padding = { padding: 6, saltLength: 32 };

describe('generated keys', () => {
  it.each([
    ['AES-256', 'secret', 256],
    ['HMAC-SHA-256', 'secret', 256],
    ['ECDSA-P256', 'private', 256],
    ['RSA-2048', 'private', 2048],
  ] as const)('of %s', async (name, half, keyLength) => {
    const key = await generate(provider, name);
    expect(key).toMatchObject({ half, keyLength, alive: true, algorithm: keyRow(name) });
    expect(key.provider).toBe(provider);
    key.release();
    key.release();
    expect(key.alive).toBe(false);
  });

  it('are different each time', async () => {
    const keys = await Promise.all([
      generate(provider, 'AES-256', { permissions: exportable }),
      generate(provider, 'AES-256', { permissions: exportable }),
    ]);
    const [a, b] = await Promise.all(keys.map((key) => provider.keys.exportSecret(key, call)));
    expect(a).toHaveLength(32);
    expect(Buffer.from(a ?? []).equals(Buffer.from(b ?? []))).toBe(false);
    for (const key of keys) key.release();
  });
});

describe('imported keys', () => {
  it.each(['ec', 'rsa'] as const)('private %s: PKCS#8 as DER and PEM, and JWK', async (type) => {
    const pair = make[type]();
    const forms: readonly (readonly [KeyFormat, Buffer])[] = [
      ['der', pair.privateKey.export({ format: 'der', type: 'pkcs8' })],
      ['pem', Buffer.from(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))],
      ['jwk', Buffer.from(JSON.stringify(pair.privateKey.export({ format: 'jwk' })))],
    ];
    for (const [format, keyData] of forms) {
      const key = await importKey(provider, names[type], format, keyData);
      expect(key.half).toBe('private');
      const algorithm = type === 'ec' ? 'ECDSA-P256' : 'RSA-PSS-SHA-256';
      const { data: signature } = (await operation(provider, algorithm, { key, kind: 'sign' }).singleShot?.(
        { data, iv: undefined, aad: undefined },
        call,
      )) ?? { data };
      const options = type === 'ec' ? { dsaEncoding: 'ieee-p1363' as const } : padding;
      expect(verify('sha256', data, { key: pair.publicKey, ...options }, signature), format).toBe(true);
      expect((await spki(key)).equals(pair.publicKey)).toBe(true);
      key.release();
    }
  });

  it.each(['ec', 'rsa'] as const)('public %s: SPKI as DER and PEM', async (type) => {
    const pair = make[type]();
    const forms: readonly (readonly [KeyFormat, Buffer])[] = [
      ['der', pair.publicKey.export({ format: 'der', type: 'spki' })],
      ['pem', Buffer.from(pair.publicKey.export({ format: 'pem', type: 'spki' }))],
    ];
    for (const [format, keyData] of forms) {
      const key = await importKey(provider, names[type], format, keyData);
      expect(key.half).toBe('public');
      expect((await spki(key)).equals(pair.publicKey), format).toBe(true);
      await expect(provider.keys.exportSecret(key, call)).rejects.toMatchObject({ code: 'INCOMPATIBLE_KEY_TYPE' });
      key.release();
    }
  });

  it('stay unchanged for the caller', async () => {
    const value = randomBytes(32);
    const before = Buffer.from(value);
    (await importKey(provider, 'AES-256', 'raw', value)).release();
    expect(value).toEqual(before);
  });

  it.each([
    ['AES-256', 'raw', randomBytes(31), 'ALGORITHM_MISMATCH'],
    ['AES-256', 'der', randomBytes(32), 'INVALID_FORMAT'],
    ['ECDSA-P256', 'der', randomBytes(100), 'INVALID_FORMAT'],
    [
      'ECDSA-P256',
      'der',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'der', type: 'spki' }),
      'ALGORITHM_MISMATCH',
    ],
    ['RSA-2048', 'der', make.ec().privateKey.export({ format: 'der', type: 'pkcs8' }), 'ALGORITHM_MISMATCH'],
    [
      'RSA-2048',
      'der',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'der', type: 'spki' }),
      'ALGORITHM_MISMATCH',
    ],
    ['RSA-2048', 'pem', Buffer.from('-----BEGIN NOTHING-----\n'), 'INVALID_FORMAT'],
  ] as const)('of %s in %s that are wrong', async (name, format, keyData, code) => {
    await expect(importKey(provider, name, format, keyData)).rejects.toMatchObject({ code, field: 'keyData' });
  });
});

describe('imported keys of the other kinds', () => {
  it('of GENERIC-SECRET may have any length, none too', async () => {
    for (const size of [0, 1, 33, 8192]) {
      const value = randomBytes(size);
      const key = await importKey(provider, 'GENERIC-SECRET', 'raw', value, p.derive | p.export);
      expect(key.keyLength).toBe(size * 8);
      expect(Buffer.from(await provider.keys.exportSecret(key, call))).toEqual(value);
      key.release();
    }
  });

  it('in encrypted PKCS#8 need their passphrase', async () => {
    const pair = make.ec();
    const passphrase = Buffer.from('correct horse');
    const options = { format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase } as const;
    const keyData = pair.privateKey.export(options);
    const spec = { algorithm: keyRow('ECDSA-P256'), format: 'der', keyData, permissions: p.sign | p.verify } as const;
    const key = await provider.keys.import({ ...spec, passphrase }, 7, call);
    expect((await spki(key)).equals(pair.publicKey)).toBe(true);
    key.release();
    for (const [wrong, code] of [
      [Buffer.from('wrong'), 'INVALID_FORMAT'],
      [undefined, 'INVALID_ARGUMENT'],
    ] as const) {
      const given = wrong === undefined ? spec : { ...spec, passphrase: wrong };
      await expect(provider.keys.import(given, 7, call)).rejects.toMatchObject({ code, field: 'passphrase' });
    }
  });

  it.each(['AES-384', 'ChaCha20', 'KMAC-128', 'ML-DSA-44', 'RSA-8192'])('of %s are not held by this token', async (name) => {
    expect(provider.supportsKey(keyRow(name))).toEqual(expect.any(String));
    await expect(importKey(provider, name, 'raw', randomBytes(48))).rejects.toMatchObject({
      code: 'UNSUPPORTED_ALGORITHM',
      field: 'algorithm',
    });
  });
});

describe('exported keys', () => {
  it('come out only with the permission', async () => {
    for (const name of ['AES-256', 'HMAC-SHA-256', 'ECDSA-P256', 'RSA-2048']) {
      const key = await generate(provider, name);
      await expect(provider.keys.exportSecret(key, call), name).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
      key.release();
    }
  });

  it.each(['ec', 'rsa'] as const)('private %s are PKCS#8 of the same key', async (type) => {
    const key = await generate(provider, names[type], { permissions: defaultPermissions(keyRow(names[type])) | exportable });
    const pkcs8 = Buffer.from(await provider.keys.exportSecret(key, call));
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    expect(createPublicKey(privateKey).equals(await spki(key))).toBe(true);
    // What comes out goes in again.
    const again = await importKey(provider, names[type], 'der', pkcs8);
    expect((await spki(again)).equals(await spki(key))).toBe(true);
    key.release();
    again.release();
  });

  it('with leading zeros keep them', async () => {
    let pair = make.ec();
    while (Buffer.from(pair.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')[0] !== 0) pair = make.ec();
    const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const key = await importKey(provider, 'ECDSA-P256', 'der', pkcs8, p.sign | p.export);
    const out = createPrivateKey({ key: Buffer.from(await provider.keys.exportSecret(key, call)), format: 'der', type: 'pkcs8' });
    expect(out.equals(pair.privateKey)).toBe(true);
    key.release();
  });
});

describe('the public half of a private key', () => {
  it.each(['ec', 'rsa'] as const)('of %s is a key of its own: each may be released first', async (type) => {
    const algorithm = type === 'ec' ? 'ECDSA-P256' : 'RSA-PSS-SHA-256';
    for (const first of ['private', 'public'] as const) {
      const key = await generate(provider, names[type]);
      const half = await provider.keys.publicKey(key, 7, call);
      expect(half).toMatchObject({ half: 'public', keyLength: key.keyLength });
      const { data: signature } = (await operation(provider, algorithm, { key, kind: 'sign' }).singleShot?.(
        { data, iv: undefined, aad: undefined },
        call,
      )) ?? { data };
      const [gone, left] = first === 'private' ? [key, half] : [half, key];
      gone.release();
      const verifier = operation(provider, algorithm, { key: left, kind: 'verify' });
      expect(await verifier.verifySingleShot?.({ data, iv: undefined, aad: undefined }, signature, call)).toEqual({ valid: true });
      left.release();
      await expect(verifier.verifySingleShot?.({ data, iv: undefined, aad: undefined }, signature, call)).rejects.toMatchObject({
        code: 'SESSION_EXPIRED',
      });
    }
  });

  it('of a secret key does not exist', async () => {
    const key = await generate(provider, 'AES-256');
    await expect(provider.keys.publicKey(key, 7, call)).rejects.toMatchObject({ code: 'INCOMPATIBLE_KEY_TYPE' });
    await expect(provider.keys.exportPublic(key, call)).rejects.toMatchObject({ code: 'INCOMPATIBLE_KEY_TYPE' });
    key.release();
  });
});

describe('an owner', () => {
  it('frees all its keys and its session when it ends, and no other', async () => {
    const others = await generate(provider, 'AES-256', { owner: 90 });
    const keys = await Promise.all(['AES-256', 'HMAC-SHA-256', 'ECDSA-P256'].map((name) => generate(provider, name, { owner: 91 })));
    await eventually('both owners have a session', () => provider.status().sessions.owner >= 2);
    const before = provider.status().sessions.owner;
    provider.closeOwner(91);
    expect(keys.every((key) => !key.alive)).toBe(true);
    const [key] = keys;
    const encrypt = operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' });
    await expect(encrypt.singleShot?.({ data, iv: randomBytes(16), aad: undefined }, call)).rejects.toMatchObject({
      code: 'SESSION_EXPIRED',
    });
    await eventually('its session is closed', () => provider.status().sessions.owner <= before - 1);
    expect(others.alive).toBe(true);
    expect(provider.status().keys).toBe(1);
    provider.closeOwner(90);
    provider.closeOwner(90);
    expect(provider.status().keys).toBe(0);
  });

  it('that ends while its key is made leaves none', async () => {
    const work = generate(provider, 'RSA-2048', { owner: 92 });
    // The request is on its way before the end of its owner.
    await generate(provider, 'AES-256', { owner: 93 });
    provider.closeOwner(92);
    await expect(work).rejects.toMatchObject({ code: expect.stringMatching(/SESSION_EXPIRED|OPERATION_CANCELLED/) });
    provider.closeOwner(93);
    await eventually('no owner is left', () => provider.status().sessions.owner <= 1);
  });
});

describe('a key that comes too late', () => {
  it('is freed', async () => {
    const impatient = new TestCall();
    const algorithm = keyRow('RSA-2048');
    const work = provider.keys.generate({ algorithm, permissions: p.sign, publicPermissions: p.verify }, 95, impatient);
    await generate(provider, 'AES-256', { owner: 96 });
    impatient.abandon();
    await expect(work).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    await eventually('the request is answered', () => provider.status().sessions.quarantined === 0);
    expect(provider.status().keys).toBe(1);
    provider.closeOwner(95);
    provider.closeOwner(96);
    await eventually('no owner is left', () => provider.status().sessions.owner <= 1);
  });
});
