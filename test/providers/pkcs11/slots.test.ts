/** Slots on a real token, looked at from outside the provider as well. */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pkcs11 from 'pkcs11js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPermissions, KeyOperationPermission as p } from '../../../src/core/permissions.js';
import type { SlotSource, SlotSpec, StoredKey } from '../../../src/providers/contract.js';
import type { Pkcs11Provider } from '../../../src/providers/pkcs11/provider.js';
import { slotId } from '../../../src/providers/pkcs11/slot-objects.js';
import { RawToken } from './raw-token.js';
import { type Bench, eventually, exportable, generate, keyRow, openBench, operation, slotSpec, TestCall } from './token-provider.js';

let bench: Bench;
let provider: Pkcs11Provider;
const call = new TestCall();
beforeEach(async () => {
  bench = await openBench();
  provider = bench.provider;
});
afterEach(() => bench.close());

const cipherUse = p.encrypt | p.decrypt;
const generated = (name: string): SlotSource => ({ from: 'generate', algorithm: keyRow(name) });

async function store(
  slot: SlotSpec,
  generation: number,
  source?: SlotSource,
  permissions?: number,
  publicPermissions?: number,
): Promise<StoredKey> {
  const usage = permissions ?? defaultPermissions(slot.algorithm);
  return await provider.slots.store(slot, source ?? generated(slot.algorithm.name), usage, publicPermissions ?? usage, generation, call);
}
async function restart(): Promise<void> {
  await provider.stop();
  provider = bench.again();
  await provider.start();
}

/** The stored objects as the token itself tells, in a module of this process. */
function look<T>(use: (raw: RawToken) => T): T {
  const raw = new RawToken(bench.token);
  try {
    return use(raw);
  } finally {
    raw.close();
  }
}
const ids = (): string[] => look((raw) => raw.find().map((object) => raw.attribute(object, pkcs11.CKA_ID).toString('hex'))).sort();
const idOf = (slot: string, generation: number): string => Buffer.from(slotId(slot, generation)).toString('hex');

