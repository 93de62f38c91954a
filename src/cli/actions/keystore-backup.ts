import { backupStore } from '../../providers/software/store-backup.js';
import { action, printJson } from '../action.js';
import { usageError } from '../failure.js';
import type { OutputFlags } from '../flags.js';
import { humanBytes } from '../human.js';
import { stopWhenInterrupted, withKeystore } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';
import { keystorePlace } from '../keystore-place.js';
import { openOutput } from '../output-file.js';

/** `keyslot keystore backup` */
export const keystoreBackup = action(async (context, flags: KeystoreFlags & OutputFlags) => {
  const { json = false, output = '-' } = flags;
  const place = keystorePlace(flags);
  if (json && output === '-') throw usageError('with --json the backup needs a file: give -o FILE', 'output');
  const made = await withKeystore(context, place, async (parts) => {
    const file = await openOutput(context, flags, { mode: 0o600 });
    let bytes = 0;
    try {
      const records = await backupStore(parts, (piece) => {
        stopWhenInterrupted(context);
        bytes += piece.length;
        return file.write(piece);
      });
      await file.commit();
      return { records, bytes };
    } catch (error) {
      await file.discard();
      throw error;
    }
  });
  if (json) printJson(context, { store: place.folder, output, ...made });
  else if (output !== '-') context.process.stdout.write(`${output}: ${made.records} keys, ${humanBytes(made.bytes)}\n`);
});
