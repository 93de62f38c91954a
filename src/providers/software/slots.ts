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

export interface SlotParts {
  readonly provider: Provider;
  /** @throws when there is no open key store */
  readonly store: () => KeyStore;
  readonly slowHost: SlowHost;
}

export class SoftwareSlots implements ProviderSlots {
  readonly #parts: SlotParts;

  constructor(parts: SlotParts) {
    this.#parts = parts;
  }

  async inspect(slot: SlotSpec): Promise<StoredKey | undefined> {
    const header = await this.#parts.store().inspect(slot.name);
    return header === undefined ? undefined : storedKey(header);
  }

  async load(slot: SlotSpec, stored: StoredKey, call: Call): Promise<ProviderKey> {
    assertWanted(call);
    const { header, material } = await this.#parts.store().load(slot.name, stored.generation);
    try {
      assertWanted(call);
      const { algorithm, half } = storedKey(header);
      // Post-quantum keys are made anew of their seed, or checked anew.
      const restored = isPostQuantum(algorithm.keyType)
        ? await importKeyMaterial({ algorithm, format: 'der', keyData: material }, this.#parts.slowHost, call)
        : restoreMaterial(algorithm, half, material);
      return new SoftwareKey(this.#parts.provider, algorithm, restored, () => undefined);
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
    const store = this.#parts.store();
    const algorithm = source.from === 'key' ? source.key.algorithm : source.algorithm;
    const material = await this.#materialOf(source, call);
    const encoded = encodeMaterial(material);
    const keyLength = lengthOf(algorithm, material);
    const stored: StoredKey = { generation, algorithm, keyLength, half: material.half, permissions, publicPermissions };
    try {
      await store.store({ ...stored, slot: slot.name, algorithm: algorithm.name }, encoded, () => assertWanted(call));
    } finally {
      wipe(encoded);
    }
    return stored;
  }

  clear(slot: SlotSpec, generation: number): Promise<void> {
    return this.#parts.store().clear(slot.name, generation);
  }

  retire(slot: SlotSpec, generation: number): void {
    try {
      // Its errors are reported by the store, and what stays is removed at the next start.
      void this.#parts.store().retire(slot.name, generation);
    } catch {
      // No store, no remains.
    }
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
