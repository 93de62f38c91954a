import { rekeyStore } from '../../providers/software/store-rekey.js';
import { action, printJson } from '../action.js';
import { CountProgress } from '../count-progress.js';
import { stopWhenInterrupted, withKeystore } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';
import { keystorePlace, newKeyOpener } from '../keystore-place.js';

export interface KeystoreRekeyFlags extends KeystoreFlags {
  readonly newKeyFile?: string;
  readonly newConfig?: string;
}

/** `keyslot keystore rekey` */
export const keystoreRekey = action(async (context, flags: KeystoreRekeyFlags) => {
  const { json = false, newKeyFile } = flags;
  const place = keystorePlace(flags);
  const openNewKey = newKeyOpener(flags);
  const progress = new CountProgress(context, 'sealing under the new key', json);
  const { records } = await withKeystore(context, place, async (parts) => {
    const newKey = await openNewKey(context);
    try {
      const step = (done: number, all: number) => {
        stopWhenInterrupted(context);
        progress.at(done, all);
      };
      return await rekeyStore({ ...parts, newKey, progress: step });
    } finally {
      newKey.dispose();
    }
  }).finally(() => progress.end());
  if (json) return printJson(context, { store: place.folder, records });
  const { stdout } = context.process;
  stdout.write(`${place.folder}: ${records} keys under the new store key\n`);
  if (place.configuredFile !== undefined && newKeyFile !== undefined) {
    stdout.write(`now, before keyslotd starts: mv ${newKeyFile} ${place.configuredFile}\n`);
  }
});
