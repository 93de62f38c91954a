/** Slots: empty and occupied, filled, overwritten, cleared, and what contexts keep. */
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { halves } from '../keys.js';
import { aesKey, cbcEncrypted, iv, keyNames, mac, pattern } from '../material.js';
import { signed } from '../schemes.js';

const message = pattern(77);
const importParams = { algorithm: 'AES-256', keyData: aesKey };
const slotOfKey = { 'AES-256': 'Aes', 'HMAC-SHA-256': 'Hmac', 'ECDSA-P256': 'Ec', 'RSA-2048': 'Rsa' } as const;

async function ciphertextOf(bench: Bench, key: CryptoResourceId): Promise<Uint8Array> {
  await using context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  return await context.singleShot(iv, message);
}

async function empty(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    assertSame('the state', (await bench.keys.getKeySlotInfo(slot)).state, 'empty');
    await refused(() => bench.keys.loadKey(slot), 'KEY_SLOT_EMPTY');
    await refused(() => bench.keys.clearKey(slot), 'KEY_SLOT_EMPTY', 'target');
    await refused(() => bench.keys.exportKey(slot), 'KEY_SLOT_EMPTY');
    await refused(() => bench.context.getKeyObject(slot), 'KEY_SLOT_EMPTY');
  });
}

async function info(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    const usual = { algorithm: 'AES-256', primaryProvider: bench.daemon.tested.id, compatibleProviders: [bench.daemon.tested.id] };
    const all = p.encrypt | p.decrypt | p.export;
    assertSame('the empty slot', await bench.keys.getKeySlotInfo(slot), { state: 'empty', ...usual, permittedOperations: all });
    await bench.keys.importKey(slot, { ...importParams, permissions: p.encrypt });
    const occupied = { state: 'occupied', ...usual, permittedOperations: p.encrypt };
    assertSame('the occupied slot', await bench.keys.getKeySlotInfo(slot), occupied);
    const { id, name, ...view } = await bench.context.getKeySlotObject(slot);
    assertSame('the view', view, occupied);
    assertSame('the name', name, 'Aes');
    assertSame('the id', id.id, slot.id);
    const listed = (await bench.context.listResources('keySlot')).find((one) => one.name === 'Aes');
    assertSame('the list', listed?.info, occupied);
    assertSame('the rights', listed?.rights, ['use', 'write', 'generate', 'clear']);
  });
}

function generated(algorithm: keyof typeof slotOfKey): Check {
  return {
    name: `slots: ${algorithm} is generated into a slot and used`,
    run: (bench) =>
      bench.withSlot(slotOfKey[algorithm], async (slot) => {
        await bench.keys.generateKey(slot, { algorithm }, { timeout: 60_000 });
        const view = await bench.context.getKeyObject(slot);
        assertSame('the algorithm', view.algorithm, algorithm);
        const info = await bench.keys.getKeySlotInfo(slot);
        assertSame('the permissions', view.permittedOperations, info.permittedOperations);
        await refused(() => bench.keys.generateKey(slot, algorithm), 'KEY_SLOT_OCCUPIED', 'overwrite');
      }),
  };
}

async function occupied(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.importKey(slot, importParams);
    await using guard = await bench.keys.generateKey('AES-256');
    await refused(() => bench.keys.generateKey(slot, 'AES-256'), 'KEY_SLOT_OCCUPIED', 'overwrite');
    await refused(() => bench.keys.importKey(slot, importParams), 'KEY_SLOT_OCCUPIED', 'overwrite');
    await refused(() => bench.keys.persistKey(slot, guard), 'KEY_SLOT_OCCUPIED', 'overwrite');
    assertBytes('the ciphertext of the key that stayed', await ciphertextOf(bench, slot), cbcEncrypted(message));
  });
}

async function overwritten(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.generateKey(slot, 'AES-256');
    const before = await ciphertextOf(bench, slot);
    await using open = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: slot, direction: 'encrypt' });
    await using guard = await bench.keys.loadKey(slot);
    await bench.keys.importKey(slot, { ...importParams, overwrite: true });
    assertBytes('the ciphertext of the new key', await ciphertextOf(bench, slot), cbcEncrypted(message));
    assertBytes('the ciphertext of the context that was open', await open.singleShot(iv, message), before);
    assertBytes('the ciphertext of the guard that was loaded', await ciphertextOf(bench, guard), before);
    await bench.keys.generateKey(slot, { algorithm: 'AES-256', overwrite: true });
    assert(Buffer.compare(await ciphertextOf(bench, slot), cbcEncrypted(message)) !== 0, 'the slot holds the old key');
    assertBytes('the ciphertext of the context two generations later', await open.singleShot(iv, message), before);
  });
}

