import { rekeyKeystore } from '../../daemon/keystore/work.js';
import { action, printJson } from '../action.js';
import { CountProgress } from '../count-progress.js';
import { keystorePlace, keystoreWorker, newKeyOf } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';

export interface KeystoreRekeyFlags extends KeystoreFlags {
  readonly newKeyFile?: string;
  readonly newConfig?: string;
}

/** `keyslot keystore rekey` */
export const keystoreRekey = action(async (context, flags: KeystoreRekeyFlags) => {
  const { json = false, newKeyFile } = flags;
  const newKey = newKeyOf(flags);
  const place = keystorePlace(context, flags, newKey);
  const progress = new CountProgress(context, 'sealing under the new key', json);
  const records = await rekeyKeystore(place, newKey.openKey, keystoreWorker(context, flags, progress)).finally(() => progress.end());
  if (json) return printJson(context, { store: place.folder, records });
  const { stdout } = context.process;
  stdout.write(`${place.folder}: ${records} ${records === 1 ? 'key' : 'keys'} under the new store key\n`);
  if (place.configuredFile !== undefined && newKeyFile !== undefined) {
    stdout.write(`before keyslotd starts: mv ${newKeyFile} ${place.configuredFile}\n`);
  }
});
