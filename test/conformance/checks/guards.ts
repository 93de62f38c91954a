/** Guards: owners of ephemeral keys. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { iv, mac, pattern } from '../material.js';

const message = pattern(100);

async function shape(bench: Bench): Promise<void> {
  await using guard = await bench.key('aes');
  assertSame('the type', guard.type, 'key');
  assertSame('the persistence', guard.persistence, 'ephemeral');
  assertSame('the provider', guard.primaryProvider, bench.daemon.tested.id);
  assert(Number.isSafeInteger(guard.id) && guard.id > 0, 'the id is no number');
  assert(guard.isActive(), 'a new guard is not active');
}

async function releasedBefore(bench: Bench): Promise<void> {
  const guard = await bench.key('hmac');
  await guard.release();
  assert(!guard.isActive(), 'a released guard is active');
  await refused(() => bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key: guard }), 'RESOURCE_NOT_FOUND', 'key');
  await refused(() => bench.context.getKeyObject(guard), 'RESOURCE_NOT_FOUND', 'key');
  await refused(() => bench.keys.exportKey(guard), 'RESOURCE_NOT_FOUND', 'key');
}

async function releasedAfter(bench: Bench): Promise<void> {
  const guard = await bench.key('hmac');
  await using context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key: guard });
  await context.init();
  await guard.release();
  await context.update(message);
  assertBytes('the MAC', await context.finalize(), mac(message));
  assertBytes('the MAC of another message', await context.singleShot(new Uint8Array(0)), mac(new Uint8Array(0)));
}

async function releasedTwice(bench: Bench): Promise<void> {
  const guard = await bench.key('aes');
  await guard.release();
  await guard.release();
  const disposed = await bench.key('aes');
  await disposed[Symbol.asyncDispose]();
  await disposed[Symbol.asyncDispose]();
  await disposed.release();
}

/** Three owners of one key, ended in every order. */
async function anyOrder(bench: Bench): Promise<void> {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    const guard = await bench.key('aes', p.encrypt | p.decrypt);
    const sealing = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: guard, direction: 'encrypt' });
    const opening = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: guard, direction: 'decrypt' });
    const ciphertext = await sealing.singleShot(iv, message);
    const ends = [() => guard.release(), () => sealing.close(), () => opening.close()];
    for (const end of order) {
      await ends[end]?.();
      if (end === 2) continue;
      if (!order.slice(0, order.indexOf(end)).includes(2)) assertBytes('the plaintext', await opening.singleShot(iv, ciphertext), message);
    }
    await refused(() => bench.context.getKeyObject(guard), 'RESOURCE_NOT_FOUND');
  }
}

async function loadedOnce(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.generateKey(slot, 'AES-256');
    await using guard = await bench.keys.loadKey(slot);
    await using sealing = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: guard, direction: 'encrypt' });
    await using opening = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key: guard, direction: 'decrypt' });
    await sealing.init(iv);
    await opening.init(iv);
    const first = await sealing.update(message.subarray(0, 48));
    const back = await opening.update(first);
    const rest = [await sealing.update(message.subarray(48)), await sealing.finalize()];
    const ends = [back];
    for (const part of rest) ends.push(await opening.update(part));
    ends.push(await opening.finalize());
    assertBytes('the plaintext', new Uint8Array(Buffer.concat(ends)), message);
  });
}

async function managementEnds(bench: Bench): Promise<void> {
  const management = await bench.context.createKeyManagementContext({ provider: bench.provider });
  const guard = await management.importKey({ algorithm: 'HMAC-SHA-256', keyData: pattern(32) });
  await using context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key: guard });
  const before = await context.singleShot(message);
  await management.close();
  await refused(() => bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key: guard }), 'RESOURCE_NOT_FOUND', 'key');
  assertBytes('the MAC of the context that was bound before', await context.singleShot(message), before);
  await refused(() => management.generateKey('AES-256'), 'CONTEXT_ALREADY_DESTROYED', 'context');
  await guard.release();
}

async function cleared(bench: Bench): Promise<void> {
  const guard = await bench.key('aes');
  await bench.keys.clearKey(guard);
  await refused(() => bench.context.getKeyObject(guard), 'RESOURCE_NOT_FOUND');
  await guard.release();
}

async function acrossStacks(bench: Bench): Promise<void> {
  const other = await bench.anotherStack();
  try {
    await using context = await other.createCryptoContext();
    await using guard = await bench.key('hmac');
    await using macContext = await context.createMacContext({ algorithm: 'HMAC-SHA-256', key: guard });
    assertBytes('the MAC made by another stack of the process', await macContext.singleShot(message), mac(message));
  } finally {
    await other.close();
  }
}

async function publicHalf(bench: Bench): Promise<void> {
  const guard = await bench.keys.generateKey('ECDSA-P256');
  const view = await bench.context.getKeyObject(guard);
  assert(view.getPublicKey !== undefined, 'a private key has no public half');
  const half: CryptoResourceGuard = await view.getPublicKey();
  await using signing = await bench.context.createSignContext({ algorithm: 'ECDSA-P256', key: guard });
  await guard.release();
  await using verifying = await bench.context.createVerifySignatureContext({ algorithm: 'ECDSA-P256', key: half });
  await half.release();
  assert(await verifying.singleShot(message, await signing.singleShot(message)), 'the signature does not match');
}

export const guardChecks: readonly Check[] = [
  { name: 'guards: stand wherever an id can', run: shape },
  { name: 'guards: released before use, the key is RESOURCE_NOT_FOUND', run: releasedBefore },
  { name: 'guards: released after a context was made, the context goes on', run: releasedAfter },
  { name: 'guards: a second release is a no-op', run: releasedTwice },
  { name: 'guards: guard and contexts may end in any order', run: anyOrder },
  { name: 'guards: one loaded key works in an encrypting and a decrypting context at once', run: loadedOnce },
  { name: 'guards: closing key management releases its guards, contexts keep the key', run: managementEnds },
  { name: 'guards: clearKey destroys an ephemeral key', run: cleared },
  { name: 'guards: work in the whole session', run: acrossStacks },
  { name: 'guards: the public half has a guard of its own', run: publicHalf },
];
