/** Keys made from others and carried by others on a real token, against node:crypto. */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  verify as verifyWithNode,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agreementAlgorithm,
  curveNames,
  type KeyOperationRow,
  kdfAlgorithm,
  kemAlgorithm,
  wrapAlgorithm,
} from '../../../src/core/algorithms.js';
import { fittingPermissions, KeyOperationPermission as p } from '../../../src/core/permissions.js';
import type { KeyFormat, KeyMaking, ParameterValues, ProviderKey, WrapSpec } from '../../../src/providers/contract.js';
import { curves } from '../../../src/providers/key-encoding/curves.js';
import { importMaterial } from '../../../src/providers/key-encoding/import-material.js';
import type { Pkcs11Provider } from '../../../src/providers/pkcs11/provider.js';
import {
  type Bench,
  eventually,
  exportable,
  generate,
  importKey,
  keyRow,
  openBench,
  operation,
  owner,
  slotSpec,
  TestCall,
} from './token-provider.js';

let bench: Bench;
let provider: Pkcs11Provider;
const call = new TestCall();
beforeAll(async () => {
  bench = await openBench();
  provider = bench.provider;
});
afterAll(() => bench.close());

function found<R>(row: R | undefined): R {
  if (row === undefined) throw new Error('no such row');
  return row;
}
const salt = Buffer.from('salt');
const kdf = { algorithm: found(kdfAlgorithm('HKDF-SHA-256')), parameters: { salt, label: Buffer.from('info') } };
const derived = (secret: Uint8Array, size: number): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, 'info', size));

async function make(
  name: string,
  making: KeyMaking,
  more: { keyLength?: number; permissions?: number; owner?: number } = {},
): Promise<ProviderKey> {
  const algorithm = keyRow(name);
  const permissions = more.permissions ?? fittingPermissions(algorithm.keyType) | exportable;
  const keyLength = more.keyLength ?? algorithm.keyLength;
  return provider.keys.make({ algorithm, keyLength, permissions, publicPermissions: permissions, making }, more.owner ?? owner, call);
}
function agree(key: ProviderKey, agreement: string, peer: Uint8Array, peerFormat: KeyFormat = 'der'): KeyMaking {
  return { from: 'agree', key, agreement: found(agreementAlgorithm(agreement)), peer, peerFormat, kdf };
}
const spkiOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
const pkcs8Of = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });
async function publicOf(key: ProviderKey): Promise<KeyObject> {
  return createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
}
async function bytesOf(key: ProviderKey): Promise<Buffer> {
  return Buffer.from(await provider.keys.exportSecret(key, call));
}

const okpTypes = { X25519: 'x25519', X448: 'x448', Ed25519: 'ed25519', Ed448: 'ed448' } as const;
function pairOf(name: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const { keyType, curve, keyLength } = keyRow(name);
  if (keyType === 'rsa') return generateKeyPairSync('rsa', { modulusLength: keyLength });
  if (curve !== undefined) return generateKeyPairSync('ec', { namedCurve: curves[curve].openSsl });
  return generateKeyPairSync(okpTypes[name as keyof typeof okpTypes] as 'x25519');
}
const agreements = [...curveNames.map((curve) => `ECDH-${curve.replace('P-', 'P')}`), 'X25519', 'X448'];