describe('a slot', () => {
  it('has the name and the id of its generation on the token', async () => {
    await store(slotSpec('data key', 'AES-256'), 3);
    const hash = createHash('sha256').update('data key').digest('hex');
    expect(ids()).toEqual([`${hash.slice(0, 32)}00000003`]);
    expect(look((raw) => raw.find().map((object) => raw.attribute(object, pkcs11.CKA_LABEL).toString()))).toEqual(['data key']);
  });

  it.each([
    ['AES-256', 'secret', 256],
    ['HMAC-SHA-256', 'secret', 256],
    ['ECDSA-P256', 'private', 256],
    ['RSA-2048', 'private', 2048],
  ] as const)('holds a generated %s key over restarts', async (name, half, keyLength) => {
    const slot = slotSpec('slot', name);
    expect(await provider.slots.inspect(slot, call)).toBeUndefined();
    const stored = await store(slot, 1);
    expect(stored).toMatchObject({ generation: 1, algorithm: slot.algorithm, half, keyLength });
    expect(await provider.slots.inspect(slot, call)).toEqual(stored);
    await restart();
    expect(await provider.slots.inspect(slot, call)).toEqual(stored);
    expect(bench.log).toEqual([]);
  });

  it('is used after a restart by the key it held before', async () => {
    const slot = slotSpec('signing', 'ECDSA-P256');
    const stored = await store(slot, 1);
    const before = await provider.slots.load(slot, stored, call);
    const spki = Buffer.from(await provider.keys.exportPublic(before, call));
    await restart();
    const key = await provider.slots.load(slot, stored, call);
    const signed = await operation(provider, 'ECDSA-P256', { key, kind: 'sign' }).singleShot?.(
      { data: Buffer.from('x'), iv: undefined, aad: undefined },
      call,
    );
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify('sha256', Buffer.from('x'), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signed?.data ?? Buffer.alloc(0))).toBe(true);
    key.release();
    expect(ids()).toHaveLength(2);
  });

  it('takes imported keys, pairs and public halves alone', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = (half: 'private' | 'public'): Buffer =>
      half === 'private'
        ? pair.privateKey.export({ format: 'der', type: 'pkcs8' })
        : pair.publicKey.export({ format: 'der', type: 'spki' });
    const source = (keyData: Uint8Array): SlotSource => ({ from: 'import', algorithm: keyRow('RSA-2048'), format: 'der', keyData });
    const [whole, half] = [slotSpec('pair', 'RSA-2048'), slotSpec('half', 'RSA-2048')];
    expect(await store(whole, 1, source(der('private')))).toMatchObject({ half: 'private' });
    expect(await store(half, 1, source(der('public')))).toMatchObject({ half: 'public' });
    await restart();
    const stored = await provider.slots.inspect(half, call);
    expect(stored).toMatchObject({ half: 'public', keyLength: 2048 });
    const key = await provider.slots.load(half, stored as StoredKey, call);
    const signature = sign('sha256', Buffer.from('x'), { key: pair.privateKey, padding: 6, saltLength: 32 });
    const verifier = operation(provider, 'RSA-PSS-SHA-256', { key, kind: 'verify' });
    expect(await verifier.verifySingleShot?.({ data: Buffer.from('x'), iv: undefined, aad: undefined }, signature, call)).toEqual({
      valid: true,
    });
  });

  it('takes a copy of an ephemeral key, which goes on by itself', async () => {
    const slot = slotSpec('copy', 'AES-256');
    const key = await generate(provider, 'AES-256');
    const iv = randomBytes(16);
    const sealed = await operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' }).singleShot?.(
      { data: Buffer.from('secret'), iv, aad: undefined },
      call,
    );
    const stored = await store(slot, 1, { from: 'key', key }, p.decrypt);
    expect(stored).toMatchObject({ permissions: p.decrypt });
    expect(key.alive).toBe(true);
    key.release();
    const loaded = await provider.slots.load(slot, stored, call);
    const opened = await operation(provider, 'AES-256-CBC', { key: loaded, direction: 'decrypt' }).singleShot?.(
      { data: sealed?.data ?? Buffer.alloc(0), iv, aad: undefined },
      call,
    );
    expect(Buffer.from(opened?.data ?? []).toString()).toBe('secret');
  });

  it.each([
    'AES-128',
    'AES-192',
    'HMAC-SHA-1',
    'HMAC-SHA-512',
    'GENERIC-SECRET',
    'ECDSA-P521',
    'ECDH-P384',
    'ECDSA-secp256k1',
    'ECDSA-brainpoolP512t1',
    'Ed25519',
    'Ed448',
    'X25519',
    'X448',
  ])('holds keys of %s, generated and copied', async (name) => {
    const slot = slotSpec('kinds', name);
    const made = await store(slot, 1);
    const key = await generate(provider, name);
    const copied = await store(slot, 2, { from: 'key', key });
    expect(copied).toMatchObject({ algorithm: slot.algorithm, keyLength: slot.algorithm.keyLength, half: made.half });
    await restart();
    const stored = await provider.slots.inspect(slot, call);
    expect(stored).toEqual({ ...copied, permissions: defaultPermissions(slot.algorithm), publicPermissions: stored?.publicPermissions });
    const loaded = await provider.slots.load(slot, stored as StoredKey, call);
    expect(loaded).toMatchObject({ keyLength: slot.algorithm.keyLength, half: made.half });
    if (made.half === 'private') {
      const der = Buffer.from(await provider.keys.exportPublic(loaded, call));
      expect(createPublicKey({ key: der, format: 'der', type: 'spki' }).type).toBe('public');
    }
    loaded.release();
  });

  it('takes a copy of both halves of a pair', async () => {
    const slot = slotSpec('copied pair', 'ECDSA-P256');
    const key = await generate(provider, 'ECDSA-P256');
    await store(slot, 1, { from: 'key', key });
    await restart();
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ half: 'private' });
    expect(ids()).toEqual([idOf('copied pair', 1), idOf('copied pair', 1)]);
  });
});

