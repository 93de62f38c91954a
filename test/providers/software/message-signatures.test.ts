import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { signatureRows } from '../../../src/core/algorithms/signatures.js';
import type { ParameterValues } from '../../../src/providers/contract.js';
import { implementationOf } from '../../../src/providers/post-quantum/implementation.js';
import { SoftwareKey } from '../../../src/providers/software/key.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { pkcs8 } from './key-material.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importKey,
  keyRow,
  message,
  now,
  operation,
  plain,
  random,
  startProvider,
  toHex,
  utf8,
} from './support.js';

function edwardsPair(crv: string, secret: string, point: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const url = (value: string) => Buffer.from(value, 'hex').toString('base64url');
  const key = { kty: 'OKP', crv, x: url(point), d: url(secret) };
  return { privateKey: createPrivateKey({ key, format: 'jwk' }), publicKey: createPublicKey({ key, format: 'jwk' }) };
}

/** RFC 8032 7.1 test 3, 7.4 "1 octet" and "1 octet (with context)". */
const ed448 = {
  algorithm: 'Ed448',
  secret: 'c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e',
  point: '43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480',
  msg: '03',
};
const known = [
  {
    algorithm: 'Ed25519',
    secret: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    point: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    msg: 'af82',
    context: undefined,
    sig: '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    ...ed448,
    context: undefined,
    sig: '26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00',
  },
  {
    ...ed448,
    context: '666f6f',
    sig: 'd4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea000c85741de5c8da1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d5428407e85dcbc98a49155c13764e66c3c00',
  },
];

test.each(known)('$algorithm of $msg with context $context', async ({ algorithm, secret, point, msg, context, sig }) => {
  const provider = await startProvider();
  const key = importKey(provider, algorithm, pkcs8(edwardsPair(algorithm, secret, point).privateKey), 'der');
  const parameters = { context: context === undefined ? undefined : hex(context) };
  const sign = operation(provider, algorithm, { kind: 'sign', key, parameters });
  expect(toHex(now(sign.singleShot?.(message(hex(msg)), call)).data)).toBe(sig);
  now(sign.init(undefined, call));
  for (const piece of cut(hex(msg), [1])) now(sign.update(piece, call));
  expect(toHex(now(sign.finalize(call)).data)).toBe(sig);
  const valid = (given: ParameterValues, signature = hex(sig)) =>
    now(operation(provider, algorithm, { kind: 'verify', key, parameters: given }).verifySingleShot?.(message(hex(msg)), signature, call))
      .valid;
  expect(valid(parameters)).toBe(true);
  if (algorithm === 'Ed448') expect(valid({ context: utf8('another') })).toBe(false);
  expect(valid(parameters, hex(sig).with(3, 0))).toBe(false);
  expect(valid(parameters, hex(sig).subarray(1))).toBe(false);
});

/** A slow host that remembers what it was asked for. */
function rememberingSlowHost() {
  const asked: string[] = [];
  const { signPostQuantum, verifyPostQuantum } = inProcessSlowHost();
  const slowHost = inProcessSlowHost({
    signPostQuantum: (signing, call) => {
      asked.push(`sign ${signing.name}`);
      return signPostQuantum(signing, call);
    },
    verifyPostQuantum: (verification, call) => {
      asked.push(`verify ${verification.name}`);
      return verifyPostQuantum(verification, call);
    },
  });
  return { asked, slowHost };
}

/** 2^252 + 27742317777372353535851937790883648493 added to s: an equation that holds, and another signature of the same message. */
test('Ed25519: s beyond the order is no signature', async () => {
  const provider = await startProvider();
  const [{ secret, point, msg, sig }] = known as [(typeof known)[0]];
  const key = importKey(provider, 'Ed25519', pkcs8(edwardsPair('Ed25519', secret, point).privateKey), 'der');
  const order = (1n << 252n) + 27742317777372353535851937790883648493n;
  const little = (bytes: Uint8Array) => BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
  const s = (little(hex(sig).subarray(32)) + order).toString(16).padStart(64, '0');
  const forged = Uint8Array.of(...hex(sig).subarray(0, 32), ...hex(s).reverse());
  const verify = operation(provider, 'Ed25519', { kind: 'verify', key });
  expect(now(verify.verifySingleShot?.(message(hex(msg)), forged, call)).valid).toBe(false);
});

/** With the neutral point as key and s = 0 the equation holds for every message. */
test.each([
  ['Ed25519', 32],
  ['Ed448', 57],
] as const)('%s: nothing is right under a key of small order', async (algorithm, size) => {
  const provider = await startProvider();
  const forged = new Uint8Array(2 * size);
  forged[0] = 1;
  const x = Buffer.from(forged.subarray(0, size)).toString('base64url');
  const object = createPublicKey({ key: { kty: 'OKP', crv: algorithm, x }, format: 'jwk' });
  const key = new SoftwareKey(provider, keyRow(algorithm), { half: 'public', object }, () => undefined);
  const verify = operation(provider, algorithm, { kind: 'verify', key });
  expect(await verify.verifySingleShot?.(message(utf8('any')), forged, call)).toEqual({ valid: false });
});

