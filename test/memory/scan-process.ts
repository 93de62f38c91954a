/** Which secrets lie in the memory of a process, and where. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PatternIndex } from './pattern-index.js';
import { patternsOf, type Secret } from './patterns.js';
import { memoryOf, type Region } from './process-memory.js';

export const needsRights = 'needs a debugger’s rights (root) to read another process’s memory';

export interface Residue {
  readonly secret: string;
  readonly form: string;
  readonly address: string;
  /** Bytes of the form that were found. */
  readonly length: number;
  /** In memory that is locked. */
  readonly locked: boolean;
  readonly region: string;
}

export function mayRead(pid: number): boolean {
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'));
    return true;
  } catch {
    return false;
  }
}

/** CAP_SYS_PTRACE. */
const debuggerBit = 19n;

/** Whether this process has a debugger's rights on processes that let nobody else in. */
export function mayReadAll(): boolean {
  const [, capabilities = '0'] = /^CapEff:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return ((BigInt(`0x${capabilities}`) >> debuggerBit) & 1n) === 1n;
}

export function outside(residues: readonly Residue[]): Residue[] {
  return residues.filter(({ locked }) => !locked);
}

function describe({ name, permissions }: Region): string {
  return `${permissions} ${name === '' ? 'anonymous' : name}`;
}

/** Looks for the same secrets again and again. */
export class Scanner {
  readonly #index: PatternIndex;

  constructor(secrets: readonly Secret[]) {
    this.#index = new PatternIndex(patternsOf(secrets));
  }

  /** Overlapping finds of one secret are one residue. @throws EACCES without a debugger's rights on the process */
  scan(pid: number, canHold: (region: Region) => boolean = () => true): Residue[] {
    const found = new Map<string, Residue>();
    for (const { region, address, bytes } of memoryOf(pid)) {
      if (!canHold(region)) continue;
      for (const { pattern, at, length } of this.#index.search(bytes)) {
        const where = `0x${(address + BigInt(at)).toString(16)}`;
        found.set(`${pattern.secret} ${where}`, {
          secret: pattern.secret,
          form: pattern.form,
          address: where,
          length,
          locked: region.flags.includes('lo'),
          region: describe(region),
        });
      }
    }
    return [...found.values()];
  }
}

/** As Scanner.scan, once. */
export function scanProcess(pid: number, secrets: readonly Secret[]): Residue[] {
  return new Scanner(secrets).scan(pid);
}
