/**
 * A backup of a key store: one file with the manifest and the records that count, as they are, so still sealed under the store's key.
 * Layout of format 1, all numbers little-endian:
 *
 *     offset  size
 *          0     8  magic "KSLTBAK\n"
 *          8     2  format, 1
 *         10     2  zero
 *         12    16  identity of the store key, as in the manifest
 *         28     4  n, then n bytes: the manifest
 *                4  number of records, then in the order of their entries in the manifest:
 *                     4  n, then n bytes: the record
 *               32  HMAC-SHA-256 of everything before, under HKDF-SHA-256(store key, no salt, purpose "backup")
 *
 * The HMAC is for the backup as a whole: nothing can be cut out of it or put together from two of them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { ByteReader, LayoutError, number } from './byte-reader.js';
import { decodeManifest, digestOfRecord, encodeManifest, identityOf, identitySize, type Manifest } from './manifest.js';
import { findStore, type KeyStoreParts } from './recovery.js';
import type { OccupiedEntry } from './store-commit.js';
import type { StoreKey } from './store-key.js';
import { findRecord } from './store-record.js';

const magic = new TextEncoder().encode('KSLTBAK\n');
const format = 1;
const tagSize = 32;
const noSalt = new Uint8Array(0);

/** Bytes of the longest backup that is read: it is held in memory until it is known to be whole. */
export const longestBackup = 1024 * 1024 * 1024;

function authenticator(key: StoreKey) {
  return key.withDerived('backup', noSalt, (derived) => createHmac('sha256', derived));
}

function occupiedOf({ entries }: Manifest): { slot: string; entry: OccupiedEntry }[] {
  return [...entries].flatMap(([slot, entry]) => (entry.state === 'occupied' ? [{ slot, entry }] : []));
}

/**
 * Gives the backup of a store to `write`, piece by piece; every record is opened on the way, so that a backup can be restored.
 * The store must not be open elsewhere. Answers the number of records.
 * @throws RESOURCE_NOT_FOUND without a store, INVALID_FORMAT for a manifest and OPERATION_FAILED for a record that can't be trusted
 */
export async function backupStore(
  { folder, key }: Pick<KeyStoreParts, 'folder' | 'key'>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<number> {
  const { manifest } = await findStore({ folder, key });
  if (manifest === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', 'there is no key store in this folder', { field: 'store' });
  const mac = authenticator(key);
  const put = async (bytes: Uint8Array) => {
    mac.update(bytes);
    await write(bytes);
  };
  const occupied = occupiedOf(manifest);
  const kept = encodeManifest(manifest, key);
  await put(Buffer.concat([magic, number.u16(format), number.u16(0), identityOf(key), number.u32(kept.length), kept]));
  await put(number.u32(occupied.length));
  for (const { slot, entry } of occupied) {
    const found = await findRecord(folder, key, slot, entry);
    if (found.fault !== undefined) {
      const message = `slot "${slot}": ${found.message}; a damaged store is not backed up`;
      throw new KeyslotError('OPERATION_FAILED', message, { field: 'slot' });
    }
    found.opened.material.fill(0);
    await put(Buffer.concat([number.u32(found.bytes.length), found.bytes]));
  }
  await write(mac.digest());
  return occupied.length;
}

export interface Backup {
  readonly manifestBytes: Uint8Array;
  readonly manifest: Manifest;
  readonly records: readonly { readonly slot: string; readonly entry: OccupiedEntry; readonly bytes: Uint8Array }[];
}

/** @throws INVALID_FORMAT for what is no backup, another format, another store key, and a bit that is wrong */
export function readBackup(bytes: Uint8Array, key: StoreKey): Backup {
  try {
    return decodeBackup(bytes, key);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new KeyslotError('INVALID_FORMAT', `the backup can not be restored: ${error.message}`, { field: 'file' });
  }
}

function decodeBackup(bytes: Uint8Array, key: StoreKey): Backup {
  const reader = new ByteReader(bytes);
  if (bytes.length < magic.length || !magic.every((byte) => reader.u8() === byte)) throw new LayoutError('it is no backup of a key store');
  const found = reader.u16();
  if (found !== format) throw new LayoutError(`it has format ${found}, which this version does not know`);
  reader.u16();
  if (!timingSafeEqual(reader.bytes(identitySize), identityOf(key))) {
    throw new LayoutError('it was made under another key; give the key file of that time');
  }
  if (reader.left < tagSize) throw new LayoutError('it is cut short');
  const body = bytes.subarray(0, -tagSize);
  if (!timingSafeEqual(bytes.subarray(body.length), authenticator(key).update(body).digest())) {
    throw new LayoutError('it was changed or cut');
  }
  const manifestBytes = reader.bytes(reader.u32());
  const manifest = decodeManifest(manifestBytes, key);
  const occupied = occupiedOf(manifest);
  if (reader.u32() !== occupied.length) throw new LayoutError('its records are not those of its manifest');
  const records = occupied.map(({ slot, entry }) => {
    const record = reader.bytes(reader.u32());
    if (Buffer.compare(digestOfRecord(record), entry.digest) !== 0) throw new LayoutError('its records are not those of its manifest');
    return { slot, entry, bytes: record };
  });
  if (reader.left !== tagSize) throw new LayoutError('it is longer than it should be');
  return { manifestBytes, manifest, records };
}
