/** Reading parameters whose types and bounds their row has checked already. */
import type { HashName } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KdfSpec, ParameterValues } from '../contract.js';

const nothing = new Uint8Array(0);

/** Empty when not given: no standard here tells the two apart. */
export function bytesOf(parameters: ParameterValues, name: string): Uint8Array {
  const value = parameters[name];
  return value instanceof Uint8Array ? value : nothing;
}

/** For parameters that are required or have a default. */
export function numberOf(parameters: ParameterValues, name: string): number {
  const value = parameters[name];
  if (typeof value !== 'number') throw new KeyslotError('INTERNAL_ERROR', `no number in kdf.${name}`);
  return value;
}

export function hashOf({ algorithm }: KdfSpec): HashName {
  if (algorithm.hash === undefined) throw new KeyslotError('INTERNAL_ERROR', `${algorithm.name} names no hash`);
  return algorithm.hash;
}
