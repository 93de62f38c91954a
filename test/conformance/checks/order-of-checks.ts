/** When several things are wrong, the first in this order is told: id, right, permission, fit of the key, parameters, provider. */
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, otherProvider } from '../bench.js';
import type { Check } from '../check.js';
import { assert, refused } from '../expectations.js';

const unknown = 'NoSuchAlgorithm';
const wrongParameters = { nothing: 1 };
const everything = 0xfff;

async function idFirst(bench: Bench): Promise<void> {
  const gone = await bench.key('aes', p.none);
  await gone.release();
  const config = {
    algorithm: unknown,
    key: gone,
    direction: 'encrypt',
    parameters: wrongParameters,
    provider: otherProvider.name,
  } as const;
  await refused(() => bench.context.createCipherContext(config), 'RESOURCE_NOT_FOUND', 'key');
}

async function typeOfId(bench: Bench): Promise<void> {
  const provider = await bench.context.resolveResource(bench.provider, 'provider');
  await refused(() => bench.context.createSignContext({ algorithm: unknown, key: provider }), 'INVALID_RESOURCE_TYPE', 'key');
  await refused(() => bench.keys.loadKey(provider), 'INVALID_RESOURCE_TYPE', 'slot');
  await using key = await bench.key('aes');
  await refused(() => bench.keys.loadKey(key), 'INVALID_RESOURCE_TYPE', 'slot');
  const config = { algorithm: 'SHA-256', provider: key } as const;
  await refused(() => bench.context.createHashContext(config), 'INVALID_RESOURCE_TYPE', 'provider');
}

async function noId(bench: Bench): Promise<void> {
  const without = { algorithm: 'ECDSA-P256', key: undefined as unknown as CryptoResourceId };
  await refused(() => bench.context.createSignContext(without), 'RESOURCE_NOT_FOUND', 'key');
}

async function rightBeforePermission(bench: Bench): Promise<void> {
  await bench.withSlot('NotUsed', async (slot) => {
    await refused(() => bench.context.createSignContext({ algorithm: unknown, key: slot }), 'ACCESS_DENIED', 'key');
    await bench.keys.generateKey(slot, 'AES-256');
    await refused(() => bench.context.createSignContext({ algorithm: unknown, key: slot }), 'ACCESS_DENIED', 'key');
  });
}

async function emptySlot(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await refused(() => bench.context.createSignContext({ algorithm: unknown, key: slot }), 'KEY_SLOT_EMPTY', 'key');
  });
}

