/** The host's parts on a real token, in this process: what can't be seen from outside a host. */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import pkcs11 from 'pkcs11js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createToken, type DisposableToken } from '../../../../softhsm/index.js';
import {
  type AlgorithmRow,
  algorithmTable,
  isSecretKey,
  type KeyRow,
  kdfAlgorithm,
  wrapAlgorithm,
} from '../../../../src/core/algorithms.js';
import { fittingPermissions, type KeyHalf, KeyOperationPermission as p } from '../../../../src/core/permissions.js';
import { algorithmNumber, keyFormatNumbers } from '../../../../src/providers/hosting/host-enumerations.js';
import { supportsKey } from '../../../../src/providers/pkcs11/capabilities.js';
import { fullTemplate, permissionsOf } from '../../../../src/providers/pkcs11/host/attributes.js';
import { HostContext } from '../../../../src/providers/pkcs11/host/host-context.js';
import { HostKeys } from '../../../../src/providers/pkcs11/host/keys.js';
import { finalise, loadModule, type Module } from '../../../../src/providers/pkcs11/host/module.js';
import { openToken } from '../../../../src/providers/pkcs11/host/token.js';
import { parseTokenUri } from '../../../../src/providers/pkcs11/pkcs11-uri.js';
import { softHsm2 } from '../../../../src/providers/pkcs11/quirks/softhsm2.js';
import type { TokenFacts } from '../../../../src/providers/pkcs11/token-link.js';
import { heldPermissions } from '../../../../src/providers/pkcs11/uses.js';
import { keyRow } from '../token-provider.js';

let token: DisposableToken;
let module: Module;
let context: HostContext;
let keys: HostKeys;
let number = 0;

beforeAll(async () => {
  token = await createToken();
  process.env.SOFTHSM2_CONF = token.configPath;
  module = loadModule(token.modulePath);
  const pinDescriptor = openSync(token.pinFile, 'r');
  const opened = await openToken(module, { modulePath: token.modulePath, selector: parseTokenUri(token.uri, 'token'), pinDescriptor });
  closeSync(pinDescriptor);
  if (opened.state !== 'ready') throw new Error('the token is not open');
  context = new HostContext(opened.token, 4);
  keys = new HostKeys(context);
});
afterAll(async () => {
  finalise(module);
  await token.remove();
});
beforeEach(() => {
  for (const owner of [1, 2]) keys.closeOwner(owner);
});

const objectsOnToken = (): number => context.objects.find({}).length;
async function generate(name: string, owner: number, permissions: number = p.all): Promise<number> {
  number += 1;
  const algorithm = algorithmNumber(keyRow(name));
  await keys.generate({ key: number, owner, algorithm, permissions, publicPermissions: permissions });
  return number;
}

describe('objects of ephemeral keys', () => {
  it('are gone from the token when their owner ends, and only then', async () => {
    for (const name of ['AES-256', 'HMAC-SHA-256', 'ECDSA-P256']) await generate(name, 1);
    const other = await generate('ECDSA-P256', 2);
    expect(objectsOnToken()).toBe(6);
    expect(context.owners.size).toBe(2);
    keys.closeOwner(1);
    expect(objectsOnToken()).toBe(2);
    expect(context.keys.size).toBe(1);
    keys.release(other);
    expect(objectsOnToken()).toBe(0);
    expect(context.owners.size).toBe(1);
  });

  it('are gone when their key is released, the shared public one with the last that uses it', async () => {
    const pair = await generate('ECDSA-P256', 1);
    number += 1;
    const half = number;
    keys.publicHalf({ key: pair, publicKey: half });
    keys.release(pair);
    expect(objectsOnToken()).toBe(1);
    keys.release(half);
    expect(objectsOnToken()).toBe(0);
    keys.release(half);
  });

  it('do not outlive an owner that ends while they are made', async () => {
    // The slow kind first: they are made in turn, so that none is done before the owner ends.
    const works = Array.from({ length: 8 }, (_, i) => generate(i % 2 === 0 ? 'RSA-2048' : 'ECDSA-P256', 1));
    await new Promise((resolve) => setImmediate(resolve));
    keys.closeOwner(1);
    const results = await Promise.allSettled(works);
    expect(results.every((result) => result.status === 'rejected' && (result.reason as { code: string }).code === 'SESSION_EXPIRED')).toBe(
      true,
    );
    expect(objectsOnToken()).toBe(0);
    expect(context.owners.size).toBe(0);
    expect(context.keys.size).toBe(0);
  });

  it('are not left behind by an import that fails', async () => {
    number += 1;
    const request = {
      key: number,
      owner: 1,
      permissions: p.mac,
      publicPermissions: 0,
      algorithm: algorithmNumber(keyRow('HMAC-SHA-256')),
      format: 1,
      checked: 0,
    };
    expect(() => keys.import({ ...request, keyData: Buffer.alloc(16, 1) })).toThrowError(
      expect.objectContaining({ code: 'ALGORITHM_MISMATCH' }),
    );
    expect(objectsOnToken()).toBe(0);
  });
});

