/**
 * One configured slot: what it holds, and the one loaded key that all sessions share. Writers take turns; contexts that are open
 * keep the generation they began with.
 */
import { KeyslotError } from '../core/errors.js';
import { KeyOperationPermission as p } from '../core/permissions.js';
import type { SlotState } from '../core/resources.js';
import type { Call, Provider, SlotSource, SlotSpec, StoredKey } from '../providers/contract.js';
import { KeyEntry } from './key-entry.js';

export interface SlotOptions {
  /** The permission `export` lets the key leave wrapped, never in the clear. */
  readonly exportWrapped: boolean;
  /** What the public half does may be done by a software provider where the slot's own has no such algorithm. */
  readonly publicInSoftware: boolean;
}
const plainSlot: SlotOptions = { exportWrapped: false, publicInSoftware: false };

type Loaded = { readonly generation: number; readonly entry: KeyEntry };

export class Slot {
  readonly spec: SlotSpec;
  /** The only writer. */
  readonly primary: Provider;
  /** In the slot's order, the primary first. */
  readonly compatible: readonly Provider[];
  readonly options: SlotOptions;
  #stored: StoredKey | undefined;
  #known = false;
  #generation = 0;
  #loaded: Loaded | undefined;
  /** The last of the work that must not overlap: inspecting, writing. */
  #turn: Promise<unknown> = Promise.resolve();
  #loads: Promise<unknown> = Promise.resolve();
  /** The generation that is being loaded. */
  #loading: number | undefined;

  constructor(spec: SlotSpec, compatible: readonly [Provider, ...Provider[]], options: SlotOptions = plainSlot) {
    this.spec = spec;
    this.options = options;
    this.primary = compatible[0];
    this.compatible = compatible;
  }

  /** The usage bits that a key in this slot may have. */
  get usage(): number {
    return this.spec.permissions & ~(p.import | p.generate);
  }

  /** Whether the slot's own bits let it be filled this way: naming neither `import` nor `generate` narrows nothing. */
  allowsFilling(how: 'import' | 'generate'): boolean {
    const narrowed = this.spec.permissions & (p.import | p.generate);
    return narrowed === 0 || (narrowed & p[how]) !== 0;
  }

  /** Whether it can't be used until the vault is unlocked. */
  get locked(): boolean {
    return this.primary.slots.isLocked?.(this.spec) === true;
  }

  /** Its store was closed: what it holds is asked anew when it can be used again. */
  forgetIfLocked(): void {
    if (this.locked) this.#known = false;
  }

  /** What the slot holds; asks the provider the first time and after the provider could not tell. */
  async stored(call: Call): Promise<StoredKey | undefined> {
    if (this.#known) return this.#stored;
    return this.#inTurn(() => this.#inspect(call));
  }

  /** Its state and, unless it is locked, what it holds. */
  async look(call: Call): Promise<{ readonly state: SlotState; readonly stored: StoredKey | undefined }> {
    const lockedLook = { state: 'locked', stored: undefined } as const;
    if (this.locked) return lockedLook;
    try {
      const stored = await this.stored(call);
      return { state: stored === undefined ? 'empty' : 'occupied', stored };
    } catch (error) {
      // Its vault was locked while it was looked at; it may be unlocked again by now.
      if (error instanceof KeyslotError && error.code === 'VAULT_LOCKED') return lockedLook;
      throw error;
    }
  }

  /**
   * The slot's key with a reference for the caller. While a new key is made for the slot, the one that it holds is used on.
   * @throws KEY_SLOT_EMPTY, VAULT_LOCKED
   */
  async acquire(call: Call): Promise<KeyEntry> {
    const entry = await this.#loadKnown(call);
    return entry ?? this.#inTurn(() => this.#loadInspected(call));
  }

  async #loadInspected(call: Call): Promise<KeyEntry> {
    this.#assertUnlocked();
    await this.#inspect(call);
    const entry = await this.#loadKnown(call);
    if (entry !== undefined) return entry;
    throw new KeyslotError('KEY_SLOT_EMPTY', `slot "${this.spec.name}" holds no key`, { field: 'key' });
  }

