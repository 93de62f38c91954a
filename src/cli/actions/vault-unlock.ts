import { action, printJson } from '../action.js';
import { type PhraseFlags, requirePhraseSource } from '../phrase/phrase-flags.js';
import { readPhrase } from '../phrase/phrase-input.js';
import { requireVaultFor, sendPhrase } from '../vault.js';

/** `keyslot vault unlock` */
export const vaultUnlock = action(async (context, flags: PhraseFlags) => {
  context.hideMemory();
  requirePhraseSource(context, flags);
  await requireVaultFor('unlock', context, flags);
  const { identity } = await sendPhrase(context, flags, 'unlock', () => readPhrase(context, flags));
  if (flags.json === true) printJson(context, { state: 'unlocked', identity });
  // not secret: the identity is a public key
  else context.process.stdout.write(`the vault is unlocked; its identity is ${identity}\n`);
});
