/** Runs one case: a table from family to function. */
import type { Bench } from './bench.js';
import { type CaseBody, SkippedTest, type VectorCase, type Verdict } from './case.js';
import { runAead } from './families/aead.js';
import { runCipher } from './families/cipher.js';
import { runCipherChain } from './families/cipher-chain.js';
import { runHash } from './families/hash.js';
import { runHashChain } from './families/hash-chain.js';
import { runMac } from './families/mac.js';
import { runKeyPair, runPublicKey } from './families/public-key.js';
import { runSignature } from './families/signature.js';

export type Outcome =
  | { readonly result: 'passed' }
  | { readonly result: 'failed'; readonly message: string }
  | { readonly result: 'skipped'; readonly reason: string };

type Runners = {
  readonly [F in CaseBody['family']]: (bench: Bench, body: Extract<CaseBody, { family: F }>, verdict: Verdict) => Promise<void>;
};

const runners: Runners = {
  hash: runHash,
  hashChain: runHashChain,
  mac: runMac,
  cipher: runCipher,
  cipherChain: runCipherChain,
  aead: runAead,
  signature: runSignature,
  keyPair: runKeyPair,
  publicKey: runPublicKey,
  skipped: (_bench, { reason }) => Promise.reject(new SkippedTest(reason)),
  unreadable: (_bench, { message }) => Promise.reject(new Error(`the test can not be read: ${message}`)),
};

function run<F extends CaseBody['family']>(bench: Bench, body: Extract<CaseBody, { family: F }>, verdict: Verdict): Promise<void> {
  return (runners[body.family as F] as (bench: Bench, body: Extract<CaseBody, { family: F }>, verdict: Verdict) => Promise<void>)(
    bench,
    body,
    verdict,
  );
}

export async function runCase(bench: Bench, { body, verdict }: VectorCase): Promise<Outcome> {
  try {
    await run(bench, body, verdict);
    return { result: 'passed' };
  } catch (error) {
    if (error instanceof SkippedTest) return { result: 'skipped', reason: error.message };
    const { code } = error as { code?: unknown };
    const message = error instanceof Error ? error.message : String(error);
    return { result: 'failed', message: typeof code === 'string' ? `${code}: ${message}` : message };
  }
}