  /** Undefined unless it is known to hold a key. One at a time, and beside the writers: a generation that is being loaded is not retired. */
  #loadKnown(call: Call): Promise<KeyEntry | undefined> {
    const result = this.#loads.then(() =>
      this.#known && this.#stored !== undefined && !this.locked ? this.#load(this.#stored, call) : undefined,
    );
    this.#loads = result.catch(() => undefined);
    return result;
  }

  async #load(stored: StoredKey, call: Call): Promise<KeyEntry> {
    const { generation } = stored;
    if (this.#loaded?.generation === generation && this.#loaded.entry.key.alive) {
      this.#loaded.entry.retain();
      return this.#loaded.entry;
    }
    this.#loading = generation;
    try {
      const key = await this.primary.slots.load(this.spec, stored, call);
      const traits = {
        permissions: stored.permissions & this.usage,
        publicPermissions: stored.publicPermissions,
        explicit: false,
        filling: 'generate' as const,
        fromSlot: true,
        ...this.options,
      };
      const loaded: Loaded = { generation, entry: new KeyEntry(key, traits, () => this.#unloaded(loaded)) };
      if (this.#isCurrent(generation)) this.#loaded = loaded;
      return loaded.entry;
    } catch (error) {
      if (this.#known && !this.#isCurrent(generation)) this.primary.slots.retire(this.spec, generation);
      throw error;
    } finally {
      this.#loading = undefined;
    }
  }

  #isCurrent(generation: number): boolean {
    return this.#stored?.generation === generation;
  }

  /** Puts a new key in. @throws KEY_SLOT_OCCUPIED unless it is empty or `overwrite` is given; INVALID_OPERATION where its key is derived */
  fill(source: SlotSource, permissions: number, publicPermissions: number, overwrite: boolean, call: Call): Promise<void> {
    return this.#inTurn(async () => {
      this.assertStores('targetSlot');
      this.#assertUnlocked();
      const before = await this.#inspect(call);
      if (before !== undefined && !overwrite) {
        throw new KeyslotError('KEY_SLOT_OCCUPIED', `slot "${this.spec.name}" holds a key; give overwrite to replace it`, {
          field: 'overwrite',
        });
      }
      try {
        this.#remember(await this.primary.slots.store(this.spec, source, permissions, publicPermissions, this.#generation + 1, call));
      } catch (error) {
        this.#known = false;
        throw error;
      }
      if (before !== undefined) this.#retireUnlessLoaded(before.generation);
    });
  }

  /** Empties the slot. @throws KEY_SLOT_EMPTY; INVALID_OPERATION where its key is derived */
  clear(call: Call): Promise<void> {
    return this.#inTurn(async () => {
      this.assertStores('target');
      this.#assertUnlocked();
      const generation = await this.#generationInside(call);
      if (generation === undefined) throw new KeyslotError('KEY_SLOT_EMPTY', `slot "${this.spec.name}" holds no key`, { field: 'target' });
      this.#known = false;
      await this.primary.slots.clear(this.spec, generation, call);
      this.#remember(undefined);
      this.#retireUnlessLoaded(generation);
    });
  }

  /** Also of a key that can't be read: clearing its slot is the way out of that. */
  async #generationInside(call: Call): Promise<number | undefined> {
    try {
      return (await this.#inspect(call))?.generation;
    } catch (error) {
      const { slots } = this.primary;
      if (!(error instanceof KeyslotError) || error.code !== 'OPERATION_FAILED' || slots.unreadableGeneration === undefined) throw error;
      return slots.unreadableGeneration(this.spec, call);
    }
  }

  /** @throws INVALID_OPERATION where its key is derived */
  assertStores(field: string): void {
    if (this.spec.path === undefined) return;
    throw new KeyslotError(
      'INVALID_OPERATION',
      `the key of slot "${this.spec.name}" is derived from the vault: it is not replaced or cleared`,
      {
        field,
      },
    );
  }
  #assertUnlocked(): void {
    if (this.locked) throw new KeyslotError('VAULT_LOCKED', `slot "${this.spec.name}" is locked: the vault must be unlocked first`);
  }

  async #inspect(call: Call): Promise<StoredKey | undefined> {
    if (!this.#known) this.#remember(await this.primary.slots.inspect(this.spec, call));
    return this.#stored;
  }
  #remember(stored: StoredKey | undefined): void {
    this.#stored = stored;
    this.#known = true;
    if (stored !== undefined) this.#generation = Math.max(this.#generation, stored.generation);
  }

  #unloaded(loaded: Loaded): void {
    if (this.#loaded === loaded) this.#loaded = undefined;
    if (this.#known && !this.#isCurrent(loaded.generation)) this.primary.slots.retire(this.spec, loaded.generation);
  }
  #retireUnlessLoaded(generation: number): void {
    if (this.#loaded?.generation === generation) this.#loaded = undefined;
    else if (this.#loading !== generation) this.primary.slots.retire(this.spec, generation);
  }

  /** One at a time, in order; a failure does not stop the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