describe('permissions as attributes', () => {
  // RSA keys differ in their length alone, and long ones take their time.
  const rows = algorithmTable.filter((row): row is KeyRow => row.family === 'key' && supportsKey(row, facts(), 2048) === true);
  const halves = (row: KeyRow): readonly KeyHalf[] => (isSecretKey(row) ? ['secret'] : ['private', 'public']);

  /** What SoftHSM2 lists, as far as its keys go; the table is made before the token is open. */
  function facts(): TokenFacts {
    const identity = { manufacturer: 'SoftHSM project', model: 'SoftHSM v2', label: '', serial: '' };
    const made = [0x0000, 0x0350, 0x1040, 0x1055, 0x1080];
    const hmacs = [0x0221, 0x0256, 0x0251, 0x0261, 0x0271];
    const mechanisms = new Map([...made, ...hmacs].map((type) => [type, { type, minKeySize: 0, maxKeySize: 0, flags: 0xffffffff }]));
    return { identity, library: '', mechanisms };
  }

  it('are tried for every kind of key that the token holds', () => {
    expect(rows.map((row) => row.keyType)).toEqual(expect.arrayContaining(['aes', 'hmac', 'secret', 'rsa', 'ec', 'edwards', 'montgomery']));
  });

  it.each(rows.map((row) => [row.name, row] as const))('of %s are read back as they were asked for, one by one', async (_name, row) => {
    for (let bit = 1; bit <= p.export; bit <<= 1) {
      const key = context.keys.get(await generate(row.name, 1, bit));
      for (const half of halves(row)) {
        const object = half === 'public' ? key.public?.handle : key.secret;
        if (object === undefined) throw new Error(`no ${half} object`);
        const found = permissionsOf(context.objects, object, half, row.keyType);
        const held = bit & heldPermissions(half, row.keyType);
        // Agreement and derivation are one attribute: each is read back as what both may be.
        const expected = (held & (p.agree | p.derive)) === 0 ? held : (p.agree | p.derive) & fittingPermissions(row.keyType);
        expect(found, `${row.name} ${half} 0x${bit.toString(16)}`).toBe(expected);
      }
      keys.closeOwner(1);
    }
  });

  it('always tell every use, so that no default of a token counts', () => {
    expect(fullTemplate('secret', 'aes', p.encrypt, undefined)).toEqual({
      TOKEN: false,
      PRIVATE: true,
      ENCRYPT: true,
      DECRYPT: false,
      WRAP: false,
      UNWRAP: false,
      SIGN: false,
      VERIFY: false,
      DERIVE: false,
      SENSITIVE: true,
      EXTRACTABLE: false,
      MODIFIABLE: true,
    });
    expect(Object.keys(fullTemplate('private', 'ec', p.sign, { label: 'a', id: Uint8Array.of(1) })).at(-1)).toBe('MODIFIABLE');
  });

  it('never send a bit to the token that does not fit the type', () => {
    expect(Object.values(fullTemplate('private', 'ec', p.all, undefined)).filter((value) => value === true)).toHaveLength(5);
    expect(fullTemplate('private', 'ec', p.all, undefined)).toMatchObject({ DECRYPT: false, UNWRAP: false, SIGN: true, DERIVE: true });
  });
});

