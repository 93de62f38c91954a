/** What is taken from a caller's account comes back: far more than the limits allow at once, one after another. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { refused } from '../expectations.js';
import { aesKey, pattern } from '../material.js';

/** More than `limits.keys` and `limits.contexts` by default. */
const moreThanKeys = 1100;
const moreThanContexts = 4200;

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i += 1) await work();
}

async function keys(bench: Bench): Promise<void> {
  await repeat(moreThanKeys, async () => (await bench.key('aes')).release());
  await repeat(moreThanKeys, () =>
    refused(() => bench.keys.importKey({ algorithm: 'AES-256', keyData: pattern(31) }), 'ALGORITHM_MISMATCH'),
  );
}

async function halves(bench: Bench): Promise<void> {
  await using key = await bench.key('ecPrivate');
  const { getPublicKey } = await bench.context.getKeyObject(key);
  await repeat(moreThanKeys, async () => (await getPublicKey?.())?.release());
}

async function loadedKeys(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await repeat(moreThanKeys, () => refused(() => bench.keys.loadKey(slot), 'KEY_SLOT_EMPTY'));
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: aesKey });
    await repeat(moreThanKeys, async () => (await bench.keys.loadKey(slot)).release());
    await repeat(moreThanKeys, () =>
      refused(() => bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: aesKey }), 'KEY_SLOT_OCCUPIED'),
    );
  });
}

async function management(bench: Bench): Promise<void> {
  await repeat(moreThanKeys, async () => {
    const context = await bench.context.createKeyManagementContext({ provider: bench.provider });
    await context.importKey({ algorithm: 'AES-256', keyData: aesKey });
    await context.close();
  });
}

async function contexts(bench: Bench): Promise<void> {
  await using key = await bench.key('aes', p.encrypt);
  const make = (direction: 'encrypt' | 'decrypt', tagLength = 16) =>
    bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction, tagLength });
  await repeat(moreThanContexts, async () => (await make('encrypt')).close());
  await repeat(moreThanContexts, () => refused(() => make('decrypt'), 'KEY_OPERATION_NOT_PERMITTED'));
  await repeat(moreThanContexts, () => refused(() => make('encrypt', 5), 'INVALID_ARGUMENT'));
}

async function held(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
  const part = new Uint8Array(8 * 1024 * 1024);
  const ends = [
    () => context.reset(),
    () => context.init(pattern(12)),
    () => refused(() => context.verifyAndFinalize(new Uint8Array(16)), 'OPERATION_FAILED'),
    () =>
      refused(() => context.decrypt({ nonce: pattern(12), data: part, tag: new Uint8Array(16) }), 'INVALID_OPERATION').then(() =>
        context.reset(),
      ),
  ];
  for (let i = 0; i < 48; i += 1) {
    await context.init(pattern(12));
    await context.update(part);
    await ends[i % ends.length]?.();
  }
}

export const accountChecks: readonly Check[] = [
  { name: 'accounts: released keys and refused imports are given back', run: keys },
  { name: 'accounts: released public halves are given back', run: halves },
  { name: 'accounts: loaded keys and refused fillings are given back', run: loadedKeys },
  { name: 'accounts: keys of closed key management are given back', run: management },
  { name: 'accounts: closed and refused contexts are given back', run: contexts },
  { name: 'accounts: what AEAD decryption held is given back', run: held, slow: true },
];
