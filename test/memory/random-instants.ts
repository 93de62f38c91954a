/** Looks at a process that works, stopped at a random moment, again and again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { outside, type Residue, type Scanner } from './scan-process.js';

export interface Instants {
  readonly stops: number;
  /** Stops at which something was outside the locked pages. */
  readonly dirty: number;
  /** How many of the dirty stops had this secret there, by its name. */
  readonly secrets: Readonly<Record<string, number>>;
  /** The same by kind of memory. */
  readonly regions: Readonly<Record<string, number>>;
}

/** Milliseconds between two stops, at most. */
const longestPause = 20;

function count(table: Record<string, number>, names: Iterable<string>): void {
  for (const name of new Set(names)) table[name] = (table[name] ?? 0) + 1;
}

export async function lookAtRandom(pid: number, scanner: Scanner, stops: number): Promise<Instants> {
  const secrets: Record<string, number> = {};
  const regions: Record<string, number> = {};
  let dirty = 0;
  for (let stop = 0; stop < stops; stop++) {
    await sleep(Math.random() * longestPause);
    process.kill(pid, 'SIGSTOP');
    let residues: readonly Residue[];
    try {
      residues = outside(scanner.scan(pid));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    if (residues.length > 0) dirty += 1;
    count(
      secrets,
      residues.map(({ secret }) => secret),
    );
    count(
      regions,
      residues.map(({ region }) => region),
    );
  }
  return { stops, dirty, secrets, regions };
}