/** Generation takes its time; the order of the answers is what tells, not the time. */
async function usedWhileReplaced(bench: Bench): Promise<void> {
  await bench.withSlot('RsaLong', async (slot) => {
    await bench.keys.generateKey(slot, 'RSA-3072');
    const publicKey = async () => (await (await bench.context.getKeyObject(slot)).exportPublicKey?.('der')) ?? new Uint8Array(0);
    const first = await publicKey();
    let replaced = false;
    const replacing = bench.keys.generateKey(slot, { algorithm: 'RSA-3072', overwrite: true }, { timeout: 60_000 }).then(() => {
      replaced = true;
    });
    await using open = await bench.context.createSignContext({ algorithm: 'RSA-PSS-SHA-256', key: slot });
    assert(!replaced, 'the key in the slot could not be used before the next one was there');
    await replacing;
    assert((await open.singleShot(message)).length === 384, 'the context of the key that was replaced does not sign');
    assert(Buffer.compare(await publicKey(), first) !== 0, 'the slot holds the old key');
  });
}

/** Whoever comes meets one key or the other, never a place between two. */
async function usedAndReplaced(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.generateKey(slot, 'AES-256');
    for (let round = 0; round < 10; round++) {
      const writes = Array.from({ length: 3 }, () => bench.keys.generateKey(slot, { algorithm: 'AES-256', overwrite: true }));
      const uses = Array.from({ length: 8 }, () => ciphertextOf(bench, slot));
      await Promise.all([...writes, ...uses]);
    }
  });
}

async function clearedInUse(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.importKey(slot, importParams);
    await using open = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: slot, direction: 'encrypt' });
    await open.init(iv);
    const first = await open.update(message);
    await bench.keys.clearKey(slot);
    assertSame('the state', (await bench.keys.getKeySlotInfo(slot)).state, 'empty');
    await refused(() => ciphertextOf(bench, slot), 'KEY_SLOT_EMPTY', 'key');
    const last = await open.finalize();
    assertBytes('the ciphertext of the context that was open', new Uint8Array(Buffer.concat([first, last])), cbcEncrypted(message));
    await bench.keys.generateKey(slot, 'AES-256');
    assertBytes('its ciphertext beside the next key', await open.singleShot(iv, message), cbcEncrypted(message));
  });
}

async function persisted(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    const guard = await bench.key('aes');
    await bench.keys.persistKey(slot, guard);
    assert(guard.isActive(), 'the guard is not active any more');
    assertBytes('the ciphertext of the guard', await ciphertextOf(bench, guard), cbcEncrypted(message));
    await guard.release();
    assertBytes('the ciphertext of the slot', await ciphertextOf(bench, slot), cbcEncrypted(message));
  });
}

async function copiesAreTwo(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await using guard = await bench.key('aes');
    await bench.keys.persistKey(slot, guard);
    await bench.keys.clearKey(slot);
    assertBytes('the ciphertext of the guard', await ciphertextOf(bench, guard), cbcEncrypted(message));
    await bench.keys.persistKey(slot, guard);
    await bench.keys.persistKey(slot, guard, { overwrite: true });
    assertBytes('the ciphertext of the slot', await ciphertextOf(bench, slot), cbcEncrypted(message));
  });
}

function persistedKind(name: 'hmac' | 'ecPrivate' | 'rsaPrivate', slotName: string): Check {
  return {
    name: `slots: a persisted key of ${halves[name].algorithm} works`,
    run: (bench) =>
      bench.withSlot(slotName, async (slot) => {
        await using guard = await bench.key(name);
        await bench.keys.persistKey(slot, guard);
        const { algorithm } = halves[name];
        if (name === 'hmac') {
          await using context = await bench.context.createMacContext({ algorithm, key: slot });
          assertBytes('the MAC', await context.singleShot(message), mac(message));
          return;
        }
        const operation = name === 'ecPrivate' ? 'ECDSA-P256' : 'RSA-PSS-SHA-256';
        await using signing = await bench.context.createSignContext({ algorithm: operation, key: slot });
        await using verifying = await bench.context.createVerifySignatureContext({ algorithm: operation, key: guard });
        assert(await verifying.singleShot(message, await signing.singleShot(message)), 'the signature does not match the guard');
      }),
  };
}

