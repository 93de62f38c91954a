/** Every algorithm that a token has, on a real one, against node:crypto. */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign as signWithNode,
  verify as verifyWithNode,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curveNames, type HashName, hashNames, hashSizes } from '../../../src/core/algorithms.js';
import { KeyOperationPermission as p } from '../../../src/core/permissions.js';
import { decryptionRefused, type OperationSpec, type ProviderKey } from '../../../src/providers/contract.js';
import { digestNames } from '../../../src/providers/digest-names.js';
import { curves } from '../../../src/providers/key-encoding/curves.js';
import type { Pkcs11Provider } from '../../../src/providers/pkcs11/provider.js';
import { type Bench, generate, importKey, openBench, operation, operationRow, TestCall } from './token-provider.js';

let bench: Bench;
let provider: Pkcs11Provider;
const call = new TestCall();
beforeAll(async () => {
  bench = await openBench();
  provider = bench.provider;
});
afterAll(() => bench.close());

const data = Buffer.from('a message that is longer than one block of any cipher or hash here, so that something is held back');
type More = Partial<OperationSpec>;

/** The result of a message at once, which must be that of the message in parts where it is the same every time. */
async function run(name: string, more: More, message: Uint8Array, iv?: Uint8Array, same = true): Promise<Buffer> {
  const once = operation(provider, name, more);
  const whole = Buffer.from((await once.singleShot?.({ data: message, iv, aad: undefined }, call))?.data ?? []);
  const parts = operation(provider, name, more);
  await parts.init(iv, call);
  const out = [];
  for (let at = 0; at < message.length; at += 7) out.push(await parts.update(message.subarray(at, at + 7), call));
  out.push((await parts.finalize(call)).data);
  if (same) expect(Buffer.concat(out)).toEqual(whole);
  parts.close();
  once.close();
  return whole;
}
async function verify(name: string, more: More, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const once = operation(provider, name, { kind: 'verify', ...more });
  const whole = await once.verifySingleShot?.({ data: message, iv: undefined, aad: undefined }, signature, call);
  await once.init(undefined, call);
  await once.update(message, call);
  expect((await once.verify?.(signature, call))?.valid).toBe(whole?.valid);
  return whole?.valid === true;
}
async function spki(key: ProviderKey): Promise<KeyObject> {
  return createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
}
const onToken = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const;

describe('hashes', () => {
  it.each(onToken)('%s', async (name) => {
    expect(await run(name, {}, data)).toEqual(createHash(digestNames[name]).update(data).digest());
  });

  it('that the token does not list are not offered, nor are functions with output of any length', () => {
    for (const name of ['SHA3-256', 'SHA-512/256', 'SHAKE-128', 'BLAKE2b-512']) {
      expect(provider.supports(operationRow(name), 'hash', {}, 0)).toMatch(/do(es)? not have/);
    }
  });
});

describe('HMAC', () => {
  it.each(onToken)('with %s', async (hash) => {
    const value = randomBytes(hashSizes[hash] + 5);
    const key = await importKey(provider, `HMAC-${hash}`, 'raw', value);
    const expected = createHmac(digestNames[hash], value).update(data).digest();
    expect(await run(`HMAC-${hash}`, { key, mode: 'generate' }, data)).toEqual(expected);
    key.release();
    const made = await generate(provider, `HMAC-${hash}`, { permissions: p.mac | p.export });
    expect(made.keyLength).toBe(hashSizes[hash] * 8);
    const raw = await provider.keys.exportSecret(made, call);
    expect(await run(`HMAC-${hash}`, { key: made, mode: 'generate' }, data)).toEqual(
      createHmac(digestNames[hash], raw).update(data).digest(),
    );
    made.release();
  });

  it.each(onToken)('with %s refuses keys that the token would refuse to use', async (hash) => {
    await expect(importKey(provider, `HMAC-${hash}`, 'raw', randomBytes(hashSizes[hash] - 1))).rejects.toMatchObject({
      code: 'ALGORITHM_MISMATCH',
      field: 'keyData',
    });
  });
});

