/** A store key that a real token unwraps, wrapped here by node:crypto. */
import { constants, createCipheriv, createPublicKey, publicEncrypt } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeyOperationPermission as p } from '../../../src/core/permissions.js';
import type { Provider } from '../../../src/providers/contract.js';
import { StoreOpening } from '../../../src/providers/software/store-opening.js';
import { openTokenKey, type TokenKeySource } from '../../../src/providers/software/store-token-key.js';
import { type Bench, openBench } from '../pkcs11/token-provider.js';
import { storeKey } from './store-support.js';
import { call, expectError, keyRow, random, startProvider, temporaryFolder } from './support.js';

const kek = random(32);
let bench: Bench;
let token: Provider;

const slot = (name: string, algorithm: string) => ({
  name,
  algorithm: keyRow(algorithm),
  permissions: p.unwrap | p.wrap,
  object: undefined,
});

beforeAll(async () => {
  bench = await openBench();
  token = bench.provider;
  const store = (
    name: string,
    algorithm: string,
    source: Parameters<Provider['slots']['store']>[1],
    permissions: number = p.unwrap | p.wrap,
  ) => token.slots.store(slot(name, algorithm), source, permissions, permissions, 1, call);
  await store('kek', 'AES-256', { from: 'import', algorithm: keyRow('AES-256'), format: 'raw', keyData: kek });
  await store('weak', 'AES-256', { from: 'import', algorithm: keyRow('AES-256'), format: 'raw', keyData: kek }, p.encrypt);
  await store('mac', 'HMAC-SHA-256', { from: 'generate', algorithm: keyRow('HMAC-SHA-256') }, p.mac);
  await store('rsa', 'RSA-2048', { from: 'generate', algorithm: keyRow('RSA-2048') });
});
afterAll(() => bench.close());

/** RFC 5649 by OpenSSL. */
function wrapped(key: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('A65959A6', 'hex'));
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

function source(bytes: Uint8Array, more: Partial<TokenKeySource> = {}): TokenKeySource {
  const path = join(temporaryFolder(), 'store.key.wrapped');
  writeFileSync(path, bytes, { mode: 0o644 });
  return { provider: 'hsm', object: 'pkcs11:object=kek', wrapped: path, algorithm: undefined, ...more };
}

async function assertOpens(from: TokenKeySource, fill: number): Promise<void> {
  const opened = await openTokenKey(from, token);
  expect(opened.equals(storeKey(fill))).toBe(true);
  opened.dispose();
}

describe('the key comes out', () => {
  test('of AES-KWP, which is the usual one, and AES-KW', async () => {
    await assertOpens(source(wrapped(Buffer.alloc(32, 7))), 7);
    await assertOpens(source(wrapped(Buffer.alloc(32, 8)), { algorithm: 'AES-KWP' }), 8);
    const kw = createCipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
    await assertOpens(source(Buffer.concat([kw.update(Buffer.alloc(32, 9)), kw.final()]), { algorithm: 'AES-KW' }), 9);
  });

  test('of RSA-OAEP', async () => {
    const stored = await token.slots.inspect(slot('rsa', 'RSA-2048'), call);
    if (stored === undefined) throw new Error('no RSA key');
    const spki = await token.keys.exportPublic(await token.slots.load(slot('rsa', 'RSA-2048'), stored, call), call);
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    const bytes = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.alloc(32, 5));
    await assertOpens(source(bytes, { object: 'pkcs11:object=rsa', algorithm: 'RSA-OAEP-SHA-1' }), 5);
  });

  test('and nothing stays on the token', async () => {
    await assertOpens(source(wrapped(Buffer.alloc(32, 7))), 7);
    expect(token.status().keys).toBe(0);
  });
});

