/** Keys as the content of messages: wrapped and unwrapped. */
import { createCipheriv, createPrivateKey, constants as cryptoConstants, privateDecrypt } from 'node:crypto';
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { UnwrapKeyParams, WrapKeyParams } from '../../../src/client/key-params.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { aeads } from '../cipher-material.js';
import type { Claim } from '../claims.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { type HalfName, halves } from '../keys.js';
import { aesKey, joined, pattern, rsaPair } from '../material.js';

interface Method {
  readonly algorithm: string;
  /** Halves to wrap and to unwrap with. */
  readonly keys: readonly [wraps: HalfName, unwraps: HalfName];
  readonly more?: Pick<WrapKeyParams, 'iv' | 'aad' | 'parameters'>;
  /** Whether it carries private keys. */
  readonly long: boolean;
  /** Whether it is what others make of an AES key. */
  readonly judge: (wrapped: Uint8Array, content: Uint8Array) => boolean;
}

const iv = pattern(12, 5);
/** Bytes that the wrapping RSA key makes. */
const rsaSize = 256;
const aad = pattern(9, 6);
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
function keyWrap(mode: 'wrap' | 'wrap-pad', initial: string): Method['judge'] {
  return (wrapped, content) => {
    const cipher = createCipheriv(`id-aes256-${mode}`, aesKey, Buffer.from(initial, 'hex'));
    return same(wrapped, joined([cipher.update(content), cipher.final()].map((part) => new Uint8Array(part))));
  };
}
function oaep(hash: string): Method {
  const options = {
    key: rsaPair.privateKey,
    padding: cryptoConstants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: hash.replace('-', '').toLowerCase(),
  };
  const judge: Method['judge'] = (wrapped, content) => same(new Uint8Array(privateDecrypt(options, wrapped)), content);
  return { algorithm: `RSA-OAEP-${hash}`, keys: ['rsaPublic', 'rsaPrivate'], long: false, judge };
}
/** An AES key of its own, encrypted for RSA, and with it the content: both by others. */
function rsaAes(hash: string): Method {
  const options = {
    key: rsaPair.privateKey,
    padding: cryptoConstants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: hash.replace('-', '').toLowerCase(),
  };
  const judge: Method['judge'] = (wrapped, content) => {
    const inner = privateDecrypt(options, wrapped.subarray(0, 256));
    const cipher = createCipheriv(`id-aes${inner.length * 8}-wrap-pad`, inner, Buffer.from('a65959a6', 'hex'));
    return same(wrapped.subarray(256), joined([cipher.update(content), cipher.final()].map((part) => new Uint8Array(part))));
  };
  return { algorithm: `RSA-AES-KWP-${hash}`, keys: ['rsaPublic', 'rsaPrivate'], long: true, judge };
}

const methods: readonly Method[] = [
  { algorithm: 'AES-KW', keys: ['aes', 'aes'], long: false, judge: keyWrap('wrap', 'a6a6a6a6a6a6a6a6') },
  { algorithm: 'AES-KWP', keys: ['aes', 'aes'], long: true, judge: keyWrap('wrap-pad', 'a65959a6') },
  {
    algorithm: 'AES-GCM',
    keys: ['aes', 'aes'],
    more: { iv, aad },
    long: true,
    judge: (wrapped, content) => {
      const { data, tag } = aeads['AES-256-GCM'].seal(content, iv, aad, 16);
      return same(wrapped, joined([data, tag]));
    },
  },
  oaep('SHA-1'),
  oaep('SHA-256'),
  rsaAes('SHA-1'),
  rsaAes('SHA-256'),
];
const claimsOf = ({ algorithm }: Method): readonly Claim[] => [
  [algorithm, 'wrap'],
  [algorithm, 'unwrap'],
];

const wrapper = p.wrap | p.unwrap;
/** 24 bytes would do as well; 32 for tokens that want the hash's size. */
const content = pattern(32, 77);

