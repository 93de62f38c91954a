import { spawnSync } from 'node:child_process';
import { constants, createHash, createPublicKey, type KeyObject, sign as referenceSign, verify as referenceVerify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curveLengths, curveShortNames, usualHashes } from '../../../src/core/algorithms/key-names.js';
import { type CurveName, hashNames, hashSizes } from '../../../src/core/algorithms.js';
import { outputSize } from '../../../src/core/sizes.js';
import type { ParameterValues, ProviderKey } from '../../../src/providers/contract.js';
import { digestNames } from '../../../src/providers/digest-names.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import { pkcs8, rsa } from './key-material.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importAny,
  importKey,
  message,
  now,
  operation,
  random,
  row,
  startProvider,
  temporaryFolder,
  utf8,
} from './support.js';
import { ecdsaDer, ecdsaP1363, pss, pssWithSha1 } from './wycheproof-cases.js';

function verifier(provider: SoftwareProvider, algorithm: string, key: ProviderKey, parameters: ParameterValues) {
  return operation(provider, algorithm, { kind: 'verify', key, parameters });
}
function check(
  provider: SoftwareProvider,
  algorithm: string,
  key: ProviderKey,
  parameters: ParameterValues,
  msg: string,
  sig: string,
): boolean {
  const made = verifier(provider, algorithm, key, parameters);
  const { valid } = now(made.verifySingleShot?.(message(hex(msg)), hex(sig), call));
  now(made.init(undefined, call));
  now(made.update(hex(msg), call));
  expect(now(made.verify?.(hex(sig), call))).toEqual({ valid });
  return valid;
}

describe('wycheproof', () => {
  test.each(ecdsaP1363)('ECDSA p1363, $comment: $valid', async ({ spki, msg, sig, valid }) => {
    const provider = await startProvider();
    const key = importKey(provider, 'ECDSA-P256', hex(spki), 'der');
    expect(check(provider, 'ECDSA-P256', key, { signatureFormat: 'p1363' }, msg, sig)).toBe(valid);
  });
  test.each(ecdsaDer)('ECDSA der, $comment: $valid', async ({ spki, msg, sig, valid }) => {
    const provider = await startProvider();
    const key = importKey(provider, 'ECDSA-P256', hex(spki), 'der');
    expect(check(provider, 'ECDSA-P256', key, { signatureFormat: 'der' }, msg, sig)).toBe(valid);
  });
  test.each(pss)('RSA-PSS, salt of $saltLength, $comment: $valid', async ({ n, e, saltLength, msg, sig, valid }) => {
    const provider = await startProvider();
    const jwk = { kty: 'RSA', n: Buffer.from(hex(n)).toString('base64url'), e: Buffer.from(hex(e)).toString('base64url') };
    const key = importKey(provider, 'RSA-2048', utf8(JSON.stringify(jwk)), 'jwk');
    expect(check(provider, 'RSA-PSS-SHA-256', key, { saltLength }, msg, sig)).toBe(valid);
  });
});

const schemes = [
  ['ECDSA-P256', 'ECDSA-P256', { signatureFormat: 'p1363' }, { dsaEncoding: 'ieee-p1363' }, 64],
  ['ECDSA-P256', 'ECDSA-P256', { signatureFormat: 'der' }, { dsaEncoding: 'der' }, undefined],
  ['RSA-PSS-SHA-256', 'RSA-2048', { saltLength: 32 }, { padding: 6, saltLength: 32 }, 256],
  ['RSA-PSS-SHA-256', 'RSA-2048', { saltLength: 0 }, { padding: 6, saltLength: 0 }, 256],
  ['RSA-PSS-SHA-256', 'RSA-2048', { saltLength: 222 }, { padding: 6, saltLength: 222 }, 256],
] as const;

