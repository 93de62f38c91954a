/** Signatures: the given one is verified, and new ones are made. */
import { createHash } from 'node:crypto';
import {
  type CryptoResourceGuard,
  type KeyslotError,
  KeyOperationPermission as p,
  type VerifySignatureContext,
} from '../../../src/client/index.js';
import { type Bench, refusal, timeout } from '../bench.js';
import { hex } from '../bytes.js';
import type { KeyMaterial, SignatureCase, Verdict } from '../case.js';
import { knownKey, knownOperation } from '../known.js';
import { assertEqual } from './hash.js';
import { assertAboutKey } from './key-refusal.js';
import { assertSigns, signOnce } from './signing.js';

type Signed = SignatureCase & { readonly signature: Uint8Array };
type Given = Signed & { readonly publicKey: KeyMaterial };

export async function runSignature(bench: Bench, test: SignatureCase, verdict: Verdict): Promise<void> {
  const row = knownOperation(test.algorithm);
  bench.assertOffered(row, 'verify');
  const { publicKey, signature, privateKey } = test;
  if (publicKey !== undefined) knownKey(publicKey.algorithm);
  if (publicKey !== undefined && signature !== undefined) await assertVerdict(bench, { ...test, publicKey, signature }, verdict);
  if (!row.kinds.includes('sign') || !bench.claims(row.name, 'sign')) return;
  if (privateKey !== undefined && (verdict === 'valid' || test.exactly !== undefined))
    await signWithGiven(bench, { ...test, privateKey }, verdict);
  else if (verdict === 'valid' && publicKey !== undefined) await signWithFresh(bench, test, publicKey);
}

async function assertVerdict(bench: Bench, test: Given, verdict: Verdict): Promise<void> {
  let verified = false;
  const error = await refusal(() =>
    bench.withKey(test.publicKey, p.verify, async (key) => {
      await bench.orSkip(() => assertMatches(bench, test, key, verdict));
      verified = true;
    }),
  );
  if (error !== undefined && verdict !== 'valid' && isAboutContext(error)) return;
  if (error !== undefined) assertAboutKey(bench, error);
  if (!verified && verdict === 'valid') throw new Error(`the key is refused with ${error?.code}: ${error?.message}`);
}

function isAboutContext({ code, field }: KeyslotError): boolean {
  return code === 'INVALID_ARGUMENT' && field === 'parameters.context';
}

async function assertMatches(bench: Bench, test: Signed, key: CryptoResourceGuard, verdict: Verdict): Promise<void> {
  const { algorithm, parameters } = test;
  const config = { algorithm, key, parameters, operationTimeout: timeout };
  await using context = await bench.orSkip(() => bench.context.createVerifySignatureContext(config));
  const matches = [await context.singleShot(test.message, test.signature), await inParts(bench, context, test)];
  if (matches[0] !== matches[1])
    throw new Error(`the signature ${matches[0] ? 'matches' : 'does not match'} in one call, and the other way in parts`);
  if (verdict !== 'acceptable' && matches[0] !== (verdict === 'valid'))
    throw new Error(`the signature ${matches[0] ? 'matches' : 'does not match'}`);
}

async function inParts(bench: Bench, context: VerifySignatureContext, { message, signature }: Signed): Promise<boolean> {
  await context.init();
  for (const part of bench.cuts(message)) await context.update(part);
  return context.verifyFinalize(signature);
}

/** With the test's own private key: a signature that holds, and where nothing is left to chance, the given one. */
async function signWithGiven(bench: Bench, test: SignatureCase & { privateKey: KeyMaterial }, verdict: Verdict): Promise<void> {
  const { algorithm, parameters, message, privateKey, exactly, signature, signatureDigest } = test;
  const error = await refusal(() =>
    bench.withKey(privateKey, p.sign | p.verify, async (key) => {
      if (test.publicKey === undefined && signature !== undefined && verdict === 'valid')
        await assertMatches(bench, { ...test, signature }, key, verdict);
      if (exactly === undefined) return assertSigns(bench, key, algorithm, parameters, message);
      const found = await signOnce(bench, key, algorithm, { ...parameters, ...exactly }, message);
      if (verdict === 'invalid') throw new Error('the message is signed');
      if (signature !== undefined) assertEqual('the signature', found, signature);
      if (signatureDigest === undefined) return;
      const digest = createHash(signatureDigest.hash).update(found).digest('hex');
      assertEqual('the digest of the signature', hex(digest), signatureDigest.digest);
    }),
  );
  if (error === undefined) return;
  if (verdict !== 'valid' && (isAboutContext(error) || error.field === 'keyData')) return;
  throw error;
}

/** With a key of the provider's making: once for an algorithm with its parameters. */
async function signWithFresh(bench: Bench, { algorithm, parameters, message }: SignatureCase, publicKey: KeyMaterial): Promise<void> {
  if (!bench.claims(knownKey(publicKey.algorithm).name, 'generate')) return;
  const setting = JSON.stringify([algorithm, publicKey.algorithm, parameters]);
  await bench.once(setting, async () => {
    const fresh = await bench.orSkip(() => bench.freshKey(publicKey.algorithm));
    await assertSigns(bench, fresh, algorithm, parameters, message);
  });
}
