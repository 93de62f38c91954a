/** Block ciphers. Keyslot pads by PKCS #7; tests without padding are run through that as well (see `withoutPadding`). */
import { type CipherContext, type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { assertKnown, type Bench, orSkip, refusal } from '../bench.js';
import { concat } from '../bytes.js';
import type { CipherCase, Verdict } from '../case.js';
import { assertEqual } from './hash.js';

export const blockSize = 16;

export async function runCipher(bench: Bench, test: CipherCase, verdict: Verdict): Promise<void> {
  assertKnown(test.algorithm);
  const material = { algorithm: `AES-${test.key.length * 8}`, format: 'raw' as const, data: test.key };
  await bench.withKey(material, p.encrypt | p.decrypt, async (key) => {
    await using encrypting = await orSkip(() => cipher(bench, test.algorithm, key, 'encrypt'));
    await using decrypting = await orSkip(() => cipher(bench, test.algorithm, key, 'decrypt'));
    if (verdict === 'invalid') await assertRefused(bench, decrypting, test);
    else await assertBothWays(bench, encrypting, decrypting, test);
  });
}

function cipher(bench: Bench, algorithm: string, key: CryptoResourceGuard, direction: 'encrypt' | 'decrypt'): Promise<CipherContext> {
  return bench.context.createCipherContext({ algorithm, key, direction });
}

async function streamed(bench: Bench, context: CipherContext, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  await context.init(iv);
  const parts: Uint8Array[] = [];
  for (const part of bench.cuts.of(data)) parts.push(await context.update(part));
  parts.push(await context.finalize());
  return concat(...parts);
}

async function assertBothWays(bench: Bench, encrypting: CipherContext, decrypting: CipherContext, test: CipherCase): Promise<void> {
  const { iv, plaintext } = test;
  const ciphertext =
    test.padding === 'pkcs7' ? test.ciphertext : concat(test.ciphertext, await paddingBlock(encrypting, iv, test.ciphertext));
  assertEqual('the ciphertext in one call', await encrypting.singleShot(iv, plaintext), ciphertext);
  assertEqual('the ciphertext in parts', await streamed(bench, encrypting, iv, plaintext), ciphertext);
  assertEqual('the plaintext in one call', await decrypting.singleShot(iv, ciphertext), plaintext);
  assertEqual('the plaintext in parts', await streamed(bench, decrypting, iv, ciphertext), plaintext);
}

/**
 * What PKCS #7 adds to whole blocks in CBC: the encryption of a block of padding chained to the last block of the ciphertext,
 * which is the encryption of the empty message with that block as its IV.
 */
async function paddingBlock(encrypting: CipherContext, iv: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
  return encrypting.singleShot(ciphertext.length === 0 ? iv : ciphertext.subarray(-blockSize), new Uint8Array(0));
}

async function assertRefused(bench: Bench, decrypting: CipherContext, { iv, ciphertext }: CipherCase): Promise<void> {
  const ways = [() => decrypting.singleShot(iv, ciphertext), () => streamed(bench, decrypting, iv, ciphertext)];
  for (const way of ways) {
    const error = await refusal(way);
    if (error === undefined) throw new Error('the ciphertext is decrypted');
    if (error.code !== 'OPERATION_FAILED') throw new Error(`refused with ${error.code}: ${error.message}`);
    bench.assertUniform('decryption', error);
  }
}