test.each(schemes)('%s %s %o: whole, streamed in any cut, and long messages verify, here and with node:crypto', async (...scheme) => {
  const [algorithm, keyName, parameters, options, size] = scheme;
  const provider = await startProvider();
  const key = await generateKey(provider, keyName);
  const spki = Buffer.from(await provider.keys.exportPublic(key, call));
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const sign = operation(provider, algorithm, { kind: 'sign', key, parameters });
  const verifies = verifier(provider, algorithm, key, parameters);

  const isRight = async (data: Uint8Array, signature: Uint8Array) => {
    if (size !== undefined) expect(signature).toHaveLength(size);
    expect(await verifies.verifySingleShot?.(message(data), signature, call)).toEqual({ valid: true });
    expect(await verifies.verifySingleShot?.(message(Uint8Array.of(...data.subarray(0, 50), 1)), signature, call)).toEqual({
      valid: false,
    });
    expect(referenceVerify('sha256', data, { key: publicKey, ...options }, signature)).toBe(true);
  };
  await isRight(new Uint8Array(0), (await sign.singleShot?.(message(new Uint8Array(0)), call))?.data ?? new Uint8Array(0));
  const long = random(1_200_000);
  await isRight(long, (await sign.singleShot?.(message(long), call))?.data ?? new Uint8Array(0));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), fc.array(fc.nat(100), { maxLength: 4 }), async (data, places) => {
      now(sign.init(undefined, call));
      for (const piece of cut(data, places)) now(sign.update(piece, call));
      await isRight(data, (await sign.finalize(call)).data);
    }),
    { numRuns: 10 },
  );
});

test('short ECDSA signatures are made in line, RSA signatures on the thread pool', async () => {
  const provider = await startProvider();
  const ec = operation(provider, 'ECDSA-P256', { kind: 'sign', key: await generateKey(provider, 'ECDSA-P256') });
  expect(ec.singleShot?.(message(utf8('x')), call)).not.toBeInstanceOf(Promise);
  const rsa = operation(provider, 'RSA-PSS-SHA-256', {
    kind: 'sign',
    key: await generateKey(provider, 'RSA-2048'),
    parameters: { saltLength: 32 },
  });
  const answer = rsa.singleShot?.(message(utf8('x')), call);
  expect(answer).toBeInstanceOf(Promise);
  await answer;
});

test('signatures of the wrong form are no match, whatever their length', async () => {
  const provider = await startProvider();
  const ec = await generateKey(provider, 'ECDSA-P256');
  const rsa = await generateKey(provider, 'RSA-2048');
  const all = [
    verifier(provider, 'ECDSA-P256', ec, { signatureFormat: 'p1363' }),
    verifier(provider, 'ECDSA-P256', ec, { signatureFormat: 'der' }),
    verifier(provider, 'RSA-PSS-SHA-256', rsa, { saltLength: 32 }),
  ];
  for (const made of all) {
    for (const size of [0, 1, 8, 63, 64, 65, 72, 255, 256, 257, 4096]) {
      for (const fill of [0, 0x30, 0xff]) {
        const { valid } = now(made.verifySingleShot?.(message(utf8('x')), new Uint8Array(size).fill(fill), call));
        expect(valid).toBe(false);
      }
    }
  }
});

test('a salt that does not fit the key is refused by name', async () => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'RSA-2048');
  await expectError(
    () => operation(provider, 'RSA-PSS-SHA-256', { kind: 'sign', key, parameters: { saltLength: 223 } }),
    'INVALID_ARGUMENT',
    'parameters.saltLength',
  );
});

test('a public key does not sign, a secret key does neither', async () => {
  const provider = await startProvider();
  const ec = await generateKey(provider, 'ECDSA-P256');
  const half = await provider.keys.publicKey(ec, 7, call);
  const sign = operation(provider, 'ECDSA-P256', { kind: 'sign', key: half });
  await expectError(() => sign.singleShot?.(message(utf8('x')), call), 'INCOMPATIBLE_KEY_TYPE', 'key');
  const aes = await generateKey(provider, 'AES-256');
  await expectError(() => operation(provider, 'ECDSA-P256', { kind: 'sign', key: aes }), 'INCOMPATIBLE_KEY_TYPE', 'key');
  await expectError(() => operation(provider, 'RSA-PSS-SHA-256', { kind: 'sign', key: ec }), 'INCOMPATIBLE_KEY_TYPE', 'key');
});

