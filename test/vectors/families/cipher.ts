/** Ciphers without authentication. */
import { type CipherContext, type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, refusal, timeout } from '../bench.js';
import { concat, cutToBits, equal } from '../bytes.js';
import type { CipherCase, Verdict } from '../case.js';
import { aesKey } from '../key-encodings.js';
import { knownCipher } from '../known.js';
import { skip } from '../skip.js';
import { assertEqual as assertSame } from './hash.js';
import { refusedForItsSize } from './secret-keys.js';

export async function runCipher(bench: Bench, test: CipherCase, verdict: Verdict): Promise<void> {
  const row = knownCipher(test.algorithm);
  bench.assertOffered(row);
  if (await refusedForItsSize(bench, aesKey(test.key), verdict)) return;
  if (row.mode === 'xts' && equal(test.key.subarray(test.key.length / 2), test.key.subarray(0, test.key.length / 2)))
    skip('weak', 'XTS with a key of two equal halves');
  await bench.withKey(aesKey(test.key), p.encrypt | p.decrypt, (key) => runCipherWith(bench, key, test, verdict));
}

/** The same with a key that is there. */
export async function runCipherWith(bench: Bench, key: CryptoResourceGuard, test: CipherCase, verdict: Verdict): Promise<void> {
  await using encrypting = await bench.orSkip(() => cipher(bench, test, key, 'encrypt'));
  await using decrypting = await bench.orSkip(() => cipher(bench, test, key, 'decrypt'));
  if (verdict === 'invalid') await assertRefused(bench, decrypting, test);
  else await assertBothWays(bench, encrypting, decrypting, test);
}

function cipher(
  bench: Bench,
  { algorithm, padding }: CipherCase,
  key: CryptoResourceGuard,
  direction: 'encrypt' | 'decrypt',
): Promise<CipherContext> {
  const blocks = knownCipher(algorithm).blockSize > 1;
  return bench.context.createCipherContext({
    algorithm,
    key,
    direction,
    operationTimeout: timeout,
    ...(blocks && { parameters: { padding } }),
  });
}

/** ECB has no IV. */
function given(iv: Uint8Array): Uint8Array | undefined {
  return iv.length === 0 ? undefined : iv;
}

async function streamed(bench: Bench, context: CipherContext, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  await context.init(given(iv));
  const parts: Uint8Array[] = [];
  for (const part of bench.cuts(data)) parts.push(await context.update(part));
  parts.push(await context.finalize());
  return concat(...parts);
}

async function assertBothWays(bench: Bench, encrypting: CipherContext, decrypting: CipherContext, test: CipherCase): Promise<void> {
  const { iv, plaintext, ciphertext, bits } = test;
  const assertEqual = (what: string, found: Uint8Array, expected: Uint8Array) =>
    assertSame(what, bits === undefined ? found : cutToBits(found, bits), expected);
  assertEqual('the ciphertext in one call', await encrypting.singleShot(given(iv), plaintext), ciphertext);
  assertEqual('the ciphertext in parts', await streamed(bench, encrypting, iv, plaintext), ciphertext);
  assertEqual('the plaintext in one call', await decrypting.singleShot(given(iv), ciphertext), plaintext);
  assertEqual('the plaintext in parts', await streamed(bench, decrypting, iv, ciphertext), plaintext);
}

async function assertRefused(bench: Bench, decrypting: CipherContext, { iv, ciphertext }: CipherCase): Promise<void> {
  const ways = [() => decrypting.singleShot(given(iv), ciphertext), () => streamed(bench, decrypting, iv, ciphertext)];
  for (const way of ways) {
    const error = await refusal(way);
    if (error === undefined) throw new Error('the ciphertext is decrypted');
    if (error.code === 'INVALID_ARGUMENT' && error.field === 'iv') return;
    if (error.code !== 'OPERATION_FAILED') throw new Error(`refused with ${error.code}: ${error.message}`);
    bench.assertUniform('decryption', error);
  }
}
