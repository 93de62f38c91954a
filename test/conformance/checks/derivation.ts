/** Keys derived from secret keys. */
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { KdfParameters } from '../../../src/client/key-params.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import type { Claim } from '../claims.js';
import { type Derivation, derivations, hkdf } from '../derivations.js';
import { assertBytes, assertSame, refused } from '../expectations.js';
import { knownKeys } from '../keys.js';
import { pattern } from '../material.js';

const secret = knownKeys.secret.data;
const wrong = 'INVALID_ARGUMENT';
const source: Claim = ['GENERIC-SECRET', 'import'];
const claims: readonly Claim[] = [['HKDF-SHA-256', 'derive'], source];

function derive(bench: Bench, sourceKey: CryptoResourceId, kdf: KdfParameters, derivedKeyAlgorithm = 'AES-256') {
  return bench.keys.deriveKey({ sourceKey, derivedKeyAlgorithm, kdf, permissions: p.export | p.encrypt });
}

function equals({ kdf, derive: byOther }: Derivation): Check {
  const { kdfAlgorithm } = kdf;
  return {
    name: `derivation: ${kdfAlgorithm} gives the key that others get`,
    needs: [[kdfAlgorithm, 'derive'], source],
    run: async (bench) => {
      await using sourceKey = await bench.key('secret', p.derive);
      await using aes = await derive(bench, sourceKey, kdf);
      assertBytes('the AES key', await bench.keys.exportKey(aes), byOther(secret, 32));
      assertSame('what it may do', (await bench.context.getKeyObject(aes)).permittedOperations, p.export | p.encrypt);
      if (kdfAlgorithm.startsWith('HKDF-Extract')) return;
      await using longer = await derive(bench, sourceKey, { ...kdf, outputKeyLength: 72 * 8 }, 'GENERIC-SECRET');
      assertBytes('a secret of 72 bytes', await bench.keys.exportKey(longer), byOther(secret, 72));
    },
  };
}

/** What is wrong with it, the fields, and the field that is named. */
type Fault = readonly [kdf: Partial<Record<keyof KdfParameters, unknown>> & { readonly [name: string]: unknown }, field: string];
const salt = pattern(16);
const faults: readonly Fault[] = [
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', salt }, 'kdf.iterationCount'],
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', iterationCount: 10 }, 'kdf.salt'],
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', salt, iterationCount: 0 }, 'kdf.iterationCount'],
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', salt, iterationCount: 'ten' }, 'kdf.iterationCount'],
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', salt: 'salt', iterationCount: 10 }, 'kdf.salt'],
  [{ kdfAlgorithm: 'PBKDF2-SHA-256', salt, iterationCount: 10, label: salt }, 'kdf.label'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', seed: salt }, 'kdf.seed'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', iterationCount: 1 }, 'kdf.iterationCount'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', memory: 8 }, 'kdf.memory'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', nothing: 1 }, 'kdf.nothing'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', salt: -1 }, 'kdf.salt'],
  [{ kdfAlgorithm: 'TLS12-PRF-SHA-256', label: salt }, 'kdf.seed'],
  [{ kdfAlgorithm: 'TLS12-PRF-SHA-256', seed: salt }, 'kdf.label'],
  [{ kdfAlgorithm: 'TLS13-HKDF-SHA-256', seed: salt }, 'kdf.label'],
  [{ kdfAlgorithm: 'TLS13-HKDF-SHA-256', label: pattern(250) }, 'kdf.label'],
  [{ kdfAlgorithm: 'SP800-108-CTR-HMAC-SHA-256', counterLength: 12 }, 'kdf.counterLength'],
  [{ kdfAlgorithm: 'SP800-108-CTR-HMAC-SHA-256', counterLocation: 'nowhere' }, 'kdf.counterLocation'],
  [{ kdfAlgorithm: 'SP800-108-CTR-HMAC-SHA-256', iv: salt }, 'kdf.iv'],
  [{ kdfAlgorithm: 'scrypt', salt, iterationCount: 16, memory: 8 }, 'kdf.parallelism'],
  [{ kdfAlgorithm: 'scrypt', salt, iterationCount: 15, memory: 8, parallelism: 1 }, 'kdf.iterationCount'],
  [{ kdfAlgorithm: 'Argon2id', salt: pattern(7), iterationCount: 1, memory: 16, parallelism: 1 }, 'kdf.salt'],
  [{ kdfAlgorithm: 'Argon2id', salt, iterationCount: 1, parallelism: 1 }, 'kdf.memory'],
  [{ kdfAlgorithm: '' }, 'kdf.kdfAlgorithm'],
  [{ salt }, 'kdf.kdfAlgorithm'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', outputKeyLength: -8 }, 'kdf.outputKeyLength'],
  [{ kdfAlgorithm: 'HKDF-SHA-256', outputKeyLength: 'long' }, 'kdf.outputKeyLength'],
];

