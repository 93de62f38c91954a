/** Which imports leave the daemon's own process, and that the same key comes of it. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { algorithmTable } from '../../../src/core/algorithms.js';
import type { KeyFormat, ProviderKey } from '../../../src/providers/contract.js';
import type { EncodedKey } from '../../../src/providers/key-encoding/decoded-key.js';
import { importMaterial } from '../../../src/providers/key-encoding/import-material.js';
import { encodeMaterial, publicSpkiOf } from '../../../src/providers/key-encoding/material.js';
import { implementationOf } from '../../../src/providers/post-quantum/implementation.js';
import { generatePair } from '../../../src/providers/post-quantum/key-pairs.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { json, jwk, pem, pkcs8, spki } from './key-material.js';
import { call, expectError, keyRow, owner, random, startProvider, storeLocation, toHex } from './support.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const mlDsa = generatePair('ML-DSA-44');
const mlKem = generatePair('ML-KEM-768');
const encrypted = Uint8Array.from(p256.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'p' }));
const passphrase = new TextEncoder().encode('p');
const byLibrary = implementationOf('ML-DSA-44') === 'noble' ? 1 : 0;

type Case = readonly [name: string, format: KeyFormat, keyData: Uint8Array, decoded: number, passphrase?: Uint8Array];
const cases: readonly Case[] = [
  ['RSA-2048', 'der', pkcs8(rsa.privateKey), 1],
  ['RSA-2048', 'pem', pem(rsa.privateKey), 1],
  ['RSA-2048', 'jwk', json(jwk(rsa.privateKey)), 1],
  ['RSA-2048', 'der', Uint8Array.from(rsa.privateKey.export({ type: 'pkcs1', format: 'der' })), 1],
  ['RSA-2048', 'der', spki(rsa.publicKey), 0],
  ['RSA-2048', 'pem', pem(rsa.publicKey), 0],
  ['RSA-2048', 'jwk', json(jwk(rsa.publicKey)), 0],
  ['ECDSA-P256', 'der', pkcs8(p256.privateKey), 0],
  ['ECDSA-P521', 'der', pkcs8(p521.privateKey), 1],
  ['ECDSA-P521', 'der', spki(p521.publicKey), 0],
  ['ML-DSA-44', 'raw', mlDsa.privateKey, byLibrary],
  ['ML-DSA-44', 'raw', mlDsa.seed ?? random(32), byLibrary],
  ['ML-DSA-44', 'raw', mlDsa.publicKey, 0],
  ['ML-KEM-768', 'raw', mlKem.privateKey, 0],
  ['AES-256', 'raw', random(32), 0],
  ['ECDSA-P256', 'der', encrypted, 1, passphrase],
];

/** A provider with a slow host that tells what it was asked to read. */
async function watched(more: Parameters<typeof startProvider>[0] = {}): Promise<{ provider: SoftwareProvider; asked: EncodedKey[] }> {
  const asked: EncodedKey[] = [];
  const slow = inProcessSlowHost();
  const decodeKey: typeof slow.decodeKey = (key, of) => {
    asked.push(key);
    return slow.decodeKey(key, of);
  };
  return { provider: await startProvider({ ...more, slowHost: { ...slow, decodeKey } }), asked };
}
async function exported(provider: SoftwareProvider, key: ProviderKey): Promise<string> {
  return toHex(await (key.half === 'public' ? provider.keys.exportPublic(key, call) : provider.keys.exportSecret(key, call)));
}

test.each(cases.map((one) => [`${one[0]} as ${one[1]}`, one] as const))('%s', async (_what, [name, format, keyData, decoded, given]) => {
  const { provider, asked } = await watched();
  const algorithm = keyRow(name);
  const key = await provider.keys.import(
    { algorithm, format, keyData, permissions: 0, ...(given === undefined ? {} : { passphrase: given }) },
    owner,
    call,
  );
  expect(asked).toHaveLength(decoded);
  const direct = importMaterial(algorithm, format, keyData, given);
  expect(await exported(provider, key)).toBe(toHex(direct.half === 'public' ? publicSpkiOf(direct) : encodeMaterial(direct)));
});

test('into slots, too', async () => {
  const { provider, asked } = await watched({ keyStore: storeLocation() });
  const slot = { name: 's', algorithm: keyRow('RSA-2048'), permissions: 0, object: undefined };
  const source = { from: 'import', algorithm: slot.algorithm, format: 'der', keyData: pkcs8(rsa.privateKey) } as const;
  await provider.slots.store(slot, source, 0, 0, 1, call);
  expect(asked).toHaveLength(1);
});

test('and when a post-quantum key of a slot is loaded', async () => {
  const { provider, asked } = await watched({ keyStore: storeLocation() });
  const slot = { name: 's', algorithm: keyRow('ML-DSA-44'), permissions: 0, object: undefined };
  const source = { from: 'import', algorithm: slot.algorithm, format: 'raw', keyData: mlDsa.privateKey } as const;
  const stored = await provider.slots.store(slot, source, 0, 0, 1, call);
  const key = await provider.slots.load(slot, stored, call);
  expect(asked).toHaveLength(2 * byLibrary);
  expect(toHex(await provider.keys.exportPublic(key, call))).toContain(toHex(mlDsa.publicKey));
});

test('and out of wrapped keys, of which nothing is told but that they can not be unwrapped', async () => {
  const { provider, asked } = await watched();
  const algorithm = algorithmTable.find((row) => row.family === 'wrap' && row.name === 'AES-KWP');
  if (algorithm?.family !== 'wrap') throw new Error('no AES-KWP');
  const kek = await provider.keys.import({ algorithm: keyRow('AES-256'), format: 'raw', keyData: random(32), permissions: 0 }, owner, call);
  const spec = { algorithm, parameters: {}, iv: undefined, aad: new Uint8Array(0) };
  const unwrap = async (keyData: Uint8Array): Promise<ProviderKey> => {
    const carrier = { algorithm: keyRow('GENERIC-SECRET'), format: 'raw', keyData, permissions: 0 } as const;
    const wrapped = await provider.keys.wrap(await provider.keys.import(carrier, owner, call), kek, spec, call);
    const making = { from: 'unwrap', key: kek, wrap: spec, wrapped } as const;
    const wanted = { algorithm: keyRow('RSA-2048'), keyLength: 2048, permissions: 0, publicPermissions: 0, making };
    return await provider.keys.make(wanted, owner, call);
  };
  const key = await unwrap(pkcs8(rsa.privateKey));
  expect(asked).toHaveLength(1);
  expect(await exported(provider, key)).toBe(toHex(pkcs8(rsa.privateKey)));
  // Its bytes are wiped.
  expect(asked[0]?.keyData.every((byte) => byte === 0)).toBe(true);
  await expectError(() => unwrap(pkcs8(p256.privateKey)), 'WRAP_UNWRAP_FAILED');
  await expectError(() => unwrap(spki(rsa.publicKey)), 'WRAP_UNWRAP_FAILED');
});
