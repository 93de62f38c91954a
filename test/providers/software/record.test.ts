import { createDecipheriv, hkdfSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeManifest, digestOfRecord, encodeManifest, type Manifest } from '../../../src/providers/software/manifest.js';
import { openRecord, type RecordHeader, sealRecord } from '../../../src/providers/software/record.js';
import { storeKey } from './store-support.js';
import { plain, random, utf8 } from './support.js';

const header: RecordHeader = {
  slot: 'Ключ/../1',
  sequence: 2 ** 40 + 5,
  generation: 3,
  algorithm: 'ECDSA-P256',
  keyLength: 256,
  half: 'private',
  permissions: 0xfff,
  publicPermissions: 0x20,
};
const material = random(138);
const manifest: Manifest = {
  sequence: 77,
  entries: new Map([
    ['a', { state: 'occupied', generation: 1, sequence: 76, digest: random(32) }],
    ['Ключ', { state: 'cleared', generation: 9 }],
  ]),
};

function eachFlip(bytes: Uint8Array, attempt: (changed: Uint8Array) => unknown): number {
  let accepted = 0;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    try {
      attempt(changed);
      accepted += 1;
    } catch (error) {
      expect((error as Error).constructor.name).toBe('LayoutError');
    }
  }
  return accepted;
}

test('a record gives back what was sealed', () => {
  const key = storeKey();
  const record = sealRecord(header, material, key);
  expect(openRecord(record, key).header).toEqual(header);
  expect(plain(openRecord(record, key).material)).toEqual(material);
  expect(Buffer.from(record).includes(Buffer.from(material.subarray(0, 16)))).toBe(false);
});

test('every changed bit of a record is noticed', () => {
  const key = storeKey();
  const record = sealRecord(header, material, key);
  expect(eachFlip(record, (changed) => openRecord(changed, key))).toBe(0);
});

test('every changed bit of a manifest is noticed', () => {
  const key = storeKey();
  expect(eachFlip(encodeManifest(manifest, key), (changed) => decodeManifest(changed, key))).toBe(0);
});

test('records and manifests that are cut or extended are refused', () => {
  const key = storeKey();
  for (const [bytes, attempt] of [
    [sealRecord(header, material, key), (changed: Uint8Array) => openRecord(changed, key)],
    [encodeManifest(manifest, key), (changed: Uint8Array) => decodeManifest(changed, key)],
  ] as const) {
    for (let length = 0; length < bytes.length; length++) expect(() => attempt(bytes.subarray(0, length))).toThrow();
    expect(() => attempt(Uint8Array.of(...bytes, 0))).toThrow();
    expect(() => attempt(random(bytes.length))).toThrow();
  }
});

test('another store key opens nothing, and the manifest says so', () => {
  const record = sealRecord(header, material, storeKey(1));
  expect(() => openRecord(record, storeKey(2))).toThrow('sealed under another key');
  expect(() => decodeManifest(encodeManifest(manifest, storeKey(1)), storeKey(2))).toThrow('written under another key');
});

test('a manifest gives back its entries, in the order of their names', () => {
  const key = storeKey();
  const bytes = encodeManifest(manifest, key);
  const decoded = decodeManifest(bytes, key);
  expect(decoded.sequence).toBe(77);
  expect([...decoded.entries.keys()]).toEqual(['a', 'Ключ']);
  expect(decoded.entries.get('Ключ')).toEqual({ state: 'cleared', generation: 9 });
  const reversed = { ...manifest, entries: new Map([...manifest.entries].reverse()) };
  expect(encodeManifest(reversed, key)).toEqual(bytes);
});

test('the same key sealed twice gives unlike records', () => {
  const key = storeKey();
  const [one, two] = [sealRecord(header, material, key), sealRecord(header, material, key)];
  expect(one.subarray(40, 84)).not.toEqual(two.subarray(40, 84));
  expect(digestOfRecord(one)).not.toEqual(digestOfRecord(two));
});

/** Written from the documentation of the layout alone. */
test('the layout is as documented: an independent reader opens it', () => {
  const record = Buffer.from(sealRecord(header, material, storeKey(9)));
  expect(record.subarray(0, 8).toString()).toBe('KSLTKEY\n');
  expect([record.readUInt16LE(8), record[10], record[11]]).toEqual([1, 2, 0]);
  expect([record.readUInt32LE(12), record.readUInt32LE(16), record.readUInt32LE(20)]).toEqual([0xfff, 0x20, 256]);
  expect([record.readBigUInt64LE(24), record.readBigUInt64LE(32)]).toEqual([2n ** 40n + 5n, 3n]);
  const salt = record.subarray(40, 72);
  const nonce = record.subarray(72, 84);
  const name = record.readUInt16LE(84);
  expect(record.subarray(86, 86 + name).toString()).toBe(header.slot);
  const algorithm = record.readUInt16LE(86 + name);
  expect(record.subarray(88 + name, 88 + name + algorithm).toString()).toBe('ECDSA-P256');
  const head = 88 + name + algorithm + 4;
  expect(record.readUInt32LE(head - 4)).toBe(material.length);
  expect(record.length).toBe(head + material.length + 16);
  const key = Buffer.from(hkdfSync('sha256', Buffer.alloc(32, 9), salt, utf8('keyslot key store 1 record'), 32));
  const opening = createDecipheriv('aes-256-gcm', key, nonce).setAAD(record.subarray(0, head)).setAuthTag(record.subarray(-16));
  expect(plain(Buffer.concat([opening.update(record.subarray(head, -16)), opening.final()]))).toEqual(material);
});
