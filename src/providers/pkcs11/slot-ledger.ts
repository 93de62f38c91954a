/**
 * What a token can't remember about slots, in one durable file: generations that are to be destroyed (cleared while in use, or not
 * finished), and the exact permissions of the current one, which attributes tell only roughly. Without the file nothing is lost:
 * attributes then decide, and only what is told here to be doomed is destroyed for its sake.
 */
import type { StateFolder } from './state-folder.js';
import { damaged } from './state-folder.js';

const fileName = 'slots.json';

export interface Generation {
  readonly slot: string;
  readonly generation: number;
}
export interface Granted {
  readonly permissions: number;
  readonly publicPermissions: number;
}
type Grant = Generation & Granted;

interface Content {
  readonly version: 1;
  /** Of the token; what is remembered of another one does not count. */
  readonly serial: string;
  readonly doomed: readonly Generation[];
  readonly grants: readonly Grant[];
}

export class SlotLedger {
  readonly #folder: StateFolder;
  readonly #serial: string;
  #content: Content;

  /** @throws INVALID_FORMAT when the file is damaged */
  constructor(folder: StateFolder, serial: string) {
    this.#folder = folder;
    this.#serial = serial;
    const content = folder.read(fileName);
    if (content !== undefined && !isContent(content)) throw damaged(folder.path, fileName);
    this.#content = content?.serial === serial ? content : { version: 1, serial, doomed: [], grants: [] };
  }

  get doomed(): readonly Generation[] {
    return this.#content.doomed;
  }
  isDoomed(slot: string, generation: number): boolean {
    return this.#content.doomed.some((entry) => is(entry, slot, generation));
  }
  /** The highest generation that the slot ever had, as far as is remembered; 0 for none. Numbers are not given twice. */
  highest(slot: string): number {
    return Math.max(
      0,
      ...[...this.#content.doomed, ...this.#content.grants].filter((entry) => entry.slot === slot).map(({ generation }) => generation),
    );
  }
  granted(slot: string, generation: number): Granted | undefined {
    return this.#content.grants.find((entry) => is(entry, slot, generation));
  }

  /** From here on the generation does not count and will be destroyed. */
  doom(slot: string, generation: number): void {
    if (!this.isDoomed(slot, generation)) this.#write({ doomed: [...this.#content.doomed, { slot, generation }] });
  }
  /** Nothing of the generation is left. */
  buried(slot: string, generation: number): void {
    if (this.isDoomed(slot, generation)) this.#write({ doomed: this.#content.doomed.filter((entry) => !is(entry, slot, generation)) });
  }
  /** The generation counts from here on. */
  commit(slot: string, generation: number, { permissions, publicPermissions }: Granted): void {
    this.#write({
      doomed: this.#content.doomed.filter((entry) => !is(entry, slot, generation)),
      grants: [...this.#content.grants.filter((entry) => entry.slot !== slot), { slot, generation, permissions, publicPermissions }],
    });
  }

  #write(change: Partial<Content>): void {
    const content: Content = { ...this.#content, ...change, serial: this.#serial };
    this.#folder.write(fileName, content);
    this.#content = content;
  }
}

function is(entry: Generation, slot: string, generation: number): boolean {
  return entry.slot === slot && entry.generation === generation;
}

function isContent(value: unknown): value is Content {
  if (typeof value !== 'object' || value === null) return false;
  const { version, serial, doomed, grants } = value as Record<string, unknown>;
  return (
    version === 1 &&
    typeof serial === 'string' &&
    Array.isArray(doomed) &&
    doomed.every(isGeneration) &&
    Array.isArray(grants) &&
    grants.every(
      (grant) =>
        isGeneration(grant) && Number.isInteger((grant as Grant).permissions) && Number.isInteger((grant as Grant).publicPermissions),
    )
  );
}
function isGeneration(value: unknown): value is Generation {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Generation).slot === 'string' &&
    Number.isInteger((value as Generation).generation)
  );
}
