/** What the vault calculates: vectors of others, @scure and node:crypto as second opinions. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { HDKey } from '@scure/bip32';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecureBuffer } from '../../src/native.js';
import { NativeVault, type VaultKeyKind } from '../../src/native-vault.js';
import { failure, rejection } from './errors.js';
import { temporaryFolder } from './support.js';
import {
  abandon,
  bip32Levels,
  drain,
  hardened,
  hexOf,
  openPipe,
  pathOf,
  readVectors,
  slip10Levels,
  unlockWith,
  withPipe,
} from './vault-support.js';

const folder = temporaryFolder();
let vault: NativeVault;
beforeEach(() => {
  vault = new NativeVault();
});
afterEach(() => vault.dispose());
afterAll(() => folder.remove());

const hmacSha512 = (key: Uint8Array | string, data: Uint8Array) => createHmac('sha512', key).update(data).digest();

function keyAt(kind: VaultKeyKind, path: Uint32Array | string): { handle: number; publicKey: string; key: string } {
  const { handle, publicKey } = vault.derive(kind, typeof path === 'string' ? pathOf(path) : path);
  using copy = vault.reveal(handle);
  return {
    handle,
    publicKey: hexOf(publicKey),
    key: copy.use((bytes) => hexOf(bytes)),
  };
}

async function useSeed(seed: string | Uint8Array): Promise<void> {
  vault.lock();
  await unlockWith(vault, folder.path, typeof seed === 'string' ? Buffer.from(seed, 'hex') : seed, undefined, { format: 'seed' });
}

function expectMaster(xprv: string): void {
  const wanted = HDKey.fromExtendedKey(xprv);
  expect(keyAt('secp256k1', 'm').key).toBe(hexOf(wanted.privateKey as Uint8Array));
  expect(hexOf(vault.extendedPublicKey(pathOf('m')).chainCode)).toBe(hexOf(wanted.chainCode as Uint8Array));
}

describe('BIP39', () => {
  type Row = [entropy: string, phrase: string, seed: string, xprv: string];
  const vectors = readVectors<Record<string, Row[]>>('bip39.json');

  test.each(Object.keys(vectors))('vectors in %s', async (language) => {
    const rows = vectors[language] ?? [];
    expect(rows.length).toBeGreaterThan(10);
    for (const [, phrase, seed, xprv] of rows) {
      vault.lock();
      const format = language === 'english' ? 'english' : 'bytes';
      await unlockWith(vault, folder.path, phrase.normalize('NFKD'), 'TREZOR', {
        format,
      });
      expectMaster(xprv);
      const aes = keyAt('aes-256-gcm', 'm').key;
      await useSeed(seed);
      expect(keyAt('aes-256-gcm', 'm').key).toBe(aes);
    }
  });

  test('100 random phrases are what @scure says', async () => {
    const path = pathOf("m/44'/60'/0'/0/0");
    for (let i = 0; i < 100; i++) {
      const phrase = entropyToMnemonic(randomBytes(16 + 4 * (i % 5)), wordlist);
      const passphrase = i % 3 === 0 ? undefined : randomBytes(i % 70).toString('base64');
      vault.lock();
      await unlockWith(vault, folder.path, i % 2 === 0 ? phrase : `${phrase}\n`, passphrase);
      const seed = mnemonicToSeedSync(phrase, passphrase);
      const wanted = HDKey.fromMasterSeed(seed).derive("m/44'/60'/0'/0/0");
      expect(keyAt('secp256k1', path)).toMatchObject({
        key: hexOf(wanted.privateKey as Uint8Array),
        publicKey: hexOf(wanted.publicKey as Uint8Array),
      });
      const hard = path.map((index) => (index | hardened) >>> 0);
      expect(keyAt('ed25519', hard).key).toBe(hexOf((slip10Levels(seed, hard, hmacSha512).at(-1) as Buffer).subarray(0, 32)));
    }
  }, 300_000);

  test.each([
    ['a wrong checksum', `${'abandon '.repeat(11)}abandon`],
    ['a word that is none', `${'abandon '.repeat(11)}abouts`],
    ['the beginning of a word', `${'abandon '.repeat(11)}abou`],
    ['an upper case letter', `A${abandon.slice(1)}`],
    ['two spaces', abandon.replace(' ', '  ')],
    ['a space before', ` ${abandon}`],
    ['a space after', `${abandon} `],
    ['a tab', abandon.replace(' ', '\t')],
    ['a carriage return', `${abandon}\r\n`],
    ['a letter that is not ASCII', abandon.replace('about', 'ábout')],
    ['a zero byte', `${abandon}\0`],
    ['11 words', `${'abandon '.repeat(10)}about`],
    ['13 words', `abandon ${abandon}`],
    ['27 words', `${'abandon '.repeat(26)}about`],
    ['no word', ''],
    ['an empty line', `\n${abandon}`],
    ['more bytes than any phrase', 'a'.repeat(5000)],
    ['words of another language', `${'abaisser '.repeat(11)}abeille`],
  ])('%s is refused, and the vault stays locked', async (_, phrase) => {
    const error = await rejection(unlockWith(vault, folder.path, phrase));
    expect(error).toMatchObject({
      code: 'MNEMONIC_INVALID',
      message: 'this is no phrase of BIP39',
    });
    expect(vault.status().state).toBe('locked');
    await unlockWith(vault, folder.path, abandon);
    expect(vault.status().state).toBe('unlocked');
  });

  test('both on one descriptor, a line each', async () => {
    await withPipe(folder.path, `${abandon}\nTREZOR\nmore`, async (descriptor) => {
      await vault.unlock(descriptor, descriptor);
    });
    const { key } = keyAt('ed25519', 'm');
    vault.lock();
    await unlockWith(vault, folder.path, abandon, 'TREZOR');
    expect(keyAt('ed25519', 'm').key).toBe(key);
  });

  test('bytes are taken whole and copied at once, from a secure buffer too', async () => {
    await unlockWith(vault, folder.path, abandon, 'TREZOR');
    const { key } = keyAt('ed25519', 'm');
    const filled = (text: string) => {
      const buffer = new SecureBuffer(text.length);
      buffer.use((bytes) => bytes.set(Buffer.from(text)));
      return buffer;
    };
    for (const make of [filled, (text: string) => new Uint8Array(Buffer.from(text))]) {
      vault.lock();
      const [phrase, passphrase] = [make(abandon), make('TREZOR')];
      const opening = vault.unlock(phrase, passphrase);
      for (const source of [phrase, passphrase]) {
        if (source instanceof SecureBuffer) source[Symbol.dispose]();
        else source.fill(0);
      }
      // Nothing had to be read.
      expect(vault.status().state).toBe('unlocked');
      await opening;
      expect(keyAt('ed25519', 'm').key).toBe(key);
    }
    vault.lock();
    await withPipe(folder.path, 'TREZOR\n', async (descriptor) => vault.unlock(new Uint8Array(Buffer.from(abandon)), descriptor));
    expect(keyAt('ed25519', 'm').key).toBe(key);
    vault.lock();
    await vault.unlock(
      Uint8Array.from({ length: 64 }, (_, i) => i),
      undefined,
      { format: 'seed' },
    );
    expect(vault.status().state).toBe('unlocked');
    vault.lock();
    const disposed = filled(abandon);
    disposed[Symbol.dispose]();
    const whole = new Uint8Array(Buffer.from(`${abandon}\n`));
    expect(await rejection(vault.unlock(whole))).toMatchObject({ code: 'MNEMONIC_INVALID' });
    expect(await rejection(vault.unlock(new Uint8Array(0)))).toMatchObject({ code: 'MNEMONIC_INVALID' });
    expect(await rejection(vault.unlock(disposed))).toMatchObject({ code: 'INVALID_OPERATION' });
    expect(await rejection(vault.unlock(new Uint8Array(1025)))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'phrase' });
    expect(await rejection(vault.unlock(whole, new SecureBuffer(1025)))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
    expect(await rejection(vault.unlock(abandon as unknown as Uint8Array))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'phrase' });
    expect(vault.status().state).toBe('locked');
    await unlockWith(vault, folder.path, abandon);
  });

  test.each([12, 15, 18, 21, 24])('a new phrase of %d words is one, and another every time', async (words) => {
    const phrases = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const pipe = openPipe(folder.path);
      await vault.generate(words, pipe.writer);
      const phrase = drain(pipe.reader).toString();
      pipe.close();
      expect(phrase).toMatch(/^[a-z]+( [a-z]+)+\n$/);
      expect(phrase.split(' ')).toHaveLength(words);
      expect(vault.status().state).toBe('locked');
      await unlockWith(vault, folder.path, phrase);
      const seed = mnemonicToSeedSync(phrase.trim());
      expect(keyAt('secp256k1', 'm').key).toBe(hexOf(HDKey.fromMasterSeed(seed).privateKey as Uint8Array));
      vault.lock();
      phrases.add(phrase);
    }
    expect(phrases.size).toBe(5);
  });
});

describe('derivation', () => {
  interface Bip32 {
    vectors: {
      seed: string;
      chains: { path: string; xprv: string; xpub: string }[];
    }[];
  }
  interface Slip10 {
    vectors: {
      curve: string;
      seed: string;
      chains: {
        path: string;
        fingerprint: string;
        chain_code: string;
        private: string;
        public: string;
      }[];
    }[];
  }

  function expectExtended(path: string, xprv: HDKey): void {
    expect(keyAt('secp256k1', path)).toMatchObject({
      key: hexOf(xprv.privateKey as Uint8Array),
      publicKey: hexOf(xprv.publicKey as Uint8Array),
    });
    const extended = vault.extendedPublicKey(pathOf(path));
    expect(hexOf(extended.publicKey)).toBe(hexOf(xprv.publicKey as Uint8Array));
    expect(hexOf(extended.chainCode)).toBe(hexOf(xprv.chainCode as Uint8Array));
    expect(Buffer.from(extended.parentFingerprint).readUInt32BE()).toBe(xprv.parentFingerprint);
    expect(extended).toMatchObject({ depth: xprv.depth, index: xprv.index });
  }

  test('BIP32 vectors', async () => {
    let chains = 0;
    for (const vector of readVectors<Bip32>('bip32.json').vectors) {
      await useSeed(vector.seed);
      for (const { path, xprv, xpub } of vector.chains) {
        expectExtended(path, HDKey.fromExtendedKey(xprv));
        expect(hexOf(vault.extendedPublicKey(pathOf(path)).publicKey)).toBe(hexOf(HDKey.fromExtendedKey(xpub).publicKey as Uint8Array));
        chains += 1;
      }
    }
    expect(chains).toBeGreaterThan(10);
  });

  // Of BIP32's vectors 3 and 4: a leading zero gets lost where numbers are written without padding.
  test.each([
    [
      '4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be',
      "m/0'",
    ],
    ['3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678', "m/0'/1'"],
  ])('seeds with leading zeros below them (%#)', async (seed, path) => {
    await useSeed(seed);
    expectExtended(path, HDKey.fromMasterSeed(Buffer.from(seed, 'hex')).derive(path));
  });

  test('keys and chain codes that begin with a zero byte', async () => {
    await useSeed(new Uint8Array(32).fill(7));
    const master = HDKey.fromMasterSeed(new Uint8Array(32).fill(7));
    let seen = 0;
    for (let index = 0; seen < 3; index++) {
      const child = master.deriveChild(index);
      if ((child.privateKey as Uint8Array)[0] !== 0 && (child.chainCode as Uint8Array)[0] !== 0) continue;
      seen += 1;
      expectExtended(`m/${index}/5'/1`, child.deriveChild(hardened + 5).deriveChild(1));
    }
  });

  test('SLIP-0010 vectors', async () => {
    const vectors = readVectors<Slip10>('slip10.json').vectors.filter(({ curve }) => ['secp256k1', 'ed25519'].includes(curve));
    expect(vectors.length).toBeGreaterThan(1);
    for (const { curve, seed, chains } of vectors) {
      await useSeed(seed);
      for (const { path, private: key, public: publicKey, chain_code: chainCode, fingerprint } of chains) {
        // The vectors write a zero before an Ed25519 public key.
        expect(keyAt(curve as VaultKeyKind, path)).toMatchObject({
          key,
          publicKey: publicKey.replace(/^00/, ''),
        });
        if (curve === 'ed25519') {
          expect(keyAt('aes-256-gcm', path)).toMatchObject({
            key,
            publicKey: '',
          });
        } else {
          const extended = vault.extendedPublicKey(pathOf(path));
          expect([hexOf(extended.chainCode), hexOf(extended.parentFingerprint)]).toEqual([chainCode, fingerprint]);
        }
      }
    }
  });

  test('the five paths of the product', async () => {
    await unlockWith(vault, folder.path, abandon);
    expect(keyAt('ed25519', "m/74'/0'/0'/0'").publicKey).toBe('e78c2766a792f09bfccb51493968ac322283e8d021a30063784d806929762ecc');
    expect(keyAt('ed25519', "m/74'/0'/1'/0'").publicKey).toBe('6a9dd5c41915fba6cc22b8760263aba45b068cae7bead1d069c7b8eeb0118134');
    expect(keyAt('aes-256-gcm', "m/74'/2'/0'/0'").key).toBe('fbed5fa9110df4214baa259a4cd6bd3902373231472d317b8f3686b1d63df17a');
    expect(keyAt('aes-256-gcm', "m/74'/2'/0'/1'").key).toBe('3ddaf7a4485d755c959c883347420fdc9fa2a64fb1edae8a5f312e82c210f0f0');
    expect(keyAt('secp256k1', "m/44'/60'/0'/0/0").publicKey).toBe('0237b0bb7a8288d38ed49a524b5dc98cff3eb5ca824c9f9dc0dfdb3d9cd600f299');
  });

  test('a long path, and the same asynchronously', async () => {
    const seed = randomBytes(64);
    await useSeed(seed);
    const path = Uint32Array.from({ length: 40 }, (_, i) => (i % 8 === 0 ? i : hardened + i));
    const hard = Uint32Array.from({ length: 255 }, (_, i) => hardened + i);
    const key = hexOf(bip32Levels(seed, path).at(-1)?.key as Uint8Array);
    expect(keyAt('secp256k1', path).key).toBe(key);
    const { handle, publicKey } = await vault.deriveAsync('secp256k1', path);
    using copy = vault.reveal(handle);
    expect(copy.use((bytes) => hexOf(bytes))).toBe(key);
    expect(await vault.extendedPublicKeyAsync(path)).toEqual(vault.extendedPublicKey(path));
    expect(hexOf(vault.publicKey(handle))).toBe(hexOf(publicKey));
    expect(keyAt('ed25519', hard).key).toBe(hexOf((slip10Levels(seed, hard, hmacSha512).at(-1) as Buffer).subarray(0, 32)));
  });

  test('paths that are none', async () => {
    await unlockWith(vault, folder.path, abandon);
    const wrong = { code: 'DERIVATION_PATH_INVALID', field: 'path' };
    for (const kind of ['ed25519', 'aes-256-gcm'] as const) {
      expect(failure(() => vault.derive(kind, pathOf("m/74'/0")))).toMatchObject(wrong);
      expect(await rejection(vault.deriveAsync(kind, pathOf('m/0')))).toMatchObject(wrong);
    }
    expect(failure(() => vault.derive('secp256k1', new Uint32Array(256)))).toMatchObject(wrong);
    expect(failure(() => vault.derive('ed25519', [hardened] as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'path' });
    expect(failure(() => vault.derive('toString' as never, pathOf('m')))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'kind' });
    expect(vault.status().keys).toBe(0);
  });
});

describe('keys in use', () => {
  const message = randomBytes(5000);
  const ed25519Head = Buffer.from('302e020100300506032b657004220420', 'hex');
  const none = new Uint8Array(0);

  beforeEach(async () => {
    await unlockWith(vault, folder.path, abandon);
  });

  test('Ed25519 signs as node:crypto does', async () => {
    const { handle, key } = keyAt('ed25519', "m/1'");
    const same = createPrivateKey({
      key: Buffer.concat([ed25519Head, Buffer.from(key, 'hex')]),
      format: 'der',
      type: 'pkcs8',
    });
    for (const size of [0, 1, 63, 64, 127, 128, 5000]) {
      const wanted = sign(null, message.subarray(0, size), same).toString('hex');
      expect(hexOf(vault.sign(handle, message.subarray(0, size)))).toBe(wanted);
      expect(hexOf(await vault.signAsync(handle, message.subarray(0, size)))).toBe(wanted);
    }
  });

  test('ECDSA: node:crypto accepts it, and s is the lower one', async () => {
    const { handle, publicKey } = keyAt('secp256k1', "m/44'/0");
    const spki = Buffer.concat([Buffer.from('3036301006072a8648ce3d020106052b8104000a032200', 'hex'), Buffer.from(publicKey, 'hex')]);
    const verifier = createPublicKey({
      key: spki,
      format: 'der',
      type: 'spki',
    });
    const half = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0';
    for (let i = 0; i < 20; i++) {
      const digest = createHash('sha256').update(message.subarray(i)).digest();
      const signature = i % 2 === 0 ? vault.sign(handle, digest) : await vault.signAsync(handle, digest);
      expect(signature).toHaveLength(64);
      expect(verify('sha256', message.subarray(i), { key: verifier, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
      expect(verify('sha256', message, { key: verifier, dsaEncoding: 'ieee-p1363' }, signature)).toBe(i === 0);
      expect(hexOf(signature.subarray(32)) <= half).toBe(true);
    }
    for (const size of [0, 20, 31, 33, 64]) {
      expect(failure(() => vault.sign(handle, new Uint8Array(size)))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'message' });
    }
  });

  test('AES-256-GCM is what node:crypto does', async () => {
    const { handle, key } = keyAt('aes-256-gcm', "m/9'");
    for (const size of [0, 1, 15, 16, 17, 1000, 300_000]) {
      const [iv, aad, plaintext] = [randomBytes(12), randomBytes(size % 50), randomBytes(size)];
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv).setAAD(aad);
      const wanted = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
      const sealed = vault.seal(handle, iv, aad, plaintext);
      expect(wanted.equals(sealed)).toBe(true);
      expect(wanted.equals(await vault.sealAsync(handle, iv, aad, plaintext))).toBe(true);
      expect(plaintext.equals(vault.open(handle, iv, aad, sealed))).toBe(true);
      expect(plaintext.equals(await vault.openAsync(handle, iv, aad, sealed))).toBe(true);
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv).setAAD(aad).setAuthTag(sealed.subarray(-16));
      expect(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).equals(plaintext)).toBe(true);
    }
  });

  test('one error for all that can’t be opened', async () => {
    const { handle } = keyAt('aes-256-gcm', "m/9'");
    const other = keyAt('aes-256-gcm', "m/8'").handle;
    const [iv, aad, plaintext] = [randomBytes(12), randomBytes(7), randomBytes(40)];
    const sealed = vault.seal(handle, iv, aad, plaintext);
    const changed = (at: number) => sealed.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const attempts: [number, Uint8Array, Uint8Array, Uint8Array][] = [
      [other, iv, aad, sealed],
      [handle, randomBytes(12), aad, sealed],
      [handle, iv, none, sealed],
      [handle, iv, aad, sealed.subarray(1)],
      [handle, iv, aad, none],
      [handle, iv, aad, sealed.subarray(0, 15)],
      ...[0, 39, 40, 55].map((at): [number, Uint8Array, Uint8Array, Uint8Array] => [handle, iv, aad, changed(at)]),
    ];
    const messages = new Set<string>();
    for (const attempt of attempts) {
      const errors = [failure(() => vault.open(...attempt)), await rejection(vault.openAsync(...attempt))];
      for (const { code, message: text } of errors) messages.add(`${code} ${text}`);
    }
    expect([...messages]).toEqual([expect.stringMatching(/^OPERATION_FAILED the data can't be opened/)]);
    expect(failure(() => vault.seal(handle, new Uint8Array(16), aad, plaintext))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'iv' });
  });

  test('a key does what its kind can do, and no more', () => {
    const keys = (['ed25519', 'secp256k1', 'aes-256-gcm'] as const).map((kind) => vault.derive(kind, pathOf("m/1'")).handle);
    const [ed, ec, aes] = keys as [number, number, number];
    const wrong = { code: 'INCOMPATIBLE_KEY_TYPE' };
    expect(failure(() => vault.sign(aes, new Uint8Array(32)))).toMatchObject(wrong);
    for (const handle of [ed, ec]) {
      expect(failure(() => vault.seal(handle, new Uint8Array(12), none, none))).toMatchObject(wrong);
      expect(failure(() => vault.open(handle, new Uint8Array(12), none, new Uint8Array(16)))).toMatchObject(wrong);
    }
  });

  test('a key that comes in through a descriptor', async () => {
    const key = randomBytes(32);
    const aes = await withPipe(folder.path, key, (descriptor) => vault.importKey('aes-256-gcm', descriptor));
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const wanted = Buffer.concat([cipher.update('text'), cipher.final(), cipher.getAuthTag()]);
    expect(hexOf(vault.seal(aes.handle, iv, none, Buffer.from('text')))).toBe(wanted.toString('hex'));
    const node = HDKey.fromMasterSeed(randomBytes(32));
    const ec = await withPipe(folder.path, node.privateKey as Uint8Array, (descriptor) => vault.importKey('secp256k1', descriptor));
    expect(hexOf(ec.publicKey)).toBe(hexOf(node.publicKey as Uint8Array));
    const order = Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex');
    const changed = (at: number, value: number) => Buffer.from(order).fill(value, at, at + 1);
    for (const wrong of [
      none,
      key.subarray(1),
      randomBytes(33),
      new Uint8Array(32),
      order,
      changed(31, 0x42),
      changed(15, 0xff),
      Buffer.alloc(32, 0xff),
    ]) {
      const promise = withPipe(folder.path, wrong, (descriptor) => vault.importKey('secp256k1', descriptor));
      expect(await rejection(promise)).toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'key',
      });
    }
    expect(vault.status().keys).toBe(2);
    for (const right of [Buffer.alloc(32).fill(1, 31), changed(31, 0x40), changed(15, 0xfd), changed(0, 0xfe), changed(0, 0)]) {
      const { publicKey } = await withPipe(folder.path, right, (descriptor) => vault.importKey('secp256k1', descriptor));
      expect(hexOf(publicKey)).toBe(hexOf(new HDKey({ privateKey: right, chainCode: new Uint8Array(32) }).publicKey as Uint8Array));
    }
  });
});
