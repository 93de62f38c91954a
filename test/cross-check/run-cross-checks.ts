/** Everything that is selected, on one daemon. */
import type { CrossCheckOptions } from './arguments.js';
import { type Check, checksOf } from './checks.js';
import { KeyPairs } from './key-pairs.js';
import { startKeyslot } from './keyslot-parties.js';
import { findParties } from './parties/find-parties.js';
import type { Party } from './party.js';
import { type CheckReport, runCheck } from './run-check.js';

export interface CrossCheckReport {
  readonly seed: string;
  readonly notes: readonly string[];
  readonly checks: readonly CheckReport[];
}
export interface Heard {
  readonly note: (line: string) => void;
  readonly progress: (done: number, all: number, next: string) => void;
  readonly finished: (report: CheckReport) => void;
}

type Options = Omit<CrossCheckOptions, 'json'>;

/** Those in this process or that stay running come before those that are started for each step. */
function fastestFirst(parties: readonly Party[]): Party[] {
  const isStarted = ({ name }: Party) => Number(name.startsWith('openssl'));
  return [...parties].sort((one, other) => isStarted(one) - isStarted(other));
}

/** Aborting ends it early, with what was compared until then. */
export async function runCrossChecks(options: Options, heard: Heard, signal: AbortSignal): Promise<CrossCheckReport> {
  const { seed, providers, outside } = options;
  using found = findParties(outside);
  for (const note of found.notes) heard.note(note);
  await using keyslot = await startKeyslot(['software', ...providers]);
  const [ours, ...others] = keyslot.parties;
  if (ours === undefined) throw new TypeError('there is no software provider');
  const parties = [...others, ...found.parties];
  const selected = checksOf(ours, options.onePartner ? fastestFirst(parties) : parties, options);
  const finished = new Set<Check['row']>();
  const pairs = new KeyPairs(seed);
  const checks: CheckReport[] = [];
  for (const check of selected) {
    if (signal.aborted) break;
    if (options.onePartner && finished.has(check.row)) continue;
    heard.progress(checks.length, selected.length, `${check.family.name} ${check.row.name}, ${check.theirs.name}`);
    const report = await runCheck(check, { ...options, pairs, signal });
    checks.push(report);
    if (report.rounds >= options.rounds) finished.add(check.row);
    heard.finished(report);
    if (report.lost !== undefined) {
      heard.note(`the daemon is gone, in ${report.family} ${report.algorithm}, ${report.lost}; ${await keyslot.ended()}`);
      break;
    }
  }
  return { seed, notes: found.notes, checks };
}
