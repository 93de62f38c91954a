/** What a session should hold after any steps: slots, guards, contexts, and who refers to which key. */

export type SlotName = 'first' | 'second';

/** A key as it is loaded in the daemon: freed when nothing refers to it. */
export interface Entry {
  /** The bytes of an imported key; of a generated one what it once encrypted, as soon as that is known. */
  readonly secret: Secret;
  readonly permissions: number;
  readonly fromSlot: boolean;
  references: number;
}
export interface Secret {
  readonly bytes: Uint8Array | undefined;
  sealed: Uint8Array | undefined;
}
export interface Guard {
  readonly entry: Entry;
  readonly management: number;
  /** False once it is released, by its owner or with its management context. */
  held: boolean;
}
export interface Context {
  readonly entry: Entry;
  readonly direction: 'encrypt' | 'decrypt';
  open: boolean;
}
export interface Stored {
  readonly secret: Secret;
  readonly permissions: number;
  /** The loaded key, which everybody shares who uses the slot. */
  loaded: Entry | undefined;
}

export interface Counters {
  readonly contexts: number;
  readonly ephemeralKeys: number;
  /** Ephemeral keys that the provider has. */
  readonly providerKeys: number;
}

export class SessionModel {
  readonly slots: Record<SlotName, Stored | undefined> = { first: undefined, second: undefined };
  readonly managements: boolean[] = [];
  readonly guards: Guard[] = [];
  readonly contexts: Context[] = [];
  readonly #entries = new Set<Entry>();

  addEntry(secret: Secret, permissions: number, fromSlot = false): Entry {
    const entry = { secret, permissions, fromSlot, references: 1 };
    this.#entries.add(entry);
    return entry;
  }

  /** The loaded key of a slot, with one more reference. */
  load(stored: Stored): Entry {
    if (stored.loaded !== undefined && stored.loaded.references > 0) stored.loaded.references += 1;
    else stored.loaded = this.addEntry(stored.secret, stored.permissions, true);
    return stored.loaded;
  }

  releaseGuard(guard: Guard): void {
    if (!guard.held) return;
    guard.held = false;
    this.dereference(guard.entry);
  }

  dereference(entry: Entry): void {
    entry.references -= 1;
    if (entry.references === 0) this.#entries.delete(entry);
  }

  get counters(): Counters {
    const count = (list: readonly unknown[]) => list.filter(Boolean).length;
    const ephemeral = [...this.#entries].filter(({ fromSlot }) => !fromSlot).length;
    const loadedGuards = this.guards.filter(({ held, entry }) => held && entry.fromSlot).length;
    return {
      contexts: count(this.managements) + this.contexts.filter(({ open }) => open).length,
      ephemeralKeys: ephemeral + loadedGuards,
      providerKeys: ephemeral,
    };
  }
}
