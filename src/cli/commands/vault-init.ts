import { buildCommand } from '@stricli/core';
import { usageError } from '../failure.js';
import { description } from '../flags.js';
import { numberFlag, switchFlag } from '../key-flags.js';
import { phraseFlags } from '../phrase/phrase-flags.js';

const counts = [12, 15, 18, 21, 24];

function words(input: string): number {
  const count = counts.find((one) => input === String(one));
  if (count === undefined) throw usageError(`a phrase has ${counts.join(', ')} words`);
  return count;
}

export const vaultInit = buildCommand({
  docs: {
    brief: 'Bind the vault to a phrase, a new one or yours',
    customUsage: [
      '[--words n] [--language name]',
      '--existing [--language name]',
      '--phrase-out-fd n --phrase-fd n [--passphrase-file file]',
    ],
    fullDescription: description(
      `
Makes a phrase (BIP39), shows it once and asks for it again; then the daemon's
vault is bound to it and unlocked. Only that phrase unlocks it from then on, and
nobody can find it again: whoever loses it loses every key.
On a terminal the words disappear when you press Enter, and what you type is not
shown. A program reads the phrase from --phrase-out-fd, one line, keeps it, and
gives it back through --phrase-fd. --existing takes a phrase that you have.
A passphrase is a second secret that is part of the keys: it is asked for, or
comes from a descriptor or a file, and is never stored either.
Neither ever stands in arguments, in the environment or in the JSON.
New phrases are of 24 English words; with --language of another list's. For
languages without a list here (Russian, Turkish …), --language other takes a
phrase that you have, unchecked.`,
      [
        { what: 'A new phrase, for paper:', command: 'keyslot vault init' },
        { what: 'A phrase that you have, of another wallet:', command: 'keyslot vault init --existing' },
        {
          what: 'Into a file, and back from it:',
          command: '(umask 077; keyslot vault init --phrase-out-fd 3 --phrase-fd 4 \\\n      3>phrase 4<phrase)',
        },
      ],
    ),
  },
  parameters: {
    flags: {
      words: {
        kind: 'parsed',
        parse: words,
        optional: true,
        placeholder: 'n',
        brief: 'Of the new phrase: 12, 15, 18, 21, 24 (usual)',
      },
      existing: switchFlag('Take a phrase that you have'),
      phraseOutFd: numberFlag('descriptor', 'Write the new phrase, one line, to this'),
      ...phraseFlags,
      allowUnlockedMemory: switchFlag('Make it also in memory that is not locked'),
    },
  },
  loader: async () => (await import('../actions/vault-init.js')).vaultInit,
});
