/** Keys of symmetric algorithms whose size is wrong: what a test of refusals may be about. */

import { keyAlgorithm } from '../../../src/core/algorithms.js';
import { type Bench, refusal } from '../bench.js';
import type { KeyMaterial, Verdict } from '../case.js';

/**
 * True when the test is over: it is about a key of a size that does not exist, and the key is refused.
 * @throws when such a key is taken
 */
export async function refusedForItsSize(bench: Bench, key: KeyMaterial, verdict: Verdict): Promise<boolean> {
  if (verdict === 'valid' || keyAlgorithm(key.algorithm) !== undefined) return false;
  const error = await refusal(() => bench.withKey({ ...key, algorithm: 'AES-256' }, 0, async () => undefined));
  if (error?.code === 'ALGORITHM_MISMATCH') return true;
  throw new Error(error === undefined ? 'a key of a wrong size is taken' : `refused with ${error.code}: ${error.message}`);
}
