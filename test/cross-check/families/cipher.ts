import { algorithmTable, type CipherRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';
import { carryAes } from '../key-forms.js';
import type { CipherJob } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is CipherRow => row.family === 'cipher');

function draw(random: Random, row: CipherRow): CipherJob {
  const padding = row.blockSize === 1 ? 'none' : random.pick(['pkcs7', 'none'] as const);
  const iv = row.ivSize === 0 ? undefined : random.bytes(row.ivSize);
  // Counters that run over their end.
  if (iv !== undefined && random.chance(20)) iv.fill(0xff, random.between(0, 15));
  return { row, padding, key: carryAes(random, row.keyLength), iv };
}

function plaintext(random: Random, { row, padding }: CipherJob): Uint8Array {
  if (row.mode === 'xts') return random.message(16);
  if (row.blockSize > 1 && padding === 'none') return random.bytes(row.blockSize * random.between(0, 200));
  return random.message();
}

export const cipherFamily = family({
  name: 'cipher',
  rows,
  deeds: ['encrypt', 'decrypt'],
  operations: () => ['encrypt', 'decrypt'],
  round: async ({ row, random, ours, theirs }) => {
    const job = draw(random, row);
    const plain = plaintext(random, job);
    const sealed = await ours.encrypt(job, plain);
    assertSame('the ciphertext', sealed, await theirs.encrypt(job, plain));
    assertSame('the plaintext here', await ours.decrypt(job, sealed), plain);
    assertSame('the plaintext there', await theirs.decrypt(job, sealed), plain);
  },
});
