/** What keeps an unlocked vault from locking itself, and what does not. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CryptoContext, type CryptoResourceId, type CryptoStack, createCryptoStack } from '../../src/client/index.js';
import { type DisposableDaemon, type SlotLine, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { bytesOf, initialize, stateOf, unlock } from './vault-support.js';

const idleTimeout = 2000;
const slots: SlotLine[] = [
  { name: 'id', kind: 'key', algorithm: 'Ed25519', providers: ['software'], permissions: ['sign', 'verify'], path: 'identity' },
  { name: 'eth', kind: 'key', algorithm: 'ECDSA-secp256k1', providers: ['software'], permissions: ['sign', 'verify'], path: 'ethereum' },
  { name: 'data', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'], path: 'encryption/2' },
];

let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;
beforeAll(async () => {
  const names = Object.fromEntries(slots.map(({ name }) => [name, name]));
  const access = [{ user: process.getuid?.() ?? 0, slots: names, rights: ['use'] as const }];
  const vault = { idleTimeout: `${idleTimeout}ms` };
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()], slots, access, vault } });
  await initialize(daemon);
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
});
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  if ((await stateOf(daemon)) === 'locked') await unlock(daemon);
});

function slot(name: string): Promise<CryptoResourceId> {
  return context.resolveResource(name, 'keySlot');
}

/** Does something again and again for longer than the time after which an idle vault locks itself. */
async function again(work: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 1.4 * idleTimeout;
  while (performance.now() < end) {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const message = bytesOf('a piece');
test('a message that comes slowly is signed', async () => {
  const [ed25519, ecdsa] = await Promise.all([
    context.createSignContext({ algorithm: 'Ed25519', key: await slot('id') }),
    context.createSignContext({ algorithm: 'ECDSA-secp256k1-SHA-256', key: await slot('eth') }),
  ]);
  for (const signer of [ed25519, ecdsa]) {
    await signer.init();
    await again(() => signer.update(message));
    expect(await signer.signFinalize()).toHaveLength(64);
    await signer.close();
  }
});

test('data that come slowly are sealed', async () => {
  const sealing = await context.createAeadContext({ algorithm: 'AES-256-GCM', direction: 'encrypt', key: await slot('data') });
  await sealing.init(new Uint8Array(12));
  await again(() => sealing.updateAad(message));
  await again(() => sealing.update(message));
  expect((await sealing.finalize()).tag).toHaveLength(16);
  await sealing.close();
});

test('verifying is use, too', async () => {
  const signer = await context.createSignContext({ algorithm: 'Ed25519', key: await slot('id') });
  const signature = await signer.singleShot(message);
  const verifier = await context.createVerifySignatureContext({ algorithm: 'Ed25519', key: await slot('id') });
  await again(async () => expect(await verifier.singleShot(message, signature)).toBe(true));
  await verifier.init();
  await again(() => verifier.update(message));
  expect(await verifier.verifyFinalize(signature)).toBe(false);
  for (const one of [signer, verifier]) await one.close();
});

test('an open context, looking at slots and at the vault are not', async () => {
  const signer = await context.createSignContext({ algorithm: 'Ed25519', key: await slot('id') });
  await again(() => Promise.all([stateOf(daemon), context.listResources('keySlot')]));
  expect(await stateOf(daemon)).toBe('locked');
  await signer.close();
});
