/**
 * `npm run sigkill [-- ROUNDS [writer|daemon]]`: so many kills (500) of a writer of a key store, and as many of a real daemon. Ends with 1 when
 * anything was lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daemonRounds } from './sigkill-daemon-rounds.js';
import { writerRounds } from './sigkill-writer-rounds.js';

const rounds = Number(process.argv[2] ?? 500);
const only = process.argv[3];

async function measured(what: string, work: (report: (round: number) => void) => Promise<object>): Promise<void> {
  const before = performance.now();
  const tally = await work((round) => {
    if ((round + 1) % 100 === 0) process.stderr.write(`${what}: ${round + 1}\n`);
  });
  const seconds = Math.round((performance.now() - before) / 1000);
  process.stdout.write(`${JSON.stringify({ what, kills: rounds, seconds, ...tally })}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'keyslot-sigkill-'));
try {
  if (only !== 'daemon') await measured('writer', (report) => writerRounds(folder, rounds, report));
  if (only !== 'writer') await measured('daemon', (report) => daemonRounds(rounds, report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
