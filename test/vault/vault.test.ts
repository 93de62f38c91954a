/** The vault, over native memory and over other people's JavaScript: both give the same. */
import { constants } from 'node:buffer';
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecureBuffer } from '../../src/native.js';
import type { DerivedKey } from '../../src/vault/derived-key.js';
import { createVault } from '../../src/vault/index.js';
import type { WordCount } from '../../src/vault/life-cycle.js';
import type { Vault, VaultOptions } from '../../src/vault/vault.js';
import { bytesOf, codeOf, fileWith, makers, phrase } from './support.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const privateHex = (key: DerivedKey) => key.private_key.use(hex);

/** The native vault's memory is free once its last thread has been joined, a turn of the loop later. */
const freed = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Of the phrase above, without passphrase; computed with micro-key-producer and @scure/bip32. */
const known = {
  identity: 'e78c2766a792f09bfccb51493968ac322283e8d021a30063784d806929762ecc',
  sshHost: '6a9dd5c41915fba6cc22b8760263aba45b068cae7bead1d069c7b8eeb0118134',
  version2: 'fbed5fa9110df4214baa259a4cd6bd3902373231472d317b8f3686b1d63df17a',
  version3: '3ddaf7a4485d755c959c883347420fdc9fa2a64fb1edae8a5f312e82c210f0f0',
  ethereum: '0237b0bb7a8288d38ed49a524b5dc98cff3eb5ca824c9f9dc0dfdb3d9cd600f299',
};

