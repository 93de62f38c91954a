import { algorithmTable, hashNames, hashSizes, type RsaCipherRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';
import type { KeyPair } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is RsaCipherRow => row.family === 'rsa-oaep' || row.family === 'rsa-pkcs1-encryption');

export function oaepParameters(random: Random): { mgfHash?: string; label?: Uint8Array } {
  if (random.chance(30)) return {};
  return {
    ...(random.chance(60) && { mgfHash: random.pick(hashNames) }),
    ...(random.chance(60) && { label: random.message(0, 300) }),
  };
}

/** Bytes of a modulus. */
export function modulusSize({ spki, row }: KeyPair): number {
  return row.name === 'RSA-3072' || spki.length > 400 ? 384 : spki.length > 294 ? 257 : 256;
}

function longest(row: RsaCipherRow, key: KeyPair): number {
  const size = modulusSize(key);
  return row.hash === undefined ? size - 11 : size - 2 - 2 * hashSizes[row.hash];
}

export const rsaEncryptionFamily = family({
  name: 'rsa encryption',
  rows,
  deeds: ['rsaEncrypt', 'rsaDecrypt'],
  operations: () => ['encrypt', 'decrypt'],
  round: async ({ row, random, pairs, ours, theirs }) => {
    const key = pairs.make(random, 'RSA');
    const job = { row, key, parameters: row.hash === undefined ? {} : oaepParameters(random) };
    const plain = random.message(0, longest(row, key));
    assertSame('the plaintext there', await theirs.rsaDecrypt(job, await ours.rsaEncrypt(job, plain)), plain);
    assertSame('the plaintext here', await ours.rsaDecrypt(job, await theirs.rsaEncrypt(job, plain)), plain);
  },
});
