/** The languages of phrases: English is checked in native code, the others here. */
// secrets as strings here: NFKD and the word lists of @scure/bip39 work on strings only; the process of a command ends soon, and nobody looks into it

import { randomBytes } from 'node:crypto';
import { entropyToMnemonic, validateMnemonic } from '@scure/bip39';
import { KeyslotError } from '../../core/errors.js';
import { badData } from '../failure.js';
import { secretMemory, wipe } from '../secret-memory.js';
import { tidyBlanks, tidyWords } from './tidy.js';

const lists = {
  czech: () => import('@scure/bip39/wordlists/czech.js'),
  french: () => import('@scure/bip39/wordlists/french.js'),
  italian: () => import('@scure/bip39/wordlists/italian.js'),
  japanese: () => import('@scure/bip39/wordlists/japanese.js'),
  korean: () => import('@scure/bip39/wordlists/korean.js'),
  portuguese: () => import('@scure/bip39/wordlists/portuguese.js'),
  'simplified-chinese': () => import('@scure/bip39/wordlists/simplified-chinese.js'),
  spanish: () => import('@scure/bip39/wordlists/spanish.js'),
  'traditional-chinese': () => import('@scure/bip39/wordlists/traditional-chinese.js'),
} as const;

/** Those whose word lists are here. */
export type ListedLanguage = keyof typeof lists;
/** `other`: one without a list here, whose phrases nobody checks. */
export type Language = 'english' | ListedLanguage | 'other';

export const languages: readonly Language[] = ['english', ...(Object.keys(lists) as ListedLanguage[]), 'other'];

/** UTF-8 in NFKD, as BIP39 wants phrases and passphrases. What is ASCII stays where it is; otherwise the given bytes are wiped. @throws INVALID_FORMAT */
export function normalForm(bytes: Uint8Array, what: string, field: string): Uint8Array {
  if (bytes.every((byte) => byte < 0x80)) return bytes;
  try {
    return bytesOf(textOf(bytes).normalize('NFKD'));
  } catch {
    throw badData(`${what} is not UTF-8`, field);
  } finally {
    wipe(bytes);
  }
}

/** The phrase as the seed is made of it. Wipes the given bytes where the result is other memory. @throws MNEMONIC_INVALID, INVALID_FORMAT */
export async function phraseIn(language: Language, bytes: Uint8Array, field: string): Promise<Uint8Array> {
  if (language === 'english') return tidyWords(bytes);
  const normal = normalForm(bytes, 'the phrase', field);
  if (language === 'other') return tidyBlanks(normal);
  const phrase = tidyWords(normal);
  const { wordlist } = await lists[language]();
  if (validateMnemonic(textOf(phrase), wordlist)) return phrase;
  wipe(normal);
  throw new KeyslotError('MNEMONIC_INVALID', `this is no phrase of ${language} words: a word or the order is wrong`, { field });
}

/** A new phrase as people read and write it (NFC). The caller wipes it. */
export async function newPhraseIn(language: ListedLanguage, words: number): Promise<Uint8Array> {
  const { wordlist } = await lists[language]();
  const entropy = randomBytes((words / 3) * 4);
  try {
    return bytesOf(entropyToMnemonic(entropy, wordlist).normalize('NFC'));
  } finally {
    wipe(entropy);
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function bytesOf(text: string): Uint8Array {
  const bytes = secretMemory(Buffer.byteLength(text));
  new TextEncoder().encodeInto(text, bytes);
  return bytes;
}
