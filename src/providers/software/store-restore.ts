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
 * The folder stays the caller's. After an error what was written is gone again.
 * @throws OPERATION_FAILED for a folder that holds anything, PERSIST_FAILED
 */
export async function restoreStore({ folder, backup }: RestoreParts): Promise<void> {
  const { records, manifestBytes } = backup;
  await assertEmpty(folder);
  const names = records.map(({ slot, entry }) => recordName(slot, entry.sequence));
  try {
    for (const [i, { bytes }] of records.entries()) await folder.write(names[i] + unfinished, bytes);
    await folder.sync();
    await folder.write(manifestName + unfinished, manifestBytes);
    await folder.rename(manifestName + unfinished, manifestName);
    await folder.sync();
    for (const name of names) await folder.rename(name + unfinished, name);
    await folder.sync();
  } catch (error) {
    // The manifest first: a store without it is none.
    for (const name of [manifestName, manifestName + unfinished, ...names.flatMap((record) => [record, record + unfinished])]) {
      await folder.remove(name).catch(() => undefined);
    }
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new KeyslotError('PERSIST_FAILED', `the backup could not be restored (${why}); nothing was kept of it`, { cause: error });
  }
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