async function persistRefusals(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.withSlot('AesTwo', async (second) => {
      await using hmac = await bench.key('hmac');
      await refused(() => bench.keys.persistKey(slot, hmac), 'ALGORITHM_MISMATCH', 'targetSlot');
      await bench.keys.generateKey(second, 'AES-256');
      await using loaded = await bench.keys.loadKey(second);
      await refused(() => bench.keys.persistKey(slot, loaded), 'INVALID_OPERATION', 'key');
      await refused(() => bench.keys.persistKey(slot, second), 'INVALID_RESOURCE_TYPE', 'key');
      await using other = await bench.context.createKeyManagementContext({ provider: 'other' });
      await using foreign = await other.generateKey('AES-256');
      await refused(() => bench.keys.persistKey(slot, foreign), 'CROSS_PROVIDER_INCOMPATIBLE', 'targetSlot');
      await refused(() => bench.keys.generateKey(slot, 'HMAC-SHA-256'), 'ALGORITHM_MISMATCH', 'algorithm');
      await refused(() => bench.keys.importKey(slot, { algorithm: 'HMAC-SHA-256', keyData: aesKey }), 'ALGORITHM_MISMATCH', 'algorithm');
      assertSame('the state after all refusals', (await bench.keys.getKeySlotInfo(slot)).state, 'empty');
    });
  });
}

async function permissionsCut(bench: Bench): Promise<void> {
  await bench.withSlot('EncryptOnly', async (slot) => {
    const permitted = async () => (await bench.keys.getKeySlotInfo(slot)).permittedOperations;
    await using usual = await bench.key('aes');
    await bench.keys.persistKey(slot, usual);
    assertSame('default permissions in the slot', await permitted(), p.encrypt);
    const decrypt = { algorithm: 'AES-256-CBC', key: slot, direction: 'decrypt' } as const;
    await refused(() => bench.context.createCipherContext(decrypt), 'KEY_OPERATION_NOT_PERMITTED', 'key');
    await using explicit = await bench.key('aes', p.encrypt | p.decrypt);
    const overwrite = true;
    await refused(() => bench.keys.persistKey(slot, explicit, { overwrite }), 'KEY_OPERATION_NOT_PERMITTED', 'permissions');
    await bench.keys.persistKey(slot, explicit, { permissions: p.encrypt, overwrite });
    await refused(
      () => bench.keys.persistKey(slot, explicit, { permissions: p.export, overwrite }),
      'KEY_OPERATION_NOT_PERMITTED',
      'permissions',
    );
    const wish = { algorithm: 'AES-256', permissions: p.decrypt, overwrite };
    await refused(() => bench.keys.generateKey(slot, wish), 'KEY_OPERATION_NOT_PERMITTED', 'permissions');
    await refused(() => bench.keys.importKey(slot, { ...wish, keyData: aesKey }), 'KEY_OPERATION_NOT_PERMITTED', 'permissions');
    await bench.keys.generateKey(slot, { algorithm: 'AES-256', overwrite });
    assertSame("the slot's permissions for a direct form", await permitted(), p.encrypt);
    await bench.keys.generateKey(slot, { algorithm: 'AES-256', permissions: p.encrypt | p.import | p.generate, overwrite });
    assertSame('ways of filling are nothing that a key may do', await permitted(), p.encrypt);
    await bench.keys.generateKey(slot, { algorithm: 'AES-256', permissions: p.none, overwrite });
    assertSame('no permissions at all', await permitted(), p.none);
  });
}

async function publicKey(bench: Bench): Promise<void> {
  await bench.withSlot('Ec', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'ECDSA-P256', keyData: halves.ecPublic.data });
    assertSame('the kind', (await bench.context.getKeyObject(slot)).kind, 'public');
    await using verifying = await bench.context.createVerifySignatureContext({ algorithm: 'ECDSA-P256', key: slot });
    assert(await verifying.singleShot(message, signed('ecdsa-p1363', message)), 'the signature does not match');
    await refused(() => bench.context.createSignContext({ algorithm: 'ECDSA-P256', key: slot }), 'INCOMPATIBLE_KEY_TYPE', 'key');
    assertBytes('the key', await bench.keys.exportKey(slot), halves.ecPublic.data);
    await using guard = await bench.key('ecPublic');
    await bench.keys.persistKey(slot, guard, { overwrite: true });
    assertSame('the kind of the persisted key', (await bench.context.getKeyObject(slot)).kind, 'public');
  });
}

