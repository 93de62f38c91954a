/** Whether a process grows. */
import { readFileSync } from 'node:fs';

export function residentBytes(pid: number): number {
  const [, kib = '0'] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return 1024 * Number(kib);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Medians of the second and of the last tenth of samples that were taken at even distances. */
export function tenths(samples: readonly number[]): { readonly second: number; readonly last: number } {
  const n = Math.floor(samples.length / 10);
  return { second: median(samples.slice(n, 2 * n)), last: median(samples.slice(-n)) };
}
