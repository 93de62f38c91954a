/** A software provider with the slow hosts, from the daemon's configuration. */

import type { ProviderStatus } from '../contract.js';
import type { HostLog } from '../hosting/host.js';
import { SoftwareProvider, type SoftwareProviderOptions } from './provider.js';
import type { StoreReport } from './recovery.js';
import type { SlowHosts } from './slow-hosts.js';
import type { StoreKeySource, StoreKeySurroundings } from './store-key-source.js';

export interface SoftwareMaking {
  readonly id: number;
  readonly name: string;
  /** Of the key store's key; undefined for a provider without slots. */
  readonly key: StoreKeySource | undefined;
  readonly surroundings: StoreKeySurroundings;
  /** The key store's folder. */
  readonly stateFolder: string;
  readonly log: HostLog;
  readonly slowHosts: SlowHosts;
}

/** The provider together with the children that work for it. */
class SoftwareProviderWithHost extends SoftwareProvider {
  readonly #hosts: SlowHosts;

  constructor(options: Omit<SoftwareProviderOptions, 'slowHost'>, hosts: SlowHosts) {
    super({ ...options, slowHost: hosts });
    this.#hosts = hosts;
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.#hosts.stop();
  }

  override status(): ProviderStatus {
    const { pid, restarts, hangs } = this.#hosts;
    return { ...super.status(), hostPid: pid ?? null, restarts, hangs };
  }
}

export function makeSoftwareProvider({ id, name, key, surroundings, stateFolder, log, slowHosts }: SoftwareMaking): SoftwareProvider {
  const keyStore = key === undefined ? undefined : { folder: stateFolder, key };
  const report = (found: StoreReport) => log[found.level]({ provider: name, file: found.file, slot: found.slot }, found.message);
  return new SoftwareProviderWithHost({ id, name, keyStore, surroundings, report }, slowHosts);
}