async function publicHalf(bench: Bench): Promise<void> {
  await bench.withSlot('Ec', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'ECDSA-P256', keyData: halves.ecPrivate.data });
    const { exportPublicKey, getPublicKey } = await bench.context.getKeyObject(slot);
    assert(exportPublicKey !== undefined && getPublicKey !== undefined, 'the private key has no public half');
    assertBytes('the public half', await exportPublicKey(), halves.ecPublic.data);
    await refused(() => bench.keys.exportKey(slot), 'KEY_OPERATION_NOT_PERMITTED', 'key');
    await using half = await getPublicKey();
    await bench.keys.clearKey(slot);
    await using verifying = await bench.context.createVerifySignatureContext({ algorithm: 'ECDSA-P256', key: half });
    assert(await verifying.singleShot(message, signed('ecdsa-p1363', message)), 'the signature does not match');
  });
}

async function waysOfFilling(bench: Bench): Promise<void> {
  await bench.withSlot('ImportOnly', async (slot) => {
    await refused(() => bench.keys.generateKey(slot, 'AES-256'), 'ACCESS_DENIED', 'targetSlot');
    await bench.keys.importKey(slot, importParams);
  });
  await bench.withSlot('GenerateOnly', async (slot) => {
    await refused(() => bench.keys.importKey(slot, importParams), 'ACCESS_DENIED', 'targetSlot');
    await using brought = await bench.keys.importKey(importParams);
    await refused(() => bench.keys.persistKey(slot, brought), 'ACCESS_DENIED', 'targetSlot');
    await using made = await bench.keys.generateKey('AES-256');
    await bench.keys.persistKey(slot, made);
    await bench.keys.generateKey(slot, { algorithm: 'AES-256', overwrite: true });
  });
}

async function rights(bench: Bench): Promise<void> {
  const onlyUsed = await bench.slot('OnlyUsed');
  await refused(() => bench.keys.generateKey(onlyUsed, 'AES-256'), 'ACCESS_DENIED', 'targetSlot');
  await refused(() => bench.keys.importKey(onlyUsed, importParams), 'ACCESS_DENIED', 'targetSlot');
  await refused(() => bench.keys.clearKey(onlyUsed), 'ACCESS_DENIED', 'target');
  await using guard = await bench.key('aes');
  await refused(() => bench.keys.persistKey(onlyUsed, guard), 'ACCESS_DENIED', 'targetSlot');
  const notCleared = await bench.slot('NotCleared');
  const { state } = await bench.keys.getKeySlotInfo(notCleared);
  await bench.keys.generateKey(notCleared, { algorithm: 'AES-256', overwrite: state === 'occupied' });
  await refused(() => bench.keys.clearKey(notCleared), 'ACCESS_DENIED', 'target');
  await refused(() => bench.keys.generateKey(notCleared, 'AES-256'), 'KEY_SLOT_OCCUPIED');
}

export const slotChecks: readonly Check[] = [
  { name: 'slots: an empty one', run: empty },
  { name: 'slots: KeySlotInfo and the views of a slot', run: info },
  ...keyNames.map(generated),
  { name: 'slots: an occupied one refuses a new key and keeps its own', run: occupied },
  { name: 'slots: overwritten, open contexts and loaded guards keep their generation', run: overwritten },
  { name: 'slots: the key that is there is used while the next one is generated', run: usedWhileReplaced, asyncOnly: true },
  { name: 'slots: used and replaced at the same time', run: usedAndReplaced, asyncOnly: true },
  { name: 'slots: cleared, open contexts keep their key', run: clearedInUse },
  { name: 'slots: persisting is a copy, and the guard stays active', run: persisted },
  { name: 'slots: the copy and the guard end on their own', run: copiesAreTwo },
  persistedKind('hmac', 'Hmac'),
  persistedKind('ecPrivate', 'Ec'),
  persistedKind('rsaPrivate', 'Rsa'),
  { name: 'slots: what is not persisted, generated or imported into one', run: persistRefusals },
  { name: 'slots: default permissions are cut down, explicit ones refused', run: permissionsCut },
  { name: 'slots: a public key verifies and does not sign', run: publicKey },
  { name: 'slots: the public half of a private key outlives the slot', run: publicHalf },
  { name: 'slots: the bits import and generate narrow how one is filled', run: waysOfFilling },
  { name: 'slots: rights use, write, generate and clear', run: rights },
];
