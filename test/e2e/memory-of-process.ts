import { readFileSync, writeFileSync } from 'node:fs';

function residentMemory(pid: number): number {
  return memory(pid, 'VmRSS');
}

/** Looks at the memory of a process again and again: one that is not dumpable lets nobody but root restart the count of its peak. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  readonly #idle: number;
  #most: number;

  constructor(pid: number) {
    this.#pid = pid;
    this.#idle = residentMemory(pid);
    this.#most = this.#idle;
    this.#timer = setInterval(() => this.#look(), 5);
  }
  #look(): void {
    this.#most = Math.max(this.#most, residentMemory(this.#pid));
  }
  /** Bytes by which it grew at most. */
  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#most - this.#idle;
  }
}

/** Most resident memory of a process since the last restart of its count, in bytes (proc_pid_status(5), VmHWM). */
export function peakMemory(pid: number): number {
  return memory(pid, 'VmHWM');
}

function memory(pid: number, name: 'VmHWM' | 'VmRSS'): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  if (kib === undefined) throw new Error(`process ${pid} does not tell its memory`);
  return Number(kib) * 1024;
}

/** From here on the peak counts anew (proc_pid_clear_refs(5)). */
export function restartPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
