/**
 * The key store of the software provider: one sealed record for each slot, and a manifest that says which record counts.
 *
 * The order of a write: the record under an unfinished name, its content and name made to last; the manifest, the same way, whose
 * rename is the moment at which the slot changes; then the record gets its finished name. So at whatever point the process or the
 * machine stops, the slot holds the old key or the new one whole, and what was acknowledged stays. A record with a finished name is
 * never newer than the manifest: one that is proves that the manifest was replaced by an older copy.
 *
 * Noticed and named: a changed bit, records that were swapped, an older copy of a record, a missing record, an older or missing
 * manifest, another store key. Not noticed, because nothing in the folder can show it: the whole folder put back to an earlier state.
 */
import { KeyslotError } from '../../core/errors.js';
import { digestOfRecord } from './manifest.js';
import { type OpenedRecord, type RecordHeader, sealRecord } from './record.js';
import { type KeyStoreParts, recover } from './recovery.js';
import { type OccupiedEntry, StoreCommit } from './store-commit.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { recordName, unfinished } from './store-names.js';
import { findRecord } from './store-record.js';

const slotUnchanged = 'the slot is unchanged';

export class KeyStore {
  readonly #folder: StoreFolder;
  readonly #key: StoreKey;
  readonly #manifest: StoreCommit;
  /** Replaced generations that may still be loaded, by slot. */
  readonly #replaced = new Map<string, OccupiedEntry[]>();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor({ folder, key }: KeyStoreParts, manifest: StoreCommit) {
    this.#folder = folder;
    this.#key = key;
    this.#manifest = manifest;
  }

  /**
   * Takes over folder and key, which `close` lets go; on error they stay the caller's. Removes and reports what unfinished writes left.
   * @throws INVALID_FORMAT when the manifest can't be trusted; PERSIST_FAILED when a new store can't be written
   */
  static async open(parts: KeyStoreParts): Promise<KeyStore> {
    const found = await recover(parts);
    const manifest = new StoreCommit(parts, found ?? { sequence: 0, entries: new Map() });
    if (found === undefined) {
      await manifest.change([], 'there is none yet', () => manifest.commit(new Map()));
      parts.report({ level: 'info', message: 'new key store' });
    }
    return new KeyStore(parts, manifest);
  }

  /** What the slot holds; undefined when it is empty. @throws OPERATION_FAILED when its record can't be trusted */
  inspect(slot: string): Promise<RecordHeader | undefined> {
    return this.#inTurn(async () => {
      const entry = this.#manifest.entries.get(slot);
      if (entry?.state !== 'occupied') return undefined;
      const { header, material } = await this.#open(slot, entry);
      material.fill(0);
      return header;
    });
  }

  /** The generation that the slot holds, also when its record can't be trusted; undefined when it is empty. */
  generation(slot: string): Promise<number | undefined> {
    return this.#inTurn(async () => {
      const entry = this.#manifest.entries.get(slot);
      return entry?.state === 'occupied' ? entry.generation : undefined;
    });
  }

  /** The receiver wipes the material. @throws KEY_SLOT_EMPTY, and OPERATION_FAILED when the record can't be trusted */
  load(slot: string, generation: number): Promise<OpenedRecord> {
    return this.#inTurn(() => {
      const current = this.#manifest.entries.get(slot);
      const known = [...(current?.state === 'occupied' ? [current] : []), ...(this.#replaced.get(slot) ?? [])];
      const entry = known.find((candidate) => candidate.generation === generation);
      if (entry === undefined) throw gone(slot);
      return this.#open(slot, entry);
    });
  }

  /**
   * Puts a key into a slot, lasting when it answers. `material` stays the caller's to wipe; `assertWanted` may stop the write before it
   * begins. On error the slot holds what it held before.
   * @throws PERSIST_FAILED; OUTCOME_UNKNOWN when the medium failed in a way that leaves open what it kept
   */
  store(header: Omit<RecordHeader, 'sequence'>, material: Uint8Array, assertWanted: () => void): Promise<void> {
    return this.#inTurn(async () => {
      assertWanted();
      const { slot, generation } = header;
      const before = this.#manifest.entries.get(slot);
      if (before?.state === 'occupied' && generation <= before.generation) {
        throw new KeyslotError('INTERNAL_ERROR', `generation ${generation} of slot "${slot}" is not newer than ${before.generation}`);
      }
      const sequence = this.#manifest.nextSequence;
      const record = sealRecord({ ...header, sequence }, material, this.#key);
      const name = recordName(slot, sequence);
      const entry: OccupiedEntry = { state: 'occupied', generation, sequence, digest: digestOfRecord(record) };
      await this.#manifest.change([name + unfinished], slotUnchanged, async () => {
        await this.#folder.write(name + unfinished, record);
        await this.#folder.sync();
        await this.#manifest.commit(new Map(this.#manifest.entries).set(slot, entry));
      });
      await this.#finish(name);
      if (before?.state === 'occupied') this.#replaced.set(slot, [...(this.#replaced.get(slot) ?? []), before]);
    });
  }

  /** Empties a slot, lasting when it answers; its records are removed. @throws KEY_SLOT_EMPTY, and as `store` */
  clear(slot: string, generation: number): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#manifest.entries.get(slot);
      if (before?.state !== 'occupied' || before.generation !== generation) throw gone(slot);
      const cleared = new Map(this.#manifest.entries).set(slot, { state: 'cleared', generation: before.generation });
      await this.#manifest.change([], slotUnchanged, () => this.#manifest.commit(cleared));
      for (const entry of [before, ...(this.#replaced.get(slot) ?? [])]) await this.#removeRecord(slot, entry);
      this.#replaced.delete(slot);
      await this.#folder.sync().catch((error: unknown) => this.#manifest.warn('the removal of a cleared key may not last', error, slot));
    });
  }

  /** Removes a replaced generation. Errors are reported only: what stays is removed at the next start. */
  retire(slot: string, generation: number): Promise<void> {
    return this.#inTurn(async () => {
      const replaced = this.#replaced.get(slot) ?? [];
      const kept = replaced.filter((entry) => entry.generation !== generation);
      if (kept.length > 0) this.#replaced.set(slot, kept);
      else this.#replaced.delete(slot);
      for (const entry of replaced) if (!kept.includes(entry)) await this.#removeRecord(slot, entry);
    });
  }

  /** Waits for what is under way, removes replaced generations, then lets folder and key go. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      for (const [slot, replaced] of this.#replaced) for (const entry of replaced) await this.#removeRecord(slot, entry);
      this.#manifest.close();
      this.#replaced.clear();
      this.#key.dispose();
      await this.#folder.close();
    });
  }

  /** One at a time, in order; a failure does not stop the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** A failure changes nothing: the record is found under its unfinished name too, and the next start tries again. */
  async #finish(name: string): Promise<void> {
    await this.#folder
      .rename(name + unfinished, name)
      .catch((error: unknown) => this.#manifest.warn('a record keeps its unfinished name', error, name));
  }

  async #removeRecord(slot: string, entry: OccupiedEntry): Promise<void> {
    const name = recordName(slot, entry.sequence);
    for (const file of [name, name + unfinished]) {
      await this.#folder.remove(file).catch((error: unknown) => this.#manifest.warn('the record of a key that is gone stays', error, file));
    }
  }

  async #open(slot: string, entry: OccupiedEntry): Promise<OpenedRecord> {
    const found = await findRecord(this.#folder, this.#key, slot, entry);
    if (found.fault === undefined) return found.opened;
    throw new KeyslotError('OPERATION_FAILED', `the key of slot "${slot}" can not be used: ${found.message}`, { field: 'slot' });
  }
}

function gone(slot: string): KeyslotError {
  return new KeyslotError('KEY_SLOT_EMPTY', `slot "${slot}" does not hold that key any more`, { field: 'key' });
}
