import type { KdfRow } from '../../core/algorithms.js';
import { KiB } from '../../core/limits.js';
import type { KdfSpec, ParameterValues } from '../contract.js';
import { numberOf } from './parameters.js';

const memories: Partial<Readonly<Record<KdfRow['function'], (parameters: ParameterValues) => number>>> = {
  scrypt: (parameters) => 128 * numberOf(parameters, 'iterationCount') * numberOf(parameters, 'memory'),
  argon2id: (parameters) => KiB * numberOf(parameters, 'memory'),
};

/** Bytes that a derivation fills; 0 for functions that need no memory to speak of. */
export function memoryOfWork({ algorithm, parameters }: KdfSpec): number {
  return memories[algorithm.function]?.(parameters) ?? 0;
}
