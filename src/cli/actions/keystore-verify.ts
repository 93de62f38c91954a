import { exitStatus } from '../../core/errors.js';
import { verifyStore } from '../../providers/software/store-verify.js';
import { action, printJson } from '../action.js';
import { CountProgress } from '../count-progress.js';
import { stopWhenInterrupted, withKeystore } from '../keystore.js';
import type { KeystoreFlags } from '../keystore-flags.js';
import { keystorePlace } from '../keystore-place.js';

/** `keyslot keystore verify` */
export const keystoreVerify = action(async (context, flags: KeystoreFlags) => {
  const { json = false } = flags;
  const place = keystorePlace(flags);
  const progress = new CountProgress(context, 'verifying', json);
  const { writes, slots, problems } = await withKeystore(context, place, (parts) =>
    verifyStore(parts, (done, all) => {
      stopWhenInterrupted(context);
      progress.at(done, all);
    }),
  ).finally(() => progress.end());
  const ok = problems.length === 0;
  if (json) printJson(context, { ok, store: place.folder, writes: writes ?? null, slots, problems });
  else {
    const { stdout } = context.process;
    for (const { kind, message } of problems) stdout.write(`${kind}: ${message}\n`);
    const keys = slots.filter(({ state }) => state === 'occupied').length;
    if (ok) stdout.write(`${place.folder}: ok, ${keys} keys\n`);
    else stdout.write(`${place.folder}: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n`);
  }
  return ok ? exitStatus.ok : exitStatus.failed;
});
