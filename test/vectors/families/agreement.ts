/**
 * Key agreement. The shared secret never surfaces, so what is compared is what a derivation makes of it, computed here from the
 * secret that the test expects.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, refusal } from '../bench.js';
import { concat } from '../bytes.js';
import type { Agreement, AgreementCase, KeyMaterial, Verdict } from '../case.js';
import { knownAgreement, knownKdf } from '../known.js';
import { bytesOfKey, visible } from './derived.js';
import { assertEqual } from './hash.js';

interface SecretDerivation {
  readonly name: string;
  readonly of: (secret: Uint8Array) => Uint8Array;
}
/** 32 bytes each. */
const derivations: readonly [SecretDerivation, ...SecretDerivation[]] = [
  { name: 'HKDF-SHA-256', of: (secret) => new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), new Uint8Array(0), 32)) },
  {
    name: 'X963-KDF-SHA-256',
    of: (secret) =>
      new Uint8Array(
        createHash('sha256')
          .update(concat(secret, Uint8Array.of(0, 0, 0, 1)))
          .digest(),
      ),
  },
];

/** The first derivation that the provider offers; a token may have it here only, which its refusal tells. */
export function agreementOf(bench: Bench): SecretDerivation {
  return derivations.find(({ name }) => bench.claims(name, 'derive')) ?? derivations[0];
}

/** What the derivation makes of the shared secret of a private key and a peer's public key. */
export async function agreeWith(
  bench: Bench,
  privateKey: CryptoResourceGuard,
  agreementAlgorithm: string,
  peerPublicKey: Uint8Array,
  publicKeyFormat: KeyMaterial['format'],
  { name }: SecretDerivation,
): Promise<Uint8Array> {
  const kdf = { kdfAlgorithm: knownKdf(name).name, outputKeyLength: 256 };
  const params = { privateKey, agreementAlgorithm, peerPublicKey, publicKeyFormat, kdf, ...visible };
  return bytesOfKey(
    bench,
    bench.orSkip(() => bench.keys.agreeKey(params)),
  );
}

const refusals: ReadonlySet<string> = new Set(['KEY_AGREEMENT_FAILED', 'INVALID_FORMAT', 'ALGORITHM_MISMATCH']);

export async function runAgreement(bench: Bench, { algorithm, agreements }: AgreementCase, verdict: Verdict): Promise<void> {
  bench.assertOffered(knownAgreement(algorithm), 'agree');
  const derivation = agreementOf(bench);
  let wrong: Error | undefined;
  for (const agreement of agreements) {
    const error = await refusal(async () => {
      wrong ??= await differs(bench, algorithm, agreement, derivation);
    });
    if (error === undefined) continue;
    if (verdict === 'valid' || !refusals.has(error.code)) throw error;
    return;
  }
  if (verdict === 'invalid') {
    if (wrong === undefined) throw new Error('the keys agree');
  } else if (wrong !== undefined) throw wrong;
}

/** Undefined when the secret is the expected one. */
async function differs(
  bench: Bench,
  algorithm: string,
  { privateKey, peer, peerFormat, shared }: Agreement,
  derivation: SecretDerivation,
): Promise<Error | undefined> {
  const found = await bench.withKey(privateKey, p.agree, (key) => agreeWith(bench, key, algorithm, peer, peerFormat, derivation));
  try {
    assertEqual('what is derived from the shared secret', found, derivation.of(shared));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
