/** Providers and slots from the configuration. */
import { join } from 'node:path';
import { KeyOperationPermission } from '../core/permissions.js';
import type { Provider } from '../providers/contract.js';
import { makePkcs11Provider } from '../providers/pkcs11/make.js';
import { makeSoftwareProvider } from '../providers/software/make.js';
import { SlowHosts } from '../providers/software/slow-hosts.js';
import type { Config, ProviderConfig, SlotConfig } from './config/schema.js';
import type { Log } from './log.js';
import { Slot } from './slot.js';

/** Makes one kind of provider; a new kind is a line here and in the schema. */
const makers: { readonly [T in ProviderConfig['type']]: (config: Extract<ProviderConfig, { type: T }>, common: Common) => Provider } = {
  software: (config, { state, log, slowHosts, provider }) =>
    makeSoftwareProvider({
      id: config.id,
      name: config.name,
      key: config.keyStore?.key,
      surroundings: { env: process.env, provider },
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

interface Common {
  readonly state: string;
  readonly log: Log;
  readonly hang: { readonly call: number; readonly generate: number };
  readonly stream: number;
  /** Of all providers together, so that what they take is bounded in sum. */
  readonly slowHosts: SlowHosts;
  /** Another provider by its name, once all are made. */
  readonly provider: (name: string) => Provider | undefined;
}

export function makeProviders(config: Config, log: Log): Provider[] {
  const { hang, stream } = config.timeouts;
  const made: Provider[] = [];
  const slowHosts = new SlowHosts('keyslotd', hang, log);
  const common: Common = { state: config.state, log, hang, stream, slowHosts, provider: (name) => made.find((one) => one.name === name) };
  for (const provider of config.providers) {
    made.push((makers[provider.type] as (config: ProviderConfig, common: Common) => Provider)(provider, common));
  }
  return made;
}

export function makeSlots(configs: readonly SlotConfig[], providers: readonly Provider[]): Map<string, Slot> {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  const slots = new Map<string, Slot>();
  for (const config of configs) {
    const compatible = config.providers.flatMap((name) => byName.get(name) ?? []);
    const [primary, ...others] = compatible;
    if (primary === undefined) continue;
    let permissions = 0;
    for (const name of config.permissions) permissions |= KeyOperationPermission[name];
    slots.set(
      config.name,
      new Slot({ name: config.name, algorithm: config.algorithm, permissions, object: config.object }, [primary, ...others], {
        exportWrapped: config.export === 'wrapped',
        publicInSoftware: config.publicInSoftware,
      }),
    );
  }
  return slots;
}