describe.for(makers)('%s', ([, make]) => {
  let vault: Vault;
  const remake = async (options: VaultOptions) => {
    vault[Symbol.dispose]();
    await freed();
    vault = make(options);
  };
  beforeEach(() => {
    vault = make();
  });
  afterEach(async () => {
    vault[Symbol.dispose]();
    await freed();
  });
  const unlock = (passphrase?: string) => vault.unlock(bytesOf(phrase), passphrase === undefined ? undefined : bytesOf(passphrase));

  test('the keys of the named paths are the known ones', async () => {
    await unlock();
    const { paths } = vault;
    using identity = vault.deriveEd25519(paths.identity);
    using second = vault.deriveEncryptionKey(2);
    using third = vault.deriveEncryptionKey("m/74'/2'/0'/1'");
    using ethereum = vault.deriveSecp256k1();
    expect(hex(identity.public_key)).toBe(known.identity);
    expect(hex(vault.publicKey('Ed25519', paths.sshHost))).toBe(known.sshHost);
    expect(privateHex(second)).toBe(known.version2);
    expect(privateHex(third)).toBe(known.version3);
    expect(second.public_key).toHaveLength(0);
    expect(hex(ethereum.public_key)).toBe(known.ethereum);
    expect(hex(secp256k1.getPublicKey(ethereum.private_key.use((bytes) => bytes.slice())))).toBe(known.ethereum);
    expect([identity, second, ethereum].map((key) => key.key_type)).toEqual(['Ed25519', 'Aes256Gcm', 'Secp256k1']);
  });

  test('a passphrase makes another vault', async () => {
    await unlock('TREZOR');
    expect(vault.extendedPublicKey('m')).toBe(HDKey.fromMasterSeed(mnemonicToSeedSync(phrase, 'TREZOR')).publicExtendedKey);
    vault.lock();
    await unlock('');
    expect(hex(vault.publicKey('Ed25519', vault.paths.identity))).toBe(known.identity);
  });

  test('an extended public key gives watchers the same keys', async () => {
    await unlock();
    const watcher = HDKey.fromExtendedKey(vault.extendedPublicKey("m/44'/60'/0'"));
    expect(watcher.privateKey).toBeNull();
    expect([watcher.depth, watcher.index]).toEqual([3, 0x80000000]);
    expect(hex(watcher.derive('m/0/0').publicKey ?? new Uint8Array(0))).toBe(known.ethereum);
    const other = HDKey.fromMasterSeed(mnemonicToSeedSync(phrase)).derive('m/2147483647/1');
    expect(vault.extendedPublicKey('m/2147483647/1')).toBe(other.publicExtendedKey);
  });

  test('the life cycle is locked, unlocked, locked', async () => {
    const states = () => [vault.isUnlocked(), vault.status().state, vault.status().cached];
    expect(states()).toEqual([false, 'locked', 0]);
    const unlocking = unlock();
    expect(states()).toEqual([false, 'unlocking', 0]);
    expect(await codeOf(unlock)).toBe('VAULT_ALREADY_UNLOCKED');
    await unlocking;
    expect(states()).toEqual([true, 'unlocked', 0]);
    expect(await codeOf(unlock)).toBe('VAULT_ALREADY_UNLOCKED');
    expect(await codeOf(() => vault.unlockNew(12))).toBe('VAULT_ALREADY_UNLOCKED');
    vault.publicKey('Ed25519', 'm');
    expect(states()).toEqual([true, 'unlocked', 1]);
    vault.lock();
    vault.lock();
    expect(states()).toEqual([false, 'locked', 0]);
    await unlock();
    expect(states()).toEqual([true, 'unlocked', 0]);
  });

  test('everything that needs a seed is VAULT_LOCKED without one', async () => {
    await unlock();
    const encrypted = vault.encrypt('x');
    vault.lock();
    const uses: readonly (() => unknown)[] = [
      () => vault.deriveEd25519('m'),
      () => vault.deriveEncryptionKey(2),
      () => vault.deriveSecp256k1(),
      () => vault.publicKey('Ed25519', 'm'),
      () => vault.extendedPublicKey('m'),
      () => vault.sign('Ed25519', 'm', new Uint8Array(1)),
      () => vault.seal('m', new Uint8Array(12), new Uint8Array(0), new Uint8Array(1)),
      () => vault.open('m', new Uint8Array(12), new Uint8Array(0), new Uint8Array(17)),
      () => vault.encrypt('x'),
      () => vault.decrypt(encrypted),
      () => vault.decryptToSecureBuffer(encrypted),
      () => vault.rotate(encrypted, 3),
      () => vault.touch(),
    ];
    for (const use of uses) expect(await codeOf(use), String(use)).toBe('VAULT_LOCKED');
  });

  test.for([
    'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon',
    'about abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon',
    'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    '',
    'abandon',
    'abandonn abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
  ])('%j is no phrase', async (text) => {
    expect(await codeOf(() => vault.unlock(bytesOf(text)))).toBe('MNEMONIC_INVALID');
    expect(vault.status().state).toBe('locked');
    await unlock();
  });

  test('phrases come from descriptors, which stay open', async () => {
    using phraseFile = fileWith(`${phrase}\n`);
    using passphraseFile = fileWith('TREZOR');
    await vault.unlock(phraseFile.descriptor, passphraseFile.descriptor);
    expect(vault.extendedPublicKey('m')).toBe(HDKey.fromMasterSeed(mnemonicToSeedSync(phrase, 'TREZOR')).publicExtendedKey);
  });

  test('phrases given as bytes are wiped, whatever becomes of them', async () => {
    const zeros = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
    using secure = new SecureBuffer(phrase.length);
    const fill = () => secure.use((bytes) => bytes.set(bytesOf(phrase)));
    fill();
    const passphrase = bytesOf('TREZOR');
    await vault.unlock(secure, passphrase);
    expect([secure.use(zeros), zeros(passphrase)]).toEqual([true, true]);
    fill();
    const second = bytesOf('TREZOR');
    expect(await codeOf(() => vault.unlock(secure, second))).toBe('VAULT_ALREADY_UNLOCKED');
    expect([secure.use(zeros), zeros(second)]).toEqual([true, true]);
    vault.lock();
    const wrong = bytesOf('no phrase');
    expect(await codeOf(() => vault.unlock(wrong))).toBe('MNEMONIC_INVALID');
    expect(zeros(wrong)).toBe(true);
    const third = bytesOf('TREZOR');
    expect(await codeOf(() => vault.unlock('' as never, third))).toBe('INVALID_ARGUMENT');
    expect(zeros(third)).toBe(true);
  });

  test('a phrase is no string, and one line', async () => {
    const refused = (...args: unknown[]) => codeOf(() => vault.unlock(...(args as [never, never])));
    for (const value of [
      phrase,
      undefined,
      null,
      {},
      [1],
      new ArrayBuffer(8),
      -1,
      1.5,
      new Uint8Array(1025).fill(0x61),
      bytesOf(`${phrase}\n`),
    ])
      expect(await refused(value), String(value).slice(0, 20)).toBe('INVALID_ARGUMENT');
    expect(await refused(bytesOf(phrase), 'TREZOR')).toBe('INVALID_ARGUMENT');
    expect(await refused(bytesOf(phrase), bytesOf('a\nb'))).toBe('INVALID_ARGUMENT');
    expect(await codeOf(() => vault.unlock(bytesOf(phrase), undefined, { timeout: 0 }))).toBe('INVALID_ARGUMENT');
    expect(vault.status().state).toBe('locked');
    // @ts-expect-error: strings are refused by their type, too
    void ((v: Vault) => v.unlock(phrase));
  });

  test('a phrase of another language comes as bytes, a seed as a seed', async () => {
    const japanese =
      'あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あいこくしん　あおぞら';
    await vault.unlock(bytesOf(japanese.normalize('NFKD')), undefined, { format: 'bytes' });
    const expected = HDKey.fromMasterSeed(mnemonicToSeedSync(japanese)).publicExtendedKey;
    expect(vault.extendedPublicKey('m')).toBe(expected);
    vault.lock();
    const seed = randomBytes(64);
    seed[3] = 0x0a;
    const root = HDKey.fromMasterSeed(seed).publicExtendedKey;
    await vault.unlock(seed, undefined, { format: 'seed' });
    expect(vault.extendedPublicKey('m')).toBe(root);
  });

  test.for([12, 15, 18, 21, 24] as const)('a new phrase has %i words, and is the one that unlocks', async (words) => {
    using made = await vault.unlockNew(words);
    const text = made.use((bytes) => Buffer.from(bytes).toString());
    expect(text.split(' ')).toHaveLength(words);
    expect(validateMnemonic(text, wordlist)).toBe(true);
    expect(vault.extendedPublicKey('m')).toBe(HDKey.fromMasterSeed(mnemonicToSeedSync(text)).publicExtendedKey);
  });

  test('a new phrase is confirmed before it unlocks', async () => {
    const seen: string[] = [];
    using made = await vault.unlockNew(12, {
      passphrase: bytesOf('TREZOR'),
      confirm: async (buffer) => {
        seen.push(
          buffer.use((bytes) => Buffer.from(bytes).toString()),
          vault.status().state,
        );
        return true;
      },
    });
    const text = made.use((bytes) => Buffer.from(bytes).toString());
    expect(seen).toEqual([text, 'unlocking']);
    expect(vault.extendedPublicKey('m')).toBe(HDKey.fromMasterSeed(mnemonicToSeedSync(text, 'TREZOR')).publicExtendedKey);
    vault.lock();
    const kept: SecureBuffer[] = [];
    for (const answer of [false, undefined, 'yes']) {
      const confirm = (buffer: SecureBuffer) => {
        kept.push(buffer);
        return answer as boolean;
      };
      expect(await codeOf(() => vault.unlockNew(12, { confirm }))).toBe('OPERATION_CANCELLED');
    }
    expect(await codeOf(() => vault.unlockNew(12, { confirm: true as never }))).toBe('INVALID_ARGUMENT');
    for (const buffer of kept) expect(await codeOf(() => buffer.use(() => undefined))).toBe('INVALID_OPERATION');
    expect(vault.status().state).toBe('locked');
    for (const words of [0, 11, 13, 25, '12', undefined])
      expect(await codeOf(() => vault.unlockNew(words as WordCount))).toBe('INVALID_ARGUMENT');
  });

  test('lock ends unlocking, and the vault can be unlocked at once again', async () => {
    const first = codeOf(unlock);
    vault.lock();
    expect(vault.status().state).toBe('locked');
    const second = unlock('TREZOR');
    expect(await first).toBe('OPERATION_CANCELLED');
    await second;
    expect(vault.extendedPublicKey('m')).toBe(HDKey.fromMasterSeed(mnemonicToSeedSync(phrase, 'TREZOR')).publicExtendedKey);
    vault.lock();
    // Neither does a confirmation that never comes stop it.
    const third = codeOf(() => vault.unlockNew(12, { confirm: () => new Promise((resolve) => setTimeout(resolve, 50, true)) }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    vault.lock();
    await unlock();
    expect(await third).toBe('OPERATION_CANCELLED');
    expect(hex(vault.publicKey('Ed25519', vault.paths.identity))).toBe(known.identity);
  });

  test('keys that were handed out outlive the lock; keys in the vault do not', async () => {
    await unlock();
    using key = vault.deriveEncryptionKey(2);
    vault.lock();
    expect(privateHex(key)).toBe(known.version2);
    await unlock('other');
    using other = vault.deriveEncryptionKey(2);
    expect(privateHex(other)).not.toBe(known.version2);
  });

  test('Ed25519 signs any message, secp256k1 a digest', async () => {
    await unlock();
    const x = Buffer.from(known.identity, 'hex').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    for (const size of [0, 1, 100, 100_000]) {
      const message = randomBytes(size);
      const signature = vault.sign('Ed25519', vault.paths.identity, message);
      expect(signature).toHaveLength(64);
      expect(verify(null, message, publicKey, signature)).toBe(true);
      expect(verify(null, Buffer.concat([message, Buffer.alloc(1)]), publicKey, signature)).toBe(false);
    }
    const digest = createHash('sha256').update('x').digest();
    const point = Buffer.from(known.ethereum, 'hex');
    const signature = vault.sign('Secp256k1', vault.paths.ethereum, digest);
    // noble refuses an s in the upper half.
    expect(secp256k1.verify(signature, digest, point, { prehash: false })).toBe(true);
    expect(secp256k1.verify(signature, createHash('sha256').update('y').digest(), point, { prehash: false })).toBe(false);
    expect(await codeOf(() => vault.sign('Secp256k1', 'm', new Uint8Array(31)))).toBe('INVALID_ARGUMENT');
    expect(await codeOf(() => vault.sign('Aes256Gcm', 'm', digest))).toBe('INCOMPATIBLE_KEY_TYPE');
    expect(await codeOf(() => vault.sign('RSA' as 'Ed25519', 'm', digest))).toBe('INVALID_ARGUMENT');
    expect(await codeOf(() => vault.sign('Ed25519', 'm', 'text' as never))).toBe('INVALID_ARGUMENT');
  });

  test('the same on the thread pool gives the same', async () => {
    await unlock();
    const [iv, aad, data, digest] = [randomBytes(12), randomBytes(20), randomBytes(300_000), randomBytes(32)];
    expect(hex(await vault.signAsync('Ed25519', 'm', data))).toBe(hex(vault.sign('Ed25519', 'm', data)));
    const signature = await vault.signAsync('Secp256k1', vault.paths.ethereum, digest);
    expect(secp256k1.verify(signature, digest, Buffer.from(known.ethereum, 'hex'), { prehash: false })).toBe(true);
    const sealed = await vault.sealAsync('m', iv, aad, data);
    expect(hex(sealed)).toBe(hex(vault.seal('m', iv, aad, data)));
    expect(hex(await vault.openAsync('m', iv, aad, sealed))).toBe(hex(data));
    // A refused attempt to unlock changes nothing.
    expect(await codeOf(unlock)).toBe('VAULT_ALREADY_UNLOCKED');
    expect(await codeOf(() => vault.openAsync('m', iv, data, sealed))).toBe('OPERATION_FAILED');
    expect(await codeOf(() => vault.openAsync('m', iv, aad, sealed.subarray(0, 15)))).toBe('OPERATION_FAILED');
    expect(await codeOf(() => vault.signAsync('Aes256Gcm', 'm', digest))).toBe('INCOMPATIBLE_KEY_TYPE');
    expect(await codeOf(() => vault.sealAsync('m/0', iv, aad, data))).toBe('DERIVATION_PATH_INVALID');
    vault.lock();
    expect(await codeOf(() => vault.signAsync('Ed25519', 'm', data))).toBe('VAULT_LOCKED');
  });

  test('a key that is at work does not go when the cache is full', async () => {
    await remake({ cacheSize: 1 });
    await unlock();
    const data = randomBytes(100_000);
    const signatures = await Promise.all(Array.from({ length: 40 }, (_, n) => vault.signAsync('Ed25519', `m/${n % 5}'`, data)));
    expect(signatures.map(hex)).toEqual(Array.from({ length: 40 }, (_, n) => hex(vault.sign('Ed25519', `m/${n % 5}'`, data))));
    expect(vault.status().cached).toBe(1);
  });

  test('more keys at work than the vault can hold come one after the other, and leave a place for others', async () => {
    await unlock();
    const message = randomBytes(100);
    const right = Array.from({ length: 300 }, (_, n) => hex(vault.sign('Ed25519', `m/${n}'`, message)));
    const copy = Uint8Array.from(message);
    const running = Promise.all(right.map((_, n) => vault.signAsync('Ed25519', `m/${n}'`, message)));
    // All is copied at once.
    message.fill(0);
    expect(hex(vault.sign('Ed25519', "m/300'", copy))).toHaveLength(128);
    expect((await running).map(hex)).toEqual(right);
    expect(vault.status().cached).toBe(64);
    const iv = new Uint8Array(12);
    const sealed = await Promise.all(right.map((_, n) => vault.sealAsync(`m/${n}'`, iv, message, copy)));
    const opened = await Promise.all(sealed.map((data, n) => vault.openAsync(`m/${n}'`, iv, message, data)));
    expect(new Set(opened.map(hex))).toEqual(new Set([hex(copy)]));

    const ends = right.map((_, n) => codeOf(() => vault.signAsync('Ed25519', `m/${n}'`, copy)));
    vault.lock();
    await unlock('other');
    expect(new Set(await Promise.all(ends)).has('VAULT_LOCKED')).toBe(true);
    for (const end of await Promise.all(ends)) expect([undefined, 'VAULT_LOCKED']).toContain(end);
    expect(await codeOf(() => vault.signAsync('Ed25519', "m/0'", copy))).toBeUndefined();
  });

  test('what is under way when the vault is locked ends well or is VAULT_LOCKED', async () => {
    const message = randomBytes(50_000);
    await unlock();
    const right = hex(vault.sign('Ed25519', 'm', message));
    const ends = new Map<string, number>();
    for (let round = 0; round < 20; round++) {
      const running = Array.from({ length: 16 }, () =>
        vault.signAsync('Ed25519', 'm', message).then(
          (signature) => (hex(signature) === right ? 'right' : 'wrong'),
          (error: { code: string }) => error.code,
        ),
      );
      if (round % 2 === 0) await running[0];
      vault.lock();
      // With another seed: a signature by it under the old request would be wrong.
      await unlock('other');
      for (const end of await Promise.all(running)) ends.set(end, (ends.get(end) ?? 0) + 1);
      vault.lock();
      await unlock();
    }
    expect([...ends.keys()].filter((end) => end !== 'right' && end !== 'VAULT_LOCKED')).toEqual([]);
    expect(ends.get('VAULT_LOCKED')).toBeGreaterThan(0);
    expect(ends.get('right')).toBeGreaterThan(0);
  });

  test('one path has a key of each kind', async () => {
    await unlock();
    using first = vault.deriveEd25519("m/1'");
    using second = vault.deriveSecp256k1("m/1'");
    using third = vault.deriveEncryptionKey("m/1'");
    expect([first.key_type, second.key_type, third.key_type]).toEqual(['Ed25519', 'Secp256k1', 'Aes256Gcm']);
    expect(privateHex(first)).not.toBe(privateHex(second));
    expect([first.public_key.length, second.public_key.length]).toEqual([32, 33]);
  });

  test('paths that are none, or not of that kind of key, are refused', async () => {
    await unlock();
    for (const path of ['m/0h', 'm/01', '', 'm/', 5 as never, [-1] as never])
      expect(await codeOf(() => vault.deriveSecp256k1(path))).toBe('DERIVATION_PATH_INVALID');
    expect(await codeOf(() => vault.deriveEd25519('m/0'))).toBe('DERIVATION_PATH_INVALID');
    expect(await codeOf(() => vault.deriveEncryptionKey("m/0'/1"))).toBe('DERIVATION_PATH_INVALID');
    expect(await codeOf(() => vault.deriveEncryptionKey(1))).toBe('DERIVATION_PATH_INVALID');
  });

  test('seal and open take additional data', async () => {
    await unlock();
    const [iv, aad, data] = [randomBytes(12), randomBytes(20), randomBytes(1000)];
    const sealed = vault.seal("m/1'", iv, aad, data);
    expect(sealed).toHaveLength(1016);
    expect(hex(vault.open("m/1'", iv, aad, sealed))).toBe(hex(data));
    const flipped = sealed.slice();
    flipped[500] = (flipped[500] ?? 0) ^ 1;
    const failures = await Promise.all([
      codeOf(() => vault.open("m/1'", iv, aad, flipped)),
      codeOf(() => vault.open("m/1'", iv, randomBytes(20), sealed)),
      codeOf(() => vault.open("m/1'", randomBytes(12), aad, sealed)),
      codeOf(() => vault.open("m/2'", iv, aad, sealed)),
      codeOf(() => vault.open("m/1'", iv, aad, sealed.subarray(0, 15))),
    ]);
    expect(failures).toEqual(Array(5).fill('OPERATION_FAILED'));
    expect(await codeOf(() => vault.seal("m/1'", new Uint8Array(16), aad, data))).toBe('INVALID_ARGUMENT');
  });

  test('data are encrypted, decrypted and rotated', async () => {
    await unlock();
    for (const text of ['', 'x', 'ä'.repeat(100_000)]) {
      const encrypted = vault.encrypt(text);
      expect(Object.keys(encrypted)).toEqual(['key_version', 'salt', 'iv', 'data']);
      expect(encrypted.key_version).toBe(2);
      expect(Buffer.from(vault.decrypt(encrypted)).toString()).toBe(text);
      expect(Buffer.from(vault.decrypt(JSON.stringify(encrypted))).toString()).toBe(text);
      const rotated = vault.rotate(encrypted, 9);
      expect(rotated.key_version).toBe(9);
      expect(rotated.data).not.toBe(encrypted.data);
      expect(rotated.iv).not.toBe(encrypted.iv);
      expect(Buffer.from(vault.decrypt(rotated)).toString()).toBe(text);
      expect(await codeOf(() => vault.decrypt({ ...rotated, key_version: 2 }))).toBe('OPERATION_FAILED');
    }
    using secret = new SecureBuffer(5);
    secret.use((bytes) => bytes.fill(9));
    using back = vault.decryptToSecureBuffer(vault.encrypt(secret, 4));
    expect(back.equals(secret)).toBe(true);
    expect(await codeOf(() => vault.decryptToSecureBuffer(vault.encrypt('')))).toBe('INVALID_ARGUMENT');
    const bytes = bytesOf('stays');
    vault.encrypt(bytes);
    expect(Buffer.from(bytes).toString()).toBe('stays');
    expect(await codeOf(() => vault.encrypt('x', 1))).toBe('DERIVATION_PATH_INVALID');
    expect(await codeOf(() => vault.rotate(vault.encrypt('x'), 1))).toBe('DERIVATION_PATH_INVALID');
    expect(await codeOf(() => vault.encrypt(7 as never))).toBe('INVALID_ARGUMENT');
  });

  test('every place where encrypted data can be changed is noticed, and all failures are one', async () => {
    await unlock();
    const encrypted = vault.encrypt('some text');
    const errors = new Set<string>();
    for (const member of ['iv', 'data'] as const) {
      for (let at = 0; at < Buffer.from(encrypted[member], 'base64').length; at++) {
        const bytes = Buffer.from(encrypted[member], 'base64');
        bytes[at] = (bytes[at] ?? 0) ^ 0x80;
        try {
          vault.decrypt({ ...encrypted, [member]: bytes.toString('base64') });
          expect.unreachable();
        } catch (error) {
          errors.add(JSON.stringify(error));
        }
      }
    }
    vault.lock();
    await unlock('other');
    try {
      vault.decrypt(encrypted);
      expect.unreachable();
    } catch (error) {
      errors.add(JSON.stringify(error));
    }
    expect([...errors].map((text) => JSON.parse(text).code)).toEqual(['OPERATION_FAILED']);
  });

  test('options change paths, the version and the cache; wrong ones are refused by name', async () => {
    await remake({ paths: { identity: "m/1'" }, keyVersion: 5, cacheSize: 1 });
    await unlock();
    expect(vault.encrypt('x').key_version).toBe(5);
    expect(vault.rotate(vault.encrypt('x', 3)).key_version).toBe(5);
    expect(hex(vault.publicKey('Ed25519', vault.paths.identity))).toBe(hex(vault.publicKey('Ed25519', "m/1'")));
    expect(vault.status().cached).toBe(1);
    for (const [field, options] of [
      ['cacheSize', { cacheSize: 65 }],
      ['cacheTimeToLive', { cacheTimeToLive: 0 }],
      ['idleTimeout', { idleTimeout: -1 }],
      ['paths.device', { paths: { device: 'm' } }],
      ['key_version', { keyVersion: 1 }],
    ] as const)
      expect(() => make(options)).toThrow(expect.objectContaining({ field }));
  });

  test('plaintexts whose base64 is no string any more are refused', async () => {
    await unlock();
    const longest = Math.floor(constants.MAX_STRING_LENGTH / 4) * 3 - 16;
    await expect(async () => vault.encrypt(new Uint8Array(longest + 1))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'plaintext',
    });
  });

  test('versions that are no numbers are refused', async () => {
    await unlock();
    for (const version of [2n, '2', null, {}, Number.NaN, Number.POSITIVE_INFINITY, 2.5])
      expect(await codeOf(() => vault.encrypt('x', version as number)), String(version)).toBe('DERIVATION_PATH_INVALID');
  });

  test('an idle vault locks itself', async () => {
    await remake({ idleTimeout: 1000 });
    for (const use of [() => vault.publicKey('Ed25519', 'm'), () => vault.touch()]) {
      await unlock();
      for (let n = 0; n < 15; n++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        use();
      }
      await expect.poll(() => vault.status(), { timeout: 10_000 }).toMatchObject({ state: 'locked', cached: 0 });
    }
  });

  test('more keys than a cache holds come again and again', async () => {
    await unlock();
    const once = Array.from({ length: 100 }, (_, n) => hex(vault.publicKey('Ed25519', `m/${n}'`)));
    expect(new Set(once).size).toBe(100);
    expect(vault.status().cached).toBe(64);
    expect(Array.from({ length: 100 }, (_, n) => hex(vault.publicKey('Ed25519', `m/${n}'`)))).toEqual(once);
  });
});

test('status tells what protects the native vault', () => {
  using vault = createVault();
  const { protection, lockedBytes, dumpable } = vault.status();
  expect(['memfd_secret', 'mlock']).toContain(protection);
  expect(lockedBytes).toBeGreaterThan(4096);
  expect(dumpable).toBe(true);
});

test('a process has one native vault with memory at a time', async () => {
  using first = createVault();
  using second = createVault();
  await first.unlock(bytesOf(phrase));
  expect(await codeOf(() => second.unlock(bytesOf(phrase)))).toBe('ALREADY_INITIALIZED');
  expect(second.status).toBeTypeOf('function');
  first[Symbol.dispose]();
  await freed();
  await second.unlock(bytesOf(phrase));
});
