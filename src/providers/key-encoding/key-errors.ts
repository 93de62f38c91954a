import { KeyslotError } from '../../core/errors.js';

/** The bytes are not an encoding of a key. Never quotes them. */
export function malformed(message: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field: 'keyData' });
}

/** A well-formed key that is not of the algorithm that was asked for. */
export function mismatch(message: string): KeyslotError {
  return new KeyslotError('ALGORITHM_MISMATCH', message, { field: 'keyData' });
}