async function permissionBeforeAlgorithm(bench: Bench): Promise<void> {
  await using key = await bench.key('aes', p.encrypt);
  const make = (algorithm: string) => bench.context.createSignContext({ algorithm, key, parameters: wrongParameters });
  await refused(() => make(unknown), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  await refused(() => make('HMAC-SHA-256'), 'KEY_OPERATION_NOT_PERMITTED', 'key');
}

async function kindOfContext(bench: Bench): Promise<void> {
  await using key = await bench.key('aes', p.sign);
  const error = await refused(
    () => bench.context.createSignContext({ algorithm: 'HMAC-SHA-256', key }),
    'UNSUPPORTED_ALGORITHM',
    'algorithm',
  );
  assert(error.message.includes('use a mac context'), `the message does not help: ${error.message}`);
  await refused(() => bench.context.createSignContext({ algorithm: unknown, key }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
  await refused(() => bench.context.createHashContext({ algorithm: 'AES-256-CBC' }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
}

async function fitBeforeParameters(bench: Bench): Promise<void> {
  await using key = await bench.key('ecPrivate', p.sign);
  const config = { algorithm: 'RSA-PSS-SHA-256', key, parameters: wrongParameters, provider: otherProvider.name };
  await refused(() => bench.context.createSignContext(config), 'INCOMPATIBLE_KEY_TYPE', 'key');
}

async function parametersBeforeProvider(bench: Bench): Promise<void> {
  await using key = await bench.key('ecPrivate', p.sign);
  const config = { algorithm: 'ECDSA-P256', key, provider: otherProvider.name };
  await refused(
    () => bench.context.createSignContext({ ...config, parameters: wrongParameters }),
    'INVALID_ARGUMENT',
    'parameters.nothing',
  );
  await refused(() => bench.context.createSignContext(config), 'CROSS_PROVIDER_INCOMPATIBLE', 'provider');
}

async function direction(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const config = { algorithm: 'AES-256-CBC', key } as unknown as { algorithm: string; key: CryptoResourceId; direction: 'encrypt' };
  await refused(() => bench.context.createCipherContext(config), 'INVALID_ARGUMENT', 'direction');
  await refused(() => bench.context.createAeadContext(config), 'INVALID_ARGUMENT', 'direction');
}

type KeyOperation = readonly [name: string, field: string, run: (keys: Bench['keys'], key: CryptoResourceId) => Promise<unknown>];

const none = new Uint8Array(0);
/** Everything else about them is wrong. */
const unknownKdf = { derivedKeyAlgorithm: unknown, kdf: { kdfAlgorithm: unknown, iterationCount: 1 } };
const unknownWrap = { wrappingAlgorithm: unknown, parameters: wrongParameters };
const keyOperations: readonly KeyOperation[] = [
  ['deriveKey', 'sourceKey', (keys, sourceKey) => keys.deriveKey({ sourceKey, ...unknownKdf })],
  [
    'agreeKey',
    'privateKey',
    (keys, privateKey) => keys.agreeKey({ privateKey, peerPublicKey: none, agreementAlgorithm: unknown, ...unknownKdf }),
  ],
  ['encapsulateKey', 'publicKey', (keys, publicKey) => keys.encapsulateKey({ publicKey, ...unknownKdf })],
  ['decapsulateKey', 'privateKey', (keys, privateKey) => keys.decapsulateKey({ privateKey, ciphertext: none, ...unknownKdf })],
  ['wrapKey', 'keyToWrap', (keys, key) => keys.wrapKey({ keyToWrap: key, wrappingKey: key, ...unknownWrap })],
  [
    'unwrapKey',
    'wrappingKey',
    (keys, wrappingKey) => keys.unwrapKey({ wrappedData: none, wrappingKey, innerKeyAlgorithm: unknown, ...unknownWrap }),
  ],
];

/** As with contexts: whether the key may comes before everything that is said of how. */
function permissionFirst([name, field, run]: KeyOperation): Check {
  return {
    name: `order of checks: of ${name}, the permission comes before everything`,
    run: async (bench) => {
      await using key = await bench.key('aes', p.none);
      await refused(() => run(bench.keys, key), 'KEY_OPERATION_NOT_PERMITTED', field);
    },
  };
}

async function wrappingKeyFirst(bench: Bench): Promise<void> {
  await using wrappingKey = await bench.key('aes', p.none);
  await using keyToWrap = await bench.key('hmac', p.export);
  await refused(() => bench.keys.wrapKey({ keyToWrap, wrappingKey, ...unknownWrap }), 'KEY_OPERATION_NOT_PERMITTED', 'wrappingKey');
}

/** The algorithm is known, and the key is not for it; other fields are wrong. */
const wrongKdf = { derivedKeyAlgorithm: unknown, kdf: { kdfAlgorithm: 'HKDF-SHA-256', iterationCount: 1 } };
const wrongWrap = { wrappingAlgorithm: 'AES-KWP', parameters: wrongParameters };
const unfitOperations: readonly KeyOperation[] = [
  ['deriveKey', 'sourceKey', (keys, sourceKey) => keys.deriveKey({ sourceKey, ...wrongKdf })],
  [
    'agreeKey',
    'privateKey',
    (keys, privateKey) => keys.agreeKey({ privateKey, peerPublicKey: none, agreementAlgorithm: 'X25519', ...wrongKdf }),
  ],
  ['decapsulateKey', 'privateKey', (keys, privateKey) => keys.decapsulateKey({ privateKey, ciphertext: none, ...wrongKdf })],
  [
    'unwrapKey',
    'wrappingKey',
    (keys, wrappingKey) => keys.unwrapKey({ wrappedData: none, wrappingKey, innerKeyAlgorithm: unknown, ...wrongWrap }),
  ],
];

function fitFirst([name, field, run]: KeyOperation): Check {
  return {
    name: `order of checks: of ${name}, the fit of the key comes before other fields`,
    run: async (bench) => {
      await using key = await bench.key('ecPrivate', everything);
      await refused(() => run(bench.keys, key), 'INCOMPATIBLE_KEY_TYPE', field);
    },
  };
}

export const orderChecks: readonly Check[] = [
  { name: 'order of checks: an id that is gone comes before everything else', run: idFirst },
  { name: 'order of checks: an id of something else is INVALID_RESOURCE_TYPE', run: typeOfId },
  { name: 'order of checks: a context that wants a key and gets none names it', run: noId },
  { name: 'order of checks: the right to the slot comes before the permission of its key', run: rightBeforePermission },
  { name: 'order of checks: a slot without a key is KEY_SLOT_EMPTY', run: emptySlot },
  { name: 'order of checks: the permission comes before the algorithm', run: permissionBeforeAlgorithm },
  { name: 'order of checks: with the permission, the kind of context is told', run: kindOfContext },
  { name: 'order of checks: the fit of the key comes before parameters and provider', run: fitBeforeParameters },
  { name: 'order of checks: parameters come before the provider', run: parametersBeforeProvider },
  { name: 'order of checks: ciphers want a direction', run: direction },
  ...keyOperations.map(permissionFirst),
  { name: 'order of checks: of wrapKey, the permission of the wrapping key comes before the algorithm', run: wrappingKeyFirst },
  ...unfitOperations.map(fitFirst),
];
