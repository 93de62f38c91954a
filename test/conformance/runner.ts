/** Runs checks one after another, on one daemon, with one client after the other. */
import type { ConformanceOptions } from './arguments.js';
import { Bench, type ClientManner, ConformanceDaemon, type Effort, fullEffort } from './bench.js';
import { type Check, type CheckResult, runCheck } from './check.js';
import type { Claims } from './claims.js';
import { subjects } from './subjects.js';
import { suite } from './suite.js';
import { findClaims } from './tried-claims.js';

type Heard = (result: CheckResult) => void;

/** `told`: a line about what the provider has. */
export async function runSuite(options: ConformanceOptions, heard: Heard, told: (line: string) => void): Promise<CheckResult[]> {
  await using daemon = await ConformanceDaemon.start(options.provider);
  const claims = await findClaims(daemon);
  told(describeSubjects(daemon.tested.name, claims));
  const results: CheckResult[] = [];
  for (const manner of options.clients) {
    const effort = fullEffort[manner];
    results.push(...(await runChecks(checksOf(manner, effort, options, claims), daemon, manner, effort, heard)));
  }
  return results;
}

/**
 * The blocking client runs what needs neither several calls at once nor very much data. Without claims: of every provider that there
 * could be.
 */
export function checksOf(
  manner: ClientManner,
  { thorough: all }: Pick<Effort, 'thorough'>,
  { only, quick }: Pick<ConformanceOptions, 'only' | 'quick'>,
  claims?: Claims,
): Check[] {
  return suite.filter(({ name, slow, asyncOnly, thorough, needs = [], lacks }) => {
    if (!name.includes(only) || (quick && slow === true) || (thorough === true && !all)) return false;
    if (claims !== undefined && (!claims.hasAll(needs) || (lacks !== undefined && claims.hasAll(lacks)))) return false;
    return manner === 'async' || (slow !== true && asyncOnly !== true);
  });
}

/** How many subjects a provider has, and which are left out since it does not claim them. */
export function describeSubjects(provider: string, claims: Claims): string {
  const missing = subjects.filter(({ needs }) => !claims.hasAll(needs)).map(({ name }) => name);
  const count = `${provider}: ${subjects.length - missing.length} of ${subjects.length} subjects`;
  return missing.length === 0 ? count : `${count}; not claimed: ${missing.join(', ')}`;
}

export async function runChecks(
  checks: readonly Check[],
  daemon: ConformanceDaemon,
  manner: ClientManner,
  effort: Effort,
  heard: Heard,
): Promise<CheckResult[]> {
  await using bench = await Bench.open(daemon, manner, effort);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(check, bench);
    const named = manner === 'async' ? result : { ...result, name: `blocking client: ${result.name}` };
    heard(named);
    results.push(named);
  }
  return results;
}

export function summary(results: readonly CheckResult[]): string {
  const count = (wanted: CheckResult['result']) => results.filter(({ result }) => result === wanted).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}
