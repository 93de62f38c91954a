import { KeyslotError } from '../../core/errors.js';

/** @throws INVALID_ARGUMENT naming the field */
export function refuse(field: string, message: string): never {
  throw new KeyslotError('INVALID_ARGUMENT', message, { field });
}
