/** Keys derived from the vault as slots of a real daemon, used through the client's contexts, and compared with @noble and @scure. */
import { createDecipheriv, createHash, createPublicKey, verify as nodeVerify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CryptoContext, type CryptoResourceId, type CryptoStack, createCryptoStack } from '../../src/client/index.js';
import { hashNames } from '../../src/core/algorithms.js';
import { type DisposableDaemon, type SlotLine, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { slip10 } from './vault-oracle.js';
import { asOperator, bytesOf, codeOf, initialize, lock, phrase, stateOf, unlock } from './vault-support.js';

const seed = mnemonicToSeedSync(phrase);
const paths = { identity: "m/74'/0'/0'/0'", device: "m/74'/0'/0'/7'", encryption: "m/74'/2'/0'/1'", ethereum: "m/44'/60'/0'/0/0" };
const line = (name: string, algorithm: string, path: string, permissions: SlotLine['permissions']): SlotLine => {
  return { name, kind: 'key', algorithm, providers: ['software'], permissions, path };
};
const slots: SlotLine[] = [
  line('id', 'Ed25519', 'identity', ['sign', 'verify']),
  line('device', 'Ed25519', 'device/7', ['sign', 'verify']),
  line('eth', 'ECDSA-secp256k1', 'ethereum', ['sign', 'verify', 'agree']),
  line('data', 'AES-256', 'encryption/3', ['encrypt', 'decrypt', 'wrap', 'unwrap', 'mac', 'derive']),
  line('seal-only', 'AES-256', "m/74'/2'/0'/9'", ['encrypt']),
  { name: 'stored', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] },
];

let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;
const id: Record<string, CryptoResourceId> = {};

beforeAll(async () => {
  const rights = ['use', 'write', 'generate', 'clear'] as const;
  const access = [{ user: process.getuid?.() ?? 0, slots: Object.fromEntries(slots.map(({ name }) => [name, name])), rights }];
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()], slots, access, vault: {} } });
  await initialize(daemon);
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
  for (const { name } of slots) id[name] = await context.resolveResource(name, 'keySlot');
});
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  if ((await stateOf(daemon)) === 'locked') await unlock(daemon);
});

const slot = (name: string): CryptoResourceId => id[name] as CryptoResourceId;
const same = (a: Uint8Array, b: Uint8Array) => expect(Buffer.from(a)).toEqual(Buffer.from(b));

