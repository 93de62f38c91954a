/** Key derivations on the command line: which function, and what it is given. */
import type { KdfParameters } from '../client/index.js';
import { type ByteValue, bytesFlag, resolveBytes } from './byte-value.js';
import type { CliContext } from './context.js';
import { usageError } from './failure.js';
import { shownFlag } from './flag-names.js';
import { numberFlag, textFlag } from './key-flags.js';
import { wipe } from './secret-memory.js';

export interface KdfFlags {
  readonly kdf?: string;
  readonly salt?: ByteValue;
  readonly label?: ByteValue;
  readonly seed?: ByteValue;
  readonly fixedInput?: ByteValue;
  readonly iv?: ByteValue;
  readonly iterations?: number;
  readonly memory?: number;
  readonly parallelism?: number;
  readonly counterLength?: number;
  readonly counterLocation?: string;
  readonly counterOffset?: number;
  readonly mode?: string;
  readonly length?: number;
}

export const kdfFlags = {
  kdf: textFlag('name', 'Key derivation function, such as HKDF-SHA-256'),
  salt: bytesFlag('hex', 'Salt: hex, text:… or @FILE'),
  label: bytesFlag('text', 'Label, info of HKDF: text, hex:… or @FILE'),
  seed: bytesFlag('hex', 'Seed, context or shared info: hex, text:… or @FILE'),
  fixedInput: bytesFlag('hex', 'Whole fixed input of SP 800-108'),
  iv: bytesFlag('hex', 'First value of a feedback mode'),
  iterations: numberFlag('n', 'Iterations; N of scrypt, passes of Argon2id'),
  memory: numberFlag('n', 'KiB of Argon2id; block size r of scrypt'),
  parallelism: numberFlag('n', 'Lanes of Argon2id; p of scrypt'),
  counterLength: numberFlag('bits', 'Bits of the counter of SP 800-108'),
  counterLocation: textFlag('where', 'Its place: before-fixed, after-fixed …'),
  counterOffset: numberFlag('bits', 'Bits of fixed input before one in the middle'),
  mode: textFlag('mode', 'Of SP 800-56C in two steps: counter, feedback …'),
  length: numberFlag('bits', 'Bits of the new key, where they are not fixed'),
} as const;

/** Fields of the API, and the flags that fill them. */
const fields = {
  salt: 'salt',
  label: 'label',
  seed: 'seed',
  fixedInput: 'fixedInput',
  iv: 'iv',
  iterationCount: 'iterations',
  memory: 'memory',
  parallelism: 'parallelism',
  counterLength: 'counterLength',
  counterLocation: 'counterLocation',
  counterOffset: 'counterOffset',
  mode: 'mode',
  outputKeyLength: 'length',
} as const;
const byteFields = ['salt', 'label', 'seed', 'fixedInput', 'iv'] as const;

export const kdfNames = {
  kdf: 'kdf',
  'kdf.kdfAlgorithm': 'kdf',
  ...Object.fromEntries(Object.entries(fields).map(([field, flag]) => [`kdf.${field}`, flag])),
};

/** Gives `use` the parameters of the flags, undefined without --kdf, and wipes their bytes at the end. @throws INVALID_ARGUMENT (usage) */
export async function withKdf<T>(context: CliContext, flags: KdfFlags, use: (kdf: KdfParameters | undefined) => Promise<T>): Promise<T> {
  const { kdf } = flags;
  if (kdf === undefined) {
    const surplus = Object.values(fields).find((flag) => flags[flag] !== undefined);
    if (surplus !== undefined) throw usageError(`${shownFlag(surplus)} is of a key derivation: give --kdf`, 'kdf');
    return use(undefined);
  }
  const bytes: { -readonly [name in (typeof byteFields)[number]]?: Uint8Array } = {};
  try {
    for (const field of byteFields) {
      const value = flags[field];
      if (value !== undefined) bytes[field] = await resolveBytes(context, value);
    }
    return await use({ kdfAlgorithm: kdf, ...bytes, ...plainFields(flags) });
  } finally {
    wipe(...Object.values(bytes));
  }
}

function plainFields(flags: KdfFlags): Partial<KdfParameters> {
  const { iterations, memory, parallelism, counterLength, counterLocation, counterOffset, mode, length } = flags;
  return {
    ...(iterations === undefined ? {} : { iterationCount: iterations }),
    ...(memory === undefined ? {} : { memory }),
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(counterLength === undefined ? {} : { counterLength }),
    ...(counterLocation === undefined ? {} : { counterLocation }),
    ...(counterOffset === undefined ? {} : { counterOffset }),
    ...(mode === undefined ? {} : { mode }),
    ...(length === undefined ? {} : { outputKeyLength: length }),
  };
}

/** The same where a derivation is needed. */
export function withNeededKdf<T>(context: CliContext, flags: KdfFlags, use: (kdf: KdfParameters) => Promise<T>): Promise<T> {
  return withKdf(context, flags, (kdf) => {
    if (kdf === undefined) throw usageError('a key derivation is needed: give --kdf, such as --kdf HKDF-SHA-256', 'kdf');
    return use(kdf);
  });
}
