/** A vault of this process, unlocked with a phrase that somebody types or a descriptor delivers. */
import type { Vault } from '../../vault/index.js';
import type { CliContext } from '../context.js';
import { wipe, wiping } from '../secret-memory.js';
import { type PhraseSource, phraseFormatOf } from './phrase-flags.js';
import { readPassphrase, readPhrase } from './phrase-input.js';

/** @throws as `readPhrase`, `readPassphrase` and `Vault.unlock` */
export async function unlockHere(context: CliContext, flags: PhraseSource, vault: Vault, question: string): Promise<void> {
  await wiping(await readPhrase(context, flags, question), async (phrase) => {
    const passphrase = await readPassphrase(context, flags, false);
    try {
      await vault.unlock(phrase, passphrase, { format: phraseFormatOf(flags) });
    } finally {
      wipe(passphrase);
    }
  });
}