async function fields(bench: Bench): Promise<void> {
  await using sourceKey = await bench.key('secret');
  for (const [kdf, field] of faults) {
    await refused(() => derive(bench, sourceKey, kdf as unknown as KdfParameters), wrong, field).catch((error: Error) => {
      throw new Error(`${Object.keys(kdf).join(', ')} of ${kdf.kdfAlgorithm}: ${error.message}`, { cause: error });
    });
  }
  for (const kdf of [undefined, null, 5]) await refused(() => derive(bench, sourceKey, kdf as unknown as KdfParameters), wrong, 'kdf');
  await refused(() => derive(bench, sourceKey, { kdfAlgorithm: 'SHA-256' }), 'UNSUPPORTED_ALGORITHM', 'kdf.kdfAlgorithm');
  await refused(() => derive(bench, sourceKey, { kdfAlgorithm: 'x'.repeat(65) }), 'PARAM_TRUNCATED', 'kdf.kdfAlgorithm');
}

async function lengths(bench: Bench): Promise<void> {
  await using sourceKey = await bench.key('secret');
  const make = (outputKeyLength: number, algorithm: string) => derive(bench, sourceKey, { ...hkdf.kdf, outputKeyLength }, algorithm);
  for (const [algorithm, length] of [
    ['AES-256', 128],
    ['AES-256', 257],
    ['AES-128', 256],
    ['HMAC-SHA-256', 12],
    ['GENERIC-SECRET', 4],
    ['GENERIC-SECRET', 524_296],
  ] as const)
    await refused(() => make(length, algorithm), wrong, 'kdf.outputKeyLength');
  for (const [algorithm, asked, found] of [
    ['AES-256', 0, 256],
    ['AES-256', 256, 256],
    ['AES-128', 0, 128],
    ['HMAC-SHA-256', 0, 256],
    ['HMAC-SHA-256', 512, 512],
    ['HMAC-SHA-512', 0, 512],
    ['GENERIC-SECRET', 8, 8],
    ['GENERIC-SECRET', 2048, 2048],
  ] as const) {
    await using key = await make(asked, algorithm);
    assertSame(`the length of ${algorithm}`, (await bench.context.getKeyObject(key)).keyLength, found);
    assertBytes('the key', await bench.keys.exportKey(key), hkdf.derive(secret, found / 8));
  }
  for (const algorithm of ['ECDSA-P256', 'RSA-2048', 'X25519', 'ML-KEM-768'])
    await refused(() => make(0, algorithm), 'UNSUPPORTED_ALGORITHM', 'derivedKeyAlgorithm');
  await refused(() => make(0, 'AES-1'), 'UNSUPPORTED_ALGORITHM');
  await refused(() => make(255 * 32 * 8 + 8, 'GENERIC-SECRET'), wrong, 'kdf.outputKeyLength');
}

async function sources(bench: Bench): Promise<void> {
  for (const name of ['secret', 'hmac', 'aes'] as const) {
    await using sourceKey = await bench.key(name, p.derive);
    await using key = await derive(bench, sourceKey, hkdf.kdf);
    assertBytes(`the key from ${name}`, await bench.keys.exportKey(key), hkdf.derive(knownKeys[name].data, 32));
  }
  await using password = await bench.key('hmac', p.derive);
  const kdf = { kdfAlgorithm: 'PBKDF2-SHA-256', salt, iterationCount: 10 };
  await refused(() => derive(bench, password, kdf), 'INCOMPATIBLE_KEY_TYPE', 'sourceKey');
  const gone = await bench.key('secret', p.derive);
  await gone.release();
  await refused(() => derive(bench, gone, hkdf.kdf), 'RESOURCE_NOT_FOUND', 'sourceKey');
}

