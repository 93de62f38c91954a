import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SlotSource, SlotSpec } from '../../../src/providers/contract.js';
import { SoftwareProvider } from '../../../src/providers/software/provider.js';
import type { StoreReport } from '../../../src/providers/software/recovery.js';
import { generateRsa } from '../../../src/providers/software/slow-work.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { ec, json, p256Jwk, pkcs8, rsa, spki } from './key-material.js';
import {
  AbandonableCall,
  call,
  expectError,
  generateKey,
  importAny,
  keyRow,
  message,
  now,
  operation,
  random,
  startProvider,
  storeLocation,
  toHex,
  utf8,
} from './support.js';

function slot(name: string, algorithm: string): SlotSpec {
  return { name, algorithm: keyRow(algorithm), permissions: 0x7ff, object: undefined };
}
const generate = (algorithm: string): SlotSource => ({ from: 'generate', algorithm: keyRow(algorithm) });

async function withStore(location = storeLocation()) {
  const reports: StoreReport[] = [];
  const provider = await startProvider({ keyStore: location, report: (report) => reports.push(report) });
  return { provider, location, reports };
}

describe('a slot', () => {
  test.each(['AES-256', 'HMAC-SHA-256', 'ECDSA-P256', 'RSA-2048'])('holds a generated %s key across restarts', async (algorithm) => {
    const { provider, location } = await withStore();
    const spec = slot('my slot', algorithm);
    expect(await provider.slots.inspect(spec, call)).toBeUndefined();
    const stored = await provider.slots.store(spec, generate(algorithm), 0x30, 0x20, 1, call);
    const { keyLength } = keyRow(algorithm);
    const half = algorithm.startsWith('AES') || algorithm.startsWith('HMAC') ? 'secret' : 'private';
    expect(stored).toEqual({ generation: 1, algorithm: keyRow(algorithm), keyLength, half, permissions: 0x30, publicPermissions: 0x20 });
    const first = await provider.slots.load(spec, stored, call);
    const secret = toHex(await provider.keys.exportSecret(first, call));
    expect(provider.status().keys).toBe(0);
    await provider.stop();

    const { provider: again } = await withStore(location);
    const found = await again.slots.inspect(spec, call);
    expect(found).toEqual(stored);
    const second = await again.slots.load(spec, stored, call);
    expect(second).toMatchObject({ half, keyLength, alive: true });
    expect(toHex(await again.keys.exportSecret(second, call))).toBe(secret);
  });

  test('holds imported keys, public ones too', async () => {
    const { provider } = await withStore();
    const imports = [
      ['a', 'AES-256', 'raw', random(32)],
      ['h', 'HMAC-SHA-256', 'raw', random(77)],
      ['e', 'ECDSA-P256', 'jwk', json(p256Jwk)],
      ['p', 'ECDSA-P256', 'der', spki(ec.publicKey)],
      ['r', 'RSA-2048', 'der', pkcs8(rsa.privateKey)],
    ] as const;
    for (const [name, algorithm, format, keyData] of imports) {
      const spec = slot(name, algorithm);
      const given = Uint8Array.from(keyData);
      const stored = await provider.slots.store(
        spec,
        { from: 'import', algorithm: keyRow(algorithm), format, keyData: given },
        1,
        0,
        1,
        call,
      );
      expect(given).toEqual(keyData);
      const key = await provider.slots.load(spec, stored, call);
      const reference = await importAny(provider, algorithm, keyData, format);
      expect([key.half, key.keyLength]).toEqual([reference.half, reference.keyLength]);
      const out = key.half === 'public' ? 'exportPublic' : 'exportSecret';
      expect(toHex(await provider.keys[out](key, call))).toBe(toHex(await provider.keys[out](reference, call)));
    }
    await expectError(
      () =>
        provider.slots.store(
          slot('x', 'AES-256'),
          { from: 'import', algorithm: keyRow('AES-256'), format: 'raw', keyData: random(31) },
          1,
          0,
          1,
          call,
        ),
      'ALGORITHM_MISMATCH',
      'keyData',
    );
    expect(await provider.slots.inspect(slot('x', 'AES-256'), call)).toBeUndefined();
  });

  test('takes a copy of an ephemeral key, which stays', async () => {
    const { provider } = await withStore();
    for (const algorithm of ['AES-256', 'ECDSA-P256']) {
      const key = await generateKey(provider, algorithm);
      const spec = slot(algorithm, algorithm);
      const stored = await provider.slots.store(spec, { from: 'key', key }, 1, 2, 1, call);
      expect(key.alive).toBe(true);
      const loaded = await provider.slots.load(spec, stored, call);
      const secret = toHex(await provider.keys.exportSecret(key, call));
      key.release();
      expect(toHex(await provider.keys.exportSecret(loaded, call))).toBe(secret);
    }
    const released = await generateKey(provider, 'AES-256');
    released.release();
    await expectError(() => provider.slots.store(slot('x', 'AES-256'), { from: 'key', key: released }, 1, 0, 1, call), 'SESSION_EXPIRED');
  });

  test("refuses another provider's key", async () => {
    const { provider } = await withStore();
    const other = await startProvider({ id: 9, name: 'other' });
    const key = await generateKey(other, 'AES-256');
    await expectError(
      () => provider.slots.store(slot('x', 'AES-256'), { from: 'key', key }, 1, 0, 1, call),
      'CROSS_PROVIDER_INCOMPATIBLE',
      'key',
    );
  });

  test('loaded keys go on after the slot is replaced and cleared, and releasing them destroys nothing', async () => {
    const { provider } = await withStore();
    const spec = slot('s', 'HMAC-SHA-256');
    const first = await provider.slots.store(spec, generate('HMAC-SHA-256'), 0x40, 0, 1, call);
    const key = await provider.slots.load(spec, first, call);
    const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key });
    const before = now(mac.singleShot?.(message(utf8('x')), call)).data;
    const second = await provider.slots.store(spec, generate('HMAC-SHA-256'), 0x40, 0, 2, call);
    provider.slots.retire(spec, 1);
    await provider.slots.clear(spec, 2, call);
    expect(now(mac.singleShot?.(message(utf8('x')), call)).data).toEqual(before);
    key.release();
    expect(await provider.slots.inspect(spec, call)).toBeUndefined();
    await expectError(() => provider.slots.load(spec, second, call), 'KEY_SLOT_EMPTY');
    const third = await provider.slots.store(spec, generate('HMAC-SHA-256'), 0x40, 0, 3, call);
    (await provider.slots.load(spec, third, call)).release();
    expect(await provider.slots.load(spec, third, call)).toMatchObject({ alive: true });
  });

  test('an abandoned store leaves the slot as it was', async () => {
    const abandonable = new AbandonableCall();
    const location = storeLocation();
    const provider = await startProvider({
      keyStore: location,
      slowHost: inProcessSlowHost({
        generateRsa: async (bits) => {
          const made = await generateRsa(bits);
          abandonable.abandon();
          return made;
        },
      }),
    });
    const spec = slot('s', 'RSA-2048');
    await expectError(() => provider.slots.store(spec, generate('RSA-2048'), 1, 0, 1, abandonable), 'OPERATION_CANCELLED');
    await expectError(() => provider.slots.store(spec, generate('AES-256'), 1, 0, 1, abandonable), 'OPERATION_CANCELLED');
    expect(await provider.slots.inspect(spec, call)).toBeUndefined();
    expect(readdirSync(location.folder).sort()).toEqual(['lock', 'manifest']);
  });
});

