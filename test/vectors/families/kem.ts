/** Decapsulation (FIPS 203), the shared secret as the key. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, refusal } from '../bench.js';
import type { KemCase, Verdict } from '../case.js';
import { knownKem } from '../known.js';
import { bytesOfKey, visible } from './derived.js';
import { assertEqual } from './hash.js';

export async function runKem(bench: Bench, { privateKey, ciphertext, secret, publicKey }: KemCase, verdict: Verdict): Promise<void> {
  bench.assertOffered(knownKem(privateKey.algorithm), 'decapsulate');
  const error = await refusal(() =>
    bench.withKey(privateKey, p.agree, async (key) => {
      if (publicKey !== undefined) {
        const { exportPublicKey } = await bench.context.getKeyObject(key);
        assertEqual('the public half', (await exportPublicKey?.('raw')) ?? new Uint8Array(0), publicKey);
      }
      const found = await bytesOfKey(bench, bench.keys.decapsulateKey({ privateKey: key, ciphertext, ...visible }));
      if (secret !== undefined) assertEqual('the shared secret', found, secret);
    }),
  );
  if (error === undefined) {
    if (verdict === 'invalid') throw new Error('the ciphertext is decapsulated');
    return;
  }
  const aboutInput = error.field === 'keyData' || (error.code === 'INVALID_ARGUMENT' && error.field === 'ciphertext');
  if (verdict === 'valid' || !aboutInput) throw error;
}
