/** Key wrapping. What is inside is carried by a key without a kind of its own, so it may have any length of whole bytes. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, refusal } from '../bench.js';
import type { Verdict, WrapCase } from '../case.js';
import { genericSecret } from '../key-encodings.js';
import { knownWrap } from '../known.js';
import { skip } from '../skip.js';
import { bytesOfKey } from './derived.js';
import { assertEqual } from './hash.js';
import { refusedForItsSize } from './secret-keys.js';

export async function runWrap(bench: Bench, { algorithm, wrappingKey, payload, wrapped }: WrapCase, verdict: Verdict): Promise<void> {
  bench.assertOffered(knownWrap(algorithm));
  if (await refusedForItsSize(bench, wrappingKey, verdict)) return;
  if (verdict === 'valid' && algorithm === 'AES-KW' && payload !== undefined && payload.length < 16)
    skip('weak', 'AES-KW of less than 16 bytes');
  await bench.withKey(wrappingKey, p.wrap | p.unwrap, async (key) => {
    const params = { wrappedData: wrapped, wrappingKey: key, wrappingAlgorithm: algorithm, innerKeyAlgorithm: 'GENERIC-SECRET' };
    let found: Uint8Array | undefined;
    const error = await refusal(async () => {
      found = await bytesOfKey(bench, bench.keys.unwrapKey({ ...params, permissions: p.export }));
    });
    if (found === undefined) {
      if (verdict === 'valid' || error?.code !== 'WRAP_UNWRAP_FAILED') throw error ?? new Error('there is no key');
      bench.assertUniform('unwrapping', error);
      if (verdict === 'invalid' && payload !== undefined && wrapped.length === 0) await assertNotWrapped(bench, key, algorithm, payload);
      return;
    }
    if (verdict === 'invalid') throw new Error('the key is unwrapped');
    if (payload === undefined) throw new Error('there is no key to compare with');
    assertEqual('the unwrapped key', found, payload);
    await bench.withKey(genericSecret(payload), p.export, async (keyToWrap) => {
      const anew = bench.orSkip(() => bench.keys.wrapKey({ keyToWrap, wrappingKey: key, wrappingAlgorithm: algorithm }));
      assertEqual('the wrapped key', await anew, wrapped);
    });
  });
}

/** Nothing is given as the result of wrapping what can not be wrapped. */
async function assertNotWrapped(
  bench: Bench,
  wrappingKey: CryptoResourceGuard,
  wrappingAlgorithm: string,
  payload: Uint8Array,
): Promise<void> {
  const error = await refusal(() =>
    bench.withKey(genericSecret(payload), p.export, (keyToWrap) => bench.keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm })),
  );
  if (error === undefined) throw new Error('the key is wrapped');
  if (error.code !== 'INVALID_ARGUMENT' && error.code !== 'ALGORITHM_MISMATCH') throw error;
}
