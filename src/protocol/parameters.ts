/** Parameters of algorithms on the wire: a name, the kind of its value, the value. */

import type { ParameterRow } from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';

export type ParameterValue = string | number | boolean | Uint8Array;

/** The wire's Parameter table. */
export interface WireParameter {
  readonly name: string;
  readonly kind: number;
  readonly number: number;
  readonly value: Uint8Array;
}

const kinds = ['number', 'string', 'boolean', 'bytes'] as const;
const nothing = new Uint8Array(0);

function wire(name: string, type: (typeof kinds)[number], number: number, value: Uint8Array): WireParameter {
  return { name, kind: kinds.indexOf(type) + 1, number, value };
}

/** @throws INVALID_ARGUMENT for a value of a kind that no parameter has */
export function encodeParameter(name: string, value: unknown): WireParameter {
  const field = `parameters.${name}`;
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
      throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a whole number below 2^32`, { field });
    return wire(name, 'number', value, nothing);
  }
  if (typeof value === 'boolean') return wire(name, 'boolean', value ? 1 : 0, nothing);
  if (typeof value === 'string') return wire(name, 'string', 0, new TextEncoder().encode(value));
  if (value instanceof Uint8Array) return wire(name, 'bytes', 0, value);
  throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a number, a string, a boolean or bytes`, { field });
}

function decodeValue(parameter: WireParameter): ParameterValue {
  const field = `parameters.${parameter.name}`;
  switch (kinds[parameter.kind - 1]) {
    case 'number':
      return parameter.number;
    case 'boolean':
      return parameter.number !== 0;
    case 'string':
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(parameter.value);
      } catch {
        throw new KeyslotError('INVALID_ARGUMENT', `${field} is not UTF-8 text`, { field });
      }
    case 'bytes':
      return parameter.value;
    default:
      throw new KeyslotError('INVALID_ARGUMENT', `${field} is of an unknown kind`, { field });
  }
}

function checkValue(row: ParameterRow, value: ParameterValue): void {
  const field = `parameters.${row.name}`;
  const fail = (message: string): never => {
    throw new KeyslotError('INVALID_ARGUMENT', `${field} ${message}`, { field });
  };
  const type = value instanceof Uint8Array ? 'bytes' : typeof value;
  if (type !== row.type) fail(`must be of type ${row.type}, not ${type}`);
  if (typeof value === 'number' && ((row.min !== undefined && value < row.min) || (row.max !== undefined && value > row.max))) {
    fail(`must be between ${row.min} and ${row.max}`);
  }
  if (typeof value === 'string' && row.values !== undefined && !row.values.includes(value)) fail(`must be one of ${row.values.join(', ')}`);
}

/**
 * The values of an algorithm's parameters, complete with defaults.
 * @throws INVALID_ARGUMENT that names a surplus, repeated or wrong one
 */
export function decodeParameters(
  algorithm: string,
  rows: readonly ParameterRow[],
  given: readonly WireParameter[],
): Record<string, ParameterValue | undefined> {
  const values: Record<string, ParameterValue | undefined> = Object.create(null) as Record<string, ParameterValue | undefined>;
  for (const row of rows) values[row.name] = row.default;
  const seen = new Set<string>();
  for (const parameter of given) {
    const field = `parameters.${parameter.name}`;
    const row = rows.find((candidate) => candidate.name === parameter.name);
    if (row === undefined) throw new KeyslotError('INVALID_ARGUMENT', `${algorithm} has no parameter "${parameter.name}"`, { field });
    if (seen.has(row.name)) throw new KeyslotError('INVALID_ARGUMENT', `${field} is given twice`, { field });
    seen.add(row.name);
    const value = decodeValue(parameter);
    checkValue(row, value);
    values[row.name] = value;
  }
  return values;
}