test('no secret of a slot is in its files in the clear', async () => {
  const { provider, location } = await withStore();
  const keyData = random(32);
  await provider.slots.store(slot('s', 'AES-256'), { from: 'import', algorithm: keyRow('AES-256'), format: 'raw', keyData }, 1, 0, 1, call);
  const storeKey = readFileSync(location.keyFile);
  for (const name of readdirSync(location.folder)) {
    const bytes = readFileSync(join(location.folder, name));
    for (let at = 0; at + 8 <= 32; at += 8) {
      expect(bytes.includes(Buffer.from(keyData).subarray(at, at + 8))).toBe(false);
      expect(bytes.includes(storeKey.subarray(at, at + 8))).toBe(false);
    }
  }
});

describe('start', () => {
  const starting = (options: Partial<ConstructorParameters<typeof SoftwareProvider>[0]>) => {
    const provider = new SoftwareProvider({ id: 1, name: 'software', slowHost: inProcessSlowHost(), ...options });
    onTestFinished(() => provider.stop());
    return provider.start();
  };

  test('rejects what only the operator can put right, and lets everything go', async () => {
    const location = storeLocation();
    await expectError(
      () => starting({ keyStore: { ...location, key: { from: 'file', path: `${location.keyFile}.missing` } } }),
      'RESOURCE_NOT_FOUND',
      'keyStore.key.file',
    );
    const { provider } = await withStore(location);
    await expectError(() => starting({ keyStore: location }), 'PROVIDER_BUSY', 'state');
    await provider.slots.store(slot('s', 'AES-256'), generate('AES-256'), 1, 0, 1, call);
    await provider.stop();
    const otherKey = storeLocation().key;
    await expectError(() => starting({ keyStore: { ...location, key: otherKey } }), 'INVALID_FORMAT', 'state');
    const manifest = join(location.folder, 'manifest');
    const good = readFileSync(manifest);
    writeFileSync(manifest, good.subarray(1));
    await expectError(() => starting({ keyStore: location }), 'INVALID_FORMAT', 'state');
    writeFileSync(manifest, good);
    const { provider: again, reports } = await withStore(location);
    expect(await again.slots.inspect(slot('s', 'AES-256'), call)).toMatchObject({ generation: 1 });
    expect(reports).toEqual([]);
  });

  test('without a key store there are no slots, and everything else works', async () => {
    const provider = await startProvider();
    await expectError(() => provider.slots.inspect(slot('s', 'AES-256'), call), 'UNSUPPORTED_OPERATION');
    provider.slots.retire(slot('s', 'AES-256'), 1);
    expect((await generateKey(provider, 'AES-256')).alive).toBe(true);
  });

  test('before start and after stop the key store is not open', async () => {
    const location = storeLocation();
    const provider = new SoftwareProvider({ id: 1, name: 'software', slowHost: inProcessSlowHost(), keyStore: location });
    expect(provider.status().state).toBe('starting');
    await expectError(() => provider.slots.inspect(slot('s', 'AES-256'), call), 'PROVIDER_NOT_AVAILABLE');
    await provider.start();
    expect(provider.status()).toMatchObject({ state: 'ready', keys: 0, hostPid: null });
    await provider.stop();
    await provider.stop();
    await expectError(() => provider.slots.inspect(slot('s', 'AES-256'), call), 'PROVIDER_NOT_AVAILABLE');
  });
});