describe('it does not', () => {
  test('of changed bytes, of bytes under another key, and of a key of another size', async () => {
    const good = wrapped(random(32));
    await expectError(() => openTokenKey(source(good.with(3, (good[3] ?? 0) ^ 1)), token), 'WRAP_UNWRAP_FAILED');
    await expectError(() => openTokenKey(source(random(40)), token), 'WRAP_UNWRAP_FAILED');
    await expectError(() => openTokenKey(source(wrapped(random(16))), token), 'INVALID_FORMAT', 'keyStore.key.token.wrapped');
    expect(token.status().keys).toBe(0);
  });

  test('without the key on the token, without its permission, and of another kind of key', async () => {
    const good = wrapped(random(32));
    const open = (more: Partial<TokenKeySource>) => () => openTokenKey(source(good, more), token);
    await expectError(open({ object: 'pkcs11:object=nobody' }), 'RESOURCE_NOT_FOUND', 'keyStore.key.token.object');
    await expectError(open({ object: 'pkcs11:object=weak' }), 'KEY_OPERATION_NOT_PERMITTED', 'keyStore.key.token.object');
    await expectError(open({ object: 'pkcs11:object=mac' }), 'INCOMPATIBLE_KEY_TYPE', 'keyStore.key.token.object');
    await expectError(open({ algorithm: 'RSA-OAEP-SHA-1' }), 'INCOMPATIBLE_KEY_TYPE', 'keyStore.key.token.object');
    await expectError(open({ object: 'pkcs11:object=rsa' }), 'UNSUPPORTED_ALGORITHM', 'keyStore.key.token.algorithm');
  });

  test('of a file that is missing, too long, or that others may write', async () => {
    const from = source(wrapped(random(32)));
    await expectError(
      () => openTokenKey({ ...from, wrapped: `${from.wrapped}.no` }, token),
      'RESOURCE_NOT_FOUND',
      'keyStore.key.token.wrapped',
    );
    await expectError(() => openTokenKey(source(random(5000)), token), 'INVALID_FORMAT', 'keyStore.key.token.wrapped');
    chmodSync(from.wrapped, 0o666);
    await expectError(() => openTokenKey(from, token), 'ACCESS_DENIED', 'keyStore.key.token.wrapped');
  });

  test('while the token is not there', async () => {
    await expectError(() => openTokenKey(source(wrapped(random(32))), undefined), 'RESOURCE_NOT_FOUND');
    const away = bench.again();
    await expectError(() => openTokenKey(source(wrapped(random(32))), away), 'PROVIDER_NOT_AVAILABLE');
  });
});

test('a store under it is the store of a file with the same bytes', async () => {
  const key = random(32);
  const folder = join(temporaryFolder(), 'store');
  const from = source(wrapped(key));
  const surroundings = { env: {}, provider: () => token };
  const provider = await startProvider({ keyStore: { folder, key: { from: 'token', ...from } }, surroundings });
  expect(provider.status()).toMatchObject({ state: 'ready', keyStore: { source: 'token', path: from.wrapped } });
  const data = { ...slot('data', 'AES-256'), permissions: p.encrypt };
  await provider.slots.store(data, { from: 'generate', algorithm: keyRow('AES-256') }, p.encrypt, 0, 1, call);
  await provider.stop();
  for (const name of ['manifest', 'data.2.record']) expect(readFileSync(join(folder, name)).includes(Buffer.from(key))).toBe(false);
  const keyFile = join(temporaryFolder(), 'key');
  writeFileSync(keyFile, key, { mode: 0o600 });
  const again = await startProvider({ keyStore: { folder, key: { from: 'file', path: keyFile } } });
  expect(await again.slots.inspect(data, call)).toMatchObject({ generation: 1 });
});

describe('a store whose token is away', () => {
  const opening = (folder: string, from: TokenKeySource, provider: () => Provider | undefined) => {
    const reports: string[] = [];
    const report = ({ message }: { message: string }) => void reports.push(message);
    const location = { folder: join(folder, 'store'), key: { from: 'token', ...from } as const };
    return { reports, opening: new StoreOpening({ env: {}, provider, location, report, patience: 100, interval: 20 }) };
  };

  test('is opened when the token comes, and says why it is not', async () => {
    const away = bench.again();
    let now: Provider = away;
    const { opening: store, reports } = opening(temporaryFolder(), source(wrapped(random(32))), () => now);
    await store.start();
    expect(store.state).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('"hsm"') });
    expect(store.store).toBeUndefined();
    now = token;
    await expect.poll(() => store.state.state, { timeout: 5000 }).toBe('ready');
    expect(store.state).toEqual({ state: 'ready' });
    expect(store.store).toBeDefined();
    expect(reports).toEqual([expect.stringContaining('waits for its key'), 'new key store', 'the key store has its key and is open']);
    await store.stop();
  });

  test('is not tried again when the token says no, and is not opened after its end', async () => {
    const away = bench.again();
    let now: Provider = away;
    const refused = opening(temporaryFolder(), source(random(40)), () => now);
    await refused.opening.start();
    const ended = opening(temporaryFolder(), source(wrapped(random(32))), () => now);
    await ended.opening.start();
    await ended.opening.stop();
    now = token;
    await expect.poll(() => refused.reports.length, { timeout: 5000 }).toBe(2);
    expect(refused.reports[1]).toContain('until the daemon is started anew');
    expect(refused.opening.state).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('can not be unwrapped') });
    expect(ended.opening.store).toBeUndefined();
    await refused.opening.stop();
  });

  test('rejects at the start what the operator must mend', async () => {
    const { opening: store } = opening(temporaryFolder(), source(random(40)), () => token);
    await expectError(() => store.start(), 'WRAP_UNWRAP_FAILED');
  });
});
