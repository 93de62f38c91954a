/** How busy the machine is with things that are not part of the run. */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Of the times in /proc, which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;
/** Fields of /proc/PID/stat behind the command: user and system time, its own and that of its children that have ended. */
const timeFields = [11, 12, 13, 14] as const;

/** 0 for a process that is gone. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return timeFields.reduce((sum, field) => sum + Number(fields[field]), 0);
  } catch {
    return 0;
  }
}

/**
 * Measures what processes other than the given ones use, from its making to `cores`. It adds up what each process has used: the sums
 * in /proc/stat are samples, and miss processes that wake up often and briefly, as those of the run do.
 */
export class ForeignLoad {
  readonly #own: ReadonlySet<number>;
  readonly #since = performance.now();
  readonly #before: ReadonlyMap<number, number>;

  constructor(pids: readonly number[]) {
    this.#own = new Set(pids);
    this.#before = this.#times();
  }

  /** In cores: 0.25 is a quarter of one. */
  cores(): number {
    const seconds = (performance.now() - this.#since) / 1000;
    let ticks = 0;
    for (const [pid, time] of this.#times()) ticks += Math.max(0, time - (this.#before.get(pid) ?? 0));
    return ticks / ticksPerSecond / seconds;
  }

  #times(): Map<number, number> {
    const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    return new Map(pids.filter((pid) => !this.#own.has(pid)).map((pid) => [pid, ticksOf(pid)]));
  }
}

export function describeMachine(): string {
  const [processor] = cpus();
  const load = loadavg()
    .map((n) => n.toFixed(2))
    .join(' ');
  return `Node ${process.version}, ${cpus().length} × ${processor?.model ?? 'unknown processor'}, load ${load}`;
}