describe('signatures', () => {
  test.each([0, 1, 4096, 4097, 300_000])('Ed25519 of %i bytes, whole and in parts', async (size) => {
    const message = new Uint8Array(size).fill(3);
    const expected = ed25519.sign(message, slip10(seed, paths.device));
    const signer = await context.createSignContext({ algorithm: 'Ed25519', key: slot('device') });
    same(await signer.singleShot(message), expected);
    await signer.init();
    await signer.update(message.subarray(0, size >> 1));
    await signer.update(message.subarray(size >> 1));
    same(await signer.signFinalize(), expected);
    const verifier = await context.createVerifySignatureContext({ algorithm: 'Ed25519', key: slot('device') });
    expect(await verifier.singleShot(message, expected)).toBe(true);
    expect(await verifier.singleShot(message, new Uint8Array(64))).toBe(false);
    await signer.close();
    await verifier.close();
  });

  test.each(hashNames.filter((name) => name !== 'SHA-1'))('ECDSA over secp256k1 with %s', async (hash) => {
    const algorithm = `ECDSA-secp256k1-${hash}`;
    const message = bytesOf(`for ${hash}`);
    const signer = await context.createSignContext({ algorithm, key: slot('eth') });
    const signature = await signer.singleShot(message);
    const digest = await (await context.createHashContext({ algorithm: hash })).singleShot(message);
    const publicKey = HDKey.fromMasterSeed(seed).derive(paths.ethereum).publicKey as Uint8Array;
    const number = digest.length >= 32 ? digest.subarray(0, 32) : Buffer.concat([Buffer.alloc(32 - digest.length), digest]);
    expect(secp256k1.verify(signature, number, publicKey, { prehash: false, lowS: true })).toBe(true);
    const verifier = await context.createVerifySignatureContext({ algorithm, key: slot('eth') });
    expect(await verifier.singleShot(message, signature)).toBe(true);
    const ready = await context.createSignContext({ algorithm, key: slot('eth'), parameters: { prehashed: true } });
    expect(await verifier.singleShot(message, await ready.singleShot(digest))).toBe(true);
    for (const one of [signer, verifier, ready]) await one.close();
  });

  test('ECDSA in DER and in parts, which OpenSSL agrees with; a digest of another size is none', async () => {
    const algorithm = 'ECDSA-secp256k1-SHA-512';
    const parameters = { signatureFormat: 'der' };
    const signer = await context.createSignContext({ algorithm, key: slot('eth'), parameters });
    await signer.init();
    await signer.update(bytesOf('in '));
    await signer.update(bytesOf('parts'));
    const signature = await signer.signFinalize();
    const spki = (await (await context.getKeyObject(slot('eth'))).exportPublicKey?.('der')) as Uint8Array;
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    expect(nodeVerify('sha512', bytesOf('in parts'), key, signature)).toBe(true);
    const ready = await context.createSignContext({ algorithm, key: slot('eth'), parameters: { prehashed: true } });
    expect(await codeOf(ready.singleShot(new Uint8Array(32)))).toBe('INVALID_ARGUMENT');
    await signer.close();
    await ready.close();
  });
});

describe('AES-256-GCM', () => {
  const nonce = (n: number) => new Uint8Array(12).fill(n);
  const aad = bytesOf('head');
  const openSsl = (sealed: { data: Uint8Array; tag: Uint8Array }, iv: Uint8Array) => {
    const decipher = createDecipheriv('aes-256-gcm', slip10(seed, paths.encryption), iv);
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.tag);
    return Buffer.concat([decipher.update(sealed.data), decipher.final()]);
  };

  test.each([0, 5, 4096, 4097, 400_000])('%i bytes, whole and in parts, as OpenSSL has it', async (size) => {
    const data = new Uint8Array(size).fill(9);
    const sealing = await context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'encrypt', key: slot('data') });
    const opening = await context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'decrypt', key: slot('data') });
    const whole = await sealing.encrypt({ nonce: nonce(1), data, aad });
    same(openSsl(whole, nonce(1)), data);
    same(await opening.decrypt({ nonce: nonce(1), data: whole.data, tag: whole.tag, aad }), data);

    await sealing.init(nonce(2));
    await sealing.updateAad(aad);
    expect((await sealing.update(data)).length).toBe(0);
    const sealed = await sealing.finalize();
    same(openSsl(sealed, nonce(2)), data);
    await opening.init(nonce(2));
    await opening.updateAad(aad);
    await opening.update(sealed.data);
    same(await opening.verifyAndFinalize(sealed.tag), data);

    const wrong = { nonce: nonce(3), data: sealed.data, tag: sealed.tag, aad };
    expect(await codeOf(opening.decrypt(wrong))).toBe('OPERATION_FAILED');
    expect(await codeOf(sealing.encrypt({ nonce: new Uint8Array(16), data, aad }))).toBe('INVALID_ARGUMENT');
    await sealing.close();
    await opening.close();
  });

  test('a cipher context appends the tag', async () => {
    const cipher = await context.createCipherContext({ algorithm: 'AES-256-GCM', direction: 'encrypt', key: slot('data') });
    await cipher.init(nonce(4));
    const parts = [await cipher.update(bytesOf('some text')), await cipher.finalize()];
    const sealed = Buffer.concat(parts);
    const decipher = createDecipheriv('aes-256-gcm', slip10(seed, paths.encryption), nonce(4));
    decipher.setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()).toBe('some text');
    await cipher.close();
  });
});

