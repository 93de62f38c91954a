/**
 * A key in use, with its permissions and the count of its references: made or loaded = 1, each bound context + 1, a guard's
 * release and a context's close − 1. At 0 the provider frees it.
 */
import { KeyslotError } from '../core/errors.js';
import {
  type Direction,
  describePermissions,
  hasPermission,
  isPublicUse,
  KeyOperationPermission,
  type KeyUse,
  requiredPermission,
} from '../core/permissions.js';
import type { ProviderKey } from '../providers/contract.js';

export interface KeyTraits {
  readonly permissions: number;
  /** Of the public half of a private key. */
  readonly publicPermissions: number;
  /** The permissions were asked for by name, not taken from defaults. */
  readonly explicit: boolean;
  /** The key lives in a slot, not in the session. */
  readonly fromSlot: boolean;
  /** `export` means wrapping only. */
  readonly exportWrapped: boolean;
  /** What the public half does may be done in software where the key's provider can't. */
  readonly publicInSoftware: boolean;
}

export class KeyEntry {
  readonly key: ProviderKey;
  readonly traits: KeyTraits;
  readonly #freed: () => void;
  #references = 1;

  /** `freed` runs once, after the provider was told to release the key. */
  constructor(key: ProviderKey, traits: KeyTraits, freed: () => void) {
    this.key = key;
    this.traits = traits;
    this.#freed = freed;
  }

  retain(): void {
    this.#references += 1;
  }

  release(): void {
    this.#references -= 1;
    if (this.#references !== 0) return;
    this.key.release();
    this.#freed();
  }

  /** What this key may do for a use: what a private key's public half could do goes by that half's mask. */
  permissionsFor(use: KeyUse, direction: Direction | undefined): number {
    return this.key.half === 'private' && isPublicUse(use, direction) ? this.traits.publicPermissions : this.traits.permissions;
  }

  /** @throws SESSION_EXPIRED when the key was lost with its host. */
  assertAlive(): void {
    if (!this.key.alive)
      throw new KeyslotError('SESSION_EXPIRED', 'the key is gone: its token had to be started anew, or the vault was locked', {
        field: 'key',
      });
  }

  /** @throws KEY_NOT_EXPORTABLE for a secret of a slot that lets it leave wrapped only */
  assertLeavesInTheClear(): void {
    if (this.traits.exportWrapped && this.key.half !== 'public')
      throw new KeyslotError('KEY_NOT_EXPORTABLE', 'this key leaves its slot wrapped only', { field: 'key' });
  }

  /** @throws KEY_OPERATION_NOT_PERMITTED when the key may not leave in any form */
  assertExportable(field: string): void {
    if (hasPermission(this.traits.permissions, KeyOperationPermission.export)) return;
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', 'the key may not export', { field });
  }

  /** @throws KEY_OPERATION_NOT_PERMITTED that names the field */
  assertPermitted(use: KeyUse, direction: Direction | undefined, field = 'key'): void {
    const needed = requiredPermission(use, direction);
    const permissions = this.permissionsFor(use, direction);
    if (hasPermission(permissions, needed)) return;
    const has = describePermissions(permissions).join(', ') || 'nothing';
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', `the key may not ${describePermissions(needed).join(', ')}; it may: ${has}`, {
      field,
    });
  }
}
