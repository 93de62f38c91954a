/** What the commands on a key store share: which store and key they mean, and what the work may tell. */
import { resolve } from 'node:path';
import { type ErrorCode, exitStatus, KeyslotError } from '../core/errors.js';
import { loadConfig } from '../daemon/config/load.js';
import type { Config } from '../daemon/config/schema.js';
import { configuredPlaces, type KeyOpener, type KeystorePlace, keyInFile } from '../daemon/keystore/place.js';
import type { Worker } from '../daemon/keystore/work.js';
import type { CliContext } from './context.js';
import type { CountProgress } from './count-progress.js';
import { CommandError, usageError } from './failure.js';
import type { KeystoreFlags } from './keystore-flags.js';

/** A flag counts before the configuration. @throws INVALID_ARGUMENT (usage); with exit 78 for a configuration that is not sound */
export function keystorePlace({ store, keyFile, config, provider }: KeystoreFlags): KeystorePlace {
  if (config === undefined && provider !== undefined) throw usageError('--provider goes with --config', 'provider');
  const configured = config === undefined ? undefined : configuredPlace(config, provider);
  const folder = store === undefined ? configured?.folder : resolve(store);
  if (folder === undefined) throw usageError('give --store FOLDER and --key-file FILE, or --config FILE', 'store');
  const openKey = keyFile === undefined ? configured?.openKey : keyInFile(keyFile, 'keyFile');
  if (openKey === undefined) throw usageError('--store needs --key-file FILE, or --config FILE', 'keyFile');
  return { ...configured, folder, openKey };
}

export interface NewKeyFlags {
  readonly newKeyFile?: string;
  readonly newConfig?: string;
  readonly provider?: string;
}

/** The key that a store is to get. @throws as `keystorePlace` */
export function newKeyOpener({ newKeyFile, newConfig, provider }: NewKeyFlags): KeyOpener {
  if (newKeyFile !== undefined && newConfig === undefined) return keyInFile(newKeyFile, 'newKeyFile');
  if (newKeyFile === undefined && newConfig !== undefined) return configuredPlace(newConfig, provider).openKey;
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

/** Ctrl-C stops the work between two steps. */
export function keystoreWorker(context: CliContext, progress?: CountProgress): Worker {
  const { env, stderr } = context.process;
  return {
    env,
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