async function fits(bench: Bench, { algorithm: wrappingAlgorithm, keys, more, judge, long }: Method): Promise<void> {
  await using wrappingKey = await bench.key(keys[0], wrapper);
  await using unwrappingKey = await bench.key(keys[1], wrapper);
  await using keyToWrap = await bench.keys.importKey({ algorithm: 'AES-256', keyData: content, permissions: p.export });
  const params = { keyToWrap, wrappingKey, wrappingAlgorithm, ...more };
  const wrapped = await bench.keys.wrapKey(params);
  assert(judge(wrapped, content), 'it is not what others make of it');
  assertSame('the size that was told', await bench.keys.getWrapKeySize(params), wrapped.length);
  await refused(() => bench.keys.wrapKey(params, new Uint8Array(wrapped.length - 1)), 'INSUFFICIENT_BUFFER_SIZE', 'output');
  const output = new Uint8Array(wrapped.length + 3);
  const filled = await bench.keys.wrapKey(params, output);
  assert(filled.buffer === output.buffer && filled.length === wrapped.length, 'the wrapped key is not in the buffer');
  const back = { wrappedData: wrapped, wrappingKey: unwrappingKey, wrappingAlgorithm, innerKeyAlgorithm: 'AES-256', ...more };
  await using key = await bench.keys.unwrapKey({ ...back, permissions: p.export });
  assertBytes('the key that came back', await bench.keys.exportKey(key), content);
  await using usual = await bench.keys.unwrapKey(back);
  const defaults = p.encrypt | p.decrypt | p.mac | p.derive;
  assertSame('what it may do by default', (await bench.context.getKeyObject(usual)).permittedOperations, defaults);
  if (long) await privateKey(bench, params, back);
}

/** PKCS#8 is what of a private key is wrapped. */
async function privateKey(bench: Bench, wrap: WrapKeyParams, back: Omit<UnwrapKeyParams, 'wrappedData'>): Promise<void> {
  for (const name of ['ecPrivate', 'rsaPrivate', 'edwardsPrivate'] as const) {
    const { algorithm, spki } = halves[name];
    if (!(await bench.claims()).has([algorithm, 'import'])) continue;
    await using keyToWrap = await bench.key(name, p.export);
    const params = { ...wrap, keyToWrap };
    const wrappedData = await bench.keys.wrapKey(params);
    assertSame(`the size of ${algorithm}`, await bench.keys.getWrapKeySize(params), wrappedData.length);
    await using key = await bench.keys.unwrapKey({ ...back, wrappedData, innerKeyAlgorithm: algorithm, permissions: p.sign | p.export });
    const view = await bench.context.getKeyObject(key);
    assertSame('the kind', [view.kind, view.algorithm], ['private', algorithm]);
    assertBytes('the public half', (await view.exportPublicKey?.()) ?? new Uint8Array(0), spki ?? new Uint8Array(0));
    createPrivateKey({ key: Buffer.from(await bench.keys.exportKey(key)), format: 'der', type: 'pkcs8' });
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** Wrong key, changed data, another kind of content: one refusal. */
async function uniform(bench: Bench, { algorithm: wrappingAlgorithm, keys, more }: Method): Promise<void> {
  await using wrappingKey = await bench.key(keys[0], wrapper);
  await using unwrappingKey = await bench.key(keys[1], wrapper);
  await using keyToWrap = await bench.keys.importKey({ algorithm: 'AES-256', keyData: content, permissions: p.export });
  const right = await bench.keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm, ...more });
  const unwrap = (wrappedData: Uint8Array, innerKeyAlgorithm = 'AES-256', id: CryptoResourceId = unwrappingKey) =>
    bench.keys.unwrapKey({ wrappedData, wrappingKey: id, wrappingAlgorithm, innerKeyAlgorithm, ...more });
  const messages = new Set<string>();
  const fails = async (work: () => unknown) => messages.add((await refused(work, 'WRAP_UNWRAP_FAILED', 'wrappedData')).message);
  for (const at of [0, 8, right.length - 1]) await fails(() => unwrap(flipped(right, at)));
  for (const size of [0, 1, 8, 16, right.length - 8, right.length - 1]) await fails(() => unwrap(right.subarray(0, size)));
  // Behind RSA nothing is left of a message that ends there, and some unwrap nothing to a key without bytes.
  if (right.length > rsaSize) await fails(() => unwrap(right.subarray(0, rsaSize), 'GENERIC-SECRET'));
  await fails(() => unwrap(joined([right, new Uint8Array(8)])));
  await fails(() => unwrap(right, 'AES-128'));
  await fails(() => unwrap(right, 'ECDSA-P256'));
  if (keys[0] === 'aes') {
    await using other = await bench.keys.importKey({ algorithm: 'AES-256', keyData: pattern(32), permissions: wrapper });
    await fails(() => unwrap(right, 'AES-256', other));
  }
  assertSame('the number of messages', messages.size, 1);
  await (await unwrap(right)).release();
}

function checksOf(method: Method): Check[] {
  const { algorithm } = method;
  const needs = claimsOf(method);
  return [
    { name: `wrapping: ${algorithm} there and back`, needs, run: (bench) => fits(bench, method) },
    { name: `wrapping: ${algorithm}, what can't be unwrapped is one refusal`, needs, run: (bench) => uniform(bench, method) },
    { name: `wrapping: ${algorithm} is not claimed, and refused`, lacks: needs, run: (bench) => notClaimed(bench, method) },
  ];
}