describe('permissions', () => {
  /** Attributes of the one secret or private object. */
  function attributes(names: readonly string[], objectClass: number): Record<string, boolean> {
    return look((raw) => {
      const [object] = raw.find([{ type: pkcs11.CKA_CLASS, value: objectClass }]);
      if (object === undefined) throw new Error('no object');
      return Object.fromEntries(names.map((name) => [name, raw.isTrue(object, Number(pkcs11[`CKA_${name}` as keyof typeof pkcs11]))]));
    });
  }
  const secretNames = [
    'ENCRYPT',
    'DECRYPT',
    'WRAP',
    'UNWRAP',
    'SIGN',
    'VERIFY',
    'DERIVE',
    'SENSITIVE',
    'EXTRACTABLE',
    'MODIFIABLE',
    'PRIVATE',
    'TOKEN',
  ];

  it('of a secret key become attributes, every one of them', async () => {
    await store(slotSpec('a', 'AES-256'), 1, undefined, p.encrypt);
    expect(attributes(secretNames, pkcs11.CKO_SECRET_KEY)).toEqual({
      ENCRYPT: true,
      DECRYPT: false,
      WRAP: false,
      UNWRAP: false,
      SIGN: false,
      VERIFY: false,
      DERIVE: false,
      SENSITIVE: true,
      EXTRACTABLE: false,
      MODIFIABLE: false,
      PRIVATE: true,
      TOKEN: true,
    });
  });

  it('with export make a key that the token gives out', async () => {
    const slot = slotSpec('a', 'AES-256');
    const value = randomBytes(32);
    const source: SlotSource = { from: 'import', algorithm: slot.algorithm, format: 'raw', keyData: value };
    const stored = await store(slot, 1, source, cipherUse | exportable);
    expect(attributes(secretNames, pkcs11.CKO_SECRET_KEY)).toMatchObject({ SENSITIVE: false, EXTRACTABLE: true });
    const key = await provider.slots.load(slot, stored, call);
    expect(Buffer.from(await provider.keys.exportSecret(key, call))).toEqual(value);
  });

  it('of a pair go to their halves', async () => {
    await store(slotSpec('a', 'RSA-2048'), 1, undefined, p.sign | p.decrypt, p.verify);
    expect(attributes(['SIGN', 'DECRYPT', 'UNWRAP', 'SIGN_RECOVER', 'DERIVE', 'SENSITIVE', 'EXTRACTABLE'], pkcs11.CKO_PRIVATE_KEY)).toEqual(
      {
        SIGN: true,
        DECRYPT: true,
        UNWRAP: false,
        SIGN_RECOVER: false,
        DERIVE: false,
        SENSITIVE: true,
        EXTRACTABLE: false,
      },
    );
    expect(attributes(['VERIFY', 'ENCRYPT', 'WRAP', 'VERIFY_RECOVER'], pkcs11.CKO_PUBLIC_KEY)).toEqual({
      VERIFY: true,
      ENCRYPT: false,
      WRAP: false,
      VERIFY_RECOVER: false,
    });
  });

  it('come back exactly, also those that attributes hold only together', async () => {
    const slot = slotSpec('a', 'ECDSA-P256');
    await store(slot, 1, undefined, p.sign | p.agree, p.verify);
    await restart();
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ permissions: p.sign | p.agree, publicPermissions: p.verify });
  });

  it('are what the attributes say when the ledger is lost', async () => {
    const slot = slotSpec('a', 'AES-256');
    await store(slot, 1, undefined, p.encrypt);
    await provider.stop();
    provider = bench.again({ stateFolder: join(bench.stateFolder, '..', 'other') });
    await provider.start();
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 1, permissions: p.encrypt });
  });

  it('can not grow export by copying', async () => {
    const key = await generate(provider, 'AES-256');
    await expect(store(slotSpec('a', 'AES-256'), 1, { from: 'key', key }, cipherUse | exportable)).rejects.toMatchObject({
      code: 'KEY_NOT_EXPORTABLE',
    });
    expect(ids()).toEqual([]);
  });
});

