/** Which secrets lie in the memory of a process, and where. */
import { PatternIndex } from './pattern-index.js';
import { patternsOf, type Secret } from './patterns.js';
import { memoryOf, type Region } from './process-memory.js';

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

function describe({ name, permissions }: Region): string {
  return `${permissions} ${name === '' ? 'anonymous' : name}`;
}

/** Overlapping finds of one secret are one residue. @throws EACCES without a debugger's rights on the process */
export function scanProcess(pid: number, secrets: readonly Secret[]): Residue[] {
  const index = new PatternIndex(patternsOf(secrets));
  const found = new Map<string, Residue>();
  for (const { region, address, bytes } of memoryOf(pid)) {
    for (const { pattern, at, length } of index.search(bytes)) {
      const where = `0x${(address + BigInt(at)).toString(16)}`;
      const residue = {
        secret: pattern.secret,
        form: pattern.form,
        address: where,
        length,
        locked: region.flags.includes('lo'),
        region: describe(region),
      };
      found.set(`${pattern.secret} ${where}`, residue);
    }
  }
  return [...found.values()];
}
