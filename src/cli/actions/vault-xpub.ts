import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import type { AdminFlags } from '../flags.js';
import { namingPath } from '../path-argument.js';

/** `keyslot vault xpub` */
export const vaultXpub = action(async (context, flags: AdminFlags, given: string) => {
  const { path, extendedPublicKey } = await namingPath(given, () =>
    withAdmin(context, flags, (admin) => admin.call('vaultExtendedPublicKey', { path: given })),
  );
  if (flags.json === true) printJson(context, { path, xpub: extendedPublicKey });
  else context.process.stdout.write(`${extendedPublicKey}\n`);
});
