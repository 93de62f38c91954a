/** Attempts to unlock that overlap: what the core holds is always what the last one brought, or nothing. */
import { mnemonicToSeedSync } from '@scure/bip39';
import { expect, test } from 'vitest';
import { parsePath } from '../../src/vault/derivation-path.js';
import { LifeCycle } from '../../src/vault/life-cycle.js';
import { ed25519PublicKey, PlainCore, slip10 } from './plain-core.js';
import { bytesOf, codeOf, phrase } from './support.js';

/** A core whose threads end when they are let go. */
function slowCore() {
  const core = new PlainCore();
  const waiting: (() => void)[] = [];
  core.beforeUnlocked = () => new Promise<void>((resolve) => waiting.push(resolve));
  return { core, life: new LifeCycle(core, {}), waiting, letGo: () => waiting.shift()?.() };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const secrets = (passphrase: string) => ({ phrase: bytesOf(phrase), passphrase: bytesOf(passphrase) });
const rootOf = (passphrase: string) => ed25519PublicKey(slip10(mnemonicToSeedSync(phrase, passphrase), []).key).toString('hex');
const rootIn = (core: PlainCore) => Buffer.from(core.derive('Ed25519', parsePath('m')).publicKey).toString('hex');

test('a seed that comes after the lock is wiped at once', async () => {
  const { core, life, letGo } = slowCore();
  const first = codeOf(() => life.unlock(secrets('one'), {}));
  await turn();
  life.lock();
  expect(life.state).toBe('locked');
  letGo();
  expect(await first).toBe('OPERATION_CANCELLED');
  expect([life.state, core.hasSeed]).toEqual(['locked', false]);
});

test('the next attempt waits for the one that was cut off, and is not disturbed by its end', async () => {
  const { core, life, waiting, letGo } = slowCore();
  const first = codeOf(() => life.unlock(secrets('one'), {}));
  await turn();
  life.lock();
  const second = codeOf(() => life.unlock(secrets('two'), {}));
  await turn();
  expect([life.state, waiting.length]).toEqual(['unlocking', 1]);
  expect(await codeOf(() => life.unlock(secrets('three'), {}))).toBe('VAULT_ALREADY_UNLOCKED');
  letGo();
  expect(await first).toBe('OPERATION_CANCELLED');
  await turn();
  const locks = core.calls.filter((call) => call === 'lock').length;
  letGo();
  expect(await second).toBeUndefined();
  expect(core.calls.filter((call) => call === 'lock')).toHaveLength(locks);
  expect([life.state, rootIn(core)]).toEqual(['unlocked', rootOf('two')]);
});

test('of many attempts, each cut off, the last one counts', async () => {
  const { core, life, letGo } = slowCore();
  const ends = [];
  for (let n = 0; n < 5; n++) {
    ends.push(codeOf(() => life.unlock(secrets(`${n}`), {})));
    if (n < 4) life.lock();
  }
  for (let n = 0; n < 20; n++) {
    letGo();
    await turn();
  }
  expect(await Promise.all(ends)).toEqual([...Array(4).fill('OPERATION_CANCELLED'), undefined]);
  expect(rootIn(core)).toBe(rootOf('4'));
});

test('an unlocking is known by its number', async () => {
  const life = new LifeCycle(new PlainCore(), {});
  expect(await codeOf(() => life.requireUnlocked())).toBe('VAULT_LOCKED');
  await life.unlock(secrets(''), {});
  const first = life.requireUnlocked();
  expect(await codeOf(() => life.unlock(secrets(''), {}))).toBe('VAULT_ALREADY_UNLOCKED');
  expect(life.isStill(first)).toBe(true);
  life.lock();
  expect(life.isStill(first)).toBe(false);
  await life.unlock(secrets(''), {});
  expect([life.isStill(first), life.isStill(life.requireUnlocked())]).toEqual([false, true]);
});

test('errors of the core come through, and leave it locked', async () => {
  const life = new LifeCycle(new PlainCore(), {});
  expect(await codeOf(() => life.unlock({ phrase: bytesOf('no'), passphrase: undefined }, {}))).toBe('MNEMONIC_INVALID');
  expect(life.state).toBe('locked');
});

test('an attempt that waits for nobody takes its bytes before its owner can change them', async () => {
  const core = new PlainCore();
  const life = new LifeCycle(core, {});
  for (const passphrase of ['one', 'two']) {
    const given = secrets(passphrase);
    const unlocking = life.unlock(given, {});
    expect([...given.phrase, ...given.passphrase].every((byte) => byte === 0)).toBe(true);
    await unlocking;
    expect(rootIn(core)).toBe(rootOf(passphrase));
    life.lock();
  }
});

/** Takes the memory away from under these bytes. */
function giveAway(bytes: Uint8Array): Uint8Array {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
  return bytes;
}

test('bytes that were given away are refused by name, and the others are wiped', async () => {
  const life = new LifeCycle(new PlainCore(), {});
  const refused = (field: string) => expect.objectContaining({ code: 'INVALID_ARGUMENT', field });
  for (const field of ['phrase', 'passphrase'] as const) {
    const given = secrets('one');
    giveAway(given[field]);
    const other = given[field === 'phrase' ? 'passphrase' : 'phrase'];
    await expect(life.unlock(given, {})).rejects.toEqual(refused(field));
    expect(other.every((byte) => byte === 0)).toBe(true);
  }
  await expect(life.unlockNew(12, { passphrase: giveAway(bytesOf('one')) })).rejects.toEqual(refused('passphrase'));
  expect(life.state).toBe('locked');
});

test('also while the attempt waits for another one', async () => {
  const { core, life, waiting, letGo } = slowCore();
  const first = codeOf(() => life.unlock(secrets('one'), {}));
  await turn();
  life.lock();
  const given = secrets('two');
  const second = codeOf(() => life.unlock(given, {}));
  giveAway(given.passphrase);
  letGo();
  expect(await first).toBe('OPERATION_CANCELLED');
  expect(await second).toBe('INVALID_ARGUMENT');
  expect([life.state, core.hasSeed, waiting.length, given.phrase.every((byte) => byte === 0)]).toEqual(['locked', false, 0, true]);
  const third = life.unlock(secrets('three'), {});
  await turn();
  letGo();
  await third;
  expect(rootIn(core)).toBe(rootOf('three'));
});

test('an attempt does not wait for ever for one that never ends', async () => {
  const { life, letGo } = slowCore();
  const first = codeOf(() => life.unlock(secrets('one'), {}));
  await turn();
  life.lock();
  const given = secrets('two');
  expect(await codeOf(() => life.unlock(given, { timeout: 30 }))).toBe('OPERATION_TIMED_OUT');
  expect([life.state, given.phrase.every((byte) => byte === 0)]).toEqual(['locked', true]);
  letGo();
  expect(await first).toBe('OPERATION_CANCELLED');
  const third = life.unlock(secrets('three'), {});
  await turn();
  letGo();
  await third;
  expect(life.state).toBe('unlocked');
});
