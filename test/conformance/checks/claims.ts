/** Capabilities are true: what a provider does not claim it refuses by name. What it claims, all other checks use. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, refusalOf } from '../expectations.js';
import type { Subject } from '../subject.js';
import { subjects } from '../subjects.js';

async function isRefused(bench: Bench, subject: Subject): Promise<void> {
  const error = await refusalOf(async () => (await subject.open(bench)).close());
  assert(error !== undefined, 'it works although it is not claimed');
  assert(error.code === 'UNSUPPORTED_ALGORITHM' && error.field === 'algorithm', `refused with ${error.code} (${error.field}): ${error.message}`);
}

export const claimChecks: readonly Check[] = subjects.map((subject) => ({
  name: `claims: ${subject.name} is not claimed, and refused`,
  run: (bench) => isRefused(bench, subject),
  lacks: subject.needs,
}));
