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
import { LayoutError } from './byte-reader.js';
import { digestOfRecord, encodeManifest, type ManifestEntry } from './manifest.js';
import { longestRecord, type OpenedRecord, openRecord, type RecordHeader, sealRecord } from './record.js';
import { type KeyStoreParts, recover, type StoreReport } from './recovery.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { manifestName, recordName, unfinished } from './store-names.js';

type Entries = ReadonlyMap<string, ManifestEntry>;
type Occupied = Extract<ManifestEntry, { state: 'occupied' }>;

export class KeyStore {
  readonly #folder: StoreFolder;
  readonly #key: StoreKey;
  readonly #report: (report: StoreReport) => void;
  #entries: Entries = new Map();
  #sequence = 0;
  /** Replaced generations that may still be loaded, by slot. */
  readonly #replaced = new Map<string, Occupied[]>();
  /** Set once it is unknown what the folder would say after a crash. */
  #broken = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor({ folder, key, report }: KeyStoreParts) {
    this.#folder = folder;
    this.#key = key;
    this.#report = report;
  }

  /**
   * Takes over folder and key, which `close` lets go; on error they stay the caller's. Removes and reports what unfinished writes left.
   * @throws INVALID_FORMAT when the manifest can't be trusted; PERSIST_FAILED when a new store can't be written
   */
  static async open(parts: KeyStoreParts): Promise<KeyStore> {
    const store = new KeyStore(parts);
    await store.#start(parts);
    return store;
  }

  /** What the slot holds; undefined when it is empty. @throws OPERATION_FAILED when its record can't be trusted */
  inspect(slot: string): Promise<RecordHeader | undefined> {
    return this.#inTurn(async () => {
      const entry = this.#entries.get(slot);
      if (entry?.state !== 'occupied') return undefined;
      const { header, material } = await this.#open(slot, entry);
      material.fill(0);
      return header;
    });
  }

  /** The receiver wipes the material. @throws KEY_SLOT_EMPTY, and OPERATION_FAILED when the record can't be trusted */
  load(slot: string, generation: number): Promise<OpenedRecord> {
    return this.#inTurn(() => {
      const current = this.#entries.get(slot);
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
      const before = this.#entries.get(slot);
      if (before?.state === 'occupied' && generation <= before.generation) {
        throw new KeyslotError('INTERNAL_ERROR', `generation ${generation} of slot "${slot}" is not newer than ${before.generation}`);
      }
      const sequence = this.#sequence + 1;
      const record = sealRecord({ ...header, sequence }, material, this.#key);
      const name = recordName(slot, sequence);
      const entry: Occupied = { state: 'occupied', generation, sequence, digest: digestOfRecord(record) };
      await this.#orForget([name + unfinished], async () => {
        await this.#folder.write(name + unfinished, record);
        await this.#folder.sync();
        await this.#commit(new Map(this.#entries).set(slot, entry));
      });
      await this.#finish(name);
      if (before?.state === 'occupied') this.#replaced.set(slot, [...(this.#replaced.get(slot) ?? []), before]);
    });
  }

  /** Empties a slot, lasting when it answers; its records are removed. @throws KEY_SLOT_EMPTY, and as `store` */
  clear(slot: string, generation: number): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#entries.get(slot);
      if (before?.state !== 'occupied' || before.generation !== generation) throw gone(slot);
      await this.#orForget([], () => this.#commit(new Map(this.#entries).set(slot, { state: 'cleared', generation: before.generation })));
      for (const entry of [before, ...(this.#replaced.get(slot) ?? [])]) await this.#removeRecord(slot, entry);
      this.#replaced.delete(slot);
      await this.#folder.sync().catch((error: unknown) => this.#warn('the removal of a cleared key may not last', error, slot));
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
      this.#broken = true;
      this.#entries = new Map();
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

  async #start(parts: KeyStoreParts): Promise<void> {
    const manifest = await recover(parts);
    if (manifest === undefined) {
      await this.#orForget([], () => this.#commit(new Map()));
      this.#report({ level: 'info', message: 'new key store' });
    } else {
      this.#sequence = manifest.sequence;
      this.#entries = manifest.entries;
    }
  }

  /** Writes the next manifest; from its rename on it counts. */
  async #commit(entries: Entries): Promise<void> {
    const sequence = this.#sequence + 1;
    await this.#folder.write(manifestName + unfinished, encodeManifest({ sequence, entries }, this.#key));
    await this.#folder.rename(manifestName + unfinished, manifestName);
    const before = this.#entries;
    this.#sequence = sequence;
    this.#entries = entries;
    try {
      await this.#folder.sync();
    } catch (error) {
      await this.#takeBack(before, error);
    }
  }

  /** The new manifest is in place but may not last. Puts the former entries back, so that the caller's error is true. */
  async #takeBack(entries: Entries, cause: unknown): Promise<never> {
    const sequence = this.#sequence + 1;
    this.#entries = entries;
    try {
      await this.#folder.write(manifestName + unfinished, encodeManifest({ sequence, entries }, this.#key));
      await this.#folder.rename(manifestName + unfinished, manifestName);
      this.#sequence = sequence;
      await this.#folder.sync();
    } catch {
      this.#broken = true;
      throw new KeyslotError('OUTCOME_UNKNOWN', 'the key store can not tell what its medium kept; start the daemon anew', { cause });
    }
    throw cause;
  }

  /** Runs a write; when it fails, removes its files and says so. */
  async #orForget(names: readonly string[], write: () => Promise<void>): Promise<void> {
    if (this.#broken) throw new KeyslotError('PERSIST_FAILED', 'the key store is closed, or its medium failed; start the daemon anew');
    try {
      await write();
    } catch (error) {
      if (error instanceof KeyslotError) throw error;
      for (const name of [...names, manifestName + unfinished]) {
        await this.#folder.remove(name).catch((failure: unknown) => this.#warn('the leftover of a failed write stays', failure, name));
      }
      const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      throw new KeyslotError('PERSIST_FAILED', `the key store could not be written (${why}); the slot is unchanged`, { cause: error });
    }
  }

  /** A failure changes nothing: the record is found under its unfinished name too, and the next start tries again. */
  async #finish(name: string): Promise<void> {
    await this.#folder
      .rename(name + unfinished, name)
      .catch((error: unknown) => this.#warn('a record keeps its unfinished name', error, name));
  }

  async #removeRecord(slot: string, entry: Occupied): Promise<void> {
    const name = recordName(slot, entry.sequence);
    for (const file of [name, name + unfinished]) {
      await this.#folder.remove(file).catch((error: unknown) => this.#warn('the record of a key that is gone stays', error, file));
    }
  }

  async #open(slot: string, entry: Occupied): Promise<OpenedRecord> {
    const name = recordName(slot, entry.sequence);
    const bytes = (await this.#folder.read(name, longestRecord)) ?? (await this.#folder.read(name + unfinished, longestRecord));
    if (bytes === undefined) throw damaged(slot, `its record ${name} is missing`);
    const opened = this.#tryOpen(slot, bytes);
    const { header, material } = opened;
    if (Buffer.compare(digestOfRecord(bytes), entry.digest) === 0) return opened;
    material.fill(0);
    if (header.slot !== slot) throw damaged(slot, `its record was swapped for that of slot "${header.slot}"`);
    throw damaged(
      slot,
      `its record was replaced by ${header.sequence < entry.sequence ? 'an older' : 'another'} copy (generation ${header.generation})`,
    );
  }
  #tryOpen(slot: string, bytes: Uint8Array): OpenedRecord {
    try {
      return openRecord(bytes, this.#key);
    } catch (error) {
      throw error instanceof LayoutError ? damaged(slot, `its record is damaged: ${error.message}`) : error;
    }
  }

  #warn(message: string, error: unknown, file: string): void {
    this.#report({ level: 'warn', message: `${message}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`, file });
  }
}

function gone(slot: string): KeyslotError {
  return new KeyslotError('KEY_SLOT_EMPTY', `slot "${slot}" does not hold that key any more`, { field: 'key' });
}
function damaged(slot: string, message: string): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', `the key of slot "${slot}" can not be used: ${message}`, { field: 'slot' });
}