describe('what such keys do not do', () => {
  test('other algorithms, tags, derivation, agreement, wrapping, leaving', async () => {
    const key = slot('data');
    expect(await codeOf(context.createCipherContext({ algorithm: 'AES-256-CTR', direction: 'encrypt', key }))).toBe(
      'UNSUPPORTED_ALGORITHM',
    );
    expect(await codeOf(context.createMacContext({ algorithm: 'AES-CMAC', key }))).toBe('UNSUPPORTED_ALGORITHM');
    expect(await codeOf(context.createAeadContext({ algorithm: 'AES-256-CCM', direction: 'encrypt', key }))).toBe('UNSUPPORTED_ALGORITHM');
    const short = { algorithm: 'AES-256-GCM', direction: 'encrypt', key, tagLength: 12 } as const;
    expect(await codeOf(context.createAeadContext(short))).toBe('UNSUPPORTED_ALGORITHM');
    await using management = await context.createKeyManagementContext();
    await using ephemeral = await management.generateKey({ algorithm: 'AES-256', permissions: 0x7ff });
    expect(await codeOf(management.wrapKey({ keyToWrap: ephemeral, wrappingKey: key }))).toMatch(/UNSUPPORTED_OPERATION|KEY_OPERATION/);
    const wrapped = { wrappedData: new Uint8Array(24), wrappingKey: key, innerKeyAlgorithm: 'AES-256' };
    expect(await codeOf(management.unwrapKey(wrapped))).toBe('UNSUPPORTED_OPERATION');
    const derive = { sourceKey: key, derivedKeyAlgorithm: 'AES-256', kdf: { kdfAlgorithm: 'HKDF-SHA-256', label: bytesOf('x') } };
    expect(await codeOf(management.deriveKey(derive))).toMatch(/UNSUPPORTED_OPERATION|INCOMPATIBLE_KEY_TYPE/);
    expect(await codeOf(management.exportKey(key))).toBe('KEY_OPERATION_NOT_PERMITTED');
    expect(await codeOf(context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'decrypt', key: slot('seal-only') }))).toBe(
      'KEY_OPERATION_NOT_PERMITTED',
    );
  });

  test('being replaced', async () => {
    await using management = await context.createKeyManagementContext();
    expect(await codeOf(management.generateKey(slot('data'), 'AES-256'))).toBe('INVALID_OPERATION');
    expect(await codeOf(management.generateKey(slot('data'), { algorithm: 'AES-256', overwrite: true }))).toBe('INVALID_OPERATION');
    expect(await codeOf(management.importKey(slot('data'), { algorithm: 'AES-256', keyData: new Uint8Array(32) }))).toBe(
      'INVALID_OPERATION',
    );
    // Whatever else is wrong.
    expect(await codeOf(management.generateKey(slot('id'), 'AES-256'))).toBe('INVALID_OPERATION');
    const wrong = { algorithm: 'AES-256', keyData: new Uint8Array(3), permissions: 0x7ff };
    expect(await codeOf(management.importKey(slot('eth'), wrong))).toBe('INVALID_OPERATION');
    await using ephemeral = await management.generateKey({ algorithm: 'AES-256' });
    expect(await codeOf(management.persistKey(slot('id'), ephemeral))).toBe('INVALID_OPERATION');
    expect(await codeOf(management.persistKey(slot('data'), ephemeral))).toBe('INVALID_OPERATION');
    expect(await codeOf(management.clearKey(slot('data')))).toBe('INVALID_OPERATION');
  });
});

test('the public half leaves, as anybody would calculate it', async () => {
  await using management = await context.createKeyManagementContext();
  await using half = await (await context.getKeyObject(slot('id'))).getPublicKey?.();
  const raw = await management.exportKey(half as CryptoResourceId, 'raw');
  same(raw, ed25519.getPublicKey(slip10(seed, paths.identity)));
});

