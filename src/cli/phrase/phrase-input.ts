/** A phrase and its passphrase as somebody types them, or as descriptors deliver them. */
import type { CliContext } from '../context.js';
import { badData } from '../failure.js';
import { givenPassphrase, longestPassphrase } from '../passphrase.js';
import { wipe } from '../secret-memory.js';
import { readDescriptorLine } from './descriptor-line.js';
import { normalForm, phraseIn } from './languages.js';
import { asksPassphrase, type PhraseFlags } from './phrase-flags.js';
import { sameSecret } from './same-secret.js';
import { tries } from './tries.js';

/** Bytes; the vault takes no more. */
export const longestPhrase = 1024;

const newline = 0x0a;
const warning = 'keyslot: there is no list of words for this language: what is typed is taken as it is, a mistake is not noticed\n';

/** In normal form, for the vault. The caller wipes it. @throws MNEMONIC_INVALID, INVALID_FORMAT, INVALID_ARGUMENT (usage) */
export async function readPhrase(context: CliContext, flags: PhraseFlags, question = 'Phrase: '): Promise<Uint8Array> {
  const { language = 'english' } = flags;
  // not secret: a warning of ours
  if (language === 'other') context.process.stderr.write(warning);
  const phrase = await phraseIn(language, await phraseLine(context, flags, question), 'phrase');
  return requireSize(phrase, longestPhrase, 'the phrase', 'phrase');
}

/** As it comes. */
async function phraseLine({ keyboard }: CliContext, { phraseFd }: PhraseFlags, question: string): Promise<Uint8Array> {
  if (phraseFd !== undefined) return readDescriptorLine(phraseFd, longestPhrase, 'the phrase', 'phraseFd');
  return keyboard?.secret(question) ?? new Uint8Array(0);
}

/** In normal form; undefined for none. The caller wipes it. `twice`: typed again, since a mistake in a new one would be found too late. */
export async function readPassphrase(context: CliContext, flags: PhraseFlags, twice: boolean): Promise<Uint8Array | undefined> {
  const passphrase = asksPassphrase(flags) ? await typedPassphrase(context, twice) : await passphraseOf(context, flags);
  if (passphrase === undefined) return undefined;
  const normal = normalForm(passphrase, 'the passphrase', 'passphrase');
  return requireSize(normal, longestPassphrase, 'the passphrase', 'passphrase');
}

async function passphraseOf(context: CliContext, flags: PhraseFlags): Promise<Uint8Array | undefined> {
  const { passphraseFd, passphraseFile } = flags;
  if (passphraseFd !== undefined) return readDescriptorLine(passphraseFd, longestPassphrase, 'the passphrase', 'passphraseFd');
  return passphraseFile === undefined ? undefined : givenPassphrase(context, { passphraseFile });
}

async function typedPassphrase(context: CliContext, twice: boolean): Promise<Uint8Array | undefined> {
  const ask = async (question: string) => (await context.keyboard?.secret(question)) ?? new Uint8Array(0);
  if (!twice) return orNone(await ask('Passphrase (Enter for none): '));
  return tries(context, 'the passphrases differ', 'passphrase', async () => {
    const passphrase = await ask('Passphrase (Enter for none): ');
    if (passphrase.length === 0) return { none: true };
    const again = await ask('Passphrase again: ');
    const same = sameSecret(passphrase, again, longestPassphrase);
    wipe(again);
    if (same) return { passphrase };
    wipe(passphrase);
    return undefined;
  }).then((answer) => ('passphrase' in answer ? answer.passphrase : undefined));
}

function orNone(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length === 0 ? undefined : bytes;
}

/** Both are lines for whoever reads them next. @throws INVALID_FORMAT */
function requireSize(bytes: Uint8Array, longest: number, what: string, field: string): Uint8Array {
  const isLine = bytes.length <= longest && !bytes.includes(newline);
  if (isLine) return bytes;
  wipe(bytes);
  throw badData(bytes.length > longest ? `${what} is longer than ${longest} bytes` : `${what} must be one line`, field);
}
