/** The vault of a real daemon over its admin socket: unlocking, locking, and all that must not unlock it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { operations } from '../../src/daemon/admin/generated/messages.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { slip10 } from './vault-oracle.js';
import { asOperator, bytesOf, codeOf, initialize, lock, otherPhrase, phrase, RawAdmin, stateOf, unlock } from './vault-support.js';

const identityPath = "m/74'/0'/0'/0'";
/** In the form that the command line sends. */
const umlaut = 'TREZOR ü'.normalize('NFKD');
let daemon: DisposableDaemon;

beforeEach(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()], vault: {} } });
});
afterEach(async () => {
  await daemon?.[Symbol.asyncDispose]();
});

const record = () => join(daemon.folder, 'state', 'vault.json');

describe('unlocking', () => {
  test('init, lock, unlock; the identity is the one of BIP39 and SLIP-0010', async () => {
    expect(await stateOf(daemon)).toBe('locked');
    const identity = await initialize(daemon);
    const expected = ed25519.getPublicKey(slip10(mnemonicToSeedSync(phrase), identityPath));
    expect(Buffer.from(identity)).toEqual(Buffer.from(expected));
    expect(await stateOf(daemon)).toBe('unlocked');
    const status = await asOperator(daemon, (admin) => admin.call('vaultStatus', {}));
    expect(status).toMatchObject({ dumpable: 0, initialized: 1, idleTimeoutMs: 900_000 });
    expect(['memfd_secret', 'mlock']).toContain(status.protection);
    expect(Buffer.from(status.identity)).toEqual(Buffer.from(expected));
    expect(await lock(daemon)).toBe(true);
    expect(await lock(daemon)).toBe(false);
    expect(await stateOf(daemon)).toBe('locked');
    expect(Buffer.from(await unlock(daemon))).toEqual(Buffer.from(expected));
    expect(daemon.log).toContain('the vault is unlocked');
    expect(daemon.log).not.toContain('abandon');
  });

  test('the record is public, strict and private to the daemon', async () => {
    const identity = await initialize(daemon);
    expect(JSON.parse(readFileSync(record(), 'utf8'))).toEqual({
      version: 1,
      identity: { path: identityPath, fingerprint: createHash('sha256').update(identity).digest('base64') },
    });
    expect(statSync(record()).mode & 0o777).toBe(0o600);
    await daemon.stop();
    writeFileSync(record(), '{"version":2}');
    await expect(daemon.start()).rejects.toThrow('no record of a vault');
  });

  test('a record that can not be written is an error, and the vault stays as it was', async () => {
    const unfinished = `${record()}.new`;
    mkdirSync(unfinished);
    expect(await codeOf(initialize(daemon))).toBe('PERSIST_FAILED');
    expect([await stateOf(daemon), existsSync(record())]).toEqual(['locked', false]);
    rmdirSync(unfinished);
    await initialize(daemon);
  });

  test('a passphrase makes another vault, and is the second line', async () => {
    const identity = await initialize(daemon, { passphrase: umlaut });
    const seed = mnemonicToSeedSync(phrase, umlaut);
    expect(Buffer.from(identity)).toEqual(Buffer.from(ed25519.getPublicKey(slip10(seed, identityPath))));
    await lock(daemon);
    expect(await codeOf(unlock(daemon))).toBe('MNEMONIC_INVALID');
    expect(await codeOf(unlock(daemon, { passphrase: 'TREZOR' }))).toBe('MNEMONIC_INVALID');
    expect(await stateOf(daemon)).toBe('locked');
    await unlock(daemon, { passphrase: umlaut });
  });

  test('after a restart it is locked, and the same phrase opens it', async () => {
    const before = await initialize(daemon);
    expect(await daemon.stop()).toBe(0);
    await daemon.start();
    expect(await stateOf(daemon)).toBe('locked');
    expect(await codeOf(initialize(daemon))).toBe('ALREADY_INITIALIZED');
    expect(Buffer.from(await unlock(daemon))).toEqual(Buffer.from(before));
  });

  test('wrong phrases: no words, a wrong checksum, another vault, too long, nothing', async () => {
    await initialize(daemon);
    await lock(daemon);
    const wrong = ['not a phrase', phrase.replace('about', 'abandon'), otherPhrase, 'x'.repeat(1024), '', `${phrase} `];
    for (const text of wrong) expect([text, await codeOf(unlock(daemon, { text }))]).toEqual([text, 'MNEMONIC_INVALID']);
    expect(await stateOf(daemon)).toBe('locked');
    await unlock(daemon);
  });

  test('in the wrong order: never initialised, twice, unlocked already', async () => {
    expect(await codeOf(unlock(daemon))).toBe('INVALID_OPERATION');
    expect(await codeOf(asOperator(daemon, (admin) => admin.call('vaultUnlock', {})))).toBe('INVALID_OPERATION');
    await initialize(daemon);
    expect(await codeOf(initialize(daemon))).toBe('VAULT_ALREADY_UNLOCKED');
    expect(await codeOf(unlock(daemon))).toBe('VAULT_ALREADY_UNLOCKED');
    await lock(daemon);
    expect(await codeOf(initialize(daemon, { text: otherPhrase }))).toBe('ALREADY_INITIALIZED');
  });

  test('another path for the identity is told as such', async () => {
    await initialize(daemon);
    await daemon.stop();
    daemon.configure({ providers: [softwareProvider()], vault: { paths: { identity: "m/74'/9'" } } });
    await daemon.start();
    const error = await unlock(daemon).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'INVALID_OPERATION', field: 'vault.paths.identity' });
  });

  test('bytes of other languages are taken as they are', async () => {
    const text = 'あいこくしん　あいこくしん'.normalize('NFKD');
    const identity = await initialize(daemon, { text, format: 'bytes' });
    expect(identity).toHaveLength(32);
  });
});

