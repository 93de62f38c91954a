import type { KeyslotError } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import { skip } from '../skip.js';

const refusalsOfKeys: ReadonlySet<string> = new Set(['INVALID_FORMAT', 'ALGORITHM_MISMATCH', 'INVALID_ARGUMENT']);

/** @throws when a key was refused for something else than the key */
export function assertAboutKey(bench: Bench, error: KeyslotError, field = 'keyData'): void {
  const reason = bench.cannotBeDone(error);
  if (reason !== undefined) skip('bounds', reason);
  if (!refusalsOfKeys.has(error.code) || error.field !== field)
    throw new Error(`the key is refused with ${error.code} for ${error.field ?? 'nothing'}: ${error.message}`);
}
