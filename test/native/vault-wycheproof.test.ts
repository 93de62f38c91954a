/**
 * Keys of C2SP/wycheproof, put into the vault and used there: all AES-GCM cases that the vault can have (keys of 256 bits, iv of 96, tags of 128).
 * Of Ed25519 the files have signatures and public keys only, for verifiers; where the private key was published elsewhere, in RFC 8032 7.1 and in
 * older versions of the same files, the vault must make the very same signatures, for they are deterministic.
 */
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { NativeVault, type VaultKeyKind } from '../../src/native-vault.js';
import { rejection } from './errors.js';
import { temporaryFolder } from './support.js';
import { abandon, hexOf, readVectors, unlockWith, withPipe } from './vault-support.js';

const folder = temporaryFolder();
let vault: NativeVault;
beforeEach(async () => {
  vault = new NativeVault();
  await unlockWith(vault, folder.path, abandon);
});
afterEach(() => vault.dispose());
afterAll(() => folder.remove());

interface GcmGroup {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly Readonly<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag' | 'result', string>>[];
}
interface EdwardsGroup {
  readonly publicKey: { readonly pk: string };
  readonly tests: readonly Readonly<Record<'msg' | 'sig' | 'result', string>>[];
}

function groupsOf<T>(name: string): readonly T[] {
  return readVectors<{ testGroups: readonly T[] }>(name).testGroups;
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

function importKey(kind: VaultKeyKind, hex: string) {
  return withPipe(folder.path, bytes(hex), (descriptor) => vault.importKey(kind, descriptor));
}

test('AES-256-GCM', async () => {
  const groups = groupsOf<GcmGroup>('wycheproof-aes-gcm.json').filter(
    ({ keySize, ivSize, tagSize }) => keySize === 256 && ivSize === 96 && tagSize === 128,
  );
  const seen = { valid: 0, invalid: 0 };
  for (const { key, iv, aad, msg, ct, tag, result } of groups.flatMap(({ tests }) => tests)) {
    const { handle } = await importKey('aes-256-gcm', key);
    if (result === 'valid') {
      seen.valid += 1;
      expect(hexOf(vault.seal(handle, bytes(iv), bytes(aad), bytes(msg)))).toBe(ct + tag);
      expect(hexOf(vault.open(handle, bytes(iv), bytes(aad), bytes(ct + tag)))).toBe(msg);
    } else {
      seen.invalid += 1;
      expect(await rejection(vault.openAsync(handle, bytes(iv), bytes(aad), bytes(ct + tag)))).toMatchObject({ code: 'OPERATION_FAILED' });
    }
    vault.drop(handle);
  }
  expect(seen.valid + seen.invalid).toBe(19);
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(0);
});

/** Private keys by their public ones. */
const privateKeys: Readonly<Record<string, string>> = {
  '7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa': 'add4bb8103785baf9ac534258e8aaf65f5f1adb5ef5f3df19bb80ab989c4d64b',
  a12c2beb77265f2aac953b5009349d94155a03ada416aad451319480e983ca4c: '0a23a20072891237aa0864b5765139514908787878cd77135a0059881d313f00',
  d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
};

test('Ed25519', async () => {
  let signatures = 0;
  for (const { publicKey, tests } of groupsOf<EdwardsGroup>('wycheproof-ed25519.json')) {
    const privateKey = privateKeys[publicKey.pk];
    if (privateKey === undefined) continue;
    const key = await importKey('ed25519', privateKey);
    expect(hexOf(key.publicKey)).toBe(publicKey.pk);
    for (const { msg, sig, result } of tests) {
      if (result === 'valid') signatures += 1;
      // A wrong signature is never what comes out.
      expect(hexOf(vault.sign(key.handle, bytes(msg))) === sig).toBe(result === 'valid');
    }
    vault.drop(key.handle);
  }
  expect(signatures).toBe(8);
});
