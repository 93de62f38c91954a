import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import type { AdminFlags } from '../flags.js';

/** `keyslot vault lock` */
export const vaultLock = action(async (context, flags: AdminFlags) => {
  const { wasUnlocked } = await withAdmin(context, flags, (admin) => admin.call('vaultLock', {}));
  if (flags.json === true) printJson(context, { state: 'locked', wasUnlocked: wasUnlocked !== 0 });
  else context.process.stdout.write(wasUnlocked === 0 ? 'the vault was locked already\n' : 'the vault is locked\n');
});
