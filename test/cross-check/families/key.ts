/** Private keys that one makes and writes, and the other reads and writes anew: the public half stays the same. */
import { algorithmTable, isSecretKey, type KeyRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';
import { type CarriedKey, type Deeds, Unable } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is KeyRow => row.family === 'key' && !isSecretKey(row) && row.name !== 'RSA');

type Keeper = Pick<Deeds, 'publicOf' | 'rewrite'>;

async function passed(random: Random, key: CarriedKey, from: Keeper, to: Keeper): Promise<void> {
  const { algorithm } = key;
  const hasJwk = !algorithm.includes('brainpool');
  const spki = await from.publicOf(key);
  assertSame('the public half', await to.publicOf(key), spki);
  const there = await to.rewrite(key, random.pick(['der', 'pem'] as const));
  assertSame('the public half of a key written anew', await from.publicOf(there), spki);
  if (!hasJwk || random.chance(50)) return;
  const { publicOf, rewrite } = from;
  try {
    const back = await rewrite(await rewrite(key, 'der'), 'jwk');
    assertSame('the public half of a JWK', await to.publicOf(back), await publicOf(back));
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
  }
}

export const keyFamily = family({
  name: 'key',
  rows,
  deeds: ['generateKey', 'publicOf', 'rewrite'],
  operations: () => ['generate', 'import', 'export'],
  isSlow: ({ keyType, name }) => keyType === 'rsa' || (keyType === 'slh-dsa' && !name.endsWith('128f')),
  round: async ({ row, random, ours, theirs }) => {
    const form = random.between(0, 255);
    await passed(random, await ours.generateKey(row, form), ours, theirs);
    await passed(random, await theirs.generateKey(row, form), theirs, ours);
  },
});
