/** The report as a table for people. */
import type { FileReport } from './run-file.js';

export function skippedCount({ skipped }: FileReport): number {
  return Object.values(skipped).reduce((sum, n) => sum + n, 0);
}

/** One line per file; reasons with their numbers behind. */
export function reportLine(report: FileReport, width: number): string {
  const numbers = [report.passed, report.failed, skippedCount(report)].map((n) => String(n).padStart(9)).join('');
  const reasons = Object.entries(report.skipped).map(([reason, n]) => `${n} ${reason}`);
  return `${report.file.padEnd(width)}${numbers}${reasons.length === 0 ? '' : `   ${reasons.join('; ')}`}`;
}
export function reportHead(width: number): string {
  return `${'file'.padEnd(width)}${['passed', 'failed', 'skipped'].map((word) => word.padStart(9)).join('')}   reasons`;
}

/** `N passed, N failed, N skipped in N files on PROVIDER` */
export function reportSummary(reports: readonly FileReport[], provider: string): string {
  const sum = (count: (report: FileReport) => number) => reports.reduce((total, report) => total + count(report), 0);
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed, ${sum(skippedCount)} skipped in ${reports.length} files on ${provider}`;
}
