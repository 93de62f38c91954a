import { longestBackup, restoreKeystore } from '../../daemon/keystore/work.js';
import { action, printJson } from '../action.js';
import type { CliContext } from '../context.js';
import { badData, usageError } from '../failure.js';
import { openInput, pieces, usualPiece } from '../input-file.js';
import { keystorePlace, keystoreWorker } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';

/** `keyslot keystore restore` */
export const keystoreRestore = action(async (context, flags: KeystoreFlags, file: string) => {
  const place = keystorePlace(context, flags);
  if (file === '-' && (flags.phraseFd === 0 || flags.passphraseFd === 0 || flags.passphraseFile === '-'))
    throw usageError('the backup and a phrase or passphrase can not both be standard input', 'file');
  const records = await restoreKeystore(place, keystoreWorker(context, flags), await wholeFile(context, file));
  if (flags.json === true) printJson(context, { store: place.folder, file, records });
  else context.process.stdout.write(`${place.folder}: ${records} ${records === 1 ? 'key' : 'keys'} restored\n`);
});

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
