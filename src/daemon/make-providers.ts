/** Providers and slots from the configuration. */
import { join } from 'node:path';
import { KeyOperationPermission } from '../core/permissions.js';
import type { Provider } from '../providers/contract.js';
import { makePkcs11Provider } from '../providers/pkcs11/make.js';
import { makeSoftwareProvider } from '../providers/software/make.js';
import { SlowHosts } from '../providers/software/slow-hosts.js';
import type { StoreKeySource } from '../providers/software/store-key-source.js';
import { formatPath } from '../vault/derivation-path.js';
import type { Config, ProviderConfig, SlotConfig } from './config/schema.js';
import type { Log } from './log.js';
import { Slot } from './slot.js';
import type { VaultPaths } from './vault/paths.js';
import type { VaultService } from './vault/service.js';

/** Makes one kind of provider; a new kind is a line here and in the schema. */
const makers: { readonly [T in ProviderConfig['type']]: (config: Extract<ProviderConfig, { type: T }>, common: Common) => Provider } = {
  software: (config, { state, log, slowHosts, provider, vault }) =>
    makeSoftwareProvider({
      id: config.id,
      name: config.name,
      key: withPath(config.keyStore?.key, vault?.paths),
      surroundings: { env: process.env, provider, vault: vault?.keys },
      stateFolder: join(state, config.name),
      log,
      slowHosts,
    }),
  pkcs11: (config, { state, log, hang, stream, slowHosts }) =>
    makePkcs11Provider({
      id: config.id,
      name: config.name,
      module: config.module,
      token: config.token,
      pinFile: config.pin.file,
      sessions: config.sessions,
      maxKeyLength: config.maxKeyLength,
      user: config.user,
      env: config.env,
      stateFolder: join(state, config.name),
      log,
      hang,
      streamTimeout: stream,
      decoder: slowHosts,
    }),
};

/** A key of the vault by its path. */
function withPath(key: StoreKeySource | undefined, paths: VaultPaths | undefined): StoreKeySource | undefined {
  return key?.from === 'vault' && paths !== undefined ? { from: 'vault', path: formatPath(paths.ofStore(key.path)) } : key;
}

interface Common {
  readonly state: string;
  readonly log: Log;
  readonly hang: { readonly call: number; readonly generate: number };
  readonly stream: number;
  /** Of all providers together, so that what they take is bounded in sum. */
  readonly slowHosts: SlowHosts;
  /** Another provider by its name, once all are made. */
  readonly provider: (name: string) => Provider | undefined;
  readonly vault: VaultService | undefined;
}

export function makeProviders(config: Config, log: Log, vault?: VaultService): Provider[] {
  const { hang, stream } = config.timeouts;
  const made: Provider[] = [];
  const slowHosts = new SlowHosts('keyslotd', hang, log);
  const provider = (name: string) => made.find((one) => one.name === name);
  const common: Common = { state: config.state, log, hang, stream, slowHosts, vault, provider };
  for (const provider of config.providers) {
    made.push((makers[provider.type] as (config: ProviderConfig, common: Common) => Provider)(provider, common));
  }
  return made;
}

/** `paths`: the vault's; without it no slot has a path. */
export function makeSlots(configs: readonly SlotConfig[], providers: readonly Provider[], paths?: VaultPaths): Map<string, Slot> {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  const slots = new Map<string, Slot>();
  for (const config of configs) {
    const compatible = config.providers.flatMap((name) => byName.get(name) ?? []);
    const [primary, ...others] = compatible;
    if (primary === undefined) continue;
    let permissions = 0;
    for (const name of config.permissions) permissions |= KeyOperationPermission[name];
    const { name, algorithm, object } = config;
    const path = config.path === undefined ? undefined : paths?.ofSlot(config.path, algorithm);
    slots.set(
      name,
      new Slot({ name, algorithm, permissions, object, path: path && formatPath(path) }, [primary, ...others], {
        exportWrapped: config.export === 'wrapped',
        publicInSoftware: config.publicInSoftware,
      }),
    );
  }
  return slots;
}
