/** Which algorithms are compared with whom: every row of the table, with everybody who can do it. */
import type { AlgorithmRow } from '../../src/core/algorithms.js';
import { families } from './families/all.js';
import type { AnyFamily } from './family.js';
import type { Party } from './party.js';

export interface Check {
  readonly family: AnyFamily;
  readonly row: AlgorithmRow;
  readonly ours: Party;
  readonly theirs: Party;
  readonly slow: boolean;
}

export interface Selection {
  /** Parts of names; every algorithm when there is none. */
  readonly algorithms: readonly string[];
  /** Without what takes seconds a round. */
  readonly quick: boolean;
}

function isSelected({ family, row }: { family: AnyFamily; row: AlgorithmRow }, { algorithms, quick }: Selection): boolean {
  if (quick && family.isSlow(row)) return false;
  const name = `${family.name} ${row.name}`.toLowerCase();
  return algorithms.length === 0 || algorithms.some((text) => name.includes(text.toLowerCase()));
}

function can(party: Party, { deeds, operations }: AnyFamily, row: AlgorithmRow): boolean {
  if (!party.has(row) || !deeds.every((deed) => party[deed] !== undefined)) return false;
  const { claims } = party;
  return claims === undefined || operations(row).every((operation) => claims(row.name, operation));
}

export function checksOf(ours: Party, others: readonly Party[], selection: Selection): Check[] {
  return families.flatMap((family) =>
    family.rows.flatMap((row) => {
      if (!isSelected({ family, row }, selection) || !can(ours, family, row)) return [];
      const able = others.filter((theirs) => can(theirs, family, row));
      return able.map((theirs) => ({ family, row, ours, theirs, slow: family.isSlow(row) }));
    }),
  );
}