describe('AES-CMAC', () => {
  // SP 800-38B, examples D.1 to D.3: the message of 40 bytes.
  it.each([
    ['AES-128', '2b7e151628aed2a6abf7158809cf4f3c', 'dfa66747de9ae63030ca32611497c827'],
    ['AES-192', '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b', '8a1de5be2eb31aad089a82e6ee908b0e'],
    ['AES-256', '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'aaf3d8f1de5640c232f5b169b9c911e6'],
  ])('with %s', async (name, value, expected) => {
    const key = await importKey(provider, name, 'raw', Buffer.from(value, 'hex'));
    const message = Buffer.from('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411', 'hex');
    expect((await run('AES-CMAC', { key, mode: 'generate' }, message)).toString('hex')).toBe(expected);
    const cut = await run('AES-CMAC', { key, mode: 'generate', parameters: { outputLength: 8 } }, message);
    expect(cut.toString('hex')).toBe(expected.slice(0, 16));
    key.release();
  });
});

describe('AES', () => {
  const plain = data.subarray(0, 96);
  const modes = [
    ['ECB', 'none'],
    ['CBC', 'pkcs7'],
    ['CBC', 'none'],
    ['CTR', undefined],
  ] as const;
  const cases = modes.flatMap(([mode, padding]) => [128, 192, 256].map((bits) => [bits, mode, padding] as const));

  it.each(cases)('of %i bits in mode %s, padding %s', async (bits, mode, padding) => {
    const value = randomBytes(bits / 8);
    const key = await importKey(provider, `AES-${bits}`, 'raw', value);
    const iv = mode === 'ECB' ? undefined : randomBytes(16);
    const cipher = createCipheriv(`aes-${bits}-${mode.toLowerCase()}`, value, iv ?? null).setAutoPadding(padding !== 'none');
    const expected = Buffer.concat([cipher.update(plain), cipher.final()]);
    const more = { key, parameters: { padding } };
    expect(await run(`AES-${bits}-${mode}`, { ...more, direction: 'encrypt' }, plain, iv)).toEqual(expected);
    expect(await run(`AES-${bits}-${mode}`, { ...more, direction: 'decrypt' }, expected, iv)).toEqual(plain);
    key.release();
  });

  it('in mode CTR says that the token does not let its counter run over', async () => {
    const key = await importKey(provider, 'AES-128', 'raw', randomBytes(16));
    const iv = Buffer.alloc(16, 0xff).fill(0xfe, 15);
    const more = { key, direction: 'encrypt' } as const;
    const refused = { code: 'INVALID_ARGUMENT', field: 'iv' };
    expect(await run('AES-128-CTR', more, randomBytes(32), iv)).toHaveLength(32);
    const operationOf = () => operation(provider, 'AES-128-CTR', more);
    await expect(operationOf().singleShot?.({ data: randomBytes(33), iv, aad: undefined }, call)).rejects.toMatchObject(refused);
    const parts = operationOf();
    await parts.init(iv, call);
    await parts.update(randomBytes(32), call);
    await expect(parts.update(randomBytes(1), call)).rejects.toMatchObject(refused);
    parts.close();
    key.release();
  });

  it.each([128, 192, 256])('of %i bits with GCM', async (bits) => {
    const value = randomBytes(bits / 8);
    const key = await importKey(provider, `AES-${bits}`, 'raw', value);
    const iv = randomBytes(12);
    const seal = operation(provider, `AES-${bits}-GCM`, { key, kind: 'aead', direction: 'encrypt' });
    const sealed = await seal.singleShot?.({ data, iv, aad: Buffer.from('aad') }, call);
    const open = createDecipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', value, iv).setAAD(Buffer.from('aad'));
    open.setAuthTag(sealed?.tag ?? Buffer.alloc(16));
    expect(Buffer.concat([open.update(sealed?.data ?? Buffer.alloc(0)), open.final()])).toEqual(data);
    key.release();
  });

  it('without padding takes whole blocks only, and none as well', async () => {
    const key = await generate(provider, 'AES-128');
    const part = data.subarray(0, 17);
    for (const [name, iv] of [
      ['AES-128-ECB', undefined],
      ['AES-128-CBC', randomBytes(16)],
    ] as const) {
      const more = { key, parameters: { padding: 'none' } };
      await expect(run(name, { ...more, direction: 'encrypt' }, part, iv)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'data',
      });
      await expect(run(name, { ...more, direction: 'decrypt' }, part, iv)).rejects.toMatchObject({ code: 'OPERATION_FAILED' });
      expect(await run(name, { ...more, direction: 'encrypt' }, Buffer.alloc(0), iv)).toHaveLength(0);
    }
    key.release();
  });

  it('in ECB is offered without padding only, and modes that the token does not list are not', () => {
    const ecb = operationRow('AES-256-ECB');
    expect(provider.supports(ecb, 'cipher', { padding: 'pkcs7' }, 0)).toMatch(/padding "none"/);
    expect(provider.supports(ecb, 'cipher', { padding: 'none' }, 0)).toBe(true);
    for (const name of ['AES-128-CFB', 'AES-128-OFB', 'AES-128-XTS', 'AES-128-CCM', 'ChaCha20-Poly1305', 'GMAC', 'KMAC-128']) {
      const row = operationRow(name);
      const [kind = 'cipher'] = row.kinds;
      expect(provider.supports(row, kind, {}, 16), name).toEqual(expect.any(String));
    }
  });
});

