import { algorithmTable, type HashName, hashSizes, type KdfRow } from '../../../src/core/algorithms.js';
import { assertSame } from '../agreement.js';
import { family } from '../family.js';
import { carryAes, carrySecret } from '../key-forms.js';
import type { KdfJob, SecretKey } from '../party.js';
import type { Random } from '../random.js';

type Fields = KdfJob['fields'];

const rows = algorithmTable.filter((row): row is KdfRow => row.family === 'kdf');
const sizeOf = (hash: HashName | undefined): number => (hash === undefined ? 16 : hashSizes[hash]);

function secretOf(random: Random, { keyTypes, hash, function: of }: KdfRow): SecretKey {
  if (!keyTypes.includes('secret')) return carryAes(random, random.pick([128, 192, 256]));
  // What is expanded is a digest at least (RFC 5869 2.3).
  const expands = of === 'hkdf-expand' || of === 'tls13-hkdf';
  const size = random.size(expands ? sizeOf(hash) : of === 'sp800-108-kmac' ? 4 : 1, 300);
  return carrySecret(random, 'GENERIC-SECRET', random.bytes(size));
}

function sometimes(random: Random, percent: number, name: string, bytes: () => Uint8Array): Fields {
  return random.chance(percent) ? { [name]: bytes() } : {};
}

function counterOf(random: Random, row: KdfRow, mode: string, fixed: Uint8Array | undefined): Fields {
  const inCounterMode = ['before-fixed', 'after-fixed', 'middle-fixed'];
  const inOthers = ['before-fixed', 'after-fixed', 'before-iterator', 'none'];
  if (random.chance(30) || !row.parameters.some(({ name }) => name === 'counterLocation')) return {};
  const counterLocation = random.pick(mode === 'counter' ? inCounterMode : inOthers);
  const counterLength = random.pick([8, 16, 24, 32]);
  if (counterLocation !== 'middle-fixed') return { counterLength, counterLocation };
  if (fixed === undefined || fixed.length < 2) return { counterLength };
  const counterOffset = random.between(1, 8 * fixed.length - 1);
  return { counterLength, counterLocation, counterOffset };
}

function expansion(random: Random, row: KdfRow, mode: string): Fields {
  const fixedInput = random.chance(50) ? random.message(0, 200) : undefined;
  const input =
    fixedInput === undefined
      ? { ...sometimes(random, 80, 'label', () => random.message(0, 120)), ...sometimes(random, 80, 'seed', () => random.message(0, 120)) }
      : { fixedInput };
  const iv =
    mode === 'feedback' ? sometimes(random, 60, 'iv', () => random.bytes(random.chance(80) ? sizeOf(row.hash) : random.size(0, 100))) : {};
  return { ...input, ...iv, ...counterOf(random, row, mode, fixedInput) };
}

type Draw = (random: Random, row: KdfRow) => Fields;
const salt = (random: Random, min = 0): Fields => sometimes(random, 80, 'salt', () => random.message(min, 200));

const draws: Readonly<Record<KdfRow['function'], Draw>> = {
  hkdf: (random) => ({ ...salt(random), ...sometimes(random, 80, 'label', () => random.message(0, 400)) }),
  'hkdf-extract': (random) => salt(random),
  'hkdf-expand': (random) => sometimes(random, 80, 'label', () => random.message(0, 400)),
  pbkdf2: (random) => ({ salt: random.message(0, 100), iterationCount: random.between(1, 60) }),
  'tls12-prf': (random) => ({ label: random.message(1, 60), seed: random.message(1, 200) }),
  'tls13-hkdf': (random) => ({ label: random.message(1, 249), ...sometimes(random, 80, 'seed', () => random.message(0, 255)) }),
  'sp800-108-ctr': (random, row) => expansion(random, row, 'counter'),
  'sp800-108-fb': (random, row) => expansion(random, row, 'feedback'),
  'sp800-108-dp': (random, row) => expansion(random, row, 'double-pipeline'),
  'sp800-108-kmac': (random) => ({
    ...sometimes(random, 80, 'label', () => random.message(0, 200)),
    ...sometimes(random, 80, 'seed', () => random.message(0, 200)),
  }),
  x963: (random) => sometimes(random, 80, 'seed', () => random.message(0, 300)),
  'sp800-56c-1step': (random, row) => ({
    ...sometimes(random, 80, 'seed', () => random.message(0, 300)),
    ...(row.parameters.some(({ name }) => name === 'salt') && salt(random, row.prf.startsWith('kmac') ? 4 : 0)),
  }),
  'sp800-56c-2step': (random, row) => {
    const mode = random.pick(['counter', 'feedback', 'double-pipeline']);
    const seed = random.message(0, 200);
    const keySalt = row.prf === 'cmac' ? sometimes(random, 80, 'salt', () => random.bytes(random.pick([16, 24, 32]))) : salt(random);
    const iv = mode === 'feedback' ? sometimes(random, 60, 'iv', () => random.bytes(sizeOf(row.hash))) : {};
    return { ...keySalt, seed, ...(mode !== 'counter' || random.chance(50) ? { mode } : {}), ...iv, ...counterOf(random, row, mode, seed) };
  },
  scrypt: (random) => ({
    salt: random.message(0, 100),
    iterationCount: 2 ** random.between(1, 6),
    memory: random.between(1, 8),
    parallelism: random.between(1, 3),
  }),
  argon2id: (random) => {
    const parallelism = random.between(1, 3);
    return {
      salt: random.message(8, 64),
      ...sometimes(random, 50, 'label', () => random.message(0, 64)),
      ...sometimes(random, 50, 'seed', () => random.message(0, 64)),
      iterationCount: random.between(1, 3),
      memory: random.between(8 * parallelism, 8 * parallelism + 60),
      parallelism,
    };
  },
};

/** The counter of 8 bits numbers 255 blocks, and so does HKDF. */
function outputSize(random: Random, { function: of, hash }: KdfRow, { counterLength }: Fields): number {
  const digest = sizeOf(hash);
  if (of === 'hkdf-extract') return digest;
  const borders = [digest - 1, digest, digest + 1, 2 * digest, 2 * digest + 1].filter((size) => size > 0);
  if (random.chance(40)) return Math.max(random.pick(borders), of === 'argon2id' ? 4 : 1);
  return random.between(of === 'argon2id' ? 4 : 1, counterLength === 8 ? Math.min(1200, 255 * digest) : 1200);
}

export const kdfFamily = family({
  name: 'kdf',
  rows,
  deeds: ['derive'],
  operations: () => ['derive'],
  round: async ({ row, random, ours, theirs }) => {
    const fields = draws[row.function](random, row);
    const job: KdfJob = { row, fields, secret: secretOf(random, row), size: outputSize(random, row, fields) };
    assertSame('what is derived', await ours.derive(job), await theirs.derive(job));
  },
});
