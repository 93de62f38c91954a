/** Between errors and what travels of them: a status in the header and an `ErrorDetail` as the body. */
import { KeyslotError } from '../core/errors.js';
import { decodeErrorDetail, type ErrorDetailInput } from './generated/messages.js';
import type { Message } from './message.js';

/** The status of an answer without error. */
export const statusOk = 0;
const maxMessageBytes = 1024;
const maxFieldBytes = 128;

export interface ErrorBody {
  /** `KeyslotError.numericCode`. */
  readonly status: number;
  readonly detail: ErrorDetailInput;
}

/** What travels of an error. Anything but a KeyslotError is INTERNAL_ERROR without its words: they may hold what nobody checked. */
export function errorBody(error: unknown): ErrorBody {
  if (!(error instanceof KeyslotError)) return { status: internal.numericCode, detail: { message: internal.message } };
  const { numericCode, message, field, retryable } = error;
  return {
    status: numericCode,
    detail: {
      message: fitting(message, maxMessageBytes),
      field: field === undefined ? undefined : fitting(field, maxFieldBytes),
      retryable: retryable ? 1 : 0,
    },
  };
}

const internal = new KeyslotError('INTERNAL_ERROR', 'internal error');

/**
 * The error of an answer whose word is not `statusOk`.
 * @throws {KeyslotError} FRAME_INVALID when its body is not an ErrorDetail.
 */
export function errorFrom(answer: Pick<Message, 'word' | 'bytes' | 'view' | 'start' | 'end'>): KeyslotError {
  const { message, field, retryable } = decodeErrorDetail(answer.bytes, answer.view, answer.start, answer.end);
  return KeyslotError.fromNumber(answer.word, message, { field: field === '' ? undefined : field, retryable: retryable !== 0 });
}

/** Well-formed, and cut at a character so that it is at most `max` bytes of UTF-8. */
function fitting(text: string, max: number): string {
  const sound = text.replace(/\p{Surrogate}/gu, '\ufffd');
  const room = new Uint8Array(max);
  const { read } = new TextEncoder().encodeInto(sound, room);
  return sound.slice(0, read);
}