describe('rotation', () => {
  const slot = slotSpec('rotating', 'AES-256');

  it('keeps the old generation for keys that are loaded, until it is retired', async () => {
    const first = await store(slot, 1);
    const key = await provider.slots.load(slot, first, call);
    const iv = randomBytes(16);
    const encrypt = operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' });
    const before = await encrypt.singleShot?.({ data: Buffer.from('x'), iv, aad: undefined }, call);
    expect(await store(slot, 2)).toMatchObject({ generation: 2 });
    expect(await encrypt.singleShot?.({ data: Buffer.from('x'), iv, aad: undefined }, call)).toEqual(before);
    // Told too early: it waits for the key.
    provider.slots.retire(slot, 1);
    expect(await encrypt.singleShot?.({ data: Buffer.from('x'), iv, aad: undefined }, call)).toEqual(before);
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 2 });
    expect(ids()).toHaveLength(2);
    key.release();
    await eventually('the old generation is gone', () => ids().length === 1);
    expect(ids()).toEqual([idOf('rotating', 2)]);
    expect(bench.log).toEqual([]);
  });

  it('waits for the public half as well', async () => {
    const pairs = slotSpec('pairs', 'ECDSA-P256');
    const stored = await store(pairs, 1);
    const key = await provider.slots.load(pairs, stored, call);
    const half = await provider.keys.publicKey(key, 7, call);
    key.release();
    provider.slots.retire(pairs, 1);
    expect((await provider.keys.exportPublic(half, call)).length).toBe(91);
    half.release();
    await eventually('the pair is gone', () => ids().length === 0);
  });

  it('removes what an earlier run has left, and reports it', async () => {
    await store(slot, 1);
    await store(slot, 2);
    await restart();
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 2 });
    expect(ids()).toEqual([idOf('rotating', 2)]);
    expect(bench.log).toEqual([
      { fields: { provider: 'hsm', slot: 'rotating', generation: 1, objects: 1 }, message: expect.stringContaining('leftover') },
    ]);
  });

  it('does not count a pair of which one half is missing', async () => {
    const pairs = slotSpec('pairs', 'ECDSA-P256');
    await store(pairs, 1);
    await store(pairs, 2);
    await provider.stop();
    look((raw) => {
      const [half] = raw.find([
        { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PUBLIC_KEY },
        { type: pkcs11.CKA_ID, value: Buffer.from(slotId('pairs', 2)) },
      ]);
      if (half !== undefined) raw.module.C_DestroyObject(raw.anchor, half);
    });
    provider = bench.again();
    await provider.start();
    expect(await provider.slots.inspect(pairs, call)).toMatchObject({ generation: 1 });
    expect(ids()).toEqual([idOf('pairs', 1), idOf('pairs', 1)]);
    expect(bench.log).toMatchObject([{ fields: { generation: 2, objects: 1 } }]);
  });

  it('leaves alone what others have given the same label', async () => {
    look((raw) =>
      raw.module.C_GenerateKey(raw.anchor, { mechanism: pkcs11.CKM_AES_KEY_GEN }, [
        { type: pkcs11.CKA_TOKEN, value: true },
        { type: pkcs11.CKA_LABEL, value: 'rotating' },
        { type: pkcs11.CKA_ID, value: Buffer.from('theirs') },
        { type: pkcs11.CKA_VALUE_LEN, value: 32 },
      ]),
    );
    await restart();
    expect(await provider.slots.inspect(slot, call)).toBeUndefined();
    await store(slot, 1);
    provider.slots.retire(slot, 1);
    await eventually('only theirs is left', () => ids().length === 1);
    expect(ids()).toEqual([Buffer.from('theirs').toString('hex')]);
  });
});

