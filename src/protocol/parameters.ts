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
export function encodeParameter(name: string, value: unknown, of = 'parameters'): WireParameter {
  const field = `${of}.${name}`;
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

function decodeValue(parameter: WireParameter, field: string): ParameterValue {
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

function checkValue(row: ParameterRow, value: ParameterValue, field: string): void {
  const fail = (message: string): never => {
    throw new KeyslotError('INVALID_ARGUMENT', `${field} ${message}`, { field });
  };
  const type = value instanceof Uint8Array ? 'bytes' : typeof value;
  if (type !== row.type) fail(`must be of type ${row.type}, not ${type}`);
  const { min = 0, max = Number.POSITIVE_INFINITY } = row;
  if (typeof value === 'number' && (value < min || value > max)) fail(`must be between ${min} and ${max}`);
  if (value instanceof Uint8Array && (value.length < min || value.length > max)) fail(`must have ${min} to ${max} bytes`);
  if (row.values !== undefined && !row.values.includes(value as string | number)) fail(`must be one of ${row.values.join(', ')}`);
}

/**
 * The values of an algorithm's parameters, complete with defaults.
 * @throws INVALID_ARGUMENT that names a surplus, missing, repeated or wrong one. `of`: what the field's name starts with.
 */
export function decodeParameters(
  algorithm: string,
  rows: readonly ParameterRow[],
  given: readonly WireParameter[],
  of = 'parameters',
): Record<string, ParameterValue | undefined> {
  const values: Record<string, ParameterValue | undefined> = Object.create(null) as Record<string, ParameterValue | undefined>;
  for (const row of rows) values[row.name] = row.default;
  const seen = new Set<string>();
  for (const parameter of given) {
    const field = `${of}.${parameter.name}`;
    const row = rows.find((candidate) => candidate.name === parameter.name);
    if (row === undefined) throw new KeyslotError('INVALID_ARGUMENT', `${algorithm} has no parameter "${parameter.name}"`, { field });
    if (seen.has(row.name)) throw new KeyslotError('INVALID_ARGUMENT', `${field} is given twice`, { field });
    seen.add(row.name);
    const value = decodeValue(parameter, field);
    checkValue(row, value, field);
    values[row.name] = value;
  }
  for (const row of rows) {
    if (row.required !== true || values[row.name] !== undefined) continue;
    const field = `${of}.${row.name}`;
    throw new KeyslotError('INVALID_ARGUMENT', `${algorithm} needs ${field}`, { field });
  }
  return values;
}
