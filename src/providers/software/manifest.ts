/**
 * The manifest of the key store: which record of each slot counts. Layout of format 1, all numbers little-endian:
 *
 *     offset  size
 *          0     8  magic "KSLTMAN\n"
 *          8     2  format, 1
 *         10     2  zero
 *         12    16  identity of the store key, so that a wrong key can be told from a damaged manifest
 *         28     8  sequence: counts every write of the store, from 1
 *         36     4  number of entries, then the entries in the order of their names' bytes:
 *                     1  state: 1 occupied, 2 cleared
 *                     2  n, then n bytes: name of the slot, UTF-8
 *                     8  generation: of the key in the slot, or of the last one that was
 *                     8  sequence of the record, 0 when cleared
 *                    32  SHA-256 of the record's file, zeros when cleared
 *               32  HMAC-SHA-256 of everything before, under HKDF-SHA-256(store key, no salt, purpose "manifest")
 *
 * An entry names its record by digest, so that a record can't be swapped for another or for an older one. What the manifest can't
 * show is that the whole folder was put back to an earlier state: that needs a counter which the folder does not contain.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ByteReader, LayoutError, number, text } from './byte-reader.js';
import type { StoreKey } from './store-key.js';

export type ManifestEntry =
  | { readonly state: 'occupied'; readonly generation: number; readonly sequence: number; readonly digest: Uint8Array }
  | { readonly state: 'cleared'; readonly generation: number };

export interface Manifest {
  readonly sequence: number;
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

const magic = new TextEncoder().encode('KSLTMAN\n');
const format = 1;
const digestSize = 32;
export const identitySize = 16;
const states = { occupied: 1, cleared: 2 } as const;
const noSalt = new Uint8Array(0);
const noDigest = new Uint8Array(digestSize);

/** Longest manifest: more slots than a configuration can name. */
export const longestManifest = 16 * 1024 * 1024;

export function digestOfRecord(record: Uint8Array): Uint8Array {
  return createHash('sha256').update(record).digest();
}

/** 16 bytes by which a store key is recognized, and which tell nothing about it. */
export function identityOf(storeKey: StoreKey): Uint8Array {
  return storeKey.withDerived('identity', noSalt, (key) => createHash('sha256').update(key).digest().subarray(0, identitySize));
}
function authenticate(bytes: Uint8Array, storeKey: StoreKey): Uint8Array {
  return storeKey.withDerived('manifest', noSalt, (key) => createHmac('sha256', key).update(bytes).digest());
}

export function encodeManifest({ sequence, entries }: Manifest, storeKey: StoreKey): Uint8Array {
  const names = [...entries.keys()].map((name) => ({ name, bytes: Buffer.from(name) })).sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  const body = Buffer.concat([
    magic,
    number.u16(format),
    number.u16(0),
    identityOf(storeKey),
    number.u64(sequence),
    number.u32(names.length),
    ...names.map(({ name }) => encodeEntry(name, entries.get(name) as ManifestEntry)),
  ]);
  return Buffer.concat([body, authenticate(body, storeKey)]);
}

function encodeEntry(name: string, entry: ManifestEntry): Uint8Array {
  const occupied = entry.state === 'occupied';
  return Buffer.concat([
    number.u8(states[entry.state]),
    text(name),
    number.u64(entry.generation),
    number.u64(occupied ? entry.sequence : 0),
    occupied ? entry.digest : noDigest,
  ]);
}

/** @throws LayoutError when a bit is wrong or the store key is another */
export function decodeManifest(bytes: Uint8Array, storeKey: StoreKey): Manifest {
  const reader = new ByteReader(bytes);
  if (!magic.every((byte) => reader.u8() === byte)) throw new LayoutError('it is no manifest of a key store');
  const found = reader.u16();
  if (found !== format) throw new LayoutError(`it has format ${found}, which this version does not know`);
  reader.u16();
  if (!timingSafeEqual(reader.bytes(identitySize), identityOf(storeKey))) {
    throw new LayoutError('it was written under another key; check the key file');
  }
  if (reader.left < digestSize) throw new LayoutError('it is cut short');
  const body = bytes.subarray(0, -digestSize);
  if (!timingSafeEqual(bytes.subarray(body.length), authenticate(body, storeKey))) throw new LayoutError('it was changed');
  const sequence = reader.u64();
  const entries = new Map<string, ManifestEntry>();
  for (let count = reader.u32(); count > 0; count--) {
    const { name, entry } = decodeEntry(reader);
    entries.set(name, entry);
  }
  if (reader.left !== digestSize) throw new LayoutError('it is longer than it should be');
  return { sequence, entries };
}

function decodeEntry(reader: ByteReader): { name: string; entry: ManifestEntry } {
  const state = reader.u8();
  const name = reader.text(reader.u16());
  const generation = reader.u64();
  const sequence = reader.u64();
  const digest = Uint8Array.from(reader.bytes(digestSize));
  if (state === states.occupied) return { name, entry: { state: 'occupied', generation, sequence, digest } };
  if (state === states.cleared) return { name, entry: { state: 'cleared', generation } };
  throw new LayoutError('it holds an unknown state');
}