describe('ECDSA', () => {
  it.each(curveNames)('on %s with every hash, both ways, in both forms', async (curve) => {
    const name = `ECDSA-${curve.replace('P-', 'P')}`;
    const key = await generate(provider, name);
    const publicKey = await spki(key);
    expect(publicKey.asymmetricKeyDetails?.namedCurve).toBe(curves[curve].openSsl);
    for (const hash of hashNames) {
      const digest = digestNames[hash];
      if (hash === 'SHA-1') continue;
      const p1363 = await run(`${name}-${hash}`, { key, kind: 'sign' }, data, undefined, false);
      expect(p1363).toHaveLength(2 * curves[curve].size);
      expect(verifyWithNode(digest, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, p1363), hash).toBe(true);
      expect(await verify(`${name}-${hash}`, { key }, data, p1363), hash).toBe(true);
      expect(await verify(`${name}-${hash}`, { key }, data.subarray(1), p1363), hash).toBe(false);
    }
    const der = await run(`${name}-SHA-256`, { key, kind: 'sign', parameters: { signatureFormat: 'der' } }, data, undefined, false);
    expect(verifyWithNode('sha256', data, publicKey, der)).toBe(true);
    key.release();
    const pair = generateKeyPairSync('ec', { namedCurve: curves[curve].openSsl });
    const imported = await importKey(provider, name, 'der', pair.publicKey.export({ format: 'der', type: 'spki' }));
    for (const hash of ['sha1', 'sha512'] as const) {
      const signature = signWithNode(hash, data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
      expect(await verify(`${name}-${hash}`, { key: imported }, data, signature)).toBe(true);
    }
    imported.release();
  });

  it('of a digest that is ready', async () => {
    const key = await generate(provider, 'ECDSA-P256');
    const digest = createHash('sha256').update(data).digest();
    const more = { key, parameters: { prehashed: true } };
    const signature = await run('ECDSA-P256-SHA-256', { ...more, kind: 'sign' }, digest, undefined, false);
    expect(await verify('ECDSA-P256-SHA-256', { key }, data, signature)).toBe(true);
    expect(await verify('ECDSA-P256-SHA-256', more, digest, signature)).toBe(true);
    for (const wrong of [digest.subarray(1), Buffer.concat([digest, digest])]) {
      await expect(run('ECDSA-P256-SHA-256', { ...more, kind: 'sign' }, wrong, undefined, false)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'data',
      });
    }
    key.release();
  });
});

