/** Flags of the commands that work on a key store while no daemon does. */
import { type JsonFlags, jsonFlag } from './flags.js';
import { textFlag } from './key-flags.js';
import { type PhraseSource, phraseSourceFlags } from './phrase/phrase-flags.js';

export interface KeystoreFlags extends JsonFlags, PhraseSource {
  readonly store?: string;
  readonly keyFile?: string;
  readonly config?: string;
  readonly provider?: string;
}

export const keystoreFlags = {
  store: textFlag('folder', "The key store's folder: STATE/PROVIDER"),
  keyFile: textFlag('file', "The store's key, 32 bytes"),
  config: textFlag('file', 'Take folder and key from a configuration'),
  provider: textFlag('provider', 'Which of its software providers, if several'),
  ...phraseSourceFlags,
  json: jsonFlag,
} as const;
