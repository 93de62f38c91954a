import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { phraseFlags } from '../phrase/phrase-flags.js';

export const vaultUnlock = buildCommand({
  docs: {
    brief: 'Give the vault its phrase',
    customUsage: ['[--language name]', '--phrase-fd n [--passphrase-fd n]'],
    fullDescription: description(
      `
Asks for the phrase, and the passphrase if there is one, without showing what is
typed, and hands them to the daemon, where native code reads them. Slots whose
keys are derived work from then on, until the vault is locked. Any phrase but
the vault's own is refused (65), as is a wrong passphrase.
Capitals and more blanks than one between words do no harm. --phrase-fd and
--passphrase-fd may be one descriptor: the phrase is its first line then, the
passphrase its second.`,
      [
        { what: 'At a terminal:', command: 'keyslot vault unlock' },
        {
          what: 'By a program that has the phrase, here as a systemd credential:',
          command: 'keyslot vault unlock --phrase-fd 3 \\\n      3<"$CREDENTIALS_DIRECTORY/phrase"',
        },
      ],
    ),
  },
  parameters: { flags: phraseFlags },
  loader: async () => (await import('../actions/vault-unlock.js')).vaultUnlock,
});
