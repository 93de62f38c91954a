/** Key stores that earlier versions wrote stay readable for good. */
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupStore, readBackup } from '../../../src/providers/software/store-backup.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { rekeyStore } from '../../../src/providers/software/store-rekey.js';
import { restoreStore } from '../../../src/providers/software/store-restore.js';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { ec, pkcs8, spki } from './key-material.js';
import { call, expectError, keyRow, message, operation, startProvider, temporaryFolder, toHex, utf8 } from './support.js';

/** A copy with the modes that git does not keep. */
function copyOfFixture(version: string) {
  const copy = join(temporaryFolder(), version);
  cpSync(new URL(`../../../../test/fixtures/key-store/${version}`, import.meta.url), copy, { recursive: true });
  const keyFile = join(copy, 'store.key');
  const location = { folder: join(copy, 'store'), keyFile, key: { from: 'file', path: keyFile } as const };
  chmodSync(keyFile, 0o600);
  chmodSync(location.folder, 0o700);
  return location;
}
const slot = (name: string, algorithm: string) => ({ name, algorithm: keyRow(algorithm), permissions: 0x7ff, object: undefined });

test('format 1', async () => {
  const location = copyOfFixture('v1');
  const reports: unknown[] = [];
  const provider = await startProvider({ keyStore: location, report: (report) => reports.push(report) });
  const load = async (name: string, algorithm: string, expected: object) => {
    const stored = await provider.slots.inspect(slot(name, algorithm), call);
    expect(stored).toMatchObject({ algorithm: keyRow(algorithm), ...expected });
    if (stored === undefined) throw new Error(`${name} is empty`);
    return provider.slots.load(slot(name, algorithm), stored, call);
  };
  const secret = async (key: Awaited<ReturnType<typeof load>>) => toHex(await provider.keys.exportSecret(key, call));

  const data = await load('data', 'AES-256', { generation: 2, half: 'secret', keyLength: 256, permissions: 0x003, publicPermissions: 0 });
  expect(await secret(data)).toBe(toHex(Uint8Array.from({ length: 32 }, (_, i) => i)));
  const mac = await load('mac/ключ', 'HMAC-SHA-256', { generation: 1, half: 'secret', keyLength: 56, permissions: 0x040 });
  expect(await secret(mac)).toBe(toHex(utf8('fixture')));
  const signer = await load('signer', 'ECDSA-P256', { generation: 7, half: 'private', permissions: 0x030, publicPermissions: 0x020 });
  expect(await secret(signer)).toBe(toHex(pkcs8(ec.privateKey)));
  const verifier = await load('verifier', 'ECDSA-P256', { generation: 1, half: 'public' });
  expect(toHex(await provider.keys.exportPublic(verifier, call))).toBe(toHex(spki(ec.publicKey)));
  const rsa = await load('rsa', 'RSA-2048', {
    generation: 1,
    half: 'private',
    keyLength: 2048,
    permissions: 0x230,
    publicPermissions: 0x020,
  });
  const parameters = { saltLength: 32 };
  const signed = await operation(provider, 'RSA-PSS-SHA-256', { kind: 'sign', key: rsa, parameters }).singleShot?.(
    message(utf8('x')),
    call,
  );
  const verify = operation(provider, 'RSA-PSS-SHA-256', { kind: 'verify', key: rsa, parameters });
  expect(await verify.verifySingleShot?.(message(utf8('x')), signed?.data ?? new Uint8Array(0), call)).toEqual({ valid: true });
  expect(await provider.slots.inspect(slot('cleared', 'AES-256'), call)).toBeUndefined();
  expect(reports).toEqual([]);
});

