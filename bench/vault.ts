/**
 * `npm run bench:vault [-- --json FILE] [--rounds N] [--check]`: the vault's core beside @scure and @noble in one process and one run, in turn.
 * Ratios count. Unlocking begins on both sides with the phrase in memory (ours: locks, takes bytes), or with a file that is opened and read; both
 * look at the words and the checksum and calculate the seed. Derivations end with the public key; "nodes" have one at every level, as the HDKey
 * classes of these libraries make them, which the bare calls leave out. `--check` exits with 1 when a target is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './load.js';
import { runRounds } from './rounds.js';
import { type Comparison, rowOf, table } from './rows.js';
import { median } from './statistics.js';
import { type Pair, VaultSubjects } from './vault-subjects.js';

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '11' }, check: { type: 'boolean', default: false } },
});

const jobs: readonly { readonly pair: Pair; readonly name: string; readonly target?: number }[] = [
  { pair: 'unlock', name: 'unlock: 12 words to the seed, to @scure/bip39', target: 8 },
  { pair: 'unlockFile', name: 'the same from a file' },
  { pair: 'slip10', name: 'SLIP-0010 depth 5, to nodes over @noble', target: 30 },
  { pair: 'slip10Key', name: 'SLIP-0010 depth 5, to bare @noble' },
  { pair: 'bip32', name: 'BIP32 depth 5, public key, to @scure/bip32', target: 2 },
  { pair: 'ed25519', name: 'Ed25519 signature of 64 B, to @noble', target: 5 },
  { pair: 'secp256k1', name: 'secp256k1 signature, to @noble' },
  { pair: 'seal', name: 'AES-256-GCM of 1 KiB, to @noble' },
];

const warmUp = 500;
const slice = 200;

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const folder = mkdtempSync(join(tmpdir(), 'keyslot-bench-'));
try {
  using vault = await VaultSubjects.open(folder);
  // Who is compared runs side by side.
  const subjects = Object.fromEntries(
    jobs.flatMap(({ pair }) => [[`ours ${pair}`, vault.ours[pair]] as const, [`peer ${pair}`, vault.peers[pair]] as const]),
  );
  const { times, foreign, dropped, quiet } = await runRounds(subjects, {
    rounds: Number(options.rounds),
    slice,
    warmUp: () => warmUp,
    pids: [process.pid],
    progress,
  });
  progress('');
  const rows = jobs.map(({ pair, name, target }) => {
    const comparison: Comparison<string> = { name, ours: `ours ${pair}`, peer: `peer ${pair}`, goal: 'atLeast' };
    return rowOf(target === undefined ? comparison : { ...comparison, target }, times);
  });
  process.stdout.write(`${describeMachine()}; other processes used ${median(foreign).toFixed(2)} cores during the run\n`);
  if (!quiet) process.stdout.write('The machine was busy with other things all the time: measure again when it is not.\n');
  if (dropped > 0) process.stdout.write(`${dropped} rounds were left out: the machine was busy with other things\n`);
  process.stdout.write(`Times are of one job, medians of ${foreign.length} rounds.\n\n${table(rows)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (options.check && rows.some(({ met }) => met === false)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
