import { algorithmTable, type HashRow, type XofRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';
import type { HashJob } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is HashRow | XofRow => row.family === 'hash' || row.family === 'xof');

function draw(random: Random, row: HashRow | XofRow): HashJob {
  const bounds = row.parameters.find(({ name }) => name === 'outputLength');
  const whole = bounds === undefined || random.chance(25);
  const size = whole ? row.outputSize : random.size(bounds.min, Math.min(bounds.max ?? 0, 1000));
  const parameters = {
    ...(!whole && { outputLength: size }),
    ...(row.parameters.some(({ name }) => name === 'customization') &&
      random.chance(75) && { customization: random.message(0, 300), functionName: random.message(0, 300) }),
  };
  return { row, parameters, size, message: random.message() };
}

export const hashFamily = family({
  name: 'hash',
  rows,
  deeds: ['hash'],
  operations: () => ['hash'],
  round: async ({ row, random, ours, theirs }) => {
    const job = draw(random, row);
    assertSame('the digest', await ours.hash(job), await theirs.hash(job));
  },
});