/** A token that unwraps by itself; SoftHSM2 does that well for RSA and for named curves. */
describe('keys that are unwrapped inside the token', () => {
  const kek = randomBytes(32);
  const wrap = (plain: Uint8Array): Buffer => {
    const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  };
  const fields = { iv: new Uint8Array(0), aad: new Uint8Array(0), mgfHash: 0, label: new Uint8Array(0) };
  let inside: HostContext;
  let insideKeys: HostKeys;
  let wrapping: number;
  beforeEach(async () => {
    inside = new HostContext(context.token, 4, { ...softHsm2, wrapping: 'inside' });
    insideKeys = new HostKeys(inside);
    wrapping = ++number;
    const source = { format: keyFormatNumbers.number('raw', 'format'), keyData: kek, checked: 0 };
    const algorithm = algorithmNumber(keyRow('AES-256'));
    await insideKeys.import({ ...source, key: wrapping, owner: 3, algorithm, permissions: p.wrap | p.unwrap, publicPermissions: 0 });
  });
  afterEach(() => insideKeys.closeOwner(3));

  const kwp = () => algorithmNumber(wrapAlgorithm('AES-KWP') as AlgorithmRow);
  async function unwrap(name: string, plain: Uint8Array, permissions: number): Promise<number> {
    number += 1;
    const request = { ...fields, wrappingKey: wrapping, wrapping: kwp(), owner: 3, key: number, wrapped: wrap(plain) };
    const grants = { permissions, publicPermissions: permissions };
    await insideKeys.unwrap({ ...request, ...grants, algorithm: algorithmNumber(keyRow(name)) });
    return number;
  }
  const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });

  it('of RSA have their template and their public half', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = inside.keys.get(await unwrap('RSA-2048', pkcs8(pair.privateKey), p.sign | p.verify));
    expect(key.facts).toMatchObject({ half: 'private', keyLength: 2048 });
    const { objects } = inside;
    const secret = key.secret as pkcs11.Handle;
    expect(permissionsOf(objects, secret, 'private', 'rsa')).toBe(p.sign);
    expect([objects.isTrue(secret, 'SENSITIVE'), objects.isTrue(secret, 'EXTRACTABLE')]).toEqual([true, false]);
    expect(permissionsOf(objects, key.public?.handle as pkcs11.Handle, 'public', 'rsa')).toBe(p.verify);
    const spki = createPublicKey({ key: Buffer.from(insideKeys.exportPublic(number)), format: 'der', type: 'spki' });
    expect(spki.equals(pair.publicKey)).toBe(true);
  });

  it('of elliptic curves say that they have no public half', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = await unwrap('ECDSA-P256', pkcs8(pair.privateKey), p.sign | p.verify);
    expect(inside.keys.get(key).facts).toMatchObject({ half: 'private', curve: 'P-256' });
    expect(() => insideKeys.exportPublic(key)).toThrowError(expect.objectContaining({ code: 'UNSUPPORTED_OPERATION' }));
  });

  it('of another kind, and of a length that the token does not tell, are refused and leave nothing', async () => {
    const objects = objectsOnToken();
    const p384 = pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey);
    const rsa = pkcs8(generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey);
    for (const [name, plain] of [
      ['ECDSA-P256', p384],
      ['RSA-2048', rsa],
      ['RSA-2048', p384],
      ['AES-256', randomBytes(32)],
    ] as const) {
      await expect(unwrap(name, plain, p.sign), name).rejects.toMatchObject({ code: 'WRAP_UNWRAP_FAILED', field: 'wrappedData' });
    }
    expect(objectsOnToken()).toBe(objects);
  });

  it('are wrapped as they are, without passing the host', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await unwrap('RSA-2048', pkcs8(pair.privateKey), p.sign | p.export);
    const { data } = await insideKeys.wrap({ ...fields, wrappingKey: wrapping, wrapping: kwp(), key });
    const decipher = createDecipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
    const plain = Buffer.concat([decipher.update(data), decipher.final()]);
    expect(createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }).equals(pair.privateKey)).toBe(true);
  });
});

