/** Capabilities are true: what a provider does not claim it refuses by name. What it claims, all other checks use. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, refusalOf } from '../expectations.js';
import type { Subject } from '../subject.js';
import { subjects } from '../subjects.js';

async function isRefused(bench: Bench, subject: Subject): Promise<void> {
  const error = await refusalOf(async () => (await subject.open(bench)).close());
  assert(error !== undefined, 'it works although it is not claimed');
  assert(
    error.code === 'UNSUPPORTED_ALGORITHM' && error.field === 'algorithm',
    `refused with ${error.code} (${error.field}): ${error.message}`,
  );
}

/** Needs an OpenSSL that newer versions of Node have. */
const notEverywhere: ReadonlySet<string> = new Set(['cipher RSA-PKCS1 decrypt']);

/** A claim that got lost would take its checks with it: software has to claim and open every subject. */
async function softwareHasAll(bench: Bench): Promise<void> {
  if (bench.daemon.tested.type !== 'software') return;
  const claims = await bench.claims();
  const missing: string[] = [];
  for (const subject of subjects) {
    if (notEverywhere.has(subject.name)) continue;
    const claimed = subject.needs.every((need) => need[1] === 'tried' || claims.has(need));
    const error = await refusalOf(async () => (await subject.open(bench)).close());
    if (!claimed || error !== undefined) missing.push(subject.name);
  }
  assert(missing.length === 0, `the software provider does not have: ${missing.join(', ')}`);
}

function notClaimed(subject: Subject): Check {
  return {
    name: `claims: ${subject.name} is not claimed, and refused`,
    run: (bench) => isRefused(bench, subject),
    lacks: subject.needs,
  };
}

export const claimChecks: readonly Check[] = [
  { name: 'claims: a software provider has every subject', run: softwareHasAll },
  ...subjects.map(notClaimed),
];
