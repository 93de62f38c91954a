/** Encryption to an RSA key: the given ciphertext is decrypted, and a new one of the same message. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, refusal, timeout } from '../bench.js';
import { equal } from '../bytes.js';
import type { RsaCipherCase, Verdict } from '../case.js';
import { knownOperation } from '../known.js';
import { assertEqual } from './hash.js';

export async function runRsaCipher(bench: Bench, test: RsaCipherCase, verdict: Verdict): Promise<void> {
  const { algorithm, parameters, privateKey, ciphertext, plaintext } = test;
  bench.assertOffered(knownOperation(algorithm), 'decrypt');
  await bench.withKey(privateKey, p.decrypt | p.encrypt, async (key) => {
    const config = { algorithm, parameters, key, operationTimeout: timeout };
    await using decrypting = await bench.orSkip(() => bench.context.createCipherContext({ ...config, direction: 'decrypt' }));
    let found: Uint8Array | undefined;
    const error = await refusal(async () => {
      found = await decrypting.singleShot(undefined, ciphertext);
    });
    if (verdict === 'invalid') return assertNot(bench, test, found, error);
    if (found === undefined) {
      if (verdict === 'acceptable') return;
      throw error ?? new Error('there is no plaintext');
    }
    assertEqual('the plaintext', found, plaintext);
    await decrypting.init();
    for (const part of bench.cuts(ciphertext)) await decrypting.update(part);
    assertEqual('the plaintext in parts', await decrypting.finalize(), plaintext);
    await using encrypting = await bench.orSkip(() => bench.context.createCipherContext({ ...config, direction: 'encrypt' }));
    const anew = await encrypting.singleShot(undefined, plaintext);
    if (equal(anew, ciphertext)) throw new Error('a new ciphertext is the old one');
    assertEqual('the plaintext of a new ciphertext', await decrypting.singleShot(undefined, anew), plaintext);
  });
}

function assertNot(
  bench: Bench,
  { ciphertext, plaintext, implicitRejection }: RsaCipherCase,
  found: Uint8Array | undefined,
  error: Awaited<ReturnType<typeof refusal>>,
): void {
  if (found !== undefined) {
    if (implicitRejection && (plaintext.length === 0 || !equal(found, plaintext))) return;
    throw new Error('the ciphertext is decrypted');
  }
  if (error === undefined) throw new Error('there is no refusal');
  if (error.code === 'OPERATION_FAILED') bench.assertUniform('RSA decryption', error);
  else if (error.code !== 'INVALID_ARGUMENT' || error.field !== 'data' || ciphertext.length < 256)
    throw new Error(`refused with ${error.code}: ${error.message}`);
}