describe('connections that end early, lie, or wait', () => {
  test.each([
    ['in the middle of the words', phrase.slice(0, 40), 0],
    ['before the newline', phrase, 0],
    ['between phrase and passphrase', `${phrase}\n`, 1],
    ['in the passphrase', `${phrase}\nTREZ`, 1],
    ['after it', `${phrase}\n`, 0],
  ])('torn %s: locked, and nothing is recorded', async (_name, text, passphrase) => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize', passphrase);
    expect(await stateOf(daemon)).toBe('unlocking');
    raw.socket.end(text);
    await raw.closed;
    await expect.poll(() => stateOf(daemon), { timeout: 10_000 }).toBe('locked');
    expect(daemon.log).toContain('the vault was not unlocked');
    expect(await asOperator(daemon, (admin) => admin.call('vaultStatus', {}))).toMatchObject({ initialized: 0 });
    await initialize(daemon, { text: otherPhrase });
  });

  test('a phrase that is too long ends the connection, and no rest of it is read', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize');
    raw.write('x'.repeat(3000));
    raw.write(raw.unlockRequest());
    await raw.closed;
    expect(raw.messages.at(-1)?.request).toBe(0);
    expect(raw.lastError).toBe('MNEMONIC_INVALID');
    expect(await stateOf(daemon)).toBe('locked');
  });

  test('a phrase that comes before the answer is refused unread', async () => {
    for (const rest of ['a', `${phrase}\n`]) {
      const raw = new RawAdmin(daemon.adminPath);
      raw.hello();
      await raw.until(() => raw.messages.length === 1);
      raw.write(Buffer.concat([raw.receiveRequest(2), Buffer.from(rest)]));
      await raw.closed;
      expect(['FRAME_INVALID', 'FRAME_TOO_LARGE']).toContain(raw.lastError);
      expect(await stateOf(daemon)).toBe('locked');
    }
  });

  test('one phrase at a time; locking ends the wait of another', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize');
    expect(await codeOf(initialize(daemon))).toBe('VAULT_ALREADY_UNLOCKED');
    expect(await lock(daemon)).toBe(false);
    await raw.closed;
    expect(raw.lastError).toBe('OPERATION_CANCELLED');
    await expect.poll(() => daemon.log).toContain('"code":"OPERATION_CANCELLED","msg":"the vault was not unlocked"');
    await initialize(daemon);
  });

  test('a phrase that nobody asks after is dropped, and said why', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize');
    raw.write(`${phrase}\n`);
    await raw.closed;
    expect(raw.lastError).toBe('OPERATION_TIMED_OUT');
    await expect.poll(() => daemon.log).toContain('"code":"OPERATION_TIMED_OUT","msg":"the vault was not unlocked"');
    expect(await stateOf(daemon)).toBe('locked');
  });

  test('a phrase that never comes is waited for as long as was said', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize', 0, 200);
    await raw.closed;
    expect(raw.lastError).toBe('OPERATION_TIMED_OUT');
    const patient = new RawAdmin(daemon.adminPath);
    patient.hello();
    patient.write(patient.receiveRequest(2, 0, 600_001));
    await patient.until(() => patient.messages.length === 2);
    expect(patient.lastError).toBe('INVALID_ARGUMENT');
    patient.socket.destroy();
  });

  test('only the connection that sent the phrase is told', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize');
    raw.write(`${phrase}\n`);
    expect(await codeOf(asOperator(daemon, (admin) => admin.call('vaultUnlock', {})))).toBe('INVALID_OPERATION');
    raw.write(raw.unlockRequest());
    await raw.until(() => raw.messages.length === 3);
    expect(await stateOf(daemon)).toBe('unlocked');
    // The connection goes on as any other.
    raw.send((out) => out.request(operations.vaultLock, 4, 0, {}));
    await raw.until(() => raw.messages.length === 4);
    expect(await stateOf(daemon)).toBe('locked');
    raw.socket.destroy();
  });

  test('stopping while a phrase is read', async () => {
    const raw = new RawAdmin(daemon.adminPath);
    await raw.receive('initialize');
    raw.write(phrase.slice(0, 20));
    expect(await daemon.stop()).toBe(0);
    await raw.closed;
  });
});

