/**
 * Puts a backup into an empty folder, in the order of any write: records under unfinished names, then the manifest, then the names. A cut
 * before the manifest leaves a folder that no daemon opens and that can be restored into again.
 */
import { KeyslotError } from '../../core/errors.js';
import type { Backup } from './store-backup.js';
import type { StoreFolder } from './store-folder.js';
import { lockName, manifestName, parseRecordName, recordName, unfinished } from './store-names.js';

export interface RestoreParts {
  readonly folder: StoreFolder;
  readonly backup: Backup;
}

/**
 * The folder stays the caller's. After an error what was written is gone again, or does not count.
 * @throws OPERATION_FAILED for a folder that holds anything, or can't be read; PERSIST_FAILED; OUTCOME_UNKNOWN when the medium failed so that the
 * store is there, whole, or is not
 */
export async function restoreStore({ folder, backup }: RestoreParts): Promise<void> {
  const { records, manifestBytes } = backup;
  const names = records.map(({ slot, entry }) => recordName(slot, entry.sequence));
  let mayCount = false;
  try {
    await assertEmpty(folder);
    for (const [i, { bytes }] of records.entries()) await folder.write(names[i] + unfinished, bytes);
    await folder.sync();
    await folder.write(manifestName + unfinished, manifestBytes);
    mayCount = true;
    await folder.rename(manifestName + unfinished, manifestName);
    await folder.sync();
    for (const name of names) await folder.rename(name + unfinished, name);
    await folder.sync();
  } catch (error) {
    if (error instanceof KeyslotError) throw error;
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (mayCount) await takeBack(folder, why, error);
    const written = [manifestName + unfinished, ...names.flatMap((record) => [record + unfinished, record])];
    const stays = (await removed(folder, written)) ? '' : '; leftovers stay in the folder';
    throw new KeyslotError('PERSIST_FAILED', `the backup could not be restored (${why}); nothing of it counts${stays}`, { cause: error });
  }
}

/** A store without its manifest is none; it must be gone for good before a record is. */
async function takeBack(folder: StoreFolder, why: string, cause: unknown): Promise<void> {
  try {
    await folder.remove(manifestName);
    await folder.sync();
  } catch {
    const message = `the medium failed (${why}): the store was restored whole, or not at all; verify it`;
    throw new KeyslotError('OUTCOME_UNKNOWN', message, { field: 'store', cause });
  }
}

/** Whether nothing of it is left. */
async function removed(folder: StoreFolder, names: readonly string[]): Promise<boolean> {
  let all = true;
  for (const name of names) {
    await folder.remove(name).catch(() => {
      all = false;
    });
  }
  return all;
}

/** Unfinished files without a manifest are what an interrupted restore left: nothing in them ever counted. */
async function assertEmpty(folder: StoreFolder): Promise<void> {
  const names = (await folder.list()).filter((name) => name !== lockName);
  const other = names.find((name) => name !== manifestName + unfinished && parseRecordName(name)?.unfinished !== true);
  if (other !== undefined) {
    const message = `the folder is not empty: it holds ${other}; a backup is restored into an empty folder only`;
    throw new KeyslotError('OPERATION_FAILED', message, { field: 'store' });
  }
  for (const name of names) await folder.remove(name);
}
