/** Public keys and key pairs that are taken, or refused for what is wrong with them. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, knownKey, refusal } from '../bench.js';
import type { KeyMaterial, KeyPairCase, PublicKeyCase, Verdict } from '../case.js';
import { assertEqual } from './hash.js';
import { assertAboutKey } from './key-refusal.js';
import { assertSigns } from './signing.js';

export async function runPublicKey(bench: Bench, { publicKey }: PublicKeyCase, verdict: Verdict): Promise<void> {
  knownKey(publicKey.algorithm);
  const error = await refusal(() => bench.withKey(publicKey, p.verify, (key) => assertSame(bench, key, publicKey)));
  if (error !== undefined) assertAboutKey(error);
  if (verdict === 'invalid' && error === undefined) throw new Error('the key is taken');
  if (verdict === 'valid' && error !== undefined) throw new Error(`the key is refused with ${error.code}: ${error.message}`);
}

/** What comes out is what went in. */
async function assertSame(bench: Bench, key: CryptoResourceGuard, { data }: KeyMaterial): Promise<void> {
  assertEqual('the exported public key', await bench.keys.exportKey(key, 'der'), data);
}

/** What a pair of a kind signs with here: ECDSA with its curve's usual hash has the key's own name. */
function signatureAlgorithm(keyName: string): string {
  return knownKey(keyName).keyType === 'rsa' ? 'RSA-PSS-SHA-256' : keyName;
}

const message = new TextEncoder().encode('a key pair signs and its public half verifies');

export async function runKeyPair(bench: Bench, { publicKey, privateKey }: KeyPairCase): Promise<void> {
  const algorithm = signatureAlgorithm(privateKey.algorithm);
  await bench.withKey(privateKey, p.sign, async (key) => {
    const { exportPublicKey } = await bench.context.getKeyObject(key);
    if (exportPublicKey === undefined) throw new Error('the private key has no public half');
    assertEqual('the public half', await exportPublicKey('der'), publicKey.data);
    await assertSigns(bench, key, algorithm, {}, message);
  });
  await bench.withKey(publicKey, p.verify, (key) => assertSame(bench, key, publicKey));
}
