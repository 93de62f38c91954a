/** How a key store is found at start: what its manifest says, whether it can be trusted, and what unfinished writes left behind. */
import { KeyslotError } from '../../core/errors.js';
import { LayoutError } from './byte-reader.js';
import { decodeManifest, longestManifest, type Manifest } from './manifest.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { lockName, manifestName, parseRecordName, recordName, unfinished } from './store-names.js';

/** Something that the operator should see in the log. Never holds secrets. */
export interface StoreReport {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly file?: string;
  readonly slot?: string;
}

export interface KeyStoreParts {
  readonly folder: StoreFolder;
  readonly key: StoreKey;
  readonly report: (report: StoreReport) => void;
}

/** A store as it lies in its folder. */
export interface FoundStore {
  /** Undefined when there is no store yet. */
  readonly manifest: Manifest | undefined;
  readonly files: ReadonlySet<string>;
}

/** Reads and checks the manifest; changes nothing. @throws INVALID_FORMAT when it can't be trusted */
export async function findStore({ folder, key }: Pick<KeyStoreParts, 'folder' | 'key'>): Promise<FoundStore> {
  const files = new Set(await folder.list());
  const bytes = await folder.read(manifestName, longestManifest);
  if (bytes === undefined) {
    for (const name of files) {
      if (parseRecordName(name) !== undefined) throw untrusted(`its manifest is missing, but there is the record ${name}`);
    }
    return { manifest: undefined, files };
  }
  const manifest = decode(bytes, key);
  assertNewest(manifest, files);
  return { manifest, files };
}

/**
 * Finds the store, finishes what a crash left between commit and rename, removes and reports what does not count.
 * @returns undefined when there is no store yet
 * @throws INVALID_FORMAT when the manifest can't be trusted; nothing is removed then
 */
export async function recover(parts: KeyStoreParts): Promise<Manifest | undefined> {
  const { manifest, files } = await findStore(parts);
  await tidy(sortFiles(manifest ?? { entries: new Map() }, files), parts);
  return manifest;
}

function untrusted(message: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', `the key store can not be opened: ${message}`, { field: 'state' });
}

function decode(bytes: Uint8Array, key: StoreKey): Manifest {
  try {
    return decodeManifest(bytes, key);
  } catch (error) {
    throw error instanceof LayoutError ? untrusted(`its manifest can not be trusted: ${error.message}`) : error;
  }
}

/** A finished name is given only after the manifest that counts the record has come to last. */
function assertNewest({ sequence }: Manifest, files: ReadonlySet<string>): void {
  for (const name of files) {
    const record = parseRecordName(name);
    if (record !== undefined && !record.unfinished && record.sequence > sequence) {
      throw untrusted(`its manifest (write ${sequence}) is an older copy: there is the newer record ${name}`);
    }
  }
}

/** The files of a store by what its manifest makes of them. */
export interface SortedFiles {
  /** Records that count and are not there. */
  readonly missing: readonly { readonly slot: string; readonly name: string }[];
  /** Finished names of records that count and still have their unfinished one. */
  readonly unrenamed: readonly string[];
  /** What an unfinished write or a replaced key left. */
  readonly leftovers: readonly string[];
  /** What is none of the store's. */
  readonly foreign: readonly string[];
}

export function sortFiles({ entries }: Pick<Manifest, 'entries'>, files: ReadonlySet<string>): SortedFiles {
  const kept = new Set([manifestName, lockName]);
  const missing: { slot: string; name: string }[] = [];
  const unrenamed: string[] = [];
  for (const [slot, entry] of entries) {
    if (entry.state !== 'occupied') continue;
    const name = recordName(slot, entry.sequence);
    kept.add(name);
    if (files.has(name)) continue;
    if (files.has(name + unfinished)) {
      kept.add(name + unfinished);
      unrenamed.push(name);
    } else missing.push({ slot, name });
  }
  const others = [...files].filter((name) => !kept.has(name));
  const ours = (name: string) => parseRecordName(name) !== undefined || name === manifestName + unfinished;
  return { missing, unrenamed, leftovers: others.filter(ours), foreign: others.filter((name) => !ours(name)) };
}

async function tidy({ missing, unrenamed, leftovers, foreign }: SortedFiles, { folder, report }: KeyStoreParts): Promise<void> {
  const warn = (message: string, file: string) => (error: unknown) =>
    report({ level: 'warn', message: `${message}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`, file });

  for (const { slot, name } of missing) report({ level: 'warn', message: 'the record of the slot is missing', file: name, slot });
  for (const name of unrenamed) {
    await folder.rename(name + unfinished, name).catch(warn('a record keeps its unfinished name', name));
  }
  for (const file of foreign) report({ level: 'warn', message: 'a file that does not belong into the key store was left alone', file });
  for (const file of leftovers) {
    const removed = () => report({ level: 'warn', message: 'removed what an unfinished write or a replaced key left', file });
    await folder.remove(file).then(removed, warn('a leftover stays', file));
  }
  await folder.sync().catch(warn('the folder could not be synced', '.'));
}
