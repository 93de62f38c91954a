/** A client that was built before an algorithm was added uses it by name. */
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as today from '../../src/client/index.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';

/** What the frozen code offers: the calls that today's client had then too. */
type Frozen = Pick<typeof today, 'createCryptoStack'>;

let daemon: DisposableDaemon;
let stack: today.CryptoStack;
let context: today.CryptoContext;

beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider('software', 1)] } });
  const { createCryptoStack } = (await import(pathToFileURL(join(process.cwd(), 'test/fixtures/frozen-client/client.mjs')).href)) as Frozen;
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
});
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});

test('a hash', async () => {
  await using hash = await context.createHashContext({ algorithm: 'SHA3-256' });
  expect(hash.digestSize).toBe(32);
  const digest = await hash.singleShot(Buffer.from('message'));
  expect(Buffer.from(digest)).toEqual(createHash('sha3-256').update('message').digest());
});

test('an AEAD cipher', async () => {
  await using keys = await context.createKeyManagementContext();
  await using key = await keys.generateKey('AES-128');
  await using encrypt = await context.createAeadContext({ algorithm: 'AES-128-CCM', key, direction: 'encrypt', tagLength: 8 });
  await using decrypt = await context.createAeadContext({ algorithm: 'AES-128-CCM', key, direction: 'decrypt', tagLength: 8 });
  const nonce = randomBytes(13);
  const { data, tag } = await encrypt.encrypt({ nonce, data: Buffer.from('message') });
  expect(tag.length).toBe(8);
  expect(Buffer.from(await decrypt.decrypt({ nonce, data, tag })).toString()).toBe('message');
});

test('signatures with a parameter that came later', async () => {
  await using keys = await context.createKeyManagementContext();
  await using edwards = await keys.generateKey('Ed25519');
  await using sign = await context.createSignContext({ algorithm: 'Ed25519', key: edwards });
  const signature = await sign.singleShot(Buffer.from('message'));
  const { exportPublicKey } = await context.getKeyObject(edwards);
  const spki = Buffer.from((await exportPublicKey?.('der')) ?? []);
  expect(verify(null, Buffer.from('message'), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature)).toBe(true);

  await using lattice = await keys.generateKey('ML-DSA-65');
  const parameters = { context: Buffer.from('context') };
  await using signLattice = await context.createSignContext({ algorithm: 'ML-DSA-65', key: lattice, parameters });
  await using verifyLattice = await context.createVerifySignatureContext({ algorithm: 'ML-DSA-65', key: lattice, parameters });
  expect(signLattice.signatureSize).toBe(3309);
  const second = await signLattice.singleShot(Buffer.from('message'));
  expect(await verifyLattice.singleShot(Buffer.from('message'), second)).toBe(true);
  expect(await verifyLattice.singleShot(Buffer.from('massage'), second)).toBe(false);
});