test('the openssl command verifies what is signed here', async (ctx) => {
  if (spawnSync('openssl', ['version']).status !== 0) ctx.skip('there is no openssl command');
  const provider = await startProvider();
  const folder = temporaryFolder();
  const runs = [
    ['ECDSA-P256', 'ECDSA-P256', { signatureFormat: 'der' }, []],
    ['RSA-PSS-SHA-256', 'RSA-2048', { saltLength: 32 }, ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32']],
  ] as const;
  for (const [algorithm, keyName, parameters, options] of runs) {
    const key = await generateKey(provider, keyName);
    const signed = await operation(provider, algorithm, { kind: 'sign', key, parameters }).singleShot?.(message(utf8('message')), call);
    const file = (name: string, bytes: Uint8Array) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const spki = file('key', await provider.keys.exportPublic(key, call));
    const signature = file('signature', signed?.data ?? new Uint8Array(0));
    const run = spawnSync('openssl', [
      'dgst',
      '-sha256',
      '-verify',
      spki,
      '-keyform',
      'DER',
      ...options,
      '-signature',
      signature,
      file('data', utf8('message')),
    ]);
    expect(run.stdout.toString()).toContain('Verified OK');
  }
});

/** What each curve's name is to node:crypto. */
const curves = Object.entries(curveShortNames).map(
  ([curve, short]) => [short, usualHashes[curve as CurveName], curve as CurveName] as const,
);

test.each(curves)('ECDSA on %s with %s: what is signed here verifies here and with node:crypto', async (short, hash, curve) => {
  const provider = await startProvider();
  const key = await generateKey(provider, `ECDSA-${short}`);
  const publicKey = await publicKeyOf(provider, key);
  const size = 2 * Math.ceil(curveLengths[curve] / 8);
  const data = random(100);
  const digest = createHash(digestNames[hash]).update(data).digest();
  for (const signatureFormat of ['p1363', 'der'] as const) {
    for (const prehashed of [false, true]) {
      const given = { key, parameters: { signatureFormat, prehashed } };
      const made = await operation(provider, `ECDSA-${short}`, { kind: 'sign', ...given }).singleShot?.(
        message(prehashed ? digest : data),
        call,
      );
      const signature = made?.data ?? new Uint8Array(0);
      if (signatureFormat === 'p1363') expect(signature).toHaveLength(size);
      else expect(signature.length).toBeLessThanOrEqual(outputSize(row(`ECDSA-${short}`), curveLengths[curve], { signatureFormat }, 0));
      const dsaEncoding = signatureFormat === 'der' ? 'der' : 'ieee-p1363';
      expect(referenceVerify(digestNames[hash], data, { key: publicKey, dsaEncoding }, signature)).toBe(true);
      const verify = operation(provider, `ECDSA-${short}`, { kind: 'verify', ...given });
      expect(now(verify.verifySingleShot?.(message(prehashed ? digest : data), signature, call))).toEqual({ valid: true });
      const changed = Uint8Array.from(signature, (byte, at) => (at === signature.length - 1 ? byte ^ 1 : byte));
      expect(now(verify.verifySingleShot?.(message(prehashed ? digest : data), changed, call))).toEqual({ valid: false });
    }
  }
});

test.each(hashNames)('RSA with %s, PKCS#1 and PSS, prehashed or not', async (hash) => {
  const provider = await startProvider();
  const key = await importAny(provider, 'RSA-2048', pkcs8(rsa.privateKey), 'der');
  const data = random(100);
  const digest = createHash(digestNames[hash]).update(data).digest();
  const saltLength = hashSizes[hash];
  for (const [family, options] of [
    ['RSA-PKCS1', {}],
    ['RSA-PSS', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }],
  ] as const) {
    const reference = { key: rsa.publicKey, ...options };
    const algorithm = `${family}-${hash}`;
    const verify = operation(provider, algorithm, { kind: 'verify', key, parameters: {} });
    const made = referenceSign(digestNames[hash], data, { key: rsa.privateKey, ...options });
    expect(now(verify.verifySingleShot?.(message(data), made, call))).toEqual({ valid: true });
    expect(now(verify.verifySingleShot?.(message(digest), made, call))).toEqual({ valid: false });
    const ready = operation(provider, algorithm, { kind: 'verify', key, parameters: { prehashed: true } });
    expect(now(ready.verifySingleShot?.(message(digest), made, call))).toEqual({ valid: true });
    if (!row(algorithm).kinds.includes('sign')) continue;
    for (const prehashed of [false, true]) {
      const sign = operation(provider, algorithm, { kind: 'sign', key, parameters: { prehashed } });
      const signed = await sign.singleShot?.(message(prehashed ? digest : data), call);
      expect(referenceVerify(digestNames[hash], data, reference, signed?.data ?? new Uint8Array(0))).toBe(true);
    }
  }
});

