/**
 * Another key for a whole key store: every record is sealed anew beside the old one, under an unfinished name; then one manifest, written
 * under the new key, names them all. Its rename is the moment at which the store changes its key. Before it the store opens with the
 * old key and what was written is a leftover; from it on it opens with the new key and the old records are leftovers. So a cut at any
 * point leaves a store of one key or of the other, with every slot. All new records carry the number of that one write.
 */
import { KeyslotError } from '../../core/errors.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { digestOfRecord, type ManifestEntry } from './manifest.js';
import { sealRecord } from './record.js';
import { type KeyStoreParts, recover } from './recovery.js';
import { type OccupiedEntry, StoreCommit } from './store-commit.js';
import type { StoreKey } from './store-key.js';
import { recordName, unfinished } from './store-names.js';
import { findRecord } from './store-record.js';

export interface RekeyParts extends KeyStoreParts {
  readonly newKey: StoreKey;
  /** Called after each record; what it throws stops the work with nothing changed. */
  readonly progress?: (done: number, all: number) => void;
}

export interface Rekeyed {
  /** How many records are under the new key. */
  readonly records: number;
}

/**
 * The store must not be open elsewhere. Folder and both keys stay the caller's. Leftovers of unfinished writes are removed.
 * @throws RESOURCE_NOT_FOUND without a store; INVALID_FORMAT for a manifest that can't be trusted, also under another key;
 * INVALID_ARGUMENT when both keys are the same; OPERATION_FAILED when a record can't be opened; PERSIST_FAILED: in all these cases the
 * store is as it was. OUTCOME_UNKNOWN: the medium failed so that the store has either the old key or the new one
 */
export async function rekeyStore(parts: RekeyParts): Promise<Rekeyed> {
  const { folder, key, newKey, progress = () => undefined } = parts;
  if (key.equals(newKey)) throw new KeyslotError('INVALID_ARGUMENT', 'the new key is the same as the old one', { field: 'newKeyFile' });
  const found = await recover(parts);
  if (found === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', 'there is no key store in this folder', { field: 'store' });
  const manifest = new StoreCommit(parts, found);
  const sequence = manifest.nextSequence;
  const occupied = [...found.entries].flatMap(([slot, entry]) => (entry.state === 'occupied' ? [{ slot, entry }] : []));
  const names = occupied.map(({ slot }) => recordName(slot, sequence));
  const temporary = names.map((name) => name + unfinished);

  const work = manifest.change(temporary, 'the store keeps its old key', async () => {
    const entries = new Map<string, ManifestEntry>(found.entries);
    for (const [done, { slot, entry }] of occupied.entries()) {
      const record = await sealAnew(parts, slot, entry, sequence);
      await folder.write(recordName(slot, sequence) + unfinished, record);
      entries.set(slot, { ...entry, sequence, digest: digestOfRecord(record) });
      progress(done + 1, occupied.length);
    }
    await folder.sync();
    await manifest.commit(entries, newKey);
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof KeyslotError) || error.code !== 'OUTCOME_UNKNOWN') throw error;
    const message = 'the medium failed: the store is whole, under its old key or under the new one; verify it with each';
    throw new KeyslotError('OUTCOME_UNKNOWN', message, { cause: error });
  });

  for (const name of names) {
    await folder
      .rename(name + unfinished, name)
      .catch((error: unknown) => manifest.warn('a record keeps its unfinished name', error, name));
  }
  for (const { slot, entry } of occupied) {
    const old = recordName(slot, entry.sequence);
    for (const name of [old, old + unfinished]) {
      await folder.remove(name).catch((error: unknown) => manifest.warn('a record under the old key stays', error, name));
    }
  }
  await folder.sync().catch((error: unknown) => manifest.warn('the removal of the old records may not last', error, '.'));
  return { records: occupied.length };
}

async function sealAnew({ folder, key, newKey }: RekeyParts, slot: string, entry: OccupiedEntry, sequence: number): Promise<Uint8Array> {
  const found = await findRecord(folder, key, slot, entry);
  if (found.fault !== undefined) {
    const message = `slot "${slot}": ${found.message}; clear the slot, or put its record back, before the store gets another key`;
    throw new KeyslotError('OPERATION_FAILED', message, { field: 'slot' });
  }
  const { header, material } = found.opened;
  try {
    return sealRecord({ ...header, sequence }, material, newKey);
  } finally {
    wipe(material);
  }
}
