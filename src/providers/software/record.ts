/**
 * A record of the key store: one key, sealed. Layout of format 1, all numbers little-endian:
 *
 *     offset  size
 *          0     8  magic "KSLTKEY\n"
 *          8     2  format, 1
 *         10     1  half: 1 secret, 2 private, 3 public
 *         11     1  zero
 *         12     4  permissions
 *         16     4  permissions of the public half
 *         20     4  length of the key in bits
 *         24     8  sequence: the write of the store that made this record
 *         32     8  generation of the slot
 *         40    32  salt, random
 *         72    12  nonce, random
 *         84     2  n, then n bytes: name of the slot, UTF-8
 *                2  m, then m bytes: name of the key's algorithm, UTF-8
 *                4  k, then k bytes: ciphertext of the key: raw bytes, PKCS#8 or SPKI by its half
 *               16  tag
 *
 * Sealing: AES-256-GCM (NIST SP 800-38D) under a key of its own for every record, HKDF-SHA-256(store key, salt, purpose "record").
 * A salt of 256 random bits does not repeat, so that no key seals twice and the number of writes has no bound that matters; with one
 * key for all, random nonces of 96 bits would have allowed 2^32. Everything before the ciphertext is additional authenticated data:
 * no bit of a record can change unnoticed.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyHalf } from '../../core/permissions.js';
import { ByteReader, LayoutError, number, text } from './byte-reader.js';
import type { StoreKey } from './store-key.js';

export interface RecordHeader {
  readonly slot: string;
  readonly sequence: number;
  readonly generation: number;
  /** Canonical name of the key's algorithm. */
  readonly algorithm: string;
  /** Bits. */
  readonly keyLength: number;
  readonly half: KeyHalf;
  readonly permissions: number;
  readonly publicPermissions: number;
}

const magic = new TextEncoder().encode('KSLTKEY\n');
const format = 1;
const saltSize = 32;
const nonceSize = 12;
const tagSize = 16;
const cipher = 'aes-256-gcm';
const halves: readonly KeyHalf[] = ['secret', 'private', 'public'];

/** Longest record: names of 2^16 bytes would be absurd, keys of 64 KiB are not. */
export const longestRecord = 256 * 1024;

/** Seals a copy of `material`, which stays the caller's to wipe. */
export function sealRecord(header: RecordHeader, material: Uint8Array, storeKey: StoreKey): Uint8Array {
  const salt = randomBytes(saltSize);
  const nonce = randomBytes(nonceSize);
  const head = Buffer.concat([
    magic,
    number.u16(format),
    number.u8(halves.indexOf(header.half) + 1),
    number.u8(0),
    number.u32(header.permissions),
    number.u32(header.publicPermissions),
    number.u32(header.keyLength),
    number.u64(header.sequence),
    number.u64(header.generation),
    salt,
    nonce,
    text(header.slot),
    text(header.algorithm),
    number.u32(material.length),
  ]);
  return storeKey.withDerived('record', salt, (key) => {
    const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagSize }).setAAD(head);
    const sealed = sealing.update(material);
    sealing.final();
    return Buffer.concat([head, sealed, sealing.getAuthTag()]);
  });
}

export interface OpenedRecord {
  readonly header: RecordHeader;
  /** Raw bytes, PKCS#8 or SPKI by `header.half`. The receiver wipes them. */
  readonly material: Uint8Array;
}

/** @throws LayoutError when a bit is wrong or the store key is another */
export function openRecord(record: Uint8Array, storeKey: StoreKey): OpenedRecord {
  const { header, salt, nonce, head, sealed, tag } = dissect(record);
  return storeKey.withDerived('record', salt, (key) => {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagSize }).setAAD(head).setAuthTag(tag);
    const material = opening.update(sealed);
    try {
      opening.final();
    } catch {
      material.fill(0);
      throw new LayoutError('it was changed, or sealed under another key');
    }
    return { header, material };
  });
}

function dissect(record: Uint8Array) {
  const reader = new ByteReader(record);
  if (!magic.every((byte) => reader.u8() === byte)) throw new LayoutError('it is no record of a key store');
  const found = reader.u16();
  if (found !== format) throw new LayoutError(`it has format ${found}, which this version does not know`);
  const half = halves[reader.u8() - 1];
  if (half === undefined || reader.u8() !== 0) throw new LayoutError('it holds an unknown kind of key');
  const [permissions, publicPermissions, keyLength] = [reader.u32(), reader.u32(), reader.u32()];
  const [sequence, generation] = [reader.u64(), reader.u64()];
  const salt = reader.bytes(saltSize);
  const nonce = reader.bytes(nonceSize);
  const slot = reader.text(reader.u16());
  const algorithm = reader.text(reader.u16());
  const size = reader.u32();
  const head = record.subarray(0, reader.position);
  const sealed = reader.bytes(size);
  const tag = reader.bytes(tagSize);
  if (reader.left !== 0) throw new LayoutError('it is longer than it should be');
  const header: RecordHeader = { slot, sequence, generation, algorithm, keyLength, half, permissions, publicPermissions };
  return { header, salt, nonce, head, sealed, tag };
}
