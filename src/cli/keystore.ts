/** A key store opened by a command: locked against the daemon, its key in locked memory, let go when the command is done. */
import { readdir } from 'node:fs/promises';
import { KeyslotError } from '../core/errors.js';
import { hardenProcess } from '../native.js';
import type { KeyStoreParts, StoreReport } from '../providers/software/recovery.js';
import { DiskFolder } from '../providers/software/store-folder.js';
import { manifestName, parseRecordName } from '../providers/software/store-names.js';
import type { CliContext } from './context.js';
import type { KeystorePlace } from './keystore-place.js';

/** The store that is in a folder. @throws RESOURCE_NOT_FOUND without one, PROVIDER_BUSY while a daemon has it, and as for its key */
export async function withKeystore<T>(context: CliContext, place: KeystorePlace, use: (parts: KeyStoreParts) => Promise<T>): Promise<T> {
  await assertThere(place.folder);
  return withFolder(context, place, false, use);
}

/** A folder that is made when it is missing. */
export async function withFolder<T>(
  context: CliContext,
  place: KeystorePlace,
  make: boolean,
  use: (parts: KeyStoreParts) => Promise<T>,
): Promise<T> {
  hardenProcess();
  const folder = await openFolder(place.folder, make);
  try {
    const key = await place.openKey(context);
    try {
      return await use({ folder, key, report: (report) => tell(context, report) });
    } finally {
      key.dispose();
    }
  } finally {
    await folder.close();
  }
}

function tell({ process: { stderr } }: CliContext, { level, message, file }: StoreReport): void {
  if (level === 'warn') stderr.write(`keyslot: ${message}${file === undefined ? '' : `: ${file}`}\n`);
}

async function openFolder(path: string, make: boolean): Promise<DiskFolder> {
  try {
    return await DiskFolder.open(path, { make });
  } catch (error) {
    if (!(error instanceof KeyslotError) || error.code !== 'PROVIDER_BUSY') throw error;
    throw new KeyslotError('PROVIDER_BUSY', `the key store ${path} is in use by a running keyslotd, or another command; stop it first`, {
      field: 'store',
    });
  }
}

/** Before anything is made in a folder that is none of Keyslot's. */
async function assertThere(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw new KeyslotError('ACCESS_DENIED', `the folder ${path} can't be read: ${error.code}`, { field: 'store' });
  });
  if (names.some((name) => name === manifestName || parseRecordName(name) !== undefined)) return;
  throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no key store in ${path}`, { field: 'store' });
}

/** Ctrl-C stops work on a store between two records. */
export function stopWhenInterrupted({ signal }: CliContext): void {
  if (signal.aborted) throw new KeyslotError('OPERATION_CANCELLED', 'interrupted');
}
