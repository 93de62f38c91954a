/** A new phrase: made here, given out once, and given back by whoever has it now. */
import { KeyslotError } from '../../core/errors.js';
import type { SecureBuffer } from '../../native.js';
import { NativeVault } from '../../native-vault.js';
import { SecretFile } from '../../vault/secret-file.js';
import { securedCopy } from '../../vault/secured-copy.js';
import type { CliContext } from '../context.js';
import { requireNoTerminal } from '../descriptor.js';
import { usageError } from '../failure.js';
import { secretMemory, wipe } from '../secret-memory.js';
import { writeDescriptor } from './descriptor-line.js';
import { newPhraseIn, phraseIn } from './languages.js';
import type { PhraseFlags } from './phrase-flags.js';
import { longestPhrase, readPhrase } from './phrase-input.js';
import { sameSecret } from './same-secret.js';
import { showPhrase } from './show-phrase.js';
import { tries } from './tries.js';

export interface NewPhraseFlags extends PhraseFlags {
  readonly words?: number;
  readonly phraseOutFd?: number;
  readonly allowUnlockedMemory?: boolean;
}

export const usualWords = 24;

/** @throws INVALID_ARGUMENT (usage) that names the flag which is missing, or one too many */
export function requireOutlet(context: CliContext, flags: NewPhraseFlags): void {
  const { language, phraseOutFd, phraseFd, json } = flags;
  const {
    keyboard,
    process: { stderr },
  } = context;
  if (language === 'other') throw usageError('--language other has no list of words to make a phrase of: it needs --existing', 'language');
  if (phraseOutFd === undefined) {
    if (keyboard === undefined || !stderr.isTTY)
      throw usageError('there is no terminal to show the phrase on: give --phrase-out-fd N', 'phraseOutFd');
    return;
  }
  if (phraseOutFd === phraseFd) throw usageError('--phrase-out-fd and --phrase-fd are two descriptors', 'phraseFd');
  if (phraseOutFd === 1 && json === true)
    throw usageError('the phrase does not stand beside the JSON: give another descriptor', 'phraseOutFd');
  requireNoTerminal(phraseOutFd, 'phraseOutFd', 'leave the flag out, and the phrase is shown and taken away again');
}

/** A phrase that somebody has for certain, in normal form. The caller wipes it. @throws OPERATION_CANCELLED where it was not given back */
export async function confirmedNewPhrase(context: CliContext, flags: NewPhraseFlags): Promise<Uint8Array> {
  using phrase = await newPhrase(flags);
  await giveOut(context, flags, phrase);
  if (flags.phraseFd !== undefined) {
    const again = await readAgain(context, flags, phrase);
    if (again !== undefined) return again;
    throw new KeyslotError('OPERATION_CANCELLED', 'the phrase that came back is another one; nothing was done', { field: 'phraseFd' });
  }
  return await tries(context, 'that is not the phrase', 'phrase', () => readAgain(context, flags, phrase));
}

async function newPhrase({ language = 'english', words = usualWords, allowUnlockedMemory = false }: NewPhraseFlags): Promise<SecureBuffer> {
  const memory = { requireLock: !allowUnlockedMemory };
  if (language !== 'english' && language !== 'other') {
    const bytes = await newPhraseIn(language, words);
    try {
      return securedCopy(bytes, memory);
    } finally {
      wipe(bytes);
    }
  }
  using vault = new NativeVault({ ...memory, secureHeap: 0 });
  using file = new SecretFile();
  await vault.generate(words, file.descriptor);
  return file.take(memory);
}

async function giveOut(context: CliContext, { phraseOutFd }: NewPhraseFlags, phrase: SecureBuffer): Promise<void> {
  const { keyboard } = context;
  const size = phrase.size;
  // `use` lends its bytes for one call only, and the terminal takes longer.
  const line = secretMemory(size + 1);
  try {
    phrase.use((bytes) => line.set(bytes));
    line[size] = 0x0a;
    if (phraseOutFd !== undefined) writeDescriptor(phraseOutFd, line, 'phraseOutFd');
    else if (keyboard !== undefined) await showPhrase(context, keyboard, line.subarray(0, size));
  } finally {
    wipe(line);
  }
}

/** Undefined for another phrase. */
async function readAgain(context: CliContext, flags: NewPhraseFlags, phrase: SecureBuffer): Promise<Uint8Array | undefined> {
  const again = await readPhrase(context, flags, 'The phrase again: ').catch(ifWrong);
  if (again === undefined) return undefined;
  const normal = await normalOf(flags, phrase);
  const same = sameSecret(normal, again, longestPhrase);
  wipe(normal);
  if (same) return again;
  wipe(again);
  return undefined;
}

async function normalOf({ language = 'english' }: NewPhraseFlags, phrase: SecureBuffer): Promise<Uint8Array> {
  const copy = secretMemory(phrase.size);
  phrase.use((bytes) => copy.set(bytes));
  return phraseIn(language, copy, 'phrase');
}

/** What is no phrase at all is another one, too. */
function ifWrong(error: unknown): undefined {
  if (error instanceof KeyslotError && error.code === 'MNEMONIC_INVALID') return undefined;
  throw error;
}
