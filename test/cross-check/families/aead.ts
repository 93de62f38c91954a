import { type AeadRow, algorithmTable } from '../../../src/core/algorithms.js';
import { assertSame, changed } from '../agreement.js';
import { family } from '../family.js';
import { carryAes, carrySecret } from '../key-forms.js';
import type { AeadJob, Sealed } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is AeadRow => row.family === 'aead');

function draw(random: Random, row: AeadRow): AeadJob {
  const { min, max } = row.nonce;
  const usual = min <= 12 && max >= 12 && random.chance(40);
  return {
    row,
    key: row.keyType === 'aes' ? carryAes(random, row.keyLength) : carrySecret(random, 'ChaCha20', random.bytes(32)),
    nonce: random.bytes(usual ? 12 : random.between(min, max)),
    aad: random.chance(25) ? new Uint8Array(0) : random.message(0, 1100),
    tagLength: random.pick(row.tagSizes),
  };
}

/** One bit of ciphertext, tag or additional data. */
function tampered(random: Random, job: AeadJob, sealed: Sealed): [AeadJob, Sealed] {
  const bit = random.between(0, 100_000);
  const where = random.pick(['data', 'tag', 'aad'] as const);
  if (where === 'data' && sealed.data.length > 0) return [job, { ...sealed, data: changed(sealed.data, bit) }];
  if (where === 'aad' && job.aad.length > 0) return [{ ...job, aad: changed(job.aad, bit) }, sealed];
  return [job, { ...sealed, tag: changed(sealed.tag, bit) }];
}

export const aeadFamily = family({
  name: 'aead',
  rows,
  deeds: ['seal', 'open'],
  operations: () => ['encrypt', 'decrypt'],
  round: async ({ row, random, ours, theirs }) => {
    const job = draw(random, row);
    // A nonce of 7 bytes leaves CCM plenty; of 13, two bytes for the length.
    const plain = random.message();
    const sealed = await theirs.seal(job, plain);
    const here = await ours.seal(job, plain);
    assertSame('the ciphertext', here.data, sealed.data);
    assertSame('the tag', here.tag, sealed.tag);
    const [otherJob, other] = tampered(random, job, sealed);
    for (const party of [ours, theirs]) {
      assertSame(`the plaintext by ${party.name}`, await party.open(job, sealed), plain);
      assertSame(`what ${party.name} makes of changed data`, await party.open(otherJob, other), undefined);
    }
  },
});
