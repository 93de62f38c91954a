/** Numbers of words in the messages between daemon and hosts. Both sides are one build, so lists may change in any way. */
import {
  type AlgorithmRow,
  algorithmTable,
  hashNames,
  type KdfRow,
  type KeyRow,
  type OperationRow,
  type WrapRow,
} from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { Enumeration, keyFormatNumbers } from '../../protocol/enumerations.js';

export const keyHalves = ['secret', 'private', 'public'] as const;
export const operationUses = ['hash', 'mac', 'encrypt', 'decrypt', 'sign', 'verify'] as const;
export const keySources = ['generate', 'import', 'key'] as const;
export type OperationUse = (typeof operationUses)[number];

export const keyHalfNumbers = new Enumeration(keyHalves);
export const operationUseNumbers = new Enumeration(operationUses);
export const hashNumbers = new Enumeration(hashNames);
export const keySourceNumbers = new Enumeration(keySources);
export { keyFormatNumbers };

const numbers = new Map<AlgorithmRow, number>(algorithmTable.map((row, i) => [row, i + 1]));

export function algorithmNumber(row: AlgorithmRow): number {
  return numbers.get(row) ?? 0;
}

function rowOf(number: number): AlgorithmRow {
  const row = algorithmTable[number - 1];
  if (row === undefined) throw new KeyslotError('INVALID_ARGUMENT', `algorithm has the unknown number ${number}`, { field: 'algorithm' });
  return row;
}
const operationFamilies: ReadonlySet<string> = new Set(algorithmTable.flatMap((row) => (row.kinds.length > 0 ? [row.family] : [])));
function isOperation(row: AlgorithmRow): row is OperationRow {
  return operationFamilies.has(row.family);
}

export function operationRowOf(number: number): OperationRow {
  const row = rowOf(number);
  if (!isOperation(row)) throw new KeyslotError('INVALID_ARGUMENT', `${row.name} runs in no context`, { field: 'algorithm' });
  return row;
}
export function keyRowOf(number: number): KeyRow {
  const row = rowOf(number);
  if (row.family !== 'key') throw new KeyslotError('INVALID_ARGUMENT', `${row.name} is no kind of key`, { field: 'algorithm' });
  return row;
}
export function kdfRowOf(number: number): KdfRow {
  const row = rowOf(number);
  if (row.family !== 'kdf') throw new KeyslotError('INVALID_ARGUMENT', `${row.name} derives no keys`, { field: 'algorithm' });
  return row;
}
export function wrapRowOf(number: number): WrapRow {
  const row = rowOf(number);
  if (row.family !== 'wrap') throw new KeyslotError('INVALID_ARGUMENT', `${row.name} wraps no keys`, { field: 'wrapping' });
  return row;
}
