/** What the commands on a key store share: which store and key they mean, and what the work may tell. */
import { resolve } from 'node:path';
import { type ErrorCode, exitStatus, KeyslotError } from '../core/errors.js';
import { loadConfig } from '../daemon/config/load.js';
import type { Config } from '../daemon/config/schema.js';
import { configuredPlaces, type KeystorePlace, keyInFile } from '../daemon/keystore/place.js';
import type { Worker } from '../daemon/keystore/work.js';
import type { CliContext } from './context.js';
import type { CountProgress } from './count-progress.js';
import { CommandError, usageError } from './failure.js';
import { shownFlag } from './flag-names.js';
import type { KeystoreFlags } from './keystore-flags.js';
import { type PhraseSource, phraseSourceFlags, requirePhraseSource } from './phrase/phrase-flags.js';
import { unlockHere } from './phrase/unlock-here.js';

/** A flag counts before the configuration. @throws INVALID_ARGUMENT (usage); with exit 78 for a configuration that is not sound */
export function keystorePlace(context: CliContext, flags: KeystoreFlags, newKey?: NewKey): KeystorePlace {
  const place = placeOf(flags);
  requirePhraseFor(context, flags, place.ofVault === true || newKey?.ofVault === true);
  return place;
}

function placeOf({ store, keyFile, config, provider }: KeystoreFlags): KeystorePlace {
  if (config === undefined && provider !== undefined) throw usageError('--provider goes with --config', 'provider');
  const configured = config === undefined ? undefined : configuredPlace(config, provider);
  const folder = store === undefined ? configured?.folder : resolve(store);
  if (folder === undefined) throw usageError('give --store FOLDER and --key-file FILE, or --config FILE', 'store');
  if (keyFile !== undefined) return { ...configured, folder, openKey: keyInFile(keyFile, 'keyFile'), ofVault: false };
  if (configured === undefined) throw usageError('--store needs --key-file FILE, or --config FILE', 'keyFile');
  return { ...configured, folder };
}

/** Before anything is opened, or somebody waits for an answer that no one can give. */
function requirePhraseFor(context: CliContext, flags: PhraseSource, ofVault: boolean): void {
  if (ofVault) {
    requirePhraseSource(context, flags);
    return;
  }
  const needless = (Object.keys(phraseSourceFlags) as (keyof PhraseSource)[]).find((name) => flags[name] !== undefined);
  if (needless === undefined) return;
  throw usageError(`${shownFlag(needless)} is for a store whose key comes from the vault; this one's does not`, needless);
}

export interface NewKeyFlags {
  readonly newKeyFile?: string;
  readonly newConfig?: string;
  readonly provider?: string;
}

export type NewKey = Pick<KeystorePlace, 'openKey' | 'ofVault'>;

/** The key that a store is to get. @throws as `keystorePlace` */
export function newKeyOf({ newKeyFile, newConfig, provider }: NewKeyFlags): NewKey {
  if (newKeyFile !== undefined && newConfig === undefined) return { openKey: keyInFile(newKeyFile, 'newKeyFile') };
  if (newKeyFile === undefined && newConfig !== undefined) return configuredPlace(newConfig, provider);
  throw usageError('give either --new-key-file FILE or --new-config FILE', 'newKeyFile');
}

function configuredPlace(file: string, name: string | undefined): KeystorePlace {
  const places = configuredPlaces(soundConfig(file));
  const names = [...places.keys()].join(', ');
  if (name !== undefined) {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw usageError(`${file} has no key store of "${name}"${names === '' ? '' : `; there are: ${names}`}`, 'provider');
  }
  const [place, second] = places.values();
  if (place === undefined) throw usageError(`${file} has no key store`, 'config');
  if (second === undefined) return place;
  throw usageError(`${file} has several key stores; give --provider, one of: ${names}`, 'provider');
}

function soundConfig(file: string): Config {
  try {
    return loadConfig(file);
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
    throw new CommandError(error.code as ErrorCode, exitStatus.configuration, error.message, error.field);
  }
}

/** Where the old key and the new one are the vault's. */
const lastQuestion = 'Phrase, for the new key: ';

/** Ctrl-C stops the work between two steps. */
export function keystoreWorker(context: CliContext, flags: PhraseSource, progress?: CountProgress): Worker {
  const { env, stderr } = context.process;
  const questions = ['Phrase: '];
  return {
    env,
    unlockVault: (vault) => unlockHere(context, flags, vault, questions.shift() ?? lastQuestion),
    report({ level, message, file }) {
      if (level === 'warn') stderr.write(`keyslot: ${message}${file === undefined ? '' : `: ${file}`}\n`);
    },
    progress(done, all) {
      stopWhenInterrupted(context);
      progress?.at(done, all);
    },
  };
}

export function stopWhenInterrupted({ signal }: CliContext): void {
  if (signal.aborted) throw new KeyslotError('OPERATION_CANCELLED', 'interrupted');
}