describe('locked use, sealed data, public keys', () => {
  test('everything is VAULT_LOCKED while it is locked', async () => {
    await asOperator(daemon, async (admin) => {
      const sealed = { keyVersion: 2, salt: new Uint8Array(32), iv: new Uint8Array(12), data: new Uint8Array(16) };
      expect(await codeOf(admin.call('vaultPublicKey', { kind: 1, path: 'identity' }))).toBe('VAULT_LOCKED');
      expect(await codeOf(admin.call('vaultExtendedPublicKey', { path: 'm' }))).toBe('VAULT_LOCKED');
      expect(await codeOf(admin.call('vaultSeal', { keyVersion: 0, plaintext: bytesOf('x') }))).toBe('VAULT_LOCKED');
      expect(await codeOf(admin.call('vaultOpen', sealed))).toBe('VAULT_LOCKED');
      expect(await codeOf(admin.call('vaultRotate', { ...sealed, toVersion: 3 }))).toBe('VAULT_LOCKED');
    });
  });

  test('keys and data equal those of others', async () => {
    await initialize(daemon);
    const seed = mnemonicToSeedSync(phrase);
    await asOperator(daemon, async (admin) => {
      const device = await admin.call('vaultPublicKey', { kind: 1, path: 'device/3' });
      expect(device.path).toBe("m/74'/0'/0'/3'");
      expect(Buffer.from(device.publicKey)).toEqual(Buffer.from(ed25519.getPublicKey(slip10(seed, device.path))));
      const ethereum = await admin.call('vaultPublicKey', { kind: 3, path: 'ethereum' });
      expect(Buffer.from(ethereum.publicKey)).toEqual(Buffer.from(HDKey.fromMasterSeed(seed).derive("m/44'/60'/0'/0/0").publicKey ?? []));
      const account = await admin.call('vaultExtendedPublicKey', { path: "m/44'/60'/0'" });
      expect(account.extendedPublicKey).toBe(HDKey.fromMasterSeed(seed).derive("m/44'/60'/0'").publicExtendedKey);
      expect(await codeOf(admin.call('vaultPublicKey', { kind: 2, path: 'encryption/2' }))).toBe('INCOMPATIBLE_KEY_TYPE');
      expect(await codeOf(admin.call('vaultPublicKey', { kind: 1, path: 'm/0' }))).toBe('DERIVATION_PATH_INVALID');
      expect(await codeOf(admin.call('vaultPublicKey', { kind: 1, path: 'identity/0' }))).toBe('DERIVATION_PATH_INVALID');

      for (const size of [0, 1, 100_000, 8 << 20]) {
        const plaintext = new Uint8Array(size).fill(7);
        const sealed = await admin.call('vaultSeal', { keyVersion: 0, plaintext });
        expect([sealed.keyVersion, sealed.salt.length, sealed.iv.length, sealed.data.length]).toEqual([2, 32, 12, size + 16]);
        const rotated = await admin.call('vaultRotate', { ...sealed, toVersion: 5 });
        expect(rotated.keyVersion).toBe(5);
        const opened = await admin.call('vaultOpen', rotated);
        expect(Buffer.compare(opened.plaintext, plaintext)).toBe(0);
        const changed = { ...rotated, data: Uint8Array.from(rotated.data) };
        changed.data[0] = (changed.data[0] ?? 0) ^ 1;
        expect(await codeOf(admin.call('vaultOpen', changed))).toBe('OPERATION_FAILED');
      }
      expect(await codeOf(admin.call('vaultSeal', { keyVersion: 1, plaintext: bytesOf('x') }))).toBe('DERIVATION_PATH_INVALID');
    });
  });
});

