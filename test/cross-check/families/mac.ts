import { algorithmTable, type MacRow } from '../../../src/core/algorithms.js';
import { assertSame, assertTrue, changed } from '../agreement.js';
import { family } from '../family.js';
import { carryAes, carrySecret } from '../key-forms.js';
import type { MacJob, SecretKey } from '../party.js';
import type { Random } from '../random.js';

const rows = algorithmTable.filter((row): row is MacRow => ['hmac', 'cmac', 'gmac', 'kmac'].includes(row.family));

function keyOf(random: Random, row: MacRow): SecretKey {
  if (row.keyType === 'aes') return carryAes(random, random.pick([128, 192, 256]));
  const size = row.keyType === 'kmac' ? random.size(4, 512) : random.size(1, 512);
  return carrySecret(random, row.name, random.bytes(size));
}

function draw(random: Random, row: MacRow): MacJob {
  const bounds = row.parameters.find(({ name }) => name === 'outputLength');
  const whole = random.chance(40);
  const size = whole ? row.outputSize : random.between(bounds?.min ?? 4, Math.min(bounds?.max ?? 0, 700));
  const custom = row.family === 'kmac' && random.chance(75);
  return {
    row,
    parameters: {
      ...(!whole && { outputLength: size }),
      ...(custom && { customization: random.message(0, 512) }),
      ...(row.family === 'kmac' && random.chance(50) && { xof: random.chance(80) }),
    },
    size,
    key: keyOf(random, row),
    iv: 'nonce' in row && row.nonce.max > 0 ? random.bytes(random.chance(40) ? 12 : random.size(row.nonce.min, row.nonce.max)) : undefined,
    message: random.message(),
  };
}

export const macFamily = family({
  name: 'mac',
  rows,
  deeds: ['mac'],
  operations: () => ['mac'],
  round: async ({ row, random, ours, theirs }) => {
    const job = draw(random, row);
    const mac = await theirs.mac(job);
    assertSame('the MAC', await ours.mac(job), mac);
    for (const party of [ours, theirs]) {
      if (party.verifyMac === undefined) continue;
      assertTrue(`${party.name} takes the MAC`, await party.verifyMac(job, mac));
      assertTrue(`${party.name} refuses another MAC`, !(await party.verifyMac(job, changed(mac, random.between(0, 7 + 8 * mac.length)))));
    }
  },
});
