/** What a host tells of a key, against what Keyslot knows: foreign input decides nothing but whether it fits. */
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { keyHalfNumbers } from '../hosting/host-enumerations.js';
import { kindFits, kindOf, type ObjectFacts } from './key-kinds.js';

/** As in the messages of a host. */
export interface ToldFacts {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
}

export function toldHalf(facts: ToldFacts): KeyHalf {
  return keyHalfNumbers.given(facts.half, 'half');
}

function objectFacts(facts: ToldFacts): ObjectFacts {
  const { keyType, keyLength, curve } = facts;
  return { keyType, keyLength, curve, isSecret: toldHalf(facts) === 'secret' };
}

/** The kind of key that facts are of, the expected one first; undefined when Keyslot has none. */
export function rowOfFacts(expected: KeyRow, facts: ToldFacts): KeyRow | undefined {
  const told = objectFacts(facts);
  return kindFits(expected, told) ? expected : kindOf(told);
}

/** @throws INTERNAL_ERROR when a host made another key than it was asked for */
export function assertFacts(row: KeyRow, facts: ToldFacts): void {
  if (kindFits(row, objectFacts(facts))) return;
  throw new KeyslotError('INTERNAL_ERROR', `the token's host answered with a key that is not of ${row.name}`);
}