test('a daemon without a vault says so', async () => {
  await daemon.stop();
  daemon.configure({ providers: [softwareProvider()] });
  await daemon.start();
  expect(await codeOf(initialize(daemon))).toBe('UNSUPPORTED_OPERATION');
  expect(await codeOf(lock(daemon))).toBe('UNSUPPORTED_OPERATION');
});

test('it locks itself when nobody uses it', async () => {
  await daemon.stop();
  daemon.configure({ providers: [softwareProvider()], vault: { idleTimeout: '3s' } });
  await daemon.start();
  await initialize(daemon);
  expect(await stateOf(daemon)).toBe('unlocked');
  await expect.poll(() => stateOf(daemon), { timeout: 15_000 }).toBe('locked');
  expect(daemon.log).toContain('"why":"idle"');
});

test.skipIf(process.getuid?.() !== 0)('the phrase is not asked for where no memory can be locked, unless that is allowed', async () => {
  // Without the capability root is as limited as anybody.
  const through = ['prlimit', '--memlock=65536', 'setpriv', '--bounding-set=-ipc_lock', '--inh-caps=-ipc_lock'] as const;
  const withVault = (vault: object) =>
    startDisposableDaemon({ through, settings: { providers: [softwareProvider()], vault: { ...vault } } });
  await using strict = await withVault({});
  const raw = new RawAdmin(strict.adminPath);
  await raw.receive('initialize');
  expect(raw.lastError).toBe('MEMORY_NOT_LOCKED');
  raw.socket.destroy();
  await using lax = await withVault({ allowUnlockedMemory: true });
  await initialize(lax);
  expect(await asOperator(lax, (admin) => admin.call('vaultStatus', {}))).toMatchObject({ protection: 'none', lockedBytes: 0 });
});
