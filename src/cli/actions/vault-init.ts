import { action, printJson } from '../action.js';
import { usageError } from '../failure.js';
import { confirmedNewPhrase, type NewPhraseFlags, requireOutlet, usualWords } from '../phrase/new-phrase.js';
import { requirePhraseSource } from '../phrase/phrase-flags.js';
import { readPhrase } from '../phrase/phrase-input.js';
import { requireVaultFor, sendPhrase } from '../vault.js';

export interface VaultInitFlags extends NewPhraseFlags {
  readonly existing?: boolean;
}

/** `keyslot vault init` */
export const vaultInit = action(async (context, flags: VaultInitFlags) => {
  context.hideMemory();
  const { json = false, existing = false, language = 'english', words = usualWords } = flags;
  if (existing) requireNothingNew(flags);
  else requireOutlet(context, flags);
  requirePhraseSource(context, flags);
  await requireVaultFor('initialize', context, flags);
  const { identity, passphrase } = await sendPhrase(context, flags, 'initialize', () =>
    existing ? readPhrase(context, flags) : confirmedNewPhrase(context, flags),
  );
  if (json) return printJson(context, { identity, language, new: !existing, ...(existing ? {} : { words }), passphrase });
  // not secret: the identity is a public key
  context.process.stdout.write(`the vault is initialised and unlocked; its identity is ${identity}\n`);
});

/** @throws INVALID_ARGUMENT (usage) */
function requireNothingNew({ words, phraseOutFd }: VaultInitFlags): void {
  if (words !== undefined) throw usageError('--words is of a new phrase: it does not go with --existing', 'words');
  if (phraseOutFd !== undefined) throw usageError('--phrase-out-fd is of a new phrase: it does not go with --existing', 'phraseOutFd');
}
