/** Reads the record that a slot's entry in the manifest names, and tells what is wrong with it. */
import { LayoutError } from './byte-reader.js';
import { digestOfRecord } from './manifest.js';
import { longestRecord, type OpenedRecord, openRecord } from './record.js';
import type { OccupiedEntry } from './store-commit.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { recordName, unfinished } from './store-names.js';

/** `older`: an earlier copy of the slot's own record; `other`: a record of this slot that is neither older nor the one that counts. */
export type RecordFault = 'missing' | 'damaged' | 'swapped' | 'older' | 'other';

export type FoundRecord =
  | { readonly fault: undefined; readonly bytes: Uint8Array; readonly opened: OpenedRecord }
  | { readonly fault: RecordFault; readonly message: string };

/** The receiver wipes `opened.material`. @throws OPERATION_FAILED when the file can't be read, and errors of the file system */
export async function findRecord(folder: StoreFolder, key: StoreKey, slot: string, entry: OccupiedEntry): Promise<FoundRecord> {
  const name = recordName(slot, entry.sequence);
  const bytes = (await folder.read(name, longestRecord)) ?? (await folder.read(name + unfinished, longestRecord));
  if (bytes === undefined) return { fault: 'missing', message: `its record ${name} is missing` };
  let opened: OpenedRecord;
  try {
    opened = openRecord(bytes, key);
  } catch (error) {
    if (error instanceof LayoutError) return { fault: 'damaged', message: `its record is damaged: ${error.message}` };
    throw error;
  }
  const { header, material } = opened;
  if (Buffer.compare(digestOfRecord(bytes), entry.digest) === 0) return { fault: undefined, bytes, opened };
  material.fill(0);
  if (header.slot !== slot) return { fault: 'swapped', message: `its record was swapped for that of slot "${header.slot}"` };
  const older = header.sequence < entry.sequence;
  return {
    fault: older ? 'older' : 'other',
    message: `its record was replaced by ${older ? 'an older' : 'another'} copy (generation ${header.generation})`,
  };
}
