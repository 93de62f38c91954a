import { algorithmTable, type KemRow } from '../../../src/core/algorithms.js';
import { assertSame, changed } from '../agreement.js';
import { family } from '../family.js';

const rows = algorithmTable.filter((row): row is KemRow => row.family === 'ml-kem');

export const kemFamily = family({
  name: 'kem',
  rows,
  deeds: ['encapsulate', 'decapsulate'],
  operations: () => ['encapsulate', 'decapsulate'],
  round: async ({ row, random, pairs, ours, theirs }) => {
    const job = { row, key: pairs.make(random, row.keyName) };
    const here = await ours.encapsulate(job);
    assertSame('their secret of our ciphertext', await theirs.decapsulate(job, here.ciphertext), here.secret);
    const there = await theirs.encapsulate(job);
    assertSame('our secret of their ciphertext', await ours.decapsulate(job, there.ciphertext), there.secret);
    // A changed ciphertext gives another secret, which depends on the key alone (FIPS 203 6.3).
    const bent = changed(there.ciphertext, random.between(0, 100_000));
    assertSame('the secret of a changed ciphertext', await ours.decapsulate(job, bent), await theirs.decapsulate(job, bent));
  },
});
