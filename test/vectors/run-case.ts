/** Runs one case: a table from family to function. */
import type { Bench } from './bench.js';
import type { CaseBody, VectorCase, Verdict } from './case.js';
import { runAead } from './families/aead.js';
import { runAgreement } from './families/agreement.js';
import { runCipher } from './families/cipher.js';
import { runCipherChain } from './families/cipher-chain.js';
import { runHash } from './families/hash.js';
import { runHashChain } from './families/hash-chain.js';
import { runKdf } from './families/kdf.js';
import { runKem } from './families/kem.js';
import { runKey, runKeyPair } from './families/keys.js';
import { runMac } from './families/mac.js';
import { runPasswordCipher } from './families/password-cipher.js';
import { runRsaCipher } from './families/rsa-cipher.js';
import { runSignature } from './families/signature.js';
import { runTlsSchedule } from './families/tls-schedule.js';
import { runWrap } from './families/wrap.js';
import { SkippedTest } from './skip.js';

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
  rsaCipher: runRsaCipher,
  signature: runSignature,
  keyPair: runKeyPair,
  key: runKey,
  wrap: runWrap,
  agreement: runAgreement,
  kem: runKem,
  kdf: runKdf,
  tlsSchedule: runTlsSchedule,
  passwordCipher: runPasswordCipher,
  skipped: (_bench, { reason, detail }) => Promise.reject(new SkippedTest(reason, detail)),
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
    const { code, field } = error as { code?: unknown; field?: unknown };
    const message = error instanceof Error ? error.message : String(error);
    const about = typeof field === 'string' ? ` (${field})` : '';
    return { result: 'failed', message: typeof code === 'string' ? `${code}${about}: ${message}` : message };
  }
}