async function notClaimed(bench: Bench, { algorithm: wrappingAlgorithm, keys, more }: Method): Promise<void> {
  await using wrappingKey = await bench.key(keys[1], wrapper);
  await using keyToWrap = await bench.key('aes', p.export);
  const params = { keyToWrap, wrappingKey, wrappingAlgorithm, ...more };
  await refused(() => bench.keys.wrapKey(params), 'UNSUPPORTED_ALGORITHM', 'wrappingAlgorithm');
  const back = { wrappedData: pattern(300), wrappingKey, wrappingAlgorithm, innerKeyAlgorithm: 'AES-256', ...more };
  await refused(() => bench.keys.unwrapKey(back), 'UNSUPPORTED_ALGORITHM', 'wrappingAlgorithm');
}

async function fields(bench: Bench): Promise<void> {
  await using wrappingKey = await bench.key('aes', wrapper);
  await using rsaKey = await bench.key('rsaPublic', p.wrap);
  await using keyToWrap = await bench.key('hmac', p.export);
  const wrap = (more: Partial<WrapKeyParams>) => bench.keys.wrapKey({ keyToWrap, wrappingKey, ...more });
  const wrong = 'INVALID_ARGUMENT';
  for (const wrappingAlgorithm of ['AES-KW', 'AES-KWP']) {
    await refused(() => wrap({ wrappingAlgorithm, iv }), wrong, 'iv');
    await refused(() => wrap({ wrappingAlgorithm, aad }), wrong, 'aad');
    await refused(() => wrap({ wrappingAlgorithm, parameters: { label: aad } }), wrong, 'parameters.label');
  }
  await refused(() => wrap({ wrappingAlgorithm: 'AES-GCM' }), wrong, 'iv');
  await refused(() => wrap({ wrappingAlgorithm: 'AES-GCM', iv: new Uint8Array(0) }), wrong, 'iv');
  await refused(() => wrap({ wrappingAlgorithm: 'AES-GCM', iv: 'iv' as unknown as Uint8Array }), wrong, 'iv');
  const oaepParams = { wrappingKey: rsaKey, wrappingAlgorithm: 'RSA-OAEP-SHA-1' };
  await refused(() => wrap({ ...oaepParams, iv }), wrong, 'iv');
  await refused(() => wrap({ ...oaepParams, parameters: { mgfHash: 'MD5' } }), wrong, 'parameters.mgfHash');
  await refused(() => wrap({ wrappingAlgorithm: 'AES-256-CBC' }), 'UNSUPPORTED_ALGORITHM', 'wrappingAlgorithm');
  await refused(() => wrap({ wrappingAlgorithm: 'x'.repeat(65) }), 'PARAM_TRUNCATED', 'wrappingAlgorithm');
  await refused(() => wrap({ ...oaepParams, wrappingKey }), 'INCOMPATIBLE_KEY_TYPE', 'wrappingKey');
  await refused(() => wrap({ wrappingKey: rsaKey, wrappingAlgorithm: 'AES-KWP' }), 'INCOMPATIBLE_KEY_TYPE', 'wrappingKey');
  await using publicKey = await bench.key('ecPublic', p.export);
  await refused(() => wrap({ keyToWrap: publicKey }), 'INCOMPATIBLE_KEY_TYPE', 'keyToWrap');
}

/** What is used when nobody names an algorithm, and where they are spelled otherwise. */
async function usualMethods(bench: Bench): Promise<void> {
  await using wrappingKey = await bench.key('aes', wrapper);
  await using keyToWrap = await bench.key('hmac', p.export);
  const params = { keyToWrap, wrappingKey };
  const named = await bench.keys.wrapKey({ ...params, wrappingAlgorithm: 'AES-KWP' });
  assertBytes('the usual form', await bench.keys.wrapKey(params), named);
  assertBytes('the form under another name', await bench.keys.wrapKey({ ...params, wrappingAlgorithm: 'aes-256-kwp' }), named);
  const back = { wrappedData: named, wrappingKey, innerKeyAlgorithm: 'HMAC-SHA-256', permissions: p.export };
  await using key = await bench.keys.unwrapKey(back);
  assertBytes('the key', await bench.keys.exportKey(key), halves.hmac.data);
}

