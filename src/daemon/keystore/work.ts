/** Work on a key store in the daemon's stead: checked, backed up, restored, given another key. Its lock keeps the daemon out. */
import { readdir } from 'node:fs/promises';
import { KeyslotError } from '../../core/errors.js';
import { hardenProcess } from '../../native.js';
import type { KeyStoreParts, StoreReport } from '../../providers/software/recovery.js';
import { backupStore, readBackup } from '../../providers/software/store-backup.js';
import { DiskFolder } from '../../providers/software/store-folder.js';
import { manifestName, parseRecordName } from '../../providers/software/store-names.js';
import { rekeyStore } from '../../providers/software/store-rekey.js';
import { restoreStore } from '../../providers/software/store-restore.js';
import { type VerifiedStore, verifyStore } from '../../providers/software/store-verify.js';
import type { KeyOpener, KeySurroundings, KeystorePlace } from './place.js';

/** Bytes of the longest backup that is restored. */
export { longestBackup } from '../../providers/software/store-backup.js';
export type { StoreProblem, VerifiedSlot, VerifiedStore } from '../../providers/software/store-verify.js';

/** What the work may see and do of its process. */
export interface Worker extends KeySurroundings {
  readonly report: (report: StoreReport) => void;
  /** After each of several steps; what it throws stops the work with nothing changed. */
  readonly progress?: (done: number, all: number) => void;
}

/** @throws RESOURCE_NOT_FOUND without a store, PROVIDER_BUSY while a daemon has it, and what its key's source throws */
export function verifyKeystore(place: KeystorePlace, worker: Worker): Promise<VerifiedStore> {
  return withStore(place, worker, (parts) => verifyStore(parts, worker.progress));
}

/** Gives the backup to `write`, piece by piece; answers the number of keys. @throws as `verifyKeystore` and `backupStore` */
export function backupKeystore(place: KeystorePlace, worker: Worker, write: (piece: Uint8Array) => Promise<void>): Promise<number> {
  return withStore(place, worker, (parts) => backupStore(parts, write));
}

/** The store gets another key; answers the number of its keys. @throws as `verifyKeystore` and `rekeyStore` */
export function rekeyKeystore(place: KeystorePlace, openNewKey: KeyOpener, worker: Worker): Promise<number> {
  return withStore(place, worker, async (parts) => {
    const newKey = await openNewKey(worker);
    try {
      const { progress } = worker;
      return (await rekeyStore({ ...parts, newKey, ...(progress === undefined ? {} : { progress }) })).records;
    } finally {
      newKey.dispose();
    }
  });
}

/**
 * Makes the folder where it is missing; answers the number of keys. On error the folder is as it was.
 * @throws as `readBackup` and `restoreStore`, PROVIDER_BUSY
 */
export function restoreKeystore(place: KeystorePlace, worker: Worker, backup: Uint8Array): Promise<number> {
  return withFolder(place, worker, true, async ({ folder, key }) => {
    const read = readBackup(backup, key);
    await restoreStore({ folder, backup: read });
    return read.records.length;
  });
}

async function withStore<T>(place: KeystorePlace, worker: Worker, use: (parts: KeyStoreParts) => Promise<T>): Promise<T> {
  const files = await filesIn(place.folder);
  if (files?.some((name) => name === manifestName || parseRecordName(name) !== undefined)) return withFolder(place, worker, false, use);
  // Said before anything is made in a folder that is none of Keyslot's.
  throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no key store in ${place.folder}`, { field: 'store' });
}

/** Undefined when there is no such folder. */
async function filesIn(path: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KeyslotError('ACCESS_DENIED', `the folder ${path} can't be read: ${code}`, { field: 'store' });
  }
}

async function withFolder<T>(place: KeystorePlace, worker: Worker, make: boolean, use: (parts: KeyStoreParts) => Promise<T>): Promise<T> {
  hardenProcess();
  const folder = await openFolder(place.folder, make);
  try {
    const key = await place.openKey(worker);
    try {
      return await use({ folder, key, report: worker.report });
    } finally {
      key.dispose();
    }
  } catch (error) {
    folder.forgetIfMade();
    throw error;
  } finally {
    await folder.close();
  }
}

async function openFolder(path: string, make: boolean): Promise<DiskFolder> {
  try {
    return await DiskFolder.open(path, { make });
  } catch (error) {
    if (!(error instanceof KeyslotError) || error.code !== 'PROVIDER_BUSY') throw error;
    const message = `the key store ${path} is in use by a running keyslotd, or by another command; stop it first`;
    throw new KeyslotError('PROVIDER_BUSY', message, { field: 'store' });
  }
}
