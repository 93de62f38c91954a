import { exitStatus } from '../../core/errors.js';
import { verifyKeystore } from '../../daemon/keystore/work.js';
import { action, printJson } from '../action.js';
import { CountProgress } from '../count-progress.js';
import { keystorePlace, keystoreWorker } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';

/** `keyslot keystore verify` */
export const keystoreVerify = action(async (context, flags: KeystoreFlags) => {
  const { json = false } = flags;
  const place = keystorePlace(context, flags);
  const progress = new CountProgress(context, 'verifying', json);
  const { writes, slots, problems } = await verifyKeystore(place, keystoreWorker(context, flags, progress)).finally(() => progress.end());
  const ok = problems.length === 0;
  if (json) printJson(context, { ok, store: place.folder, writes: writes ?? null, slots, problems });
  else {
    const { stdout } = context.process;
    for (const { kind, message } of problems) stdout.write(`${kind}: ${message}\n`);
    const keys = slots.filter(({ state }) => state === 'occupied').length;
    const found = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    stdout.write(`${place.folder}: ${ok ? `ok, ${keys} ${keys === 1 ? 'key' : 'keys'}` : found}\n`);
  }
  return ok ? exitStatus.ok : exitStatus.failed;
});
