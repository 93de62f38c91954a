/** The memory of another process, from outside: every page that is present or swapped, also behind guards. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export interface Region {
  readonly start: bigint;
  readonly end: bigint;
  readonly permissions: string;
  readonly name: string;
  /** VmFlags of smaps, such as `lo` for locked and `dd` for not dumped. */
  readonly flags: readonly string[];
}

export interface Chunk {
  readonly region: Region;
  readonly address: bigint;
  readonly bytes: Buffer;
}

const pageBytes = 4096;
const longestRun = 1024;
/** So that what lies across two runs of pages is found. */
const overlap = 1024;
const unreadable = /^\[(vvar|vsyscall|vvar_vclock)/;

export function regionsOf(pid: number): Region[] {
  const regions: (Region & { flags: readonly string[] })[] = [];
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'latin1').split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (....) [0-9a-f]+ \S+ \d+ *(.*)$/.exec(line);
    const last = regions.at(-1);
    if (head !== null) {
      const [, start, end, permissions = '', name = ''] = head;
      regions.push({ start: BigInt(`0x${start}`), end: BigInt(`0x${end}`), permissions, name, flags: [] });
    } else if (line.startsWith('VmFlags:') && last !== undefined) {
      regions[regions.length - 1] = { ...last, flags: line.slice(8).trim().split(' ') };
    }
  }
  return regions;
}

/** Clean text of files can't hold a secret. */
function canHoldSecrets({ name, permissions }: Region): boolean {
  if (unreadable.test(name)) return false;
  return !name.startsWith('/') || permissions.includes('w') || /deleted|secretmem/.test(name);
}

/** Runs of pages that are there, by number within the region. */
function* presentRuns(pagemap: number, { start, end }: Region): Generator<[from: number, to: number]> {
  const pages = Number((end - start) / BigInt(pageBytes));
  const entries = Buffer.alloc(8 * longestRun);
  for (let from = 0; from < pages; from += longestRun) {
    const count = Math.min(longestRun, pages - from);
    const position = (start / BigInt(pageBytes) + BigInt(from)) * 8n;
    const read = readSync(pagemap, entries, 0, 8 * count, position) / 8;
    let run: number | undefined;
    for (let i = 0; i <= read; i++) {
      const present = i < read && ((entries[8 * i + 7] ?? 0) & 0xc0) !== 0;
      if (present) run ??= i;
      else if (run !== undefined) {
        yield [from + run, from + i];
        run = undefined;
      }
    }
  }
}

/** @throws EACCES without a debugger's rights on the process */
export function* memoryOf(pid: number): Generator<Chunk> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    for (const region of regionsOf(pid).filter(canHoldSecrets)) {
      for (const [from, to] of presentRuns(pagemap, region)) {
        const before = from === 0 ? 0 : overlap;
        const address = region.start + BigInt(from * pageBytes - before);
        const bytes = Buffer.alloc((to - from) * pageBytes + before);
        const read = readAt(memory, bytes, address);
        if (read > 0) yield { region, address, bytes: bytes.subarray(0, read) };
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
  }
}

/** 0 for pages that nobody may read, such as memfd_secret. */
function readAt(memory: number, bytes: Buffer, address: bigint): number {
  try {
    return readSync(memory, bytes, 0, bytes.length, address);
  } catch {
    return 0;
  }
}
