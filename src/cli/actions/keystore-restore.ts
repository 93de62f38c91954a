import { existsSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { longestBackup, readBackup } from '../../providers/software/store-backup.js';
import { lockName } from '../../providers/software/store-names.js';
import { restoreStore } from '../../providers/software/store-restore.js';
import { action, printJson } from '../action.js';
import type { CliContext } from '../context.js';
import { badData } from '../failure.js';
import { openInput, pieces, usualPiece } from '../input-file.js';
import { withFolder } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';
import { keystorePlace } from '../keystore-place.js';

/** `keyslot keystore restore` */
export const keystoreRestore = action(async (context, flags: KeystoreFlags, file: string) => {
  const place = keystorePlace(flags);
  const bytes = await wholeFile(context, file);
  const isNew = !existsSync(place.folder);
  try {
    const records = await withFolder(context, place, true, async ({ folder, key }) => {
      const backup = readBackup(bytes, key);
      await restoreStore({ folder, backup });
      return backup.records.length;
    });
    if (flags.json === true) printJson(context, { store: place.folder, file, records });
    else context.process.stdout.write(`${place.folder}: ${records} keys restored\n`);
  } catch (error) {
    if (isNew) removeEmpty(place.folder);
    throw error;
  }
});

/** A folder that was made for nothing. */
function removeEmpty(folder: string): void {
  try {
    unlinkSync(join(folder, lockName));
    rmdirSync(folder);
  } catch {
    // It holds something, or was never made.
  }
}

async function wholeFile(context: CliContext, name: string): Promise<Uint8Array> {
  await using input = await openInput(context, name);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces(input, usualPiece)) {
    parts.push(piece);
    size += piece.length;
    if (size > longestBackup) throw badData(`${name} is longer than any backup that is read (${longestBackup} bytes)`, 'file');
  }
  return Buffer.concat(parts);
}
