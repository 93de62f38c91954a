import type { MacContext } from '../../../src/client/index.js';
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, timeout } from '../bench.js';
import type { MacCase, Verdict } from '../case.js';
import { knownKey, knownOperation } from '../known.js';
import { skip } from '../skip.js';
import { assertEqual, assertLength, partsOf, wholeOf } from './hash.js';
import { refusedForItsSize } from './secret-keys.js';

/** @throws SkippedTest for keys and MACs outside the bounds of the table */
function assertBounds({ algorithm, key, macLength, iv, parameters }: MacCase): void {
  const row = knownOperation(algorithm);
  const { importLength, keyLength } = knownKey(key.algorithm);
  const { min, max } = importLength ?? { min: keyLength, max: keyLength };
  const bits = key.data.length * 8;
  if (bits < min || bits > max) skip('weak', `${algorithm} with a key of ${bits < min ? `less than ${min}` : `more than ${max}`} bits`);
  const bounds = row.parameters.find(({ name }) => name === 'outputLength');
  if (macLength < (bounds?.min ?? 0)) skip('weak', `MAC of ${macLength} bytes`);
  if (macLength > (bounds?.max ?? macLength)) skip('weak', `MAC of more than ${bounds?.max} bytes`);
  const { customization } = parameters;
  const longest = row.parameters.find(({ name }) => name === 'customization')?.max;
  if (customization instanceof Uint8Array && customization.length > (longest ?? 0)) skip('bounds', 'long customization');
  if ('nonce' in row && row.family === 'gmac' && iv !== undefined && (iv.length < row.nonce.min || iv.length > row.nonce.max))
    skip('weak', iv.length === 0 ? 'GMAC with an empty IV' : `GMAC with an IV of more than ${row.nonce.max} bytes`);
}

export async function runMac(bench: Bench, test: MacCase, verdict: Verdict): Promise<void> {
  bench.assertOffered(knownOperation(test.algorithm), 'mac');
  if (await refusedForItsSize(bench, test.key, verdict)) return;
  assertBounds(test);
  assertLength(test.message, bench);
  await bench.withKey(test.key, p.mac, async (key) => {
    const parameters = { ...test.parameters, outputLength: test.macLength };
    const config = { algorithm: test.algorithm, key, parameters, operationTimeout: timeout };
    await using verifying = await bench.orSkip(() => bench.context.createMacContext({ ...config, mode: 'verify' }));
    for (const [how, match] of await bench.orSkip(() => matches(bench, verifying, test))) {
      if (verdict !== 'acceptable' && match !== (verdict === 'valid'))
        throw new Error(`the MAC ${match ? 'matches' : 'does not match'} ${how}`);
    }
    if (verdict !== 'valid') return;
    await using making = await bench.orSkip(() => bench.context.createMacContext(config));
    if (test.iv === undefined) assertEqual('the MAC in one call', await making.singleShot(wholeOf(test.message)), test.mac);
    await start(bench, making, test);
    assertEqual('the MAC in parts', await making.finalize(), test.mac);
  });
}

async function start(bench: Bench, context: MacContext, { iv, message }: MacCase): Promise<void> {
  await context.init(iv);
  for (const part of partsOf(message, bench)) await context.update(part);
}

/** With an IV there is no way in one call. */
async function matches(bench: Bench, context: MacContext, test: MacCase): Promise<[how: string, match: boolean][]> {
  const found: [string, boolean][] = [];
  if (test.iv === undefined) found.push(['in one call', await context.verifySingleShot(wholeOf(test.message), test.mac)]);
  await start(bench, context, test);
  found.push(['in parts', await context.verify(test.mac)]);
  return found;
}
