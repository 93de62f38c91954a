import type { KeyslotError } from '../../../src/client/index.js';
import { cannotBeDone } from '../bench.js';
import { SkippedTest } from '../case.js';

const refusalsOfKeys: ReadonlySet<string> = new Set(['INVALID_FORMAT', 'ALGORITHM_MISMATCH', 'INVALID_ARGUMENT']);

/** @throws when a key was refused for something else than the key */
export function assertAboutKey(error: KeyslotError): void {
  const reason = cannotBeDone(error);
  if (reason !== undefined) throw new SkippedTest(reason);
  if (!refusalsOfKeys.has(error.code)) throw new Error(`the key is refused with ${error.code}: ${error.message}`);
}
