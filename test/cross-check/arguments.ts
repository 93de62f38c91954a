import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { testedProvider } from '../conformance/providers.js';
import { type OutsideName, outsideNames } from './parties/find-parties.js';

export interface CrossCheckOptions {
  readonly rounds: number;
  readonly round: number | undefined;
  readonly algorithms: readonly string[];
  /** Providers of the daemon beside the software provider. */
  readonly providers: readonly string[];
  readonly outside: readonly OutsideName[];
  readonly seed: string;
  readonly seconds: number;
  readonly quick: boolean;
  /** An algorithm that has all its rounds with one of the others is not compared with further ones. */
  readonly onePartner: boolean;
  readonly json: string | undefined;
}

export const usage = `Compares the software provider with others on random keys, messages and parameters, both ways.

Usage: npm run cross-check [-- --rounds 1000] [--algorithm NAME…] [--provider NAME…] [--seed N] [--json FILE]

  --rounds N        of each algorithm and pair (default: 1000)
  --algorithm NAME  algorithms whose names, with their family, contain NAME ("aes-256", "kdf hkdf"); may be repeated
  --provider NAME   compare with: softhsm, openssl, node, library (default: all); may be repeated
  --seed N          the same seed draws the same (default: a new one, which is printed)
  --round N         this round only, to look at a disagreement
  --seconds N       no round of a check starts later than this (default: 60)
  --one-partner     an algorithm is done when it has its rounds with one of the others, the fastest first
  --quick           without what takes seconds a round
  --json FILE       writes {seed, notes, checks: [{family, algorithm, pair, rounds, milliseconds, disagreements, messages}]}

"node" is another Node, 24.8 or later, named by KEYSLOT_NODE24: its post-quantum code is compared with Keyslot's. "library" are
@noble's in this process. Keys that somebody generates are new each time, whatever the seed.
SIGINT ends it early, with the table of what was compared until then.
Exit: 0 all agreed, 1 a disagreement, a lost daemon, or nothing was compared, 2 usage.
`;

/** Thrown for arguments that can't be used. */
export class UsageError extends Error {}

const text = { type: 'string' } as const;
const list = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

function parse(argv: readonly string[]) {
  const options = {
    rounds: text,
    round: text,
    algorithm: list,
    provider: list,
    seed: text,
    seconds: text,
    json: text,
    quick: flag,
    'one-partner': flag,
    help: { ...flag, short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function positive(value: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new UsageError(`--${option} must be a whole number above 0`);
}

const isOutside = (name: string): name is OutsideName => (outsideNames as readonly string[]).includes(name);

/** Undefined when help was asked for. @throws UsageError */
export function readArguments(argv: readonly string[], folder: string): CrossCheckOptions | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  const named = values.provider?.map((name) => name.toLowerCase()) ?? ['softhsm', ...outsideNames];
  const providers = named.filter((name) => !isOutside(name));
  for (const name of providers) {
    if (testedProvider(name) === undefined || name === 'software') throw new UsageError(`there is nothing "${name}" to compare with`);
  }
  if (values.seed !== undefined && !/^\d{1,15}$/.test(values.seed)) throw new UsageError('--seed must be a whole number');
  return {
    rounds: positive(values.rounds ?? '1000', 'rounds'),
    round: values.round === undefined ? undefined : positive(values.round, 'round'),
    algorithms: values.algorithm ?? [],
    providers,
    outside: named.filter(isOutside),
    seed: values.seed ?? String(randomInt(1, 2 ** 31)),
    seconds: positive(values.seconds ?? '60', 'seconds'),
    quick: values.quick === true,
    onePartner: values['one-partner'] === true,
    json: values.json === undefined ? undefined : resolve(folder, values.json),
  };
}