/** Derived keys do what keys do, and derive further ones. */
async function used(bench: Bench): Promise<void> {
  await using sourceKey = await bench.key('secret', p.derive);
  const params = { sourceKey, derivedKeyAlgorithm: 'HMAC-SHA-256', kdf: hkdf.kdf };
  await using usual = await bench.keys.deriveKey(params);
  assertSame('what it may do by default', (await bench.context.getKeyObject(usual)).permittedOperations, p.mac | p.derive);
  await refused(() => bench.keys.exportKey(usual), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  await using further = await bench.keys.deriveKey({ ...params, sourceKey: usual, permissions: p.export });
  assertBytes('the key of the key', await bench.keys.exportKey(further), hkdf.derive(hkdf.derive(secret, 32), 32));
}

async function intoSlot(bench: Bench): Promise<void> {
  await using sourceKey = await bench.key('secret', p.derive);
  const params = { sourceKey, derivedKeyAlgorithm: 'AES-256', kdf: hkdf.kdf };
  await bench.withSlot('Aes', async (slot) => {
    assertSame('the answer', await bench.keys.deriveKey(slot, params), undefined);
    assertBytes('the key in the slot', await bench.keys.exportKey(slot), hkdf.derive(secret, 32));
    assertSame('what it may do', (await bench.keys.getKeySlotInfo(slot)).permittedOperations, p.encrypt | p.decrypt | p.export);
    await refused(() => bench.keys.deriveKey(slot, params), 'KEY_SLOT_OCCUPIED', 'overwrite');
    await bench.keys.deriveKey(slot, { ...params, permissions: p.decrypt, overwrite: true });
    assertSame('what the second may do', (await bench.keys.getKeySlotInfo(slot)).permittedOperations, p.decrypt);
    const surplus = { ...params, permissions: p.mac, overwrite: true };
    await refused(() => bench.keys.deriveKey(slot, surplus), 'KEY_OPERATION_NOT_PERMITTED', 'permissions');
    await refused(() => bench.keys.deriveKey(slot, { ...params, derivedKeyAlgorithm: 'HMAC-SHA-256' }), 'ALGORITHM_MISMATCH');
    assertSame('what stayed', (await bench.keys.getKeySlotInfo(slot)).permittedOperations, p.decrypt);
  });
  await refused(async () => bench.keys.deriveKey(await bench.slot('OnlyUsed'), params), 'ACCESS_DENIED', 'targetSlot');
  // A secret from outside stays one.
  await refused(async () => bench.keys.deriveKey(await bench.slot('GenerateOnly'), params), 'ACCESS_DENIED', 'targetSlot');
  await bench.withSlot('ImportOnly', (slot) => bench.keys.deriveKey(slot, params));
  await using generated = await bench.keys.generateKey({ algorithm: 'HMAC-SHA-256', permissions: p.derive });
  const inside = { ...params, sourceKey: generated };
  await refused(async () => bench.keys.deriveKey(await bench.slot('ImportOnly'), inside), 'ACCESS_DENIED', 'targetSlot');
  await bench.withSlot('GenerateOnly', (slot) => bench.keys.deriveKey(slot, inside));
}

/** From a key of a slot, whose own key stays. */
async function fromSlot(bench: Bench): Promise<void> {
  await bench.withSlot('Hmac', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'HMAC-SHA-256', keyData: knownKeys.hmac.data });
    const params = { sourceKey: slot, derivedKeyAlgorithm: 'AES-256', kdf: hkdf.kdf };
    await refused(() => bench.keys.deriveKey(params), 'KEY_OPERATION_NOT_PERMITTED', 'sourceKey');
  });
  await bench.withSlot('Hmac', (sourceKey) => refused(() => derive(bench, sourceKey, hkdf.kdf), 'KEY_SLOT_EMPTY').then(() => undefined));
}

async function otherProvider(bench: Bench): Promise<void> {
  await using management = await bench.context.createKeyManagementContext({ provider: 'other' });
  await using sourceKey = await management.importKey({ algorithm: 'GENERIC-SECRET', keyData: secret });
  const params = { sourceKey, derivedKeyAlgorithm: 'AES-256', kdf: hkdf.kdf };
  await bench.withSlot('Aes', async (slot) => {
    await refused(() => bench.keys.deriveKey(slot, params), 'CROSS_PROVIDER_INCOMPATIBLE', 'targetSlot');
    assertSame('the state', (await bench.keys.getKeySlotInfo(slot)).state, 'empty');
  });
  await using key = await bench.keys.deriveKey(params);
  assertSame('the provider of a derived key', key.primaryProvider, sourceKey.primaryProvider);
}

async function notClaimed(bench: Bench): Promise<void> {
  await using sourceKey = await bench.key('hmac', p.derive);
  await refused(() => derive(bench, sourceKey, hkdf.kdf), 'UNSUPPORTED_ALGORITHM', 'kdf.kdfAlgorithm');
}

export const derivationChecks: readonly Check[] = [
  ...derivations.map(equals),
  { name: 'derivation: missing, surplus and wrong fields are refused by name', run: fields, needs: claims },
  { name: 'derivation: lengths of derived keys', run: lengths, needs: claims },
  { name: 'derivation: keys to derive from', run: sources, needs: claims },
  { name: 'derivation: derived keys are used and derived from', run: used, needs: claims },
  { name: 'derivation: into slots', run: intoSlot, needs: claims },
  { name: 'derivation: from slots', run: fromSlot, needs: claims },
  { name: "derivation: the key stays in its source's provider", run: otherProvider },
  { name: 'derivation: where it is not claimed it is refused', run: notClaimed, lacks: [['HKDF-SHA-256', 'derive']] },
];
