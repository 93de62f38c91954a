/** From what a module returns to Keyslot's errors, by number: names differ between bindings and are missing for newer values. */
import { type ErrorCode, KeyslotError } from '../../../core/errors.js';
import { CKR, describeReturnValue } from '../cryptoki.js';

/** Carries a return value that Keyslot met without the binding throwing it. */
export class ReturnValueError extends Error {
  readonly code: number;
  constructor(code: number) {
    super(describeReturnValue(code));
    this.code = code;
  }
}

/** The CK_RV behind an error; undefined when it is none of the module's. Some calls of the binding tell it only in the message. */
export function returnValueOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error instanceof KeyslotError) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'number' && code > 0) return code;
  const told = /\bCKR_\w+:(\d+)/.exec(error.message)?.[1];
  return told === undefined ? undefined : Number(told);
}

type Meaning = readonly [code: ErrorCode, message: string];

const meanings = new Map<number, Meaning>([
  [CKR.HOST_MEMORY, ['ALLOCATION_FAILED', "the token's module has no memory left"]],
  [CKR.DEVICE_MEMORY, ['ALLOCATION_FAILED', 'the token has no memory left']],
  [CKR.DEVICE_ERROR, ['PROVIDER_NOT_AVAILABLE', 'the token reports a failure of its own']],
  [CKR.DEVICE_REMOVED, ['PROVIDER_NOT_AVAILABLE', 'the token was removed']],
  [CKR.TOKEN_NOT_PRESENT, ['PROVIDER_NOT_AVAILABLE', 'the token is not present']],
  [CKR.TOKEN_NOT_RECOGNIZED, ['PROVIDER_NOT_AVAILABLE', 'the token is not recognised']],
  [CKR.USER_NOT_LOGGED_IN, ['PROVIDER_NOT_AVAILABLE', 'the token has ended the login']],
  [CKR.CRYPTOKI_NOT_INITIALIZED, ['PROVIDER_NOT_AVAILABLE', "the token's module has stopped"]],
  [CKR.SESSION_CLOSED, ['PROVIDER_NOT_AVAILABLE', 'the token has closed the session']],
  [CKR.SESSION_HANDLE_INVALID, ['PROVIDER_NOT_AVAILABLE', 'the token has closed the session']],
  [CKR.SESSION_COUNT, ['PROVIDER_BUSY', 'the token has no session left']],
  [CKR.OBJECT_HANDLE_INVALID, ['KEY_SLOT_EMPTY', 'the key is no longer on the token']],
  [CKR.KEY_HANDLE_INVALID, ['KEY_SLOT_EMPTY', 'the key is no longer on the token']],
  [CKR.KEY_FUNCTION_NOT_PERMITTED, ['KEY_OPERATION_NOT_PERMITTED', 'the token does not permit this use of the key']],
  [CKR.KEY_SIZE_RANGE, ['INCOMPATIBLE_KEY_TYPE', 'the token does not take a key of this length here']],
  [CKR.KEY_TYPE_INCONSISTENT, ['INCOMPATIBLE_KEY_TYPE', 'the token does not take a key of this type here']],
  [CKR.KEY_NOT_WRAPPABLE, ['KEY_NOT_EXPORTABLE', 'the token does not wrap this key']],
  [CKR.KEY_UNEXTRACTABLE, ['KEY_NOT_EXPORTABLE', 'the token does not give this key out']],
  [CKR.ATTRIBUTE_SENSITIVE, ['KEY_NOT_EXPORTABLE', 'the token does not give this key out']],
  [CKR.MECHANISM_INVALID, ['UNSUPPORTED_ALGORITHM', 'the token does not have this mechanism']],
  [CKR.MECHANISM_PARAM_INVALID, ['UNSUPPORTED_ALGORITHM', 'the token does not take these parameters']],
  [CKR.CURVE_NOT_SUPPORTED, ['UNSUPPORTED_ALGORITHM', 'the token does not have this curve']],
  [CKR.FUNCTION_NOT_SUPPORTED, ['UNSUPPORTED_OPERATION', 'the token does not have this function']],
  [CKR.RANDOM_SEED_NOT_SUPPORTED, ['UNSUPPORTED_OPERATION', "the token's generator takes no seed"]],
  [CKR.RANDOM_NO_RNG, ['UNSUPPORTED_OPERATION', 'the token has no random generator']],
  [CKR.TOKEN_WRITE_PROTECTED, ['PERSIST_FAILED', 'the token is write-protected']],
]);

/** Return values after which nothing on this host will work again: login, sessions or the token are gone. */
const losses: ReadonlySet<number> = new Set([
  CKR.DEVICE_REMOVED,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
  CKR.USER_NOT_LOGGED_IN,
  CKR.CRYPTOKI_NOT_INITIALIZED,
  CKR.SESSION_CLOSED,
  CKR.SESSION_HANDLE_INVALID,
]);

/** Also of an error that was translated already. */
export function meansLoss(error: unknown): boolean {
  const value = returnValueOf(error instanceof KeyslotError ? error.cause : error);
  return value !== undefined && losses.has(value);
}

/**
 * The KeyslotError of anything that a call of the module threw. `otherwise` is the code for return values without a meaning of
 * their own; the message then names the value.
 */
export function tokenError(error: unknown, otherwise: ErrorCode = 'OPERATION_FAILED'): KeyslotError {
  if (error instanceof KeyslotError) return error;
  const value = returnValueOf(error);
  if (value === undefined) return new KeyslotError('INTERNAL_ERROR', "the token's host failed", { cause: error });
  const [code, message] = meanings.get(value) ?? [otherwise, `the token refused: ${describeReturnValue(value)}`];
  return new KeyslotError(code, message, { cause: error });
}