describe('clearing', () => {
  const slot = slotSpec('cleared', 'AES-256');

  it('empties the slot while its key is still used', async () => {
    const stored = await store(slot, 1);
    const key = await provider.slots.load(slot, stored, call);
    await provider.slots.clear(slot, 1, call);
    expect(await provider.slots.inspect(slot, call)).toBeUndefined();
    const random = await operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' }).singleShot?.(
      { data: Buffer.from('x'), iv: randomBytes(16), aad: undefined },
      call,
    );
    expect(random?.data).toHaveLength(16);
    key.release();
    provider.slots.retire(slot, 1);
    await eventually('the key is gone', () => ids().length === 0);
    expect(ledger().doomed).toEqual([]);
  });

  it('holds when the daemon ends before the key is destroyed', async () => {
    await store(slot, 1);
    await provider.slots.clear(slot, 1, call);
    expect(ids()).toHaveLength(1);
    await restart();
    expect(await provider.slots.inspect(slot, call)).toBeUndefined();
    await eventually('the key is gone', () => ids().length === 0);
    await eventually('nothing is doomed any more', () => ledger().doomed.length === 0);
    // The number is not given again, so that a ledger from a backup can never doom the key of now.
    expect(await store(slot, 1)).toMatchObject({ generation: 2 });
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 2 });
  });

  function ledger(): { doomed: unknown[] } {
    return JSON.parse(readFileSync(join(bench.stateFolder, 'slots.json'), 'utf8')) as { doomed: unknown[] };
  }
});

describe('unfinished work', () => {
  const slot = slotSpec('unfinished', 'AES-256');

  it('is undone when nobody waits for it any more', async () => {
    const rsa = slotSpec('slow', 'RSA-2048');
    const impatient = new TestCall();
    const work = provider.slots.store(rsa, generated('RSA-2048'), p.sign, p.verify, 1, impatient);
    impatient.abandon();
    await expect(work).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    // Inspecting waits for the work to be undone.
    expect(await provider.slots.inspect(rsa, call)).toBeUndefined();
    expect(ids()).toEqual([]);
    expect(await store(rsa, 1)).toMatchObject({ generation: 1 });
    expect(ids()).toEqual([idOf('slow', 1), idOf('slow', 1)]);
  });

  it('of an import that is refused leaves the slot as it was', async () => {
    await store(slot, 1);
    const bad: SlotSource = { from: 'import', algorithm: slot.algorithm, format: 'raw', keyData: randomBytes(16) };
    await expect(store(slot, 2, bad)).rejects.toMatchObject({ code: 'ALGORITHM_MISMATCH', field: 'keyData' });
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 1 });
    expect(ids()).toEqual([idOf('unfinished', 1)]);
  });
});

