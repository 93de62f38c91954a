/** What a host tells of a key, against what Keyslot knows: foreign input decides nothing but whether it fits. */
import { algorithmTable, type KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { keyHalfNumbers } from '../hosting/host-enumerations.js';
import { CKK } from './cryptoki.js';

/** As in the messages of a host. */
export interface ToldFacts {
  readonly half: number;
  readonly keyType: number;
  readonly keyLength: number;
  readonly curve: string;
}

const numbersOfType: Readonly<Record<KeyRow['keyType'], readonly number[]>> = {
  aes: [CKK.AES],
  hmac: [CKK.GENERIC_SECRET, CKK.SHA256_HMAC],
  ec: [CKK.EC],
  rsa: [CKK.RSA],
};

export function toldHalf(facts: ToldFacts): KeyHalf {
  return keyHalfNumbers.given(facts.half, 'half');
}

function lengthFits(row: KeyRow, bits: number): boolean {
  if (row.importLength === undefined) return bits === row.keyLength;
  return bits >= row.importLength.min && bits <= row.importLength.max;
}

export function factsFit(row: KeyRow, facts: ToldFacts): boolean {
  const secret = row.keyType === 'aes' || row.keyType === 'hmac';
  return (
    numbersOfType[row.keyType].includes(facts.keyType) &&
    lengthFits(row, facts.keyLength) &&
    facts.curve === (row.curve ?? '') &&
    (toldHalf(facts) === 'secret') === secret
  );
}

/** The kind of key that facts are of, the expected one first; undefined when Keyslot has none. */
export function rowOfFacts(expected: KeyRow, facts: ToldFacts): KeyRow | undefined {
  if (factsFit(expected, facts)) return expected;
  return algorithmTable.find((row): row is KeyRow => row.family === 'key' && factsFit(row, facts));
}

/** @throws INTERNAL_ERROR when a host made another key than it was asked for */
export function assertFacts(row: KeyRow, facts: ToldFacts): void {
  if (!factsFit(row, facts)) throw new KeyslotError('INTERNAL_ERROR', `the token's host answered with a key that is not of ${row.name}`);
}
