import { type AgreementRow, algorithmTable } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';

const rows = algorithmTable.filter((row): row is AgreementRow => row.family === 'ecdh' || row.family === 'xdh');

export const agreementFamily = family({
  name: 'agreement',
  rows,
  deeds: ['agree'],
  operations: () => ['agree'],
  round: async ({ row, random, pairs, ours, theirs }) => {
    const [key, peer] = [pairs.make(random, row.keyName ?? row.name), pairs.make(random, row.keyName ?? row.name)];
    const common = { row, salt: random.message(0, 64), label: random.message(0, 64), size: random.between(1, 100) };
    const here = await ours.agree({ ...common, key, peer });
    assertSame('the secret of both, keys as they are', here, await theirs.agree({ ...common, key, peer }));
    assertSame('the secret of the other side, there', await theirs.agree({ ...common, key: peer, peer: key }), here);
  },
});
