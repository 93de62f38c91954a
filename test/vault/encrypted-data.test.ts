/** EncryptedData is read strictly. */
import { expect, test } from 'vitest';
import { encryptedData, parseEncryptedData } from '../../src/vault/encrypted-data.js';

const salt = Buffer.alloc(32, 1).toString('base64');
const iv = Buffer.alloc(12, 2).toString('base64');
const data = Buffer.alloc(17, 3).toString('base64');
const sound = { key_version: 2, salt, iv, data };

test('an object and its JSON are read, with either spelling of the version', () => {
  const { key_version, ...rest } = sound;
  for (const input of [sound, JSON.stringify(sound), { ...rest, keyVersion: 2 }, JSON.stringify({ keyVersion: key_version, ...rest })]) {
    const bytes = parseEncryptedData(input);
    expect(bytes.keyVersion).toBe(2);
    expect([bytes.salt.length, bytes.iv.length, bytes.data.length]).toEqual([32, 12, 17]);
    expect(encryptedData(bytes)).toEqual(sound);
  }
});

test.for([
  ['encrypted', ''],
  ['encrypted', '{'],
  ['encrypted', 'null'],
  ['encrypted', null],
  ['encrypted', 5],
  ['encrypted', [sound]],
  ['encrypted', { ...sound, extra: 1 }],
  ['key_version', { salt, iv, data }],
  ['key_version', { ...sound, keyVersion: 2 }],
  ['key_version', { ...sound, key_version: '2' }],
  ['key_version', { ...sound, key_version: 2.5 }],
  ['key_version', { ...sound, key_version: -1 }],
  ['key_version', { ...sound, key_version: 2 ** 32 }],
  ['salt', { key_version: 2, iv, data }],
  ['salt', { ...sound, salt: '' }],
  ['salt', { ...sound, salt: Buffer.alloc(31).toString('base64') }],
  ['salt', { ...sound, salt: 7 }],
  ['iv', { ...sound, iv: Buffer.alloc(16).toString('base64') }],
  ['iv', { ...sound, iv: `${iv}\n` }],
  ['data', { ...sound, data: Buffer.alloc(15).toString('base64') }],
  ['data', { ...sound, data: data.replace(/=+$/, '') }],
  ['data', { ...sound, data: data.replaceAll('A', '-') }],
  ['data', { ...sound, data: ` ${data}` }],
  // Bits behind the last byte that are not zero.
  ['data', { ...sound, data: `${data.slice(0, -2)}N=` }],
] as const)('%s at fault: %j', ([field, input]) => {
  expect(() => parseEncryptedData(input)).toThrow(expect.objectContaining({ code: 'INVALID_FORMAT', field }));
});

test.for([0, 1, 2 ** 31 + 2])('there is no derived key of version %i', (key_version) => {
  expect(() => parseEncryptedData({ ...sound, key_version })).toThrow(
    expect.objectContaining({ code: 'DERIVATION_PATH_INVALID', field: 'key_version' }),
  );
});