test('long messages are signed and verified on the thread pool', async () => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'Ed25519');
  const data = random(200_000);
  const sign = operation(provider, 'Ed25519', { kind: 'sign', key });
  const verify = operation(provider, 'Ed25519', { kind: 'verify', key });
  expect([sign.gathersData, verify.gathersData]).toEqual([true, true]);
  const whole = sign.singleShot?.(message(data), call);
  expect(whole).toBeInstanceOf(Promise);
  const signature = plain((await whole)?.data);
  now(sign.init(undefined, call));
  for (const piece of cut(data, [5, 70_000, 190_000])) now(sign.update(piece, call));
  expect(plain((await sign.finalize(call)).data)).toEqual(signature);
  now(verify.init(undefined, call));
  now(verify.update(data, call));
  expect(await verify.verify?.(signature, call)).toEqual({ valid: true });
  expect(await verify.verifySingleShot?.(message(data.subarray(1)), signature, call)).toEqual({ valid: false });
});

const lattice = signatureRows.filter((row) => row.family === 'ml-dsa').map(({ name }) => name);

test.each([...lattice, 'SLH-DSA-SHA2-128f'])('%s: context, determinism, cuts', { timeout: 60_000 }, async (name) => {
  const { asked: requests, slowHost } = rememberingSlowHost();
  const provider = await startProvider({ slowHost });
  const key = await generateKey(provider, name);
  const publicKey = await provider.keys.publicKey(key, 7, call);
  const data = random(100);
  const of = (parameters: ParameterValues) => operation(provider, name, { kind: 'sign', key, parameters });
  const context = utf8('context');
  const sign = async (parameters: ParameterValues) => plain((await of(parameters).singleShot?.(message(data), call))?.data);
  const fixed = await sign({ context, deterministic: true });
  const streamed = of({ context, deterministic: true });
  now(streamed.init(undefined, call));
  for (const piece of cut(data, [1, 50])) now(streamed.update(piece, call));
  expect(plain((await streamed.finalize(call)).data)).toEqual(fixed);
  const fresh = await sign({ context });
  expect(fresh).not.toEqual(fixed);
  const valid = async (signature: Uint8Array, parameters: ParameterValues, key = publicKey) =>
    (await operation(provider, name, { kind: 'verify', key, parameters }).verifySingleShot?.(message(data), signature, call))?.valid;
  for (const signature of [fixed, fresh]) {
    expect(await valid(signature, { context })).toBe(true);
    expect(await valid(signature, { context }, key)).toBe(true);
    expect(await valid(signature, {})).toBe(false);
    expect(await valid(signature.with(10, (signature[10] ?? 0) ^ 1), { context })).toBe(false);
    expect(await valid(signature.subarray(1), { context })).toBe(false);
  }
  expect(requests).toContain(`sign ${name}`);
});

test('what is slow goes to the slow host, the rest does not', { timeout: 60_000 }, async () => {
  const { asked: requests, slowHost } = rememberingSlowHost();
  const provider = await startProvider({ slowHost });
  const asked = async (name: string, parameters: ParameterValues, data = random(10)) => {
    const key = await generateKey(provider, name);
    requests.length = 0;
    const signed = await operation(provider, name, { kind: 'sign', key, parameters }).singleShot?.(message(data), call);
    const verify = operation(provider, name, { kind: 'verify', key, parameters });
    expect(await verify.verifySingleShot?.(message(data), plain(signed?.data), call)).toEqual({ valid: true });
    return [...requests];
  };
  const library = implementationOf('ML-DSA-44') === 'noble';
  expect(await asked('ML-DSA-44', {})).toEqual(library ? ['sign ML-DSA-44'] : []);
  expect(await asked('ML-DSA-44', { deterministic: true })).toEqual(['sign ML-DSA-44']);
  expect(await asked('ML-DSA-44', {}, random(1_100_000))).toEqual(['sign ML-DSA-44', 'verify ML-DSA-44']);
  const slh = 'SLH-DSA-SHA2-128f';
  expect(await asked(slh, {})).toEqual(library ? [`sign ${slh}`, `verify ${slh}`] : [`sign ${slh}`]);
});

test('a public key does not sign; keys of other sets do not fit', async () => {
  const provider = await startProvider({ slowHost: inProcessSlowHost() });
  const key = await generateKey(provider, 'ML-DSA-44');
  const half = await provider.keys.publicKey(key, 7, call);
  await expectError(
    () => operation(provider, 'ML-DSA-44', { kind: 'sign', key: half }).singleShot?.(message(utf8('x')), call),
    'INCOMPATIBLE_KEY_TYPE',
    'key',
  );
  await expectError(() => operation(provider, 'ML-DSA-65', { kind: 'sign', key }), 'INCOMPATIBLE_KEY_TYPE', 'key');
  const sign = operation(provider, 'ML-DSA-44', { kind: 'sign', key });
  await expectError(() => sign.finalize(call), 'STREAM_NOT_INITIALIZED');
  now(sign.init(undefined, call));
  now(sign.update(utf8('x'), call));
  now(sign.abort());
  await expectError(() => sign.finalize(call), 'STREAM_NOT_INITIALIZED');
  sign.close();
});
