/** Signatures: the given one is verified, and new ones are made. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { assertKnown, type Bench, knownKey, orSkip, refusal } from '../bench.js';
import type { SignatureCase, Verdict } from '../case.js';
import { assertAboutKey } from './key-refusal.js';
import { assertSigns } from './signing.js';

export async function runSignature(bench: Bench, test: SignatureCase, verdict: Verdict): Promise<void> {
  assertKnown(test.algorithm);
  knownKey(test.publicKey.algorithm);
  let verified = false;
  const error = await refusal(() =>
    bench.withKey(test.publicKey, p.verify, async (key) => {
      await assertVerdict(bench, test, key, verdict);
      verified = true;
    }),
  );
  if (error !== undefined) assertAboutKey(error);
  if (!verified && verdict === 'valid') throw new Error(`the key is refused with ${error?.code}: ${error?.message}`);
  if (verdict === 'valid') await signAnew(bench, test);
}

async function assertVerdict(bench: Bench, test: SignatureCase, key: CryptoResourceGuard, verdict: Verdict): Promise<void> {
  const { algorithm, parameters, message, signature } = test;
  await using context = await orSkip(() => bench.context.createVerifySignatureContext({ algorithm, key, parameters }));
  const matches = [await context.singleShot(message, signature)];
  await context.init();
  for (const part of bench.cuts.of(message)) await context.update(part);
  matches.push(await context.verifyFinalize(signature));
  if (matches[0] !== matches[1])
    throw new Error(`the signature ${matches[0] ? 'matches' : 'does not match'} in one call, and the other way in parts`);
  if (verdict !== 'acceptable' && matches[0] !== (verdict === 'valid'))
    throw new Error(`the signature ${matches[0] ? 'matches' : 'does not match'}`);
}

/** With the test's own private key where it has one, and with a key of the provider's making. */
async function signAnew(bench: Bench, { algorithm, parameters, message, privateKey, publicKey }: SignatureCase): Promise<void> {
  if (privateKey !== undefined) {
    await bench.withKey(privateKey, p.sign, (key) => assertSigns(bench, key, algorithm, parameters, message));
  }
  const fresh = await orSkip(() => bench.freshKey(publicKey.algorithm));
  await assertSigns(bench, fresh, algorithm, parameters, message);
}