test('info of keys and slots is true', async () => {
  await using management = await context.createKeyManagementContext();
  await using guard = await management.loadKey(slot('data'));
  expect(await context.getKeyObject(guard)).toMatchObject({ kind: 'symmetric', keyLength: 256, exportable: false, allowedModes: ['GCM'] });
  expect(await management.getKeySlotInfo(slot('id'))).toMatchObject({ state: 'occupied', algorithm: 'Ed25519' });
});

describe('locked', () => {
  test('slots are locked, contexts stay, and work again', async () => {
    await using management = await context.createKeyManagementContext();
    const signer = await context.createSignContext({ algorithm: 'Ed25519', key: slot('id') });
    const verifier = await context.createVerifySignatureContext({ algorithm: 'Ed25519', key: slot('id') });
    const sealing = await context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'encrypt', key: slot('data') });
    const before = await signer.singleShot(bytesOf('x'));
    await sealing.init(new Uint8Array(12));
    await lock(daemon);

    expect((await management.getKeySlotInfo(slot('id'))).state).toBe('locked');
    expect((await management.getKeySlotInfo(slot('stored'))).state).toBe('empty');
    const listed = await context.listResources('keySlot');
    expect(listed.filter(({ info }) => info?.state === 'locked').map(({ name }) => name)).toEqual([
      'id',
      'device',
      'eth',
      'data',
      'seal-only',
    ]);
    const all = await asOperator(daemon, (admin) => admin.call('slotList', {}));
    expect(all.slots.filter(({ state }) => state === 3)).toHaveLength(5);
    expect(await codeOf(signer.singleShot(bytesOf('x')))).toBe('VAULT_LOCKED');
    expect(await codeOf(verifier.singleShot(bytesOf('x'), before))).toBe('VAULT_LOCKED');
    await sealing.update(bytesOf('x'));
    expect(await codeOf(sealing.finalize())).toBe('VAULT_LOCKED');
    expect(await codeOf(context.createSignContext({ algorithm: 'Ed25519', key: slot('id') }))).toBe('VAULT_LOCKED');
    expect(await codeOf(management.loadKey(slot('eth')))).toBe('VAULT_LOCKED');
    expect(await codeOf(context.getKeyObject(slot('eth')))).toBe('VAULT_LOCKED');

    await unlock(daemon);
    same(await signer.singleShot(bytesOf('x')), before);
    expect(await verifier.singleShot(bytesOf('x'), before)).toBe(true);
    await sealing.encrypt({ nonce: new Uint8Array(12).fill(1), data: bytesOf('x') });
    for (const one of [signer, verifier, sealing]) await one.close();
  });

  test('signatures in flight end well or are VAULT_LOCKED', async () => {
    const signer = await context.createSignContext({ algorithm: 'ECDSA-secp256k1-SHA-256', key: slot('eth') });
    const publicKey = HDKey.fromMasterSeed(seed).derive(paths.ethereum).publicKey as Uint8Array;
    const outcomes = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const signers = await Promise.all(
        Array.from({ length: 8 }, () => context.createSignContext({ algorithm: 'ECDSA-secp256k1-SHA-256', key: slot('eth') })),
      );
      const message = bytesOf(`round ${round}`);
      const digest = createHash('sha256').update(message).digest();
      const work = signers.flatMap((one) => Array.from({ length: 20 }, () => one.singleShot(message)));
      const locking = lock(daemon);
      for (const result of await Promise.allSettled(work)) {
        if (result.status === 'fulfilled') expect(secp256k1.verify(result.value, digest, publicKey, { prehash: false })).toBe(true);
        outcomes.add(result.status === 'fulfilled' ? 'signed' : (result.reason as { code: string }).code);
      }
      expect(await locking).toBe(true);
      for (const one of signers) await one.close();
      await unlock(daemon);
    }
    expect([...outcomes].filter((code) => code !== 'signed' && code !== 'VAULT_LOCKED')).toEqual([]);
    await signer.close();
  });
});
