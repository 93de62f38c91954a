/** One kind of comparison, for all algorithms of some families of the table. */
import type { AlgorithmRow } from '../../src/core/algorithms.js';
import type { KeyPairs } from './key-pairs.js';
import type { Deed, Deeds, Party } from './party.js';
import type { Random } from './random.js';

export type Does<D extends Deed> = Party & Pick<Deeds, D>;

export interface Round<R, D extends Deed> {
  readonly row: R;
  readonly random: Random;
  readonly pairs: KeyPairs;
  /** The software provider. */
  readonly ours: Does<D>;
  readonly theirs: Does<D>;
}

export interface Family<R extends AlgorithmRow = AlgorithmRow, D extends Deed = Deed> {
  readonly name: string;
  readonly rows: readonly R[];
  /** What both must be able to do. */
  readonly deeds: readonly D[];
  /** What a provider must claim of the row. */
  readonly operations: (row: R) => readonly string[];
  /** Seconds, and not milliseconds, a round: left out of `npm test`. */
  readonly isSlow?: (row: R) => boolean;
  /** @throws Disagreement, Unable for a draw that one of them can't do */
  readonly round: (round: Round<R, D>) => Promise<void>;
}

/** A family as the runner sees it, its rows of any kind. */
export interface AnyFamily {
  readonly name: string;
  readonly rows: readonly AlgorithmRow[];
  readonly deeds: readonly Deed[];
  readonly operations: (row: AlgorithmRow) => readonly string[];
  readonly isSlow: (row: AlgorithmRow) => boolean;
  readonly round: (round: Round<AlgorithmRow, never> & { readonly ours: Party; readonly theirs: Party }) => Promise<void>;
}

/** The runner gives a family its own rows, and parties that do what it asks for, only. */
export function family<R extends AlgorithmRow, D extends Deed>(of: Family<R, D>): AnyFamily {
  return { isSlow: () => false, ...of } as unknown as AnyFamily;
}
