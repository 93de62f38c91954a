/** Flags that say where a phrase and its passphrase come from, and what may be given together. */
import { buildChoiceParser } from '@stricli/core';
import type { CliContext } from '../context.js';
import { usageError } from '../failure.js';
import { type AdminFlags, adminFlags } from '../flags.js';
import { numberFlag, switchFlag, textFlag } from '../key-flags.js';
import { givesPassphrase, type PassphraseFlags } from '../passphrase.js';
import { type Language, languages } from './languages.js';

export interface PhraseSource extends PassphraseFlags {
  readonly language?: Language;
  readonly phraseFd?: number;
  readonly passphrase?: boolean;
}
export interface PhraseFlags extends AdminFlags, PhraseSource {}

export const phraseSourceFlags = {
  phraseFd: numberFlag('descriptor', 'Read the phrase, one line, from this'),
  language: {
    kind: 'parsed',
    parse: buildChoiceParser(languages),
    optional: true,
    placeholder: 'name',
    brief: `Of the phrase: ${languages[0]} (usual), ${languages[1]} …, other`,
  },
  passphrase: switchFlag('Ask for a passphrase also with --phrase-fd'),
  passphraseFd: numberFlag('descriptor', 'Read the passphrase, one line, from this'),
  passphraseFile: textFlag('file', 'Read the passphrase from this file'),
} as const;

export const phraseFlags = { ...phraseSourceFlags, ...adminFlags } as const;

/** Whether the passphrase, if there is one, is typed: it comes from where the phrase comes from, unless a flag says otherwise. */
export function asksPassphrase(flags: PhraseSource): boolean {
  if (flags.passphraseFd !== undefined || flags.passphraseFile !== undefined) return false;
  return flags.phraseFd === undefined || flags.passphrase === true;
}

/** What the vault is to do with the phrase: it knows the English words itself. */
export function phraseFormatOf({ language = 'english' }: PhraseSource): 'english' | 'bytes' {
  return language === 'english' ? 'english' : 'bytes';
}

/** @throws INVALID_ARGUMENT (usage) that names the flag which is missing, or one too many */
export function requirePhraseSource(context: CliContext, flags: PhraseSource): void {
  const { phraseFd, passphrase = false } = flags;
  if (givesPassphrase(flags, phraseFd === 0 && flags.passphraseFile === '-' ? '-' : '') && passphrase)
    throw usageError('--passphrase asks for it: give no --passphrase-fd and no --passphrase-file', 'passphrase');
  if (context.keyboard !== undefined) return;
  if (phraseFd === undefined) throw usageError('standard input is no terminal: give --phrase-fd N to read the phrase from', 'phraseFd');
  if (passphrase) throw usageError('standard input is no terminal: give --passphrase-fd N or --passphrase-file FILE', 'passphraseFd');
}
