/** Imports that take long, on a token: its host gets keys that were read and checked elsewhere, and nobody waits for that. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPermissions } from '../../../src/core/permissions.js';
import type { ImportSpec } from '../../../src/providers/contract.js';
import type { EncodedKey } from '../../../src/providers/key-encoding/decoded-key.js';
import { SlowHosts } from '../../../src/providers/software/slow-hosts.js';
import { inProcessSlowHost } from '../software/in-process-slow-host.js';
import { type Bench, eventually, generate, keyRow, openBench, operation, owner, slotSpec, TestCall } from './token-provider.js';

const passphrase = Buffer.from('correct');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encrypted = p256.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'correct' });

const asked: EncodedKey[] = [];
const answered: Uint8Array[] = [];
let bench: Bench;
beforeAll(async () => {
  const slow = inProcessSlowHost();
  const decodeKey: typeof slow.decodeKey = async (key, call) => {
    asked.push(key);
    const made = await slow.decodeKey(key, call);
    answered.push(made.encoded);
    return made;
  };
  bench = await openBench({ decoder: { ...slow, decodeKey } });
});
afterAll(() => bench.close());

function spec(algorithm: string, keyData: Uint8Array, more: Partial<ImportSpec> = {}): ImportSpec {
  const row = keyRow(algorithm);
  return { algorithm: row, format: 'der', keyData, permissions: defaultPermissions(row), ...more };
}

/** The most that are taken, about a second: 2 000 000 instead of 2048. A shorter salt makes room for the longer number. */
function mostIterations(pkcs8: Buffer): Buffer {
  const shorter = (_: string, size: string, salt: string) => `04${size === '08' ? '07' : '0f'}${salt.slice(2)}02031e8480`;
  return Buffer.from(pkcs8.toString('hex').replace(/04(08|10)((?:..){8}|(?:..){16})02020800/, shorter), 'hex');
}

test('encrypted and costly keys come to the token decrypted and checked, and are wiped here', async () => {
  const { provider } = bench;
  const rsaKey = rsa.privateKey.export({ type: 'pkcs8', format: 'der' });
  const keys = [
    await provider.keys.import(spec('ECDSA-P256', encrypted, { passphrase }), owner, new TestCall()),
    await provider.keys.import(spec('RSA-2048', rsaKey), owner, new TestCall()),
  ];
  expect(asked).toHaveLength(2);
  expect(answered.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  const publicKeys = [p256.publicKey, rsa.publicKey].map((key) => key.export({ type: 'spki', format: 'der' }).toString('hex'));
  const told = await Promise.all(keys.map((key) => provider.keys.exportPublic(key, new TestCall())));
  expect(told.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(publicKeys);
});

test('a public key and a key without a passphrase go straight to the token', async () => {
  const before = asked.length;
  await bench.provider.keys.import(spec('RSA-2048', rsa.publicKey.export({ type: 'spki', format: 'der' })), owner, new TestCall());
  await bench.provider.keys.import(spec('ECDSA-P256', p256.privateKey.export({ type: 'pkcs8', format: 'der' })), owner, new TestCall());
  expect(asked.length).toBe(before);
});

test('into a slot', async () => {
  const slot = slotSpec('encrypted', 'ECDSA-P256');
  const source = { from: 'import', algorithm: slot.algorithm, format: 'der', keyData: encrypted, passphrase } as const;
  const permissions = defaultPermissions(slot.algorithm);
  const stored = await bench.provider.slots.store(slot, source, permissions, 0, 1, new TestCall());
  expect(stored).toMatchObject({ generation: 1, half: 'private' });
});

test('passphrases that are wrong, missing or out of place', async () => {
  const plain = p256.privateKey.export({ type: 'pkcs8', format: 'der' });
  const refused = (given: ImportSpec) => expect(Promise.resolve(bench.provider.keys.import(given, owner, new TestCall()))).rejects;
  await refused(spec('ECDSA-P256', encrypted, { passphrase: Buffer.from('wrong') })).toMatchObject({ code: 'INVALID_FORMAT' });
  await refused(spec('ECDSA-P256', encrypted)).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
  await refused(spec('ECDSA-P256', plain, { passphrase })).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
  await refused(spec('AES-128', Buffer.alloc(16), { passphrase, format: 'raw' })).toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('while passphrases are stretched the token does what others ask, and who gives up is not waited for', async () => {
  const hosts = new SlowHosts('test', { call: 10_000, generate: 60_000 }, { info: () => undefined, warn: () => undefined });
  const other = await openBench({ decoder: hosts });
  try {
    const key = await generate(other.provider, 'AES-256');
    const cipher = operation(other.provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key });
    const encrypt = () => cipher.singleShot?.({ iv: Buffer.alloc(16), aad: undefined, data: Buffer.from('x') }, new TestCall());
    await encrypt();
    const costly = mostIterations(encrypted);
    const call = new TestCall();
    const works = Array.from({ length: 6 }, () =>
      Promise.resolve(other.provider.keys.import(spec('ECDSA-P256', costly, { passphrase }), owner, call)).catch((error) => error.code),
    );
    await eventually('a slow host', () => hosts.children.some(({ host }) => host.outstanding > 0));
    const start = performance.now();
    await encrypt();
    expect(performance.now() - start).toBeLessThan(500);
    call.abandon();
    const codes = await Promise.all(works);
    expect(codes.every((code) => code === 'OPERATION_CANCELLED' || code === 'INVALID_FORMAT')).toBe(true);
  } finally {
    await other.close();
    await hosts.stop();
  }
});
