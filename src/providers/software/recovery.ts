/** How a key store is found at start: what its manifest says, whether it can be trusted, and what unfinished writes left behind. */
import { KeyslotError } from '../../core/errors.js';
import { LayoutError } from './byte-reader.js';
import { decodeManifest, longestManifest, type Manifest } from './manifest.js';
import type { StoreFolder } from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { lockName, manifestName, parseRecordName, recordName, unfinished } from './store-names.js';

/** Something that the operator should see in the log. Never holds secrets. */
export interface StoreReport {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly file?: string;
  readonly slot?: string;
}

export interface KeyStoreParts {
  readonly folder: StoreFolder;
  readonly key: StoreKey;
  readonly report: (report: StoreReport) => void;
}

/**
 * Reads and checks the manifest, finishes what a crash left between commit and rename, removes and reports what does not count.
 * @returns undefined when there is no store yet
 * @throws INVALID_FORMAT when the manifest can't be trusted; nothing is removed then
 */
export async function recover(parts: KeyStoreParts): Promise<Manifest | undefined> {
  const files = new Set(await parts.folder.list());
  const bytes = await parts.folder.read(manifestName, longestManifest);
  if (bytes === undefined) {
    for (const name of files) {
      if (parseRecordName(name) !== undefined) throw untrusted(`its manifest is missing, but there is the record ${name}`);
    }
    await tidy({ sequence: 0, entries: new Map() }, files, parts);
    return undefined;
  }
  const manifest = decode(bytes, parts.key);
  assertNewest(manifest, files);
  await tidy(manifest, files, parts);
  return manifest;
}

function untrusted(message: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', `the key store can not be opened: ${message}`, { field: 'state' });
}

function decode(bytes: Uint8Array, key: StoreKey): Manifest {
  try {
    return decodeManifest(bytes, key);
  } catch (error) {
    throw error instanceof LayoutError ? untrusted(`its manifest can not be trusted: ${error.message}`) : error;
  }
}

/** A finished name is given only after the manifest that counts the record has come to last. */
function assertNewest({ sequence }: Manifest, files: ReadonlySet<string>): void {
  for (const name of files) {
    const record = parseRecordName(name);
    if (record !== undefined && !record.unfinished && record.sequence > sequence) {
      throw untrusted(`its manifest (write ${sequence}) is an older copy: there is the newer record ${name}`);
    }
  }
}

async function tidy(manifest: Manifest, files: ReadonlySet<string>, { folder, report }: KeyStoreParts): Promise<void> {
  const kept = new Set([manifestName, lockName]);
  const warn = (message: string, file: string) => (error: unknown) =>
    report({ level: 'warn', message: `${message}: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`, file });

  for (const [slot, entry] of manifest.entries) {
    if (entry.state !== 'occupied') continue;
    const name = recordName(slot, entry.sequence);
    kept.add(name);
    if (files.has(name)) continue;
    if (!files.has(name + unfinished)) report({ level: 'warn', message: 'the record of the slot is missing', file: name, slot });
    else {
      kept.add(name + unfinished);
      await folder.rename(name + unfinished, name).catch(warn('a record keeps its unfinished name', name));
    }
  }
  for (const name of files) {
    if (kept.has(name)) continue;
    if (parseRecordName(name) === undefined && name !== manifestName + unfinished) {
      report({ level: 'warn', message: 'a file that does not belong into the key store was left alone', file: name });
    } else {
      await folder.remove(name).catch(warn('a leftover stays', name));
      report({ level: 'warn', message: 'removed what an unfinished write or a replaced key left', file: name });
    }
  }
  await folder.sync().catch(warn('the folder could not be synced', '.'));
}
