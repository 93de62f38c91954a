import { algorithmTable, hashSizes, type WrapRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family, type Round } from '../family.js';
import { carryAes } from '../key-forms.js';
import type { WrapJob } from '../party.js';
import { modulusSize, oaepParameters } from './rsa-encryption.js';

const rows = algorithmTable.filter((row): row is WrapRow => row.family === 'wrap');

type Draw = Pick<Round<WrapRow, never>, 'row' | 'random' | 'pairs'>;

function draw({ row, random, pairs }: Draw): { job: WrapJob; payload: Uint8Array } {
  if (row.keyType === 'rsa') {
    const key = pairs.make(random, 'RSA');
    const most = row.method === 'rsa-oaep' && row.hash !== undefined ? modulusSize(key) - 2 - 2 * hashSizes[row.hash] : 1024;
    return { job: { row, key, parameters: oaepParameters(random), iv: undefined, aad: undefined }, payload: random.message(1, most) };
  }
  const key = carryAes(random, random.pick([128, 192, 256]));
  const job = { row, key, parameters: {}, iv: undefined, aad: undefined };
  if (row.method === 'aes-kw') return { job, payload: random.bytes(8 * random.between(2, 130)) };
  if (row.method === 'aes-kwp') return { job, payload: random.message(1, 1024) };
  const iv = random.bytes(random.chance(60) ? 12 : random.between(1, 64));
  return { job: { ...job, iv, aad: random.chance(50) ? random.message(0, 300) : undefined }, payload: random.message(1, 1024) };
}

export const wrapFamily = family({
  name: 'wrap',
  rows,
  deeds: ['wrap', 'unwrap'],
  operations: () => ['wrap', 'unwrap'],
  round: async ({ row, random, pairs, ours, theirs }) => {
    const { job, payload } = draw({ row, random, pairs });
    const [here, there] = [await ours.wrap(job, payload), await theirs.wrap(job, payload)];
    if (row.keyType === 'aes') assertSame('the wrapped key', here, there);
    assertSame('the key, wrapped here and unwrapped there', await theirs.unwrap(job, here), payload);
    assertSame('the key, wrapped there and unwrapped here', await ours.unwrap(job, there), payload);
  },
});
