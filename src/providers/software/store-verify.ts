/** Looks at every file of a key store and says what is wrong with it; changes nothing. */
import { KeyslotError } from '../../core/errors.js';
import type { ManifestEntry } from './manifest.js';
import { type FoundStore, findStore, type KeyStoreParts, sortFiles } from './recovery.js';
import { parseRecordName } from './store-names.js';
import { findRecord, type RecordFault } from './store-record.js';

/**
 * `manifest`: it can't be trusted, so nothing can be said of the slots; `unreadable`: the file of a record can't be read; `leftover`: of
 * an unfinished write or a replaced key, the next start of the daemon removes it; `foreign`: a file that does not belong there.
 */
export type StoreProblemKind = RecordFault | 'manifest' | 'unreadable' | 'leftover' | 'foreign';

export interface StoreProblem {
  readonly kind: StoreProblemKind;
  readonly slot?: string;
  readonly file?: string;
  /** For people. */
  readonly message: string;
}

export interface VerifiedSlot {
  readonly slot: string;
  readonly state: ManifestEntry['state'];
  /** Of the key in the slot, or of the last one that was. */
  readonly generation: number;
  /** Of the key; undefined when the slot is empty or its record can't be trusted. */
  readonly algorithm?: string;
}

export interface VerifiedStore {
  /** Undefined when there is no store, or its manifest can't be trusted. */
  readonly writes: number | undefined;
  /** By name. */
  readonly slots: readonly VerifiedSlot[];
  /** None: all is well. */
  readonly problems: readonly StoreProblem[];
}

/** `progress` is called after each record. Only errors of the medium and of the progress are thrown. */
export async function verifyStore(
  parts: Pick<KeyStoreParts, 'folder' | 'key'>,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<VerifiedStore> {
  let found: FoundStore;
  try {
    found = await findStore(parts);
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
    return { writes: undefined, slots: [], problems: [{ kind: 'manifest', file: 'manifest', message: error.message }] };
  }
  const { manifest, files } = found;
  if (manifest === undefined) return { writes: undefined, slots: [], problems: filesProblems(found) };
  const slots: VerifiedSlot[] = [];
  const problems: StoreProblem[] = [];
  for (const [slot, entry] of manifest.entries) {
    const { problem, algorithm } = await verifyRecord(parts, slot, entry);
    if (problem !== undefined) problems.push(problem);
    slots.push({ slot, state: entry.state, generation: entry.generation, ...(algorithm === undefined ? {} : { algorithm }) });
    progress(slots.length, manifest.entries.size);
  }
  return { writes: manifest.sequence, slots, problems: [...problems, ...filesProblems({ manifest, files })] };
}

interface VerifiedRecord {
  readonly problem?: StoreProblem;
  readonly algorithm?: string;
}

async function verifyRecord(
  { folder, key }: Pick<KeyStoreParts, 'folder' | 'key'>,
  slot: string,
  entry: ManifestEntry,
): Promise<VerifiedRecord> {
  if (entry.state !== 'occupied') return {};
  try {
    const found = await findRecord(folder, key, slot, entry);
    if (found.fault !== undefined) return { problem: { kind: found.fault, slot, message: `slot "${slot}": ${found.message}` } };
    found.opened.material.fill(0);
    return { algorithm: found.opened.header.algorithm };
  } catch (error) {
    const why = error instanceof KeyslotError ? error.message : ((error as NodeJS.ErrnoException).code ?? 'unknown error');
    return { problem: { kind: 'unreadable', slot, message: `slot "${slot}": its record can not be read: ${why}` } };
  }
}

function filesProblems({ manifest, files }: FoundStore): StoreProblem[] {
  const { leftovers, foreign } = sortFiles(manifest ?? { entries: new Map() }, files);
  return [
    ...leftovers.map((file): StoreProblem => {
      const slot = parseRecordName(file)?.slot;
      const message = `${file} is what an unfinished write or a replaced key left; the next start of the daemon removes it`;
      return { kind: 'leftover', ...(slot === undefined ? {} : { slot }), file, message };
    }),
    ...foreign.map((file): StoreProblem => ({ kind: 'foreign', file, message: `${file} does not belong into a key store` })),
  ];
}