describe('agreement', () => {
  it.each(agreements)('%s with keys that the token makes and keys that it is given', async (name) => {
    expect(provider.supportsKeyOperation(found(agreementAlgorithm(name)), {})).toBe(true);
    const peer = pairOf(name);
    const key = await generate(provider, name);
    const secret = diffieHellman({ privateKey: peer.privateKey, publicKey: await publicOf(key) });
    const made = await make('AES-256', agree(key, name, spkiOf(peer.publicKey)));
    expect(made).toMatchObject({ half: 'secret', keyLength: 256, algorithm: keyRow('AES-256') });
    expect(await bytesOf(made)).toEqual(derived(secret, 32));
    made.release();
    key.release();

    const mine = pairOf(name);
    const imported = await importKey(provider, name, 'der', pkcs8Of(mine.privateKey));
    const again = await make('HMAC-SHA-256', agree(imported, name, spkiOf(peer.publicKey)));
    expect(await bytesOf(again)).toEqual(derived(diffieHellman({ privateKey: mine.privateKey, publicKey: peer.publicKey }), 32));
    again.release();
    imported.release();
  });

  it.each(['ECDH-brainpoolP256r1', 'ECDH-brainpoolP320t1', 'ECDH-brainpoolP512r1'])('%s with points that look like DER', async (name) => {
    const key = await generate(provider, name);
    const { size } = curves[keyRow(name).curve ?? 'P-256'];
    for (let met = 0; met < 2; ) {
      const spki = spkiOf(pairOf(name).publicKey);
      if (spki[spki.length - 2 * size] !== 2 * size - 1) continue;
      met += 1;
      (await make('AES-128', agree(key, name, spki))).release();
    }
    key.release();
  });

  it('is followed by no work that would hold up the host', async () => {
    const key = await generate(provider, 'ECDH-P256');
    const agreed = agree(key, 'ECDH-P256', spkiOf(pairOf('ECDH-P256').publicKey)) as Extract<KeyMaking, { from: 'agree' }>;
    const derivedBy = (name: string, parameters: ParameterValues, keyLength: number) =>
      make('GENERIC-SECRET', { ...agreed, kdf: { algorithm: found(kdfAlgorithm(name)), parameters } }, { keyLength });
    for (const name of ['PBKDF2-SHA-256', 'scrypt', 'Argon2id']) {
      const refused = { code: 'UNSUPPORTED_ALGORITHM', field: 'kdf.kdfAlgorithm' };
      await expect(derivedBy(name, { salt, iterations: 2_000_000_000 }, 256)).rejects.toMatchObject(refused);
    }
    const long = { fixedInput: Buffer.alloc(65_536) };
    await expect(derivedBy('SP800-108-DP-HMAC-SHA-1', long, 524_288)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'kdf' });
    (await derivedBy('SP800-108-DP-HMAC-SHA-1', long, 4096)).release();
    key.release();
  });

  it('takes the peer as DER, PEM, JWK and point, and derives keys of several kinds and lengths', async () => {
    const peer = pairOf('ECDH-P256');
    const key = await generate(provider, 'ECDH-P256');
    const secret = diffieHellman({ privateKey: peer.privateKey, publicKey: await publicOf(key) });
    const forms: readonly (readonly [KeyFormat, Buffer])[] = [
      ['pem', Buffer.from(peer.publicKey.export({ format: 'pem', type: 'spki' }))],
      ['jwk', Buffer.from(JSON.stringify(peer.publicKey.export({ format: 'jwk' })))],
      ['raw', spkiOf(peer.publicKey).subarray(-65)],
    ];
    for (const [format, bytes] of forms) {
      const made = await make('AES-128', agree(key, 'ECDH-P256', bytes, format));
      expect(await bytesOf(made), format).toEqual(derived(secret, 16));
      made.release();
    }
    const long = await make('GENERIC-SECRET', agree(key, 'ECDH-P256', spkiOf(peer.publicKey)), { keyLength: 800 });
    expect(await bytesOf(long)).toEqual(derived(secret, 100));
    expect(long.keyLength).toBe(800);
    long.release();
    key.release();
  });

  it('makes keys with the permissions that were asked for, and leaves nothing else on the token', async () => {
    const key = await generate(provider, 'X25519', { owner: 50 });
    const before = provider.status().keys;
    const making = agree(key, 'X25519', spkiOf(pairOf('X25519').publicKey));
    const made = await make('AES-256', making, { permissions: p.encrypt, owner: 50 });
    await expect(provider.keys.exportSecret(made, call)).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
    const message = { data: Buffer.alloc(16), iv: randomBytes(16), aad: undefined };
    await operation(provider, 'AES-256-CBC', { key: made, direction: 'encrypt' }).singleShot?.(message, call);
    const decrypt = operation(provider, 'AES-256-CBC', { key: made, direction: 'decrypt' });
    await expect(decrypt.singleShot?.(message, call)).rejects.toMatchObject({ code: 'KEY_OPERATION_NOT_PERMITTED' });
    expect(provider.status().keys).toBe(before + 1);
    provider.closeOwner(50);
    expect(made.alive).toBe(false);
  });

  it('refuses what is no public key, and what is one of another curve or on none', async () => {
    const key = await generate(provider, 'ECDH-P256');
    const offCurve = Buffer.from(spkiOf(pairOf('ECDH-P256').publicKey));
    offCurve[90] = (offCurve[90] ?? 0) ^ 1;
    for (const [peer, code] of [
      [offCurve, 'INVALID_FORMAT'],
      [Buffer.from('no key'), 'INVALID_FORMAT'],
      [pkcs8Of(pairOf('ECDH-P256').privateKey), 'INVALID_FORMAT'],
      [spkiOf(pairOf('ECDH-P384').publicKey), 'ALGORITHM_MISMATCH'],
      [spkiOf(pairOf('X25519').publicKey), 'ALGORITHM_MISMATCH'],
    ] as const) {
      await expect(make('AES-256', agree(key, 'ECDH-P256', peer))).rejects.toMatchObject({ code, field: 'peerPublicKey' });
    }
    key.release();
  });

  it.each(['X25519', 'X448'])('%s refuses points of small order', async (name) => {
    const key = await generate(provider, name);
    const size = name === 'X25519' ? 32 : 56;
    for (const first of [0, 1]) {
      const point = Buffer.alloc(size);
      point[0] = first;
      await expect(make('AES-256', agree(key, name, point, 'raw'))).rejects.toMatchObject({ code: 'KEY_AGREEMENT_FAILED' });
    }
    key.release();
  });

  it('needs the permission on the token too', async () => {
    const key = await generate(provider, 'ECDSA-P256', { permissions: p.sign });
    await expect(make('AES-256', agree(key, 'ECDH-P256', spkiOf(pairOf('ECDH-P256').publicKey)))).rejects.toMatchObject({
      code: 'KEY_OPERATION_NOT_PERMITTED',
    });
    key.release();
  });

  it('says so when the token would not use a derived key', async () => {
    const key = await generate(provider, 'X25519');
    const making = agree(key, 'X25519', spkiOf(pairOf('X25519').publicKey));
    await expect(make('HMAC-SHA-256', making, { keyLength: 128 })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'kdf.outputKeyLength',
    });
    key.release();
  });

  it('puts a derived key into a slot as a copy', async () => {
    const key = await generate(provider, 'X25519');
    const peer = pairOf('X25519');
    const made = await make('GENERIC-SECRET', agree(key, 'X25519', spkiOf(peer.publicKey)), { permissions: p.derive | p.mac | p.export });
    const slot = slotSpec('agreed', 'GENERIC-SECRET');
    const stored = await provider.slots.store(slot, { from: 'key', key: made }, p.derive | p.export, 0, 1, call);
    expect(stored).toMatchObject({ keyLength: 256, half: 'secret', permissions: p.derive | p.export });
    const loaded = await provider.slots.load(slot, stored, call);
    expect(await bytesOf(loaded)).toEqual(derived(diffieHellman({ privateKey: peer.privateKey, publicKey: await publicOf(key) }), 32));
    for (const one of [loaded, made, key]) one.release();
    provider.slots.retire(slot, 1);
  });
});

