/** Key derivation, one after another where the next one starts from the result of the last. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { KdfRow, ParameterRow } from '../../../src/core/algorithms.js';
import { type Bench, refusal, timeout } from '../bench.js';
import { cutToBits, equal } from '../bytes.js';
import type { Derivation, KdfCase, Verdict } from '../case.js';
import { knownKdf, knownKey } from '../known.js';
import { skip } from '../skip.js';
import { visible } from './derived.js';
import { assertEqual } from './hash.js';

const refusals: ReadonlySet<string> = new Set(['INVALID_ARGUMENT', 'KEY_DERIVATION_FAILED']);

export async function runKdf(bench: Bench, { derivations }: KdfCase, verdict: Verdict): Promise<void> {
  let source: CryptoResourceGuard | undefined;
  try {
    for (const derivation of derivations) {
      if (verdict === 'valid') assertBounds(derivation);
      const made = await deriveOne(bench, derivation, source, verdict);
      await source?.release();
      source = made;
      if (source === undefined) return;
    }
    if (verdict === 'invalid') throw new Error('the key is derived');
  } finally {
    await source?.release();
  }
}

/** The derived key; undefined when the test is over, since nothing or something else was derived as it should be. */
async function deriveOne(
  bench: Bench,
  derivation: Derivation,
  before: CryptoResourceGuard | undefined,
  verdict: Verdict,
): Promise<CryptoResourceGuard | undefined> {
  bench.assertOffered(knownKdf(derivation.kdf.kdfAlgorithm), 'derive');
  let made: CryptoResourceGuard | undefined;
  const error = await refusal(async () => {
    made = await derived(bench, derivation, before);
  });
  if (made === undefined) {
    if (verdict === 'valid' || error === undefined || !refusals.has(error.code)) throw error ?? new Error('nothing is derived');
    return undefined;
  }
  const found = cutToBits(await bench.keys.exportKey(made, 'raw'), derivation.bits);
  if (verdict === 'invalid' && !equal(found, derivation.output)) {
    await made.release();
    return undefined;
  }
  try {
    assertEqual(`what ${derivation.kdf.kdfAlgorithm} derives`, found, derivation.output);
  } catch (error) {
    await made.release();
    throw error;
  }
  return made;
}

async function derived(
  bench: Bench,
  { secret, kdf, bits }: Derivation,
  before: CryptoResourceGuard | undefined,
): Promise<CryptoResourceGuard> {
  const length = { outputKeyLength: Math.ceil(bits / 8) * 8 };
  const derive = (sourceKey: CryptoResourceGuard) =>
    bench.orSkip(() => bench.keys.deriveKey({ sourceKey, kdf: { ...kdf, ...length }, ...visible }, { timeout }));
  if (secret !== undefined) return bench.withKey(secret, p.derive, derive);
  if (before === undefined) throw new Error('there is nothing to derive from');
  return derive(before);
}

/** @throws SkippedTest for parameters, secrets and outputs outside the bounds of the table */
export function assertBounds({ secret, kdf, bits }: Derivation): void {
  const row = knownKdf(kdf.kdfAlgorithm);
  const { importLength } = knownKey('GENERIC-SECRET');
  if (bits < 8) skip('bounds', 'nothing to derive');
  if (bits > (importLength?.max ?? 0)) skip('bounds', `more than ${importLength?.max} bits to derive`);
  if (secret?.algorithm === 'GENERIC-SECRET' && secret.data.length * 8 > (importLength?.max ?? 0)) skip('bounds', 'long secret');
  for (const parameter of row.parameters)
    assertParameter(row, parameter, Object.entries(kdf).find(([name]) => name === parameter.name)?.[1]);
}

function assertParameter(row: KdfRow, { name, min = 0, max = Number.MAX_SAFE_INTEGER, values }: ParameterRow, value: unknown): void {
  if (value === undefined) return;
  const size = value instanceof Uint8Array ? value.length : value;
  const outside = typeof size === 'number' && values === undefined && (size < min || size > max);
  if (outside) skip('bounds', `${row.name}, ${name} ${(size as number) < min ? `below ${min}` : `above ${max}`}`);
}