/** Both keys must allow it: the one that leaves, and the one that it leaves under. */
async function twoPermissions(bench: Bench): Promise<void> {
  for (const [leaving, wraps] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ]) {
    await using keyToWrap = await bench.key('hmac', leaving ? p.export : p.mac);
    await using wrappingKey = await bench.key('aes', wraps ? p.wrap : p.encrypt | p.unwrap);
    const work = () => bench.keys.wrapKey({ keyToWrap, wrappingKey });
    const size = () => bench.keys.getWrapKeySize({ keyToWrap, wrappingKey });
    if (leaving && wraps) assertSame('the size', (await work()).length, await size());
    else for (const one of [work, size]) await refused(one, 'KEY_OPERATION_NOT_PERMITTED', leaving ? 'wrappingKey' : 'keyToWrap');
  }
  await using usual = await bench.key('aes');
  await using keyToWrap = await bench.key('hmac', p.export);
  await refused(() => bench.keys.wrapKey({ keyToWrap, wrappingKey: usual }), 'KEY_OPERATION_NOT_PERMITTED', 'wrappingKey');
}

async function otherProvider(bench: Bench): Promise<void> {
  await using management = await bench.context.createKeyManagementContext({ provider: 'other' });
  await using foreign = await management.importKey({ algorithm: 'AES-256', keyData: aesKey, permissions: wrapper | p.export });
  await using own = await bench.key('aes', wrapper | p.export);
  const wrap = (keyToWrap: CryptoResourceId, wrappingKey: CryptoResourceId) => bench.keys.wrapKey({ keyToWrap, wrappingKey });
  await refused(() => wrap(own, foreign), 'CROSS_PROVIDER_INCOMPATIBLE', 'wrappingKey');
  await refused(() => wrap(foreign, own), 'CROSS_PROVIDER_INCOMPATIBLE', 'wrappingKey');
  const wrappedData = await wrap(own, own);
  await bench.withSlot('Aes', async (slot) => {
    const params = { wrappedData, wrappingKey: foreign, innerKeyAlgorithm: 'AES-256' };
    await refused(() => bench.keys.unwrapKey(slot, params), 'CROSS_PROVIDER_INCOMPATIBLE', 'targetSlot');
  });
}

async function slots(bench: Bench): Promise<void> {
  await using wrappingKey = await bench.key('aes', wrapper);
  await using keyToWrap = await bench.keys.importKey({ algorithm: 'AES-256', keyData: content, permissions: p.export });
  const wrappedData = await bench.keys.wrapKey({ keyToWrap, wrappingKey });
  const params = { wrappedData, wrappingKey, innerKeyAlgorithm: 'AES-256' };
  await bench.withSlot('Aes', async (slot) => {
    assertSame('the answer', await bench.keys.unwrapKey(slot, params), undefined);
    assertBytes('the key in the slot', await bench.keys.exportKey(slot), content);
    assertBytes('the wrapped key of the slot', await bench.keys.wrapKey({ keyToWrap: slot, wrappingKey }), wrappedData);
    await refused(() => bench.keys.unwrapKey(slot, params), 'KEY_SLOT_OCCUPIED', 'overwrite');
    await refused(
      () => bench.keys.unwrapKey(slot, { ...params, permissions: p.wrap, overwrite: true }),
      'KEY_OPERATION_NOT_PERMITTED',
      'permissions',
    );
    await refused(
      () => bench.keys.unwrapKey(slot, { ...params, wrappedData: flipped(wrappedData, 3), overwrite: true }),
      'WRAP_UNWRAP_FAILED',
      'wrappedData',
    );
    assertBytes('the key that stayed', await bench.keys.exportKey(slot), content);
  });
  await refused(async () => bench.keys.unwrapKey(await bench.slot('GenerateOnly'), params), 'ACCESS_DENIED', 'targetSlot');
  await bench.withSlot('ImportOnly', (slot) => bench.keys.unwrapKey(slot, params));
}

const kwp: readonly Claim[] = [
  ['AES-KWP', 'wrap'],
  ['AES-KWP', 'unwrap'],
];
export const wrappingChecks: readonly Check[] = [
  ...methods.flatMap(checksOf),
  { name: 'wrapping: fields that do not fit are refused by name', run: fields, needs: [...kwp, ['AES-KW', 'wrap']] },
  { name: 'wrapping: what is used when nobody says', run: usualMethods, needs: kwp },
  { name: 'wrapping: needs the permission of both keys', run: twoPermissions, needs: kwp },
  { name: 'wrapping: both keys are in one provider', run: otherProvider, needs: kwp },
  { name: 'wrapping: out of slots and into slots', run: slots, needs: kwp },
];
