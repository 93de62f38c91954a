/** Which key store a command is about, and where its key comes from: two flags, a configuration, or one and then the other. */
import { join, resolve } from 'node:path';
import { type ErrorCode, exitStatus, KeyslotError } from '../core/errors.js';
import { loadConfig } from '../daemon/config/load.js';
import type { Config } from '../daemon/config/schema.js';
import { createLog } from '../daemon/log.js';
import { makeProviders } from '../daemon/make-providers.js';
import type { Provider } from '../providers/contract.js';
import { StoreKey } from '../providers/software/store-key.js';
import { openStoreKey, type StoreKeySource } from '../providers/software/store-key-source.js';
import type { CliContext } from './context.js';
import { CommandError, usageError } from './failure.js';
import type { KeystoreFlags } from './keystore-flags.js';

/** Opens a key; whatever that takes has ended when it answers. */
export type KeyOpener = (context: CliContext) => Promise<StoreKey>;

export interface KeystorePlace {
  readonly folder: string;
  readonly openKey: KeyOpener;
  /** The file that the configuration names, where it names one. */
  readonly configuredFile: string | undefined;
}

/** @throws INVALID_ARGUMENT (usage) where something is not told; for a configuration that is not sound, with exit 78 */
export function keystorePlace({ store, keyFile, config, provider }: KeystoreFlags): KeystorePlace {
  const configured = config === undefined ? undefined : configuredStore(config, provider);
  if (config === undefined && provider !== undefined) throw usageError('--provider goes with --config', 'provider');
  const folder = store === undefined ? configured?.folder : resolve(store);
  if (folder === undefined) throw usageError('give --store FOLDER and --key-file FILE, or --config FILE', 'store');
  const openKey = keyFile === undefined ? configured?.openKey : fromFile(keyFile, 'keyFile');
  if (openKey === undefined) throw usageError('--key-file FILE is missing, or --config FILE', 'keyFile');
  return { folder, openKey, configuredFile: configured?.configuredFile };
}

/** The key that a store is to get. */
export function newKeyOpener(flags: { readonly newKeyFile?: string; readonly newConfig?: string; readonly provider?: string }): KeyOpener {
  const { newKeyFile, newConfig, provider } = flags;
  if ((newKeyFile === undefined) === (newConfig === undefined)) {
    throw usageError('give either --new-key-file FILE or --new-config FILE', 'newKeyFile');
  }
  return newConfig === undefined ? fromFile(newKeyFile as string, 'newKeyFile') : configuredStore(newConfig, provider).openKey;
}

function fromFile(path: string, field: string): KeyOpener {
  return async () => StoreKey.open(path, field);
}

function configuredStore(file: string, name: string | undefined): KeystorePlace {
  const config = soundConfig(file);
  const stores = config.providers.flatMap((one) =>
    one.type === 'software' && one.keyStore !== undefined ? [{ name: one.name, key: one.keyStore.key }] : [],
  );
  const names = stores.map((one) => one.name).join(', ');
  const found = name === undefined ? stores : stores.filter((one) => one.name === name);
  const [chosen, second] = found;
  if (chosen === undefined) {
    const message = names === '' ? `${file} has no key store` : `${file} has no key store of "${name}"; there are: ${names}`;
    throw usageError(message, name === undefined ? 'config' : 'provider');
  }
  if (second !== undefined) throw usageError(`${file} has several key stores; give --provider, one of: ${names}`, 'provider');
  return {
    folder: join(config.state, chosen.name),
    openKey: (context) => fromSource(context, config, chosen.key),
    configuredFile: chosen.key.from === 'file' ? chosen.key.path : undefined,
  };
}

function soundConfig(file: string): Config {
  try {
    return loadConfig(file);
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
    throw new CommandError(error.code as ErrorCode, exitStatus.configuration, error.message, error.field);
  }
}

/** Milliseconds for a token to come. */
const tokenPatience = 10_000;

/** Starts, for as long as it takes, the one provider that the source needs; the daemon is not running. */
async function fromSource({ process: { env } }: CliContext, config: Config, source: StoreKeySource): Promise<StoreKey> {
  if (source.from !== 'token') return openStoreKey(source, { env, provider: () => undefined });
  const log = createLog({ format: 'text', level: 'error' });
  const only = { ...config, providers: config.providers.filter(({ name }) => name === source.provider) };
  const [provider] = makeProviders(only, log);
  if (provider === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no provider "${source.provider}"`);
  try {
    await provider.start();
    await ready(provider);
    return await openStoreKey(source, { env, provider: () => provider });
  } finally {
    await provider.stop();
  }
}

async function ready(provider: Provider): Promise<void> {
  const until = performance.now() + tokenPatience;
  while (provider.status().state === 'starting' && performance.now() < until) await new Promise((done) => setTimeout(done, 20));
}
