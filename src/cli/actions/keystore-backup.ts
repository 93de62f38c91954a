import { backupKeystore } from '../../daemon/keystore/work.js';
import { action, printJson } from '../action.js';
import { usageError } from '../failure.js';
import type { OutputFlags } from '../flags.js';
import { humanBytes } from '../human.js';
import { keystorePlace, keystoreWorker, stopWhenInterrupted } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';
import { openOutput } from '../output-file.js';

/** `keyslot keystore backup` */
export const keystoreBackup = action(async (context, flags: KeystoreFlags & OutputFlags) => {
  const { json = false, output = '-' } = flags;
  const place = keystorePlace(context, flags);
  if (json && output === '-') throw usageError('with --json the backup needs a file: give -o FILE', 'output');
  const file = await openOutput(context, flags, { mode: 0o600 });
  let bytes = 0;
  let records: number;
  try {
    records = await backupKeystore(place, keystoreWorker(context, flags), (piece) => {
      stopWhenInterrupted(context);
      bytes += piece.length;
      return file.write(piece);
    });
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
  if (json) printJson(context, { store: place.folder, output, records, bytes });
  else if (output !== '-') {
    context.process.stdout.write(`${output}: ${records} ${records === 1 ? 'key' : 'keys'}, ${humanBytes(bytes)}\n`);
  }
});
