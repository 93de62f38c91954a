import { spawnSync } from 'node:child_process';
import { createPublicKey, verify as referenceVerify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParameterValues, ProviderKey } from '../../../src/providers/contract.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importKey,
  message,
  now,
  operation,
  random,
  startProvider,
  temporaryFolder,
  utf8,
} from './support.js';
import { ecdsaDer, ecdsaP1363, pss } from './wycheproof-cases.js';

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
      await isRight(data, now(sign.finalize(call)).data);
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
    'saltLength',
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