function wrapSpec(name: string, parameters: ParameterValues = {}): WrapSpec {
  const algorithm = found(wrapAlgorithm(name));
  return { algorithm, parameters, iv: undefined, aad: Buffer.alloc(0) };
}
function unwrap(key: ProviderKey, name: string, wrapped: Uint8Array): KeyMaking {
  return { from: 'unwrap', key, wrap: wrapSpec(name), wrapped };
}
const kekUse = p.wrap | p.unwrap;
const kek = randomBytes(32);
const ivs = { wrap: Buffer.alloc(8, 0xa6), 'wrap-pad': Buffer.from('a65959a6', 'hex') };
function nodeWrap(mode: keyof typeof ivs, plain: Uint8Array, key: Uint8Array = kek): Buffer {
  const cipher = createCipheriv(`id-aes${key.length * 8}-${mode}`, key, ivs[mode]);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}
function nodeUnwrap(mode: keyof typeof ivs, wrapped: Uint8Array, key: Uint8Array = kek): Buffer {
  const decipher = createDecipheriv(`id-aes${key.length * 8}-${mode}`, key, ivs[mode]);
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}
const oneError = {
  code: 'WRAP_UNWRAP_FAILED',
  field: 'wrappedData',
  message: 'the key can not be unwrapped: wrong wrapping key, changed data or another kind of key',
};
const pairs = [
  'RSA-2048',
  'ECDSA-P256',
  'ECDH-P384',
  'ECDSA-P521',
  'ECDSA-secp256k1',
  'ECDSA-brainpoolP320r1',
  'Ed25519',
  'Ed448',
  'X25519',
  'X448',
];

