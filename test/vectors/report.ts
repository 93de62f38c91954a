/** The report as a table for people: one line per file, and at the end all reasons for skipped tests with their numbers. */
import type { FileReport } from './run-file.js';

/** Reasons that a file's line names; the others are counted. */
const namedReasons = 3;

export function skippedCount({ skipped }: FileReport): number {
  return Object.values(skipped).reduce((sum, n) => sum + n, 0);
}

function reasonsOf(skipped: Readonly<Record<string, number>>): string[] {
  return Object.entries(skipped)
    .sort((a, b) => b[1] - a[1])
    .map(([reason, n]) => `${n} ${reason}`);
}

const columns = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(9)).join('');

export function reportHead(width: number, provider: string): string {
  return `${`on ${provider}`.padEnd(width)}${columns(['passed', 'failed', 'skipped'])}   why skipped`;
}

export function reportLine(report: FileReport, width: number): string {
  const reasons = reasonsOf(report.skipped);
  const named =
    reasons.length <= namedReasons ? reasons : [...reasons.slice(0, namedReasons), `${reasons.length - namedReasons} more reasons`];
  const numbers = columns([report.passed, report.failed, skippedCount(report)]);
  return `${report.file.padEnd(width)}${numbers}${named.length === 0 ? '' : `   ${named.join('; ')}`}`;
}

/** The reasons of all files, then `N passed, N failed, N skipped in N files on PROVIDER`. */
export function reportEnd(reports: readonly FileReport[], provider: string): string {
  const sum = (count: (report: FileReport) => number) => reports.reduce((total, report) => total + count(report), 0);
  const all: Record<string, number> = {};
  for (const { skipped } of reports) for (const [reason, n] of Object.entries(skipped)) all[reason] = (all[reason] ?? 0) + n;
  const reasons = reasonsOf(all);
  const list = reasons.length === 0 ? '' : `\nskipped:\n${reasons.map((reason) => `  ${reason}`).join('\n')}\n\n`;
  return `${list}${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed, ${sum(skippedCount)} skipped in ${reports.length} files on ${provider}`;
}
