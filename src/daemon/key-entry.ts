/**
 * A key in use, with its permissions and the count of its references: made or loaded = 1, each bound context + 1, a guard's
 * release and a context's close − 1. At 0 the provider frees it.
 */
import { KeyslotError } from '../core/errors.js';
import { type ContextKind, type Direction, describePermissions, hasPermission, requiredPermission } from '../core/permissions.js';
import type { ProviderKey } from '../providers/contract.js';

export interface KeyTraits {
  readonly permissions: number;
  /** Of the public half of a private key. */
  readonly publicPermissions: number;
  /** The permissions were asked for by name, not taken from defaults. */
  readonly explicit: boolean;
  /** The key lives in a slot, not in the session. */
  readonly fromSlot: boolean;
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

  /** What this key may do in a context of a kind: verification and other public uses of a private key go by the public half's mask. */
  permissionsFor(kind: ContextKind): number {
    return kind === 'verify' && this.key.half === 'private' ? this.traits.publicPermissions : this.traits.permissions;
  }

  /** @throws SESSION_EXPIRED when the key was lost with its host. */
  assertAlive(): void {
    if (!this.key.alive)
      throw new KeyslotError('SESSION_EXPIRED', 'the key was lost when its token had to be started anew', { field: 'key' });
  }

  /** @throws KEY_OPERATION_NOT_PERMITTED */
  assertPermitted(kind: ContextKind, direction: Direction | undefined): void {
    const needed = requiredPermission(kind, direction);
    if (hasPermission(this.permissionsFor(kind), needed)) return;
    const has = describePermissions(this.permissionsFor(kind)).join(', ') || 'nothing';
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', `the key may not ${describePermissions(needed).join(', ')}; it may: ${has}`, {
      field: 'key',
    });
  }
}