describe('key wrap', () => {
  let wrapping: ProviderKey;
  beforeAll(async () => {
    wrapping = await importKey(provider, 'AES-256', 'raw', kek, kekUse);
  });
  afterAll(() => wrapping.release());

  it.each([
    ['AES-KW', 'wrap'],
    ['AES-KWP', 'wrap-pad'],
  ] as const)('%s of secret keys, both ways, with wrapping keys of every size', async (name, mode) => {
    for (const bits of [128, 192, 256]) {
      const value = randomBytes(bits / 8);
      const own = await importKey(provider, `AES-${bits}`, 'raw', value, kekUse);
      for (const [kind, size] of [
        ['AES-128', 16],
        ['AES-192', 24],
        ['AES-256', 32],
        ['HMAC-SHA-512', 64],
        ['GENERIC-SECRET', 40],
      ] as const) {
        const content = randomBytes(size);
        const key = await importKey(provider, kind, 'raw', content, fittingPermissions(keyRow(kind).keyType) | exportable);
        const wrapped = await provider.keys.wrap(key, own, wrapSpec(name), call);
        expect(Buffer.from(wrapped), kind).toEqual(nodeWrap(mode, content, value));
        key.release();
        const made = await make(kind, unwrap(own, name, nodeWrap(mode, content, value)));
        expect(made).toMatchObject({ keyLength: size * 8, half: 'secret' });
        expect(await bytesOf(made)).toEqual(content);
        made.release();
      }
      own.release();
    }
  });

  it.each(pairs)('AES-KWP of private keys of %s, both ways', async (name) => {
    const pair = pairOf(name);
    const { keyType } = keyRow(name);
    const key = await importKey(provider, name, 'der', pkcs8Of(pair.privateKey), fittingPermissions(keyType) | exportable);
    const wrapped = await provider.keys.wrap(key, wrapping, wrapSpec('AES-KWP'), call);
    const plain = nodeUnwrap('wrap-pad', wrapped);
    expect(pkcs8Of(createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }))).toEqual(pkcs8Of(pair.privateKey));
    expect(importMaterial(keyRow(name), 'der', plain).half).toBe('private');
    key.release();
    for (const given of [wrapped, nodeWrap('wrap-pad', pkcs8Of(pair.privateKey))]) {
      const made = await make(name, unwrap(wrapping, 'AES-KWP', given));
      expect(made).toMatchObject({ half: 'private', keyLength: keyRow(name).keyLength });
      expect((await publicOf(made)).equals(pair.publicKey)).toBe(true);
      expect(createPrivateKey({ key: await bytesOf(made), format: 'der', type: 'pkcs8' }).equals(pair.privateKey)).toBe(true);
      made.release();
    }
  });

  it('of keys that the token makes', async () => {
    for (const name of ['ECDSA-P256', 'Ed25519', 'RSA-2048']) {
      const key = await generate(provider, name, { permissions: fittingPermissions(keyRow(name).keyType) | exportable });
      const plain = nodeUnwrap('wrap-pad', await provider.keys.wrap(key, wrapping, wrapSpec('AES-KWP'), call));
      const privateKey = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
      expect(createPublicKey(privateKey).equals(await publicOf(key)), name).toBe(true);
      key.release();
    }
  });

  it('gives unwrapped keys the permissions that were asked for', async () => {
    const made = await make('AES-256', unwrap(wrapping, 'AES-KW', nodeWrap('wrap', randomBytes(32))), { permissions: p.decrypt });
    await expect(provider.keys.exportSecret(made, call)).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
    await expect(provider.keys.wrap(made, wrapping, wrapSpec('AES-KW'), call)).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
    const encrypt = operation(provider, 'AES-256-CBC', { key: made, direction: 'encrypt' });
    await expect(encrypt.singleShot?.({ data: Buffer.alloc(16), iv: randomBytes(16), aad: undefined }, call)).rejects.toMatchObject({
      code: 'KEY_OPERATION_NOT_PERMITTED',
    });
    made.release();
    const pair = pairOf('ECDSA-P256');
    const signer = await make('ECDSA-P256', unwrap(wrapping, 'AES-KWP', nodeWrap('wrap-pad', pkcs8Of(pair.privateKey))), {
      permissions: p.sign | p.verify,
    });
    await expect(provider.keys.exportSecret(signer, call)).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
    const message = { data: Buffer.from('x'), iv: undefined, aad: undefined };
    const signed = await operation(provider, 'ECDSA-P256', { key: signer, kind: 'sign' }).singleShot?.(message, call);
    const options = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' as const };
    expect(verifyWithNode('sha256', message.data, options, signed?.data ?? Buffer.alloc(0))).toBe(true);
    const slot = slotSpec('unwrapped', 'ECDSA-P256');
    expect(await provider.slots.store(slot, { from: 'key', key: signer }, p.sign, p.verify, 1, call)).toMatchObject({ half: 'private' });
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ half: 'private', permissions: p.sign });
    signer.release();
  });

  it.each([
    ['AES-KW', 'wrap'],
    ['AES-KWP', 'wrap-pad'],
  ] as const)('%s refuses in one way a wrong key, changed data and other content', async (name, mode) => {
    const good = nodeWrap(mode, randomBytes(32));
    const changed = Buffer.from(good);
    changed[9] = (changed[9] ?? 0) ^ 1;
    const wrongKey = nodeWrap(mode, randomBytes(32), randomBytes(32));
    for (const wrapped of [changed, wrongKey, good.subarray(8), good.subarray(1), Buffer.alloc(0), Buffer.alloc(7), randomBytes(40)]) {
      await expect(make('AES-256', unwrap(wrapping, name, wrapped)), wrapped.toString('hex')).rejects.toMatchObject(oneError);
    }
    // What was wrapped rightly, but is something else.
    for (const [kind, content] of [
      ['AES-128', randomBytes(32)],
      ['AES-256', randomBytes(24)],
      ['HMAC-SHA-256', randomBytes(16)],
      ['ECDSA-P256', randomBytes(64)],
    ] as const) {
      await expect(make(kind, unwrap(wrapping, name, nodeWrap(mode, content))), kind).rejects.toMatchObject(oneError);
    }
    if (mode === 'wrap') return;
    for (const [kind, content] of [
      ['AES-256', randomBytes(20)],
      ['ECDSA-P256', pkcs8Of(pairOf('ECDSA-P384').privateKey)],
      ['ECDSA-P256', pkcs8Of(pairOf('RSA-2048').privateKey)],
      ['ECDSA-P256', spkiOf(pairOf('ECDSA-P256').publicKey)],
      ['RSA-2048', Buffer.concat([pkcs8Of(pairOf('RSA-2048').privateKey), Buffer.alloc(3)])],
    ] as const) {
      await expect(make(kind, unwrap(wrapping, name, nodeWrap(mode, content))), kind).rejects.toMatchObject(oneError);
    }
  });

  it('never makes a longer key of one that is not in steps of 8 bytes', async () => {
    const key = await importKey(provider, 'HMAC-SHA-1', 'raw', randomBytes(20), p.mac | exportable);
    await expect(provider.keys.wrap(key, wrapping, wrapSpec('AES-KWP'), call)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'keyToWrap',
    });
    await expect(provider.keys.wrap(key, wrapping, wrapSpec('AES-KW'), call)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'wrappingAlgorithm',
    });
    key.release();
    const content = randomBytes(20);
    const made = await make('HMAC-SHA-1', unwrap(wrapping, 'AES-KWP', nodeWrap('wrap-pad', content)));
    expect(await bytesOf(made)).toEqual(content);
    made.release();
  });

  it('needs the permissions on the token too', async () => {
    const plain = await generate(provider, 'AES-256');
    const key = await generate(provider, 'AES-128', { permissions: p.encrypt | exportable });
    await expect(provider.keys.wrap(key, plain, wrapSpec('AES-KW'), call)).rejects.toMatchObject({ code: 'KEY_OPERATION_NOT_PERMITTED' });
    await expect(make('AES-256', unwrap(plain, 'AES-KW', nodeWrap('wrap', kek)))).rejects.toMatchObject({
      code: 'KEY_OPERATION_NOT_PERMITTED',
    });
    await expect(provider.keys.wrap(wrapping, wrapping, wrapSpec('AES-KW'), call)).rejects.toMatchObject({ code: 'KEY_NOT_EXPORTABLE' });
    for (const one of [plain, key]) one.release();
  });
});

