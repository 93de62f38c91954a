import { type AeadContext, type CryptoResourceGuard, type KeyslotError, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { AeadRow } from '../../../src/core/algorithms.js';
import { type Bench, refusal, timeout } from '../bench.js';
import { concat } from '../bytes.js';
import type { AeadCase, KeyMaterial, Verdict } from '../case.js';
import { aesKey, secretKey } from '../key-encodings.js';
import { knownAead } from '../known.js';
import { skip } from '../skip.js';
import { assertEqual } from './hash.js';
import { refusedForItsSize } from './secret-keys.js';

type Plain = AeadCase & { readonly plaintext: Uint8Array };

export async function runAead(bench: Bench, test: AeadCase, verdict: Verdict): Promise<void> {
  const row = knownAead(test.algorithm);
  bench.assertOffered(row);
  const material = keyOf(row, test.key);
  if (await refusedForItsSize(bench, material, verdict)) return;
  if (verdict !== 'invalid') assertBounds(row, test);
  await bench.withKey(material, p.encrypt | p.decrypt, async (key) => {
    if (verdict === 'acceptable' && (await refusal(() => decryptAtOnce(bench, test, key))) !== undefined) return;
    if (verdict === 'invalid') return assertRefused(bench, row, test, key);
    if (test.plaintext === undefined) throw new Error('there is no plaintext to compare with');
    const whole: Plain = { ...test, plaintext: test.plaintext };
    await bench.orSkip(() => assertEncrypts(bench, whole, key));
    await bench.orSkip(() => assertDecrypts(bench, whole, key));
    await assertAppendedTag(bench, row, whole, key);
  });
}

function keyOf(row: AeadRow, key: Uint8Array): KeyMaterial {
  if (row.keyType === 'aes') return aesKey(key);
  return secretKey(key.length * 8 === row.keyLength ? 'ChaCha20' : `ChaCha20-${key.length * 8}`, key);
}

/** @throws SkippedTest for nonces and tags outside the bounds of the table */
function assertBounds({ name, nonce, tagSizes }: AeadRow, test: AeadCase): void {
  const { length } = test.nonce;
  if (length < nonce.min || length > nonce.max) {
    const sizes = nonce.min === nonce.max ? `${nonce.min}` : `${nonce.min} to ${nonce.max}`;
    skip('weak', `${name} with a nonce of other than ${sizes} bytes`);
  }
  if (!tagSizes.includes(test.tagLength)) skip('weak', `${name} with a tag of ${test.tagLength} bytes`);
}

function context(
  bench: Bench,
  { algorithm, tagLength }: AeadCase,
  key: CryptoResourceGuard,
  direction: 'encrypt' | 'decrypt',
): Promise<AeadContext> {
  return bench.context.createAeadContext({ algorithm, key, direction, tagLength, operationTimeout: timeout });
}

/** A context of its own for each encryption, since a nonce is refused the second time. */
async function assertEncrypts(bench: Bench, test: Plain, key: CryptoResourceGuard): Promise<void> {
  const { nonce, aad, plaintext, ciphertext, tag } = test;
  {
    await using aead = await context(bench, test, key, 'encrypt');
    const sealed = await aead.encrypt({ nonce, aad, data: plaintext });
    assertEqual('the ciphertext in one call', sealed.data, ciphertext);
    assertEqual('the tag in one call', sealed.tag, tag);
  }
  await using aead = await context(bench, test, key, 'encrypt');
  await start(bench, aead, nonce, aad);
  const parts: Uint8Array[] = [];
  for (const part of bench.cuts(plaintext)) parts.push(await aead.update(part));
  const last = await aead.finalize();
  assertEqual('the ciphertext in parts', concat(...parts, last.data), ciphertext);
  assertEqual('the tag in parts', last.tag, tag);
}

async function start(bench: Bench, aead: AeadContext, nonce: Uint8Array, aad: Uint8Array): Promise<void> {
  await aead.init(nonce);
  for (const part of bench.cuts(aad)) await aead.updateAad(part);
}

async function decryptAtOnce(bench: Bench, test: AeadCase, key: CryptoResourceGuard): Promise<Uint8Array> {
  const { nonce, aad, ciphertext, tag } = test;
  await using aead = await context(bench, test, key, 'decrypt');
  return await aead.decrypt({ nonce, aad, data: ciphertext, tag });
}

/** Nothing may come out before the tag is checked. */
async function decryptInParts(bench: Bench, test: AeadCase, key: CryptoResourceGuard): Promise<Uint8Array> {
  const { nonce, aad, ciphertext, tag } = test;
  await using aead = await context(bench, test, key, 'decrypt');
  await start(bench, aead, nonce, aad);
  for (const part of bench.cuts(ciphertext)) {
    if ((await aead.update(part)).length > 0) throw new Error('plaintext came out before the tag was checked');
  }
  return await aead.verifyAndFinalize(tag);
}

async function assertDecrypts(bench: Bench, test: Plain, key: CryptoResourceGuard): Promise<void> {
  assertEqual('the plaintext in one call', await decryptAtOnce(bench, test, key), test.plaintext);
  assertEqual('the plaintext in parts', await decryptInParts(bench, test, key), test.plaintext);
}

/** An AEAD in a cipher context, its tag appended; only the usual tag can be had there, and no additional data. */
async function assertAppendedTag(bench: Bench, row: AeadRow, test: Plain, key: CryptoResourceGuard): Promise<void> {
  if (test.tagLength !== row.outputSize || test.aad.length > 0) return;
  const sealed = concat(test.ciphertext, test.tag);
  const { algorithm, nonce, plaintext } = test;
  await using encrypting = await bench.context.createCipherContext({ algorithm, key, direction: 'encrypt' });
  assertEqual('the ciphertext with its tag', await encrypting.singleShot(nonce, plaintext), sealed);
  await using decrypting = await bench.context.createCipherContext({ algorithm, key, direction: 'decrypt' });
  assertEqual('the plaintext of a ciphertext with its tag', await decrypting.singleShot(nonce, sealed), plaintext);
}

/** Changed data, wrong keys and wrong tags are one error. A nonce or tag of a size that does not exist is told apart. */
async function assertRefused(bench: Bench, row: AeadRow, test: AeadCase, key: CryptoResourceGuard): Promise<void> {
  for (const way of [decryptAtOnce, decryptInParts]) {
    const error = await refusal(() => way(bench, test, key));
    if (error === undefined) throw new Error('the ciphertext is decrypted');
    if (error.code === 'OPERATION_FAILED') bench.assertUniform('decryption', error);
    else assertSizeIsWrong(bench, row, test, error);
  }
}

/** @throws SkippedTest for sizes that a token doesn't offer, Error for refusals that are about something else */
function assertSizeIsWrong(bench: Bench, row: AeadRow, { nonce, tag, tagLength }: AeadCase, error: KeyslotError): void {
  const wrongNonce = nonce.length < row.nonce.min || nonce.length > row.nonce.max;
  const aboutNonce = error.code === 'INVALID_ARGUMENT' && error.field === 'nonce' && wrongNonce;
  const aboutTag = error.code === 'INVALID_ARGUMENT' && error.field === 'tag' && tag.length !== tagLength;
  const aboutTagLength = !row.tagSizes.includes(tagLength) && (error.code === 'UNSUPPORTED_ALGORITHM' || error.field === 'tagLength');
  if (aboutNonce || aboutTag || aboutTagLength) return;
  const reason = bench.cannotBeDone(error);
  if (reason !== undefined) skip('bounds', reason);
  throw new Error(`refused with ${error.code}: ${error.message}`);
}