describe('an adopted object', () => {
  const theirs = (label: string, id: string): void => {
    look((raw) =>
      raw.module.C_GenerateKey(raw.anchor, { mechanism: pkcs11.CKM_AES_KEY_GEN }, [
        { type: pkcs11.CKA_TOKEN, value: true },
        { type: pkcs11.CKA_LABEL, value: label },
        { type: pkcs11.CKA_ID, value: Buffer.from(id) },
        { type: pkcs11.CKA_VALUE_LEN, value: 32 },
        { type: pkcs11.CKA_ENCRYPT, value: true },
        { type: pkcs11.CKA_DECRYPT, value: false },
      ]),
    );
  };

  it('is used under its own name and never changed', async () => {
    theirs('old key', 'k1');
    theirs('old key', 'k2');
    await restart();
    const slot = slotSpec('adopted', 'AES-256', { object: 'pkcs11:object=old%20key;id=%6b1' });
    const stored = await provider.slots.inspect(slot, call);
    expect(stored).toMatchObject({ generation: 1, half: 'secret', keyLength: 256 });
    expect((stored?.permissions ?? 0) & (p.encrypt | p.decrypt)).toBe(p.encrypt);
    const key = await provider.slots.load(slot, stored as StoredKey, call);
    const sealed = await operation(provider, 'AES-256-GCM', { key, direction: 'encrypt' }).singleShot?.(
      { data: Buffer.from('x'), iv: randomBytes(12), aad: undefined },
      call,
    );
    expect(sealed?.tag).toHaveLength(16);
    key.release();
    await expect(store(slot, 2)).rejects.toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
    await expect(provider.slots.clear(slot, 1, call)).rejects.toMatchObject({ code: 'UNSUPPORTED_OPERATION' });
    provider.slots.retire(slot, 1);
    expect(await provider.slots.inspect(slot, call)).toEqual(stored);
    expect(ids()).toHaveLength(2);
  });

  it.each([
    ['HMAC-SHA-384', { class: pkcs11.CKO_SECRET_KEY, keyType: 0x2c, value: randomBytes(48), use: pkcs11.CKA_SIGN }],
    ['HMAC-SHA-512', { class: pkcs11.CKO_SECRET_KEY, keyType: 0x2d, value: randomBytes(64), use: pkcs11.CKA_SIGN }],
    ['HMAC-SHA-256', { class: pkcs11.CKO_SECRET_KEY, keyType: 0x10, value: randomBytes(70), use: pkcs11.CKA_SIGN }],
    ['GENERIC-SECRET', { class: pkcs11.CKO_SECRET_KEY, keyType: 0x10, value: randomBytes(20), use: pkcs11.CKA_DERIVE }],
  ])('of %s is seen for what it is', async (name, { class: objectClass, keyType, value, use }) => {
    look((raw) =>
      raw.module.C_CreateObject(raw.anchor, [
        { type: pkcs11.CKA_CLASS, value: objectClass },
        { type: pkcs11.CKA_KEY_TYPE, value: keyType },
        { type: pkcs11.CKA_VALUE, value },
        { type: pkcs11.CKA_TOKEN, value: true },
        { type: pkcs11.CKA_LABEL, value: name },
        { type: use, value: true },
      ]),
    );
    await restart();
    const slot = slotSpec('adopted', name, { object: `pkcs11:object=${name}` });
    const stored = await provider.slots.inspect(slot, call);
    expect(stored).toMatchObject({ algorithm: keyRow(name), keyLength: value.length * 8, half: 'secret' });
    expect(stored?.permissions).toBe(use === pkcs11.CKA_SIGN ? p.mac : p.derive);
    // Of another kind than the slot says.
    const other = slotSpec('adopted', 'AES-256', { object: `pkcs11:object=${name}` });
    expect((await provider.slots.inspect(other, call))?.algorithm.keyType).toBe('hmac');
  });

  it.each([
    ['Ed25519', '130c656477617264733235353139', p.sign],
    ['Ed448', '130a65647761726473343438', p.sign],
    ['X25519', '130a63757276653235353139', p.agree],
    ['X448', '06032b656f', p.agree],
  ] as const)('of %s names its curve in one of several ways', async (name, parameters, permissions) => {
    look((raw) => {
      const common = [
        { type: pkcs11.CKA_TOKEN, value: true },
        { type: pkcs11.CKA_LABEL, value: name },
      ];
      raw.module.C_GenerateKeyPair(
        raw.anchor,
        { mechanism: 0x1055 },
        [...common, { type: pkcs11.CKA_EC_PARAMS, value: Buffer.from(parameters, 'hex') }],
        [...common, { type: permissions === p.sign ? pkcs11.CKA_SIGN : pkcs11.CKA_DERIVE, value: true }],
      );
    });
    await restart();
    const slot = slotSpec('adopted', name, { object: `pkcs11:object=${name}` });
    const stored = await provider.slots.inspect(slot, call);
    expect(stored).toMatchObject({ algorithm: keyRow(name), keyLength: keyRow(name).keyLength, half: 'private' });
    expect((stored?.permissions ?? 0) & permissions).toBe(permissions);
    const key = await provider.slots.load(slot, stored as StoredKey, call);
    const publicKey = createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
    expect(publicKey.asymmetricKeyType).toBe(name.toLowerCase());
    key.release();
  });

  it('that is not there makes an empty slot, and one of several an error', async () => {
    theirs('twin', 'a');
    theirs('twin', 'b');
    await restart();
    const missing = slotSpec('missing', 'AES-256', { object: 'pkcs11:object=nowhere' });
    expect(await provider.slots.inspect(missing, call)).toBeUndefined();
    const twin = slotSpec('twins', 'AES-256', { object: 'pkcs11:object=twin' });
    await expect(provider.slots.inspect(twin, call)).rejects.toMatchObject({ code: 'OPERATION_FAILED', field: 'object' });
  });
});