describe('wrapping with RSA', () => {
  let wrapping: ProviderKey;
  let publicKey: KeyObject;
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const oaep = { oaepHash: 'sha1', padding: constants.RSA_PKCS1_OAEP_PADDING };
  beforeAll(async () => {
    wrapping = await importKey(provider, 'RSA-2048', 'der', pkcs8Of(pair.privateKey), kekUse);
    publicKey = await publicOf(wrapping);
  });
  afterAll(() => wrapping.release());

  it('RSA-OAEP-SHA-1, both ways', async () => {
    for (const [kind, size] of [
      ['AES-256', 32],
      ['HMAC-SHA-1', 20],
      ['GENERIC-SECRET', 214],
    ] as const) {
      const content = randomBytes(size);
      const key = await importKey(provider, kind, 'raw', content, fittingPermissions(keyRow(kind).keyType) | exportable);
      const wrapped = await provider.keys.wrap(key, wrapping, wrapSpec('RSA-OAEP-SHA-1'), call);
      expect(privateDecrypt({ key: pair.privateKey, ...oaep }, wrapped)).toEqual(content);
      key.release();
      const made = await make(kind, unwrap(wrapping, 'RSA-OAEP-SHA-1', publicEncrypt({ key: publicKey, ...oaep }, content)));
      expect(await bytesOf(made)).toEqual(content);
      made.release();
    }
  });

  it('RSA-OAEP-SHA-1 of private keys, as far as there is room', async () => {
    const small = await generate(provider, 'ECDSA-P256', { permissions: p.sign | p.verify | exportable });
    const wrapped = await provider.keys.wrap(small, wrapping, wrapSpec('RSA-OAEP-SHA-1'), call);
    const again = await make('ECDSA-P256', unwrap(wrapping, 'RSA-OAEP-SHA-1', wrapped));
    expect((await publicOf(again)).equals(await publicOf(small))).toBe(true);
    const big = await generate(provider, 'RSA-2048', { permissions: p.sign | exportable });
    for (const key of [big, await importKey(provider, 'GENERIC-SECRET', 'raw', randomBytes(215), exportable)]) {
      await expect(provider.keys.wrap(key, wrapping, wrapSpec('RSA-OAEP-SHA-1'), call)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'keyToWrap',
      });
      key.release();
    }
    for (const one of [small, again]) one.release();
  });

  it('RSA-AES-KWP-SHA-1 of secret and private keys, both ways', async () => {
    const ec = pairOf('ECDSA-P256');
    for (const [kind, format, content] of [
      ['AES-256', 'raw', randomBytes(32)],
      ['ECDSA-P256', 'der', pkcs8Of(ec.privateKey)],
      ['RSA-2048', 'der', pkcs8Of(pair.privateKey)],
    ] as const) {
      const key = await importKey(provider, kind, format, content, fittingPermissions(keyRow(kind).keyType) | exportable);
      const wrapped = Buffer.from(await provider.keys.wrap(key, wrapping, wrapSpec('RSA-AES-KWP-SHA-1'), call));
      const inner = privateDecrypt({ key: pair.privateKey, ...oaep }, wrapped.subarray(0, 256));
      expect(inner).toHaveLength(32);
      const plain = nodeUnwrap('wrap-pad', wrapped.subarray(256), inner);
      const expected = format === 'raw' ? plain : pkcs8Of(createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }));
      expect(expected).toEqual(content);
      key.release();
      for (const size of [16, 32]) {
        const between = randomBytes(size);
        const theirs = Buffer.concat([publicEncrypt({ key: publicKey, ...oaep }, between), nodeWrap('wrap-pad', content, between)]);
        const made = await make(kind, unwrap(wrapping, 'RSA-AES-KWP-SHA-1', theirs));
        expect(made.half).toBe(format === 'raw' ? 'secret' : 'private');
        if (format === 'raw') expect(await bytesOf(made)).toEqual(content);
        made.release();
      }
      const changed = Buffer.from(wrapped);
      changed[260] = (changed[260] ?? 0) ^ 1;
      for (const wrong of [changed, wrapped.subarray(0, 256), wrapped.subarray(1), Buffer.alloc(300)]) {
        await expect(make(kind, unwrap(wrapping, 'RSA-AES-KWP-SHA-1', wrong))).rejects.toMatchObject(oneError);
      }
    }
  });

  it('refuses in one way what OAEP does not open', async () => {
    const good = publicEncrypt({ key: publicKey, ...oaep }, randomBytes(32));
    const changed = Buffer.from(good);
    changed[100] = (changed[100] ?? 0) ^ 1;
    for (const wrapped of [changed, good.subarray(1), Buffer.alloc(256), Buffer.alloc(0)]) {
      await expect(make('AES-256', unwrap(wrapping, 'RSA-OAEP-SHA-1', wrapped))).rejects.toMatchObject(oneError);
    }
    const twenty = publicEncrypt({ key: publicKey, ...oaep }, randomBytes(20));
    await expect(make('AES-256', unwrap(wrapping, 'RSA-OAEP-SHA-1', twenty))).rejects.toMatchObject(oneError);
  });
});

