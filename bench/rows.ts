/** From times to the rows that are printed. */
import { median, spread } from './statistics.js';

export interface Row {
  readonly name: string;
  /** Microseconds of one job; medians. */
  readonly ours: number;
  readonly peer: number;
  /** Median of the rounds' own ratios. `atLeast`: how many times as fast as the peer; `atMost`: how many times the peer's time. */
  readonly ratio: number;
  readonly goal: 'atLeast' | 'atMost';
  /** null where the row is there to be read only. */
  readonly target: number | null;
  readonly met: boolean | null;
  /** Rounds that count. */
  readonly runs: number;
  /** The middle half of the rounds' ratios, relative to their median. */
  readonly spread: number;
}

export interface Comparison<N extends string> {
  readonly name: string;
  readonly ours: N;
  readonly peer: N;
  readonly goal: Row['goal'];
  readonly target?: number;
}

export function rowOf<N extends string>(comparison: Comparison<N>, times: Readonly<Record<N, readonly number[]>>): Row {
  const { name, goal, target = null } = comparison;
  const ours = times[comparison.ours];
  const peer = times[comparison.peer];
  const ratios = ours.map((time, round) => (goal === 'atLeast' ? (peer[round] ?? Number.NaN) / time : time / (peer[round] ?? Number.NaN)));
  const ratio = median(ratios);
  const met = target === null ? null : goal === 'atLeast' ? ratio >= target : ratio <= target;
  return { name, ours: median(ours), peer: median(peer), ratio, goal, target, met, runs: ratios.length, spread: spread(ratios) };
}

const widths = [56, 10, 10, 9, 14, 8] as const;

function line(cells: readonly string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[at] ?? 0))).join('');
}

export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, ours, peer, ratio, goal, target, met, spread: apart }) =>
    line([
      name,
      `${ours.toFixed(1)} µs`,
      `${peer.toFixed(1)} µs`,
      `${ratio.toFixed(2)}×`,
      target === null ? '' : `${goal === 'atLeast' ? '≥' : '≤'} ${target} ${met === true ? 'met' : 'MISSED'}`,
      `±${(50 * apart).toFixed(0)} %`,
    ]),
  );
  return [line(['', 'ours', 'peer', 'ratio', 'target', 'spread']), ...lines].join('\n');
}
