/** The result as a table for people. */
import type { CheckReport } from './run-check.js';

const columns = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(15)).join('');

/** One line for each algorithm and pair; what nobody else can do has none. */
export function reportTable(reports: readonly CheckReport[]): string {
  const compared = reports.filter(({ rounds }) => rounds > 0);
  const width = Math.max(10, ...compared.map(({ family, algorithm }) => family.length + algorithm.length + 3));
  const pairWidth = Math.max(10, ...compared.map(({ pair }) => pair.length + 2));
  const line = (name: string, pair: string, cells: readonly (string | number)[]) =>
    name.padEnd(width) + pair.padEnd(pairWidth) + columns(cells);
  const lines = compared.map(({ family, algorithm, pair, rounds, disagreements }) =>
    line(`${family} ${algorithm}`, pair, [rounds, disagreements]),
  );
  return [line('algorithm', 'pair', ['rounds', 'disagreements']), ...lines].join('\n');
}

/** `N rounds of N algorithms in N pairs, N disagreements`. */
export function reportEnd(reports: readonly CheckReport[]): string {
  const compared = reports.filter(({ rounds }) => rounds > 0);
  const sum = (count: (report: CheckReport) => number) => compared.reduce((total, report) => total + count(report), 0);
  const algorithms = new Set(compared.map(({ family, algorithm }) => `${family} ${algorithm}`)).size;
  return `${sum(({ rounds }) => rounds)} rounds of ${algorithms} algorithms in ${compared.length} pairs, ${sum(({ disagreements }) => disagreements)} disagreements`;
}