describe('what a token does not do', () => {
  it.each([
    ['RSA-OAEP-SHA-256', wrapAlgorithm('RSA-OAEP-SHA-256'), 'no OAEP with SHA-256'],
    ['AES-GCM', wrapAlgorithm('AES-GCM'), 'does not have AES-GCM'],
    ['ML-KEM-768', kemAlgorithm('ML-KEM-768'), 'PKCS#11 v2.40'],
    ['HKDF-SHA-256', kdfAlgorithm('HKDF-SHA-256'), 'not derived on tokens'],
  ] as const)('%s', (_name, row, reason) => {
    expect(provider.supportsKeyOperation(found<KeyOperationRow>(row), {})).toContain(reason);
  });

  it('is not done either', async () => {
    const key = await generate(provider, 'GENERIC-SECRET');
    await expect(make('AES-256', { from: 'derive', key, kdf })).rejects.toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
    key.release();
  });

  it('shows in its capabilities, with what is special about the rest', () => {
    const byName = new Map(provider.capabilities().map((capability) => [capability.algorithm, capability]));
    expect(byName.get('ECDH-P256')).toMatchObject({
      operations: ['agree', 'generate', 'import', 'export'],
      note: expect.stringContaining('host'),
    });
    expect(byName.get('X448')?.operations).toEqual(['agree', 'generate', 'import', 'export']);
    expect(byName.get('AES-KWP')).toMatchObject({ operations: ['wrap', 'unwrap'], note: expect.stringContaining('8 bytes') });
    expect(byName.get('RSA-OAEP-SHA-1')).toMatchObject({
      operations: ['encrypt', 'decrypt', 'wrap', 'unwrap'],
      note: expect.stringMatching(/no label; secret/),
    });
    expect(byName.get('RSA-PKCS1')?.note).toMatch(/^legacy/);
    for (const absent of ['AES-GCM', 'HKDF-SHA-256', 'ML-KEM-768', 'SHAKE-128', 'AES-512', 'ChaCha20', 'RSA-8192']) {
      expect(byName.has(absent), absent).toBe(false);
    }
    const wraps = [...byName.values()].filter(({ operations }) => operations.includes('wrap')).map(({ algorithm }) => algorithm);
    expect(wraps.sort()).toEqual(['AES-KW', 'AES-KWP', 'RSA-AES-KWP-SHA-1', 'RSA-OAEP-SHA-1']);
  });
});

describe('after all that', () => {
  it('no object of the work is left', async () => {
    provider.closeOwner(owner);
    await eventually('the keys are gone', () => provider.status().keys === 0);
  });
});