describe('work with keys in between', () => {
  it('leaves no object on the token but the key that was asked for', async () => {
    const source = { format: keyFormatNumbers.number('raw', 'format'), checked: 0, owner: 1, publicPermissions: 0 };
    const aes = algorithmNumber(keyRow('AES-256'));
    const kek = ++number;
    await keys.import({ ...source, key: kek, algorithm: aes, keyData: randomBytes(32), permissions: p.wrap | p.unwrap });
    const rsa = await generate('RSA-2048', 1, p.wrap | p.unwrap);
    const pair = await generate('ECDSA-P256', 1, p.sign | p.agree | p.export);
    const before = objectsOnToken();
    const wrapping = { iv: new Uint8Array(0), aad: new Uint8Array(0), mgfHash: 0, label: new Uint8Array(0) };
    for (const [wrappingKey, name] of [
      [kek, 'AES-KWP'],
      [rsa, 'RSA-OAEP-SHA-1'],
      [rsa, 'RSA-AES-KWP-SHA-1'],
    ] as const) {
      const method = { ...wrapping, wrappingKey, wrapping: algorithmNumber(wrapAlgorithm(name) as AlgorithmRow) };
      const { data } = await keys.wrap({ ...method, key: pair });
      expect(objectsOnToken(), name).toBe(before);
      const made = ++number;
      const request = { ...method, owner: 1, key: made, wrapped: Uint8Array.from(data), algorithm: algorithmNumber(keyRow('ECDSA-P256')) };
      await keys.unwrap({ ...request, permissions: p.sign, publicPermissions: p.verify });
      expect(objectsOnToken(), name).toBe(before + 2);
      keys.release(made);
      await expect(
        (async () =>
          keys.unwrap({ ...request, key: ++number, wrapped: randomBytes(data.length), permissions: p.sign, publicPermissions: 0 }))(),
      ).rejects.toMatchObject({ code: 'WRAP_UNWRAP_FAILED' });
      expect(objectsOnToken(), name).toBe(before);
    }
    const peer = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' });
    const kdf = { kdf: algorithmNumber(kdfAlgorithm('HKDF-SHA-256') as AlgorithmRow), kdfParameters: [] };
    const agreement = { owner: 1, key: ++number, privateKey: pair, peer, peerFormat: keyFormatNumbers.number('der', 'format'), ...kdf };
    await keys.agree({ ...agreement, algorithm: aes, keyLength: 256, permissions: p.encrypt });
    expect(objectsOnToken()).toBe(before + 1);
  });
});

describe('numbers that the daemon gives', () => {
  it('of keys that are gone or of the wrong kind are refused', async () => {
    const key = await generate('AES-256', 1);
    expect(() => context.keys.get(999_999)).toThrowError(expect.objectContaining({ code: 'SESSION_EXPIRED' }));
    expect(() => context.keys.private(key)).toThrowError(expect.objectContaining({ code: 'INCOMPATIBLE_KEY_TYPE' }));
    expect(() => context.keys.public(key)).toThrowError(expect.objectContaining({ code: 'INCOMPATIBLE_KEY_TYPE' }));
    expect(() => context.storedObjects({ label: '', hasLabel: 0, id: new Uint8Array(0), hasId: 0 })).toThrowError(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});

describe('the module', () => {
  it('binds its own libcrypto, not the one inside node', async () => {
    expect(pkcs11.CKF_OS_LOCKING_OK).toBe(2);
    // Two threads at once on one session each: the flag that makes this safe was passed.
    const works = Array.from({ length: 64 }, () =>
      context.pool.use((session) => module.C_DigestAsync(start(session), Buffer.from('abc'), Buffer.alloc(32))),
    );
    const digests = await Promise.all(works);
    expect(new Set(digests.map((digest) => digest.toString('hex'))).size).toBe(1);
  });

  function start(session: Buffer): Buffer {
    module.C_DigestInit(session, { mechanism: pkcs11.CKM_SHA256 });
    return session;
  }
});
