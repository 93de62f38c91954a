/** Errors of the generated codecs. */
import { KeyslotError } from '../core/errors.js';

/**
 * One error for every malformed body, made once: making an Error costs twelve times as much as throwing it, and a peer decides how
 * often. Its stack is of no use and therefore only its message.
 */
const malformed = new KeyslotError('FRAME_INVALID', 'malformed message body');
malformed.stack = 'KeyslotError: malformed message body';
Object.freeze(malformed);

/** @throws {KeyslotError} FRAME_INVALID, always. */
export function bad(): never {
  throw malformed;
}

/** @throws {KeyslotError} INVALID_ARGUMENT, always: the caller's own message can't be encoded. */
export function refuse(field: string, reason: string): never {
  throw new KeyslotError('INVALID_ARGUMENT', `${field} ${reason}`, { field });
}

/** @throws {KeyslotError} INTERNAL_ERROR, always: the buffer was not as long as `measure` told. */
export function full(): never {
  throw new KeyslotError('INTERNAL_ERROR', 'message does not fit its buffer');
}