test('format 1 can be written on', async () => {
  const location = copyOfFixture('v1');
  const provider = await startProvider({ keyStore: location });
  const before = readdirSync(location.folder).length;
  await provider.slots.store(slot('data', 'AES-256'), { from: 'generate', algorithm: keyRow('AES-256') }, 1, 0, 3, call);
  await provider.slots.clear(slot('rsa', 'RSA-2048'), 1, call);
  await provider.stop();
  const again = await startProvider({ keyStore: location });
  expect(await again.slots.inspect(slot('data', 'AES-256'), call)).toMatchObject({ generation: 3 });
  expect(await again.slots.inspect(slot('rsa', 'RSA-2048'), call)).toBeUndefined();
  expect(readdirSync(location.folder)).toHaveLength(before - 1);
});

test('a format of the future is refused by name', async () => {
  const location = copyOfFixture('v1');
  const manifest = join(location.folder, 'manifest');
  writeFileSync(manifest, Buffer.from(readFileSync(manifest)).fill(2, 8, 9));
  expect((await expectError(() => startProvider({ keyStore: location }), 'INVALID_FORMAT', 'state')).message).toContain('format 2');
});

test('format 1 is verified, backed up, restored and given another key by this version', async () => {
  const location = copyOfFixture('v1');
  const slots = ['data', 'mac/ключ', 'rsa', 'signer', 'verifier'];
  const open = (file: string) => StoreKey.open(file);
  const work = { folder: await DiskFolder.open(location.folder), key: open(location.keyFile), report: () => undefined };
  const { problems, slots: found } = await verifyStore(work);
  expect(problems).toEqual([]);
  expect(found.filter(({ state }) => state === 'occupied').map(({ slot: name }) => name)).toEqual(slots);
  const pieces: Uint8Array[] = [];
  await backupStore(work, async (piece) => void pieces.push(piece));
  // What an earlier version backed up is what this one backs up, so the fixture stands for all of them.
  const kept = readFileSync(new URL('../../../../test/fixtures/key-store/v1.backup', import.meta.url));
  expect(Buffer.concat(pieces).equals(kept)).toBe(true);
  const target = { folder: join(location.folder, '..', 'restored'), key: location.key };
  const restored = await DiskFolder.open(target.folder);
  await restoreStore({ folder: restored, backup: readBackup(kept, work.key) });
  await restored.close();
  const newKeyFile = join(location.folder, '..', 'new.key');
  writeFileSync(newKeyFile, Buffer.alloc(32, 3), { mode: 0o600 });
  expect(await rekeyStore({ ...work, newKey: open(newKeyFile) })).toEqual({ records: 5 });
  await work.folder.close();
  for (const keyStore of [target, { ...location, key: { from: 'file', path: newKeyFile } as const }]) {
    const provider = await startProvider({ keyStore });
    const data = await provider.slots.inspect(slot('data', 'AES-256'), call);
    if (data === undefined) throw new Error('data is empty');
    const key = await provider.slots.load(slot('data', 'AES-256'), data, call);
    expect(toHex(await provider.keys.exportSecret(key, call))).toBe(toHex(Uint8Array.from({ length: 32 }, (_, i) => i)));
    expect(await provider.slots.inspect(slot('signer', 'ECDSA-P256'), call)).toMatchObject({ generation: 7, permissions: 0x030 });
    expect(await provider.slots.inspect(slot('cleared', 'AES-256'), call)).toBeUndefined();
  }
});

test('a record of the future is refused by name, and only its slot', async () => {
  const location = copyOfFixture('v1');
  const record = readdirSync(location.folder).find((name) => name.startsWith('data.')) ?? '';
  const bytes = readFileSync(join(location.folder, record));
  writeFileSync(join(location.folder, record), bytes.fill(2, 8, 9));
  const provider = await startProvider({ keyStore: location });
  const error = await expectError(() => provider.slots.inspect(slot('data', 'AES-256'), call), 'OPERATION_FAILED', 'slot');
  expect(error.message).toContain('format 2, which this version does not know');
  expect(await provider.slots.inspect(slot('rsa', 'RSA-2048'), call)).toMatchObject({ generation: 1 });
});
