/** What a provider claims, and what it shows when it is tried where claims say nothing. */
import { Bench, type ConformanceDaemon, usualEffort } from './bench.js';
import type { Claim, Claims } from './claims.js';
import { refusalOf } from './expectations.js';
import { type Subject, triedClaim } from './subject.js';
import { subjects } from './subjects.js';

async function works(bench: Bench, subject: Subject): Promise<boolean> {
  const error = await refusalOf(async () => (await subject.open(bench)).close());
  if (error !== undefined && error.code !== 'UNSUPPORTED_ALGORITHM') throw error;
  return error === undefined;
}

export async function findClaims(daemon: ConformanceDaemon): Promise<Claims> {
  await using bench = await Bench.open(daemon, 'async', usualEffort);
  const claims = await bench.claims();
  const shown: Claim[] = [];
  for (const subject of subjects) {
    const own = triedClaim(subject.name);
    const others = subject.needs.filter((need) => need[1] !== own[1]);
    if (subject.tried && claims.hasAll(others) && (await works(bench, subject))) shown.push(own);
  }
  return claims.with(shown);
}