describe('EdDSA', () => {
  it.each([
    ['Ed25519', 64, 256],
    ['Ed448', 114, 456],
  ] as const)('%s, both ways', async (name, size, keyLength) => {
    const key = await generate(provider, name);
    expect(key).toMatchObject({ half: 'private', keyLength });
    const publicKey = await spki(key);
    for (const message of [Buffer.alloc(0), data, randomBytes(20_000)]) {
      const signature = await run(name, { key, kind: 'sign' }, message);
      expect(signature).toHaveLength(size);
      expect(verifyWithNode(null, message, publicKey, signature)).toBe(true);
      expect(await verify(name, { key }, message, signature)).toBe(true);
    }
    const signature = await run(name, { key, kind: 'sign' }, data);
    signature[3] = (signature[3] ?? 0) ^ 1;
    for (const wrong of [signature, signature.subarray(1), Buffer.alloc(0)]) expect(await verify(name, { key }, data, wrong)).toBe(false);
    key.release();
    const pair = generateKeyPairSync(name === 'Ed25519' ? 'ed25519' : ('ed448' as 'ed25519'));
    const imported = await importKey(provider, name, 'der', pair.privateKey.export({ format: 'der', type: 'pkcs8' }), p.sign | p.export);
    expect(await run(name, { key: imported, kind: 'sign' }, data)).toEqual(signWithNode(null, data, pair.privateKey));
    expect(Buffer.from(await provider.keys.exportSecret(imported, call))).toEqual(pair.privateKey.export({ format: 'der', type: 'pkcs8' }));
    expect((await spki(imported)).equals(pair.publicKey)).toBe(true);
    imported.release();
  });

  it('gathers its message, and takes no context', async () => {
    const key = await generate(provider, 'Ed448');
    expect(operation(provider, 'Ed448', { key, kind: 'sign' }).gathersData).toBe(true);
    expect(provider.supports(operationRow('Ed448'), 'sign', { context: Buffer.from('x') }, 0)).toMatch(/context/);
    expect(provider.supports(operationRow('Ed448'), 'sign', { context: Buffer.alloc(0) }, 0)).toBe(true);
    key.release();
  });
});

