import { readFileSync, writeFileSync } from 'node:fs';

/** Most resident memory of a process since the last restart of its count, in bytes (proc_pid_status(5), VmHWM). */
export function peakMemory(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  if (kib === undefined) throw new Error(`process ${pid} does not tell its memory`);
  return Number(kib) * 1024;
}

/** From here on the peak counts anew (proc_pid_clear_refs(5)). */
export function restartPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
