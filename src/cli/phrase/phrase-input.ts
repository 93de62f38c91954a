/** A phrase and its passphrase as somebody types them, or as descriptors deliver them. */
import type { CliContext } from '../context.js';
import { badData } from '../failure.js';
import { givenPassphrase, longestPassphrase } from '../passphrase.js';
import { wipe } from '../secret-memory.js';
import { readDescriptorLine } from './descriptor-line.js';
import { normalForm, phraseIn } from './languages.js';
import { asksPassphrase, type PhraseSource } from './phrase-flags.js';
import { sameSecret } from './same-secret.js';
import { tries } from './tries.js';

/** Bytes; the vault takes no more. */
export const longestPhrase = 1024;

const newline = 0x0a;
const firstQuestion = 'Passphrase (Enter for none): ';
const warning = 'keyslot: there is no list of words for this language: what is typed is taken as it is, a mistake is not noticed\n';

/** In normal form, for the vault. The caller wipes it. @throws MNEMONIC_INVALID, INVALID_FORMAT, INVALID_ARGUMENT (usage) */
export async function readPhrase(context: CliContext, flags: PhraseSource, question = 'Phrase: '): Promise<Uint8Array> {
  const { language = 'english' } = flags;
  // not secret: a warning of ours
  if (language === 'other') context.process.stderr.write(warning);
  const phrase = await phraseIn(language, await phraseLine(context, flags, question), 'phrase');
  return requireSize(phrase, longestPhrase, 'the phrase', 'phrase');
}

/** As it comes. */
async function phraseLine(context: CliContext, { phraseFd }: PhraseSource, question: string): Promise<Uint8Array> {
  if (phraseFd !== undefined) return readDescriptorLine(context, phraseFd, longestPhrase, 'the phrase', 'phraseFd');
  return context.keyboard?.secret(question) ?? new Uint8Array(0);
}

/** In normal form; undefined for none. The caller wipes it. `twice`: typed again, since a mistake in a new one would be found too late. */
export async function readPassphrase(context: CliContext, flags: PhraseSource, twice: boolean): Promise<Uint8Array | undefined> {
  if (!asksPassphrase(flags)) return givenLine(context, flags);
  const passphrase = twice ? await typedTwice(context) : await typed(context, firstQuestion);
  return passphrase.length === 0 ? undefined : passphrase;
}

async function givenLine(context: CliContext, { passphraseFd, passphraseFile }: PhraseSource): Promise<Uint8Array | undefined> {
  if (passphraseFd !== undefined)
    return normalPassphrase(await readDescriptorLine(context, passphraseFd, longestPassphrase, 'the passphrase', 'passphraseFd'));
  return passphraseFile === undefined ? undefined : normalPassphrase(await givenPassphrase(context, { passphraseFile }));
}

async function typed({ keyboard }: CliContext, question: string): Promise<Uint8Array> {
  return normalPassphrase((await keyboard?.secret(question)) ?? new Uint8Array(0));
}

async function typedTwice(context: CliContext): Promise<Uint8Array> {
  return tries(context, 'the passphrases differ', 'passphrase', async () => {
    const passphrase = await typed(context, firstQuestion);
    if (passphrase.length === 0) return passphrase;
    const again = await typed(context, 'Passphrase again: ');
    const same = sameSecret(passphrase, again, longestPassphrase);
    wipe(again);
    if (same) return passphrase;
    wipe(passphrase);
    return undefined;
  });
}

function normalPassphrase(bytes: Uint8Array): Uint8Array {
  return requireSize(normalForm(bytes, 'the passphrase', 'passphrase'), longestPassphrase, 'the passphrase', 'passphrase');
}

/** Both are lines for whoever reads them next. @throws INVALID_FORMAT */
function requireSize(bytes: Uint8Array, longest: number, what: string, field: string): Uint8Array {
  const isLine = bytes.length <= longest && !bytes.includes(newline);
  if (isLine) return bytes;
  wipe(bytes);
  throw badData(bytes.length > longest ? `${what} is longer than ${longest} bytes` : `${what} must be one line`, field);
}
