/** Which keys an algorithm takes. */
import type { KeyOperationRow, KeyRow, OperationRow } from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';
import type { Direction, KeyHalf } from '../core/permissions.js';
import { isPublicUse, type KeyUse } from '../core/permissions.js';

/** What of a row says something about its keys. */
interface Demands {
  readonly keyType?: string;
  readonly keyTypes?: readonly string[];
  readonly keyLength?: number;
  readonly curve?: string;
  readonly keyName?: string;
}
/** Rows of these families are for the keys of the same name only. */
const byName: ReadonlySet<string> = new Set(['hmac', 'kmac']);

/** Whether the kind of key is right, whatever its half. */
export function keyRowFits(row: OperationRow | KeyOperationRow, key: KeyRow, keyLength: number): boolean {
  const { keyType, keyTypes, keyLength: length, curve, keyName } = row as Demands;
  return (
    (keyType === undefined || keyType === key.keyType) &&
    (keyTypes === undefined || keyTypes.includes(key.keyType)) &&
    (length === undefined || length === keyLength) &&
    (curve === undefined || curve === key.curve) &&
    (keyName === undefined || keyName === key.name) &&
    (!byName.has(row.family) || key.name === row.name)
  );
}

interface FittingKey {
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
}

/** @throws INCOMPATIBLE_KEY_TYPE for a key of another type, size or curve, and for a public half where the private one is needed */
export function assertKeyFits(
  row: OperationRow | KeyOperationRow,
  use: KeyUse,
  direction: Direction | undefined,
  { algorithm: key, keyLength, half }: FittingKey,
  field = 'key',
): void {
  if (half === 'public' && !isPublicUse(use, direction)) {
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a public key of type ${key.name} does not ${verbs[use] ?? direction ?? use}`, {
      field,
    });
  }
  if (keyRowFits(row, key, keyLength)) return;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of type ${key.name} does not fit ${row.name}`, { field });
}

const verbs: Readonly<Partial<Record<KeyUse, string>>> = {
  sign: 'sign',
  mac: 'authenticate',
  derive: 'derive',
  agree: 'agree',
  unwrap: 'unwrap',
};