test('a digest is signed in parts too, and must have its size', async () => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'ECDSA-P256');
  const publicKey = await publicKeyOf(provider, key);
  const data = random(50);
  const digest = createHash('sha256').update(data).digest();
  const sign = operation(provider, 'ECDSA-P256', { kind: 'sign', key, parameters: { prehashed: true, signatureFormat: 'der' } });
  now(sign.init(undefined, call));
  for (const piece of cut(digest, [3, 20])) now(sign.update(piece, call));
  expect(referenceVerify('sha256', data, publicKey, now(sign.finalize(call)).data)).toBe(true);
  for (const size of [0, 20, 31, 33, 64]) {
    await expectError(() => sign.singleShot?.(message(random(size)), call), 'INVALID_ARGUMENT', 'data');
    now(sign.init(undefined, call));
    await expectError(
      () => {
        now(sign.update(random(size), call));
        now(sign.finalize(call));
      },
      'INVALID_ARGUMENT',
      'data',
    );
  }
  now(sign.abort());
  await expectError(() => sign.finalize(call), 'STREAM_NOT_INITIALIZED');
});

test('RSA-PSS with another hash in MGF1: wycheproof rsa_pss_2048_sha256_mgf1sha1_20 case 1, and a signature of our own', async () => {
  const provider = await startProvider();
  const parameters = { saltLength: 20, mgfHash: 'SHA-1' };
  const key = importKey(provider, 'RSA-2048', hex(pssWithSha1.spki), 'der');
  const valid = (given: ParameterValues) =>
    now(verifier(provider, 'RSA-PSS-SHA-256', key, given).verifySingleShot?.(message(new Uint8Array(0)), hex(pssWithSha1.sig), call)).valid;
  expect(valid(parameters)).toBe(true);
  expect(valid({ saltLength: 20 })).toBe(false);
  expect(valid({ saltLength: 32, mgfHash: 'SHA-1' })).toBe(false);

  const pair = await importAny(provider, 'RSA-2048', pkcs8(rsa.privateKey), 'der');
  const given = { saltLength: 32, mgfHash: 'SHA-512' };
  const sign = operation(provider, 'RSA-PSS-SHA-256', { kind: 'sign', key: pair, parameters: given });
  const signature = (await sign.singleShot?.(message(utf8('x')), call))?.data ?? new Uint8Array(0);
  const check = (parameters: ParameterValues) =>
    now(verifier(provider, 'RSA-PSS-SHA-256', pair, parameters).verifySingleShot?.(message(utf8('x')), signature, call)).valid;
  expect([check(given), check({ saltLength: 32 })]).toEqual([true, false]);
});

test('RSA signatures at the end of a stream are made on the thread pool as well', async () => {
  const provider = await startProvider();
  const sign = operation(provider, 'RSA-PKCS1-SHA-256', {
    kind: 'sign',
    key: await importAny(provider, 'RSA-2048', pkcs8(rsa.privateKey), 'der'),
  });
  now(sign.init(undefined, call));
  now(sign.update(utf8('x'), call));
  const answer = sign.finalize(call);
  expect(answer).toBeInstanceOf(Promise);
  expect(referenceVerify('sha256', utf8('x'), rsa.publicKey, (await answer).data)).toBe(true);
});

test('a released key neither signs nor verifies', async () => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'ECDSA-P256');
  const sign = operation(provider, 'ECDSA-P256', { kind: 'sign', key });
  const signed = now(sign.singleShot?.(message(utf8('x')), call));
  const verify = verifier(provider, 'ECDSA-P256', key, {});
  expect(now(verify.verifySingleShot?.(message(utf8('x')), signed.data, call)).valid).toBe(true);
  key.release();
  await expectError(() => sign.singleShot?.(message(utf8('x')), call), 'SESSION_EXPIRED', 'key');
  await expectError(() => verify.verifySingleShot?.(message(utf8('x')), signed.data, call), 'SESSION_EXPIRED', 'key');
});

async function publicKeyOf(provider: SoftwareProvider, key: ProviderKey): Promise<KeyObject> {
  return createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
}
