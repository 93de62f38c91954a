/** Public keys and key pairs that are taken, or refused for what is wrong with them. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { KeyRow } from '../../../src/core/algorithms.js';
import { type Bench, refusal, timeout } from '../bench.js';
import type { KeyCase, KeyMaterial, KeyPairCase, Verdict } from '../case.js';
import { knownKey } from '../known.js';
import { agreementOf, agreeWith } from './agreement.js';
import { bytesOfKey, visible } from './derived.js';
import { assertEqual } from './hash.js';
import { assertAboutKey } from './key-refusal.js';
import { assertSigns } from './signing.js';

const uses = p.sign | p.verify | p.agree | p.encrypt | p.decrypt | p.export;

export async function runKey(bench: Bench, { key: material, half, spki }: KeyCase, verdict: Verdict): Promise<void> {
  knownKey(material.algorithm);
  const error = await refusal(() =>
    bench.withKey(material, uses, async (key) => {
      if (half === 'public') await assertSame(bench, key, spki === undefined ? material : { ...material, format: 'der', data: spki });
      else await assertPair(bench, knownKey(material.algorithm), material, spki ?? (await publicHalf(bench, key)));
    }),
  );
  if (error !== undefined) assertAboutKey(bench, error);
  if (verdict === 'invalid' && error === undefined) throw new Error('the key is taken');
  if (verdict === 'valid' && error !== undefined) throw new Error(`the key is refused with ${error.code}: ${error.message}`);
}

/** What comes out is what went in. */
async function assertSame(bench: Bench, key: CryptoResourceGuard, { format, data }: KeyMaterial): Promise<void> {
  if (format === 'raw' || format === 'der') assertEqual('the exported public key', await bench.keys.exportKey(key, format), data);
}

export async function runKeyPair(bench: Bench, { publicKey, privateKeys }: KeyPairCase, verdict: Verdict): Promise<void> {
  const row = knownKey(publicKey.algorithm);
  const error = await refusal(() =>
    bench.withKey(publicKey, uses, async (key) => {
      await assertSame(bench, key, publicKey);
      const spki = await bench.keys.exportKey(key, 'der');
      for (const privateKey of privateKeys) await assertPair(bench, row, privateKey, spki);
    }),
  );
  if (error === undefined) {
    if (verdict === 'invalid') throw new Error('the key pair is taken');
    return;
  }
  if (verdict === 'valid') throw error;
  assertAboutKey(bench, error);
}

/** The private key has this public half, works, and comes out as a key of the same public half. */
async function assertPair(bench: Bench, row: KeyRow, privateKey: KeyMaterial, spki: Uint8Array): Promise<void> {
  await bench.withKey(privateKey, uses, async (key) => {
    assertEqual('the public half', await publicHalf(bench, key), spki);
    await assertWorks(bench, row, key);
    const pkcs8 = await bench.orSkip(() => bench.keys.exportKey(key, 'der'));
    await bench.withKey({ algorithm: privateKey.algorithm, format: 'der', data: pkcs8 }, uses, async (again) => {
      assertEqual('the public half of the exported key', await publicHalf(bench, again), spki);
    });
  });
}

export async function publicHalf(bench: Bench, key: CryptoResourceGuard): Promise<Uint8Array> {
  const { exportPublicKey } = await bench.context.getKeyObject(key);
  if (exportPublicKey === undefined) throw new Error('the private key has no public half');
  return exportPublicKey('der');
}

const message = new TextEncoder().encode('a key pair works and its public half belongs to it');

async function assertWorks(bench: Bench, row: KeyRow, key: CryptoResourceGuard): Promise<void> {
  if (row.keyType === 'montgomery') return assertAgrees(bench, row, key);
  if (row.keyType === 'ml-kem') return assertDecapsulates(bench, key);
  const algorithm = row.keyType === 'rsa' ? 'RSA-PSS-SHA-256' : row.name.replace(/^ECDH-/, 'ECDSA-');
  // Signing with SLH-DSA takes seconds: once for each set.
  if (row.keyType === 'slh-dsa') return bench.once(`key pair ${row.name}`, () => assertSigns(bench, key, algorithm, {}, message));
  await assertSigns(bench, key, algorithm, {}, message);
}

/** Both sides come to the same secret. */
async function assertAgrees(bench: Bench, row: KeyRow, key: CryptoResourceGuard): Promise<void> {
  const agreement = agreementOf(bench);
  const fresh = await bench.freshKey(row.name);
  const [ours, theirs] = [await publicHalf(bench, key), await publicHalf(bench, fresh)];
  const there = await agreeWith(bench, key, row.name, theirs, 'der', agreement);
  assertEqual('the secret of both sides', there, await agreeWith(bench, fresh, row.name, ours, 'der', agreement));
}

async function assertDecapsulates(bench: Bench, key: CryptoResourceGuard): Promise<void> {
  const { getPublicKey } = await bench.context.getKeyObject(key);
  if (getPublicKey === undefined) throw new Error('the private key has no public half');
  const publicKey = await getPublicKey({ timeout });
  const { key: made, ciphertext } = await bench.keys.encapsulateKey({ publicKey, ...visible });
  await publicKey.release();
  const secret = await bytesOfKey(bench, Promise.resolve(made));
  const found = bytesOfKey(bench, bench.keys.decapsulateKey({ privateKey: key, ciphertext, ...visible }));
  assertEqual('the secret of both sides', await found, secret);
}