describe('RSA', () => {
  let key: ProviderKey;
  let publicKey: KeyObject;
  beforeAll(async () => {
    key = await generate(provider, 'RSA-2048');
    publicKey = await spki(key);
  });
  afterAll(() => key.release());

  it.each(hashNames.filter((hash) => hash !== 'SHA-1'))('PKCS#1 signatures with %s', async (hash) => {
    const signature = await run(`RSA-PKCS1-${hash}`, { key, kind: 'sign' }, data);
    expect(verifyWithNode(digestNames[hash], data, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature)).toBe(true);
    expect(await verify(`RSA-PKCS1-${hash}`, { key }, data, signature)).toBe(true);
    expect(await verify(`RSA-PKCS1-${hash}`, { key }, data.subarray(1), signature)).toBe(false);
    const digest = createHash(digestNames[hash]).update(data).digest();
    expect(await run(`RSA-PKCS1-${hash}`, { key, kind: 'sign', parameters: { prehashed: true } }, digest)).toEqual(signature);
  });

  it.each(onToken.filter((hash) => hash !== 'SHA-1'))('PSS signatures with %s', async (hash) => {
    for (const saltLength of [0, hashSizes[hash]]) {
      const parameters = { saltLength };
      const signature = await run(`RSA-PSS-${hash}`, { key, kind: 'sign', parameters }, data, undefined, false);
      const options = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
      expect(verifyWithNode(digestNames[hash], data, options, signature)).toBe(true);
      expect(await verify(`RSA-PSS-${hash}`, { key, parameters }, data, signature)).toBe(true);
      expect(await verify(`RSA-PSS-${hash}`, { key, parameters }, data.subarray(1), signature)).toBe(false);
    }
  });

  it('signatures with SHA-1 are checked, and not made', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const imported = await importKey(provider, 'RSA-2048', 'der', pair.publicKey.export({ format: 'der', type: 'spki' }));
    const pss = signWithNode('sha1', data, { key: pair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 });
    expect(await verify('RSA-PSS-SHA-1', { key: imported }, data, pss)).toBe(true);
    expect(await verify('RSA-PKCS1-SHA-1', { key: imported }, data, signWithNode('sha1', data, pair.privateKey))).toBe(true);
    expect(provider.supports(operationRow('RSA-PSS-SHA-1'), 'sign', {}, 0)).toMatch(/does not run in a sign context/);
    imported.release();
  });

  it('OAEP with SHA-1, both ways, up to the longest message', async () => {
    for (const size of [0, 1, 214]) {
      const plain = randomBytes(size);
      const sealed = await run('RSA-OAEP-SHA-1', { key, direction: 'encrypt' }, plain, undefined, false);
      expect(await run('RSA-OAEP-SHA-1', { key, direction: 'decrypt' }, sealed)).toEqual(plain);
      const theirs = publicEncrypt({ key: publicKey, oaepHash: 'sha1', padding: constants.RSA_PKCS1_OAEP_PADDING }, plain);
      expect(await run('RSA-OAEP-SHA-1', { key, direction: 'decrypt' }, theirs)).toEqual(plain);
    }
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const imported = await importKey(provider, 'RSA-2048', 'der', pair.publicKey.export({ format: 'der', type: 'spki' }));
    const sealed = await run('RSA-OAEP-SHA-1', { key: imported, direction: 'encrypt' }, Buffer.from('x'), undefined, false);
    expect(privateDecrypt({ key: pair.privateKey, oaepHash: 'sha1', padding: constants.RSA_PKCS1_OAEP_PADDING }, sealed).toString()).toBe(
      'x',
    );
    imported.release();
    await expect(run('RSA-OAEP-SHA-1', { key, direction: 'encrypt' }, randomBytes(215))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'data',
    });
  });

  it('PKCS#1 encryption, both ways', async () => {
    for (const size of [0, 1, 245]) {
      const plain = randomBytes(size);
      const sealed = await run('RSA-PKCS1', { key, direction: 'encrypt' }, plain, undefined, false);
      expect(await run('RSA-PKCS1', { key, direction: 'decrypt' }, sealed)).toEqual(plain);
    }
    await expect(run('RSA-PKCS1', { key, direction: 'encrypt' }, randomBytes(246))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it.each(['RSA-OAEP-SHA-1', 'RSA-PKCS1'])('%s refuses in one way whatever can not be decrypted', async (name) => {
    const sealed = await run(name, { key, direction: 'encrypt' }, Buffer.from('x'), undefined, false);
    const changed = Buffer.from(sealed);
    changed[100] = (changed[100] ?? 0) ^ 1;
    for (const wrong of [changed, sealed.subarray(1), Buffer.alloc(256), Buffer.alloc(256, 0xff), Buffer.alloc(0)]) {
      const decrypt = operation(provider, name, { key, direction: 'decrypt' });
      await expect(decrypt.singleShot?.({ data: wrong, iv: undefined, aad: undefined }, call)).rejects.toMatchObject({
        code: 'OPERATION_FAILED',
        message: decryptionRefused,
      });
    }
  });

  it('parameters that the token does not take are told before anything is tried', () => {
    const oaep = (hash: HashName, parameters: OperationSpec['parameters']) =>
      provider.supports(operationRow(`RSA-OAEP-${hash}`), 'cipher', parameters, 0);
    expect(oaep('SHA-1', {})).toBe(true);
    expect(oaep('SHA-1', { mgfHash: 'SHA-1', label: Buffer.alloc(0) })).toBe(true);
    expect(oaep('SHA-256', {})).toMatch(/no OAEP with SHA-256/);
    expect(oaep('SHA-1', { mgfHash: 'SHA-256' })).toMatch(/MGF1/);
    expect(oaep('SHA-1', { label: Buffer.from('l') })).toMatch(/label/);
    const pss = (hash: HashName, parameters: OperationSpec['parameters']) =>
      provider.supports(operationRow(`RSA-PSS-${hash}`), 'sign', parameters, 0);
    expect(pss('SHA-256', { mgfHash: 'SHA-256' })).toBe(true);
    expect(pss('SHA-256', { mgfHash: 'SHA-1' })).toMatch(/MGF1/);
    expect(pss('SHA3-256', {})).toMatch(/no RSA-PSS/);
  });
});
