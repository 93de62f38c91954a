/** Runs checks one after another, on one daemon, with one client after the other. */
import type { ConformanceOptions } from './arguments.js';
import { Bench, type ClientManner, ConformanceDaemon } from './bench.js';
import { type Check, type CheckResult, runCheck } from './check.js';
import { suite } from './suite.js';

type Heard = (result: CheckResult) => void;

export async function runSuite(options: ConformanceOptions, heard: Heard): Promise<CheckResult[]> {
  await using daemon = await ConformanceDaemon.start(options.provider);
  const results: CheckResult[] = [];
  for (const manner of options.clients) results.push(...(await runChecks(checksOf(manner, options), daemon, manner, heard)));
  return results;
}

/** The blocking client runs what needs neither several calls at once nor very much data. */
export function checksOf(manner: ClientManner, { only, quick }: Pick<ConformanceOptions, 'only' | 'quick'>): Check[] {
  return suite.filter(({ name, slow, asyncOnly }) => {
    if (!name.includes(only) || (quick && slow === true)) return false;
    return manner === 'async' || (slow !== true && asyncOnly !== true);
  });
}

export async function runChecks(
  checks: readonly Check[],
  daemon: ConformanceDaemon,
  manner: ClientManner,
  heard: Heard,
): Promise<CheckResult[]> {
  await using bench = await Bench.open(daemon, manner, manner === 'async' ? 4 : 3);
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
