/** Persistent slots in the sealed key store. */
import { keyAlgorithm } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Call, Provider, ProviderKey, ProviderSlots, SlotSource, SlotSpec, StoredKey } from '../contract.js';
import { restoreMaterial } from '../key-encoding/decoded-key.js';
import { encodeMaterial, lengthOf, type Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { isPostQuantum } from '../post-quantum/parameter-sets.js';
import { assertWanted } from './abandoned.js';
import { importKeyMaterial } from './import-key.js';
import { SoftwareKey } from './key.js';
import { generateMaterial } from './key-kinds.js';
import type { KeyStore } from './key-store.js';
import { ownKey } from './own-key.js';
import type { RecordHeader } from './record.js';
import type { SlowHost } from './slow-host.js';
import { type KeyVault, storedVaultKey, VaultKey } from './vault-key.js';

export interface SlotParts {
  readonly provider: Provider;
  /** Rejects when there is no open key store. */
  readonly store: () => Promise<KeyStore>;
  readonly slowHost: SlowHost;
  readonly vault: KeyVault | undefined;
  /** The key of the key store is the vault's: locked with it. */
  readonly storeInVault: boolean;
}

export class SoftwareSlots implements ProviderSlots {
  readonly #parts: SlotParts;
  readonly #loaded = new Set<SoftwareKey>();

  constructor(parts: SlotParts) {
    this.#parts = parts;
  }

  isLocked(slot: SlotSpec): boolean {
    return (slot.path !== undefined || this.#parts.storeInVault) && this.#parts.vault?.isUnlocked() !== true;
  }

  /** What was loaded from a store whose key is gone is of no use any more. */
  releaseLoaded(): void {
    for (const key of [...this.#loaded]) key.release();
  }

  async inspect(slot: SlotSpec): Promise<StoredKey | undefined> {
    if (slot.path !== undefined) return storedVaultKey(slot);
    const header = await this.#withStore(slot, (store) => store.inspect(slot.name));
    return header === undefined ? undefined : storedKey(header);
  }

  unreadableGeneration(slot: SlotSpec): Promise<number | undefined> {
    return this.#withStore(slot, (store) => store.generation(slot.name));
  }

  async load(slot: SlotSpec, stored: StoredKey, call: Call): Promise<ProviderKey> {
    assertWanted(call);
    const { provider, vault } = this.#parts;
    if (slot.path !== undefined) return new VaultKey(provider, slot, slot.path, vault);
    const { header, material } = await this.#withStore(slot, (store) => store.load(slot.name, stored.generation));
    try {
      assertWanted(call);
      this.#assertUnlocked(slot);
      const { algorithm, half } = storedKey(header);
      // Post-quantum keys are made anew of their seed, or checked anew.
      const restored = isPostQuantum(algorithm.keyType)
        ? await importKeyMaterial({ algorithm, format: 'der', keyData: material }, this.#parts.slowHost, call)
        : restoreMaterial(algorithm, half, material);
      const key = new SoftwareKey(provider, algorithm, restored, () => void this.#loaded.delete(key));
      this.#loaded.add(key);
      // It may have been locked while the key was read.
      if (this.isLocked(slot)) key.release();
      this.#assertUnlocked(slot);
      return key;
    } finally {
      wipe(material);
    }
  }

  async store(
    slot: SlotSpec,
    source: SlotSource,
    permissions: number,
    publicPermissions: number,
    generation: number,
    call: Call,
  ): Promise<StoredKey> {
    const algorithm = source.from === 'key' ? source.key.algorithm : source.algorithm;
    const material = await this.#materialOf(source, call);
    const encoded = encodeMaterial(material);
    const keyLength = lengthOf(algorithm, material);
    const stored: StoredKey = { generation, algorithm, keyLength, half: material.half, permissions, publicPermissions };
    try {
      const header = { ...stored, slot: slot.name, algorithm: algorithm.name };
      await this.#withStore(slot, (store) => store.store(header, encoded, () => assertWanted(call)));
    } finally {
      wipe(encoded);
    }
    return stored;
  }

  clear(slot: SlotSpec, generation: number): Promise<void> {
    return this.#withStore(slot, (store) => store.clear(slot.name, generation));
  }

  retire(slot: SlotSpec, generation: number): void {
    // Its errors are reported by the store, and what stays is removed at the next start. No store, no remains.
    this.#parts.store().then(
      (store) => store.retire(slot.name, generation),
      () => undefined,
    );
  }

  /** Whatever fails because the vault was locked meanwhile says so, but for what may have been done. */
  async #withStore<T>(slot: SlotSpec, work: (store: KeyStore) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#parts.store());
    } catch (error) {
      const unclear = error instanceof KeyslotError && error.code === 'OUTCOME_UNKNOWN';
      if (!unclear) this.#assertUnlocked(slot, error);
      throw error;
    }
  }
  #assertUnlocked(slot: SlotSpec, cause?: unknown): void {
    if (!this.isLocked(slot)) return;
    throw new KeyslotError('VAULT_LOCKED', `slot "${slot.name}" is locked: the vault must be unlocked first`, { cause });
  }

  #materialOf(source: SlotSource, call: Call): Material | Promise<Material> {
    switch (source.from) {
      case 'generate':
        return generateMaterial(source.algorithm, this.#parts.slowHost, call);
      case 'import':
        return importKeyMaterial(source, this.#parts.slowHost, call);
      case 'key':
        return ownKey(source.key, this.#parts.provider.id).material();
    }
  }
}

/** @throws OPERATION_FAILED for an algorithm that only a newer version knows */
function storedKey(header: RecordHeader): StoredKey {
  const { slot, algorithm: name, generation, keyLength, half, permissions, publicPermissions } = header;
  const algorithm = keyAlgorithm(name);
  if (algorithm !== undefined) return { generation, algorithm, keyLength, half, permissions, publicPermissions };
  throw new KeyslotError('OPERATION_FAILED', `slot "${slot}" holds a key of ${name}, which this version does not know`, { field: 'slot' });
}
