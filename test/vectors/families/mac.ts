import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { assertKnown, type Bench, knownKey, orSkip } from '../bench.js';
import { type MacCase, SkippedTest, type Verdict } from '../case.js';
import { digestSizes } from '../names.js';
import { assertEqual, assertLength, partsOf, wholeOf } from './hash.js';

/** HMAC keys have the name of their algorithm. @throws SkippedTest for keys outside the bounds of the table */
function assertKeyLength(algorithm: string, bytes: number): void {
  const { importLength, keyLength } = knownKey(algorithm);
  const { min, max } = importLength ?? { min: keyLength, max: keyLength };
  if (bytes * 8 < min || bytes * 8 > max) throw new SkippedTest(`key of ${bytes * 8} bits: ${algorithm} takes ${min} to ${max}`);
}

export async function runMac(bench: Bench, test: MacCase, verdict: Verdict): Promise<void> {
  assertKnown(test.algorithm);
  assertKeyLength(test.algorithm, test.key.length);
  assertLength(test.message, bench);
  const material = { algorithm: test.algorithm, format: 'raw' as const, data: test.key };
  await bench.withKey(material, p.mac, async (key) => {
    const outputLength = truncatedSize(test);
    const config = { algorithm: test.algorithm, key, ...(outputLength === undefined ? {} : { parameters: { outputLength } }) };
    await using verifying = await orSkip(() => bench.context.createMacContext({ ...config, mode: 'verify' }));
    const whole = wholeOf(test.message);
    const matches = [await verifying.verifySingleShot(whole, test.mac)];
    await verifying.init();
    for (const part of partsOf(test.message, bench)) await verifying.update(part);
    matches.push(await verifying.verify(test.mac));
    for (const [i, match] of matches.entries()) {
      if (verdict !== 'acceptable' && match !== (verdict === 'valid'))
        throw new Error(`the MAC ${match ? 'matches' : 'does not match'} ${i === 0 ? 'in one call' : 'in parts'}`);
    }
    if (verdict !== 'valid') return;
    await using making = await orSkip(() => bench.context.createMacContext(config));
    assertEqual('the MAC in one call', await making.singleShot(whole), test.mac);
    await making.init();
    for (const part of partsOf(test.message, bench)) await making.update(part);
    assertEqual('the MAC in parts', await making.finalize(), test.mac);
  });
}

/** Of a truncated MAC; undefined for the full size. */
function truncatedSize({ algorithm, macLength }: MacCase): number | undefined {
  return macLength === digestSizes[algorithm.replace('HMAC-', '')] ? undefined : macLength;
}
