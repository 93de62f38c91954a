/** Which folder a key store is in and where its key comes from, for work on it while no daemon runs. */
import { join } from 'node:path';
import { KeyslotError } from '../../core/errors.js';
import type { Provider } from '../../providers/contract.js';
import type { Environment } from '../../providers/software/store-credential.js';
import { StoreKey } from '../../providers/software/store-key.js';
import { openStoreKey, type StoreKeySource } from '../../providers/software/store-key-source.js';
import type { Config } from '../config/schema.js';
import { createLog } from '../log.js';
import { makeProviders } from '../make-providers.js';
import { openVaultKey, type VaultUnlocker } from './vault-key.js';

/** What opening a key takes of the process that asks. */
export interface KeySurroundings {
  readonly env: Environment;
  readonly unlockVault: VaultUnlocker;
}

/** Opens a key, which the caller disposes; whatever that takes has ended when it answers. */
export type KeyOpener = (surroundings: KeySurroundings) => Promise<StoreKey>;

export interface KeystorePlace {
  readonly folder: string;
  readonly openKey: KeyOpener;
  /** The key file, where a configuration names one. */
  readonly configuredFile?: string;
  /** Whether the key comes from the vault, whose phrase somebody must give. */
  readonly ofVault?: boolean;
}

/** A key in a file; `field` is what errors name. */
export function keyInFile(path: string, field: string): KeyOpener {
  return async () => StoreKey.open(path, field);
}

/** The key stores of a configuration, by their providers' names. */
export function configuredPlaces(config: Config): ReadonlyMap<string, KeystorePlace> {
  const places = new Map<string, KeystorePlace>();
  for (const provider of config.providers) {
    if (provider.type !== 'software' || provider.keyStore === undefined) continue;
    const { key } = provider.keyStore;
    const openKey: KeyOpener = (surroundings) => openConfigured(config, key, surroundings);
    const configuredFile = key.from === 'file' ? { configuredFile: key.path } : {};
    places.set(provider.name, { folder: join(config.state, provider.name), openKey, ofVault: key.from === 'vault', ...configuredFile });
  }
  return places;
}

/** Starts, for as long as it takes, the one provider that the source needs, or unlocks the vault. */
async function openConfigured(config: Config, source: StoreKeySource, { env, unlockVault }: KeySurroundings): Promise<StoreKey> {
  if (source.from === 'vault') return openVaultKey(config, source.path, unlockVault);
  if (source.from !== 'token') return openStoreKey(source, { env, provider: () => undefined });
  const only = { ...config, providers: config.providers.filter(({ name }) => name === source.provider) };
  const [provider] = makeProviders(only, createLog({ format: 'text', level: 'error' }));
  if (provider === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no provider "${source.provider}"`);
  try {
    await provider.start();
    await untilReady(provider);
    return await openStoreKey(source, { env, provider: () => provider });
  } finally {
    await provider.stop();
  }
}

/** Milliseconds for a token to come. */
const tokenPatience = 10_000;
const interval = 20;

async function untilReady(provider: Provider): Promise<void> {
  const until = performance.now() + tokenPatience;
  while (provider.status().state === 'starting' && performance.now() < until) await new Promise((done) => setTimeout(done, interval));
}
