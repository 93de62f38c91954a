/**
 * The one table of errors: code, number, category, CLI exit status, whether the same call may succeed later without having had
 * an effect. Numbers follow the S-CORE layout 0x01CCxxxx (CC = category).
 */

export type ErrorCategory =
  | 'general'
  | 'operation'
  | 'parameter'
  | 'stream'
  | 'algorithm'
  | 'memory'
  | 'context'
  | 'key'
  | 'certificate'
  | 'provider'
  | 'access'
  | 'vault'
  | 'protocol';

export interface ErrorRow {
  readonly code: string;
  readonly numericCode: number;
  readonly category: ErrorCategory;
  /** Exit status of the command line for this error. */
  readonly exit: number;
  readonly retryable: boolean;
}

/** Exit statuses of the command line. */
export const exitStatus = {
  ok: 0,
  failed: 1,
  usage: 2,
  badData: 65,
  noInput: 66,
  unavailable: 69,
  cannotCreate: 73,
  permission: 77,
  configuration: 78,
} as const;

const e = exitStatus;

type Row<C extends string> = readonly [code: C, number: number, exit: number, retryable?: 'retryable'];

function category<C extends string>(name: ErrorCategory, high: number, rows: readonly Row<C>[]) {
  return rows.map(([code, low, exit, retryable]) => ({
    code,
    numericCode: 0x01000000 + high * 0x10000 + low,
    category: name,
    exit,
    retryable: retryable === 'retryable',
  }));
}

export const errorTable = [
  ...category('general', 0x01, [
    ['UNINITIALIZED_STACK', 1, e.failed],
    ['ALREADY_INITIALIZED', 2, e.failed],
    ['CONNECTION_FAILED', 3, e.unavailable, 'retryable'],
    ['INTERNAL_ERROR', 4, e.failed],
  ]),
  ...category('operation', 0x02, [
    ['UNSUPPORTED_OPERATION', 1, e.failed],
    ['INVALID_OPERATION', 2, e.failed],
    ['OPERATION_FAILED', 3, e.failed],
    ['OPERATION_TIMED_OUT', 4, e.failed],
    ['OUTCOME_UNKNOWN', 5, e.failed],
    ['OPERATION_CANCELLED', 6, e.failed],
  ]),
  ...category('parameter', 0x03, [
    ['INVALID_ARGUMENT', 1, e.badData],
    ['RESOURCE_NOT_FOUND', 2, e.noInput],
    ['INVALID_RESOURCE_ID', 3, e.badData],
    ['INVALID_RESOURCE_TYPE', 4, e.badData],
    ['INSUFFICIENT_BUFFER_SIZE', 5, e.failed],
    ['INVALID_FORMAT', 6, e.badData],
    ['PARAM_TRUNCATED', 7, e.badData],
  ]),
  ...category('stream', 0x04, [
    ['STREAM_NOT_INITIALIZED', 1, e.failed],
    ['STREAM_ALREADY_ACTIVE', 2, e.failed],
    ['STREAM_INCOMPLETE', 3, e.failed],
  ]),
  ...category('algorithm', 0x05, [
    ['UNSUPPORTED_ALGORITHM', 1, e.failed],
    ['ALGORITHM_MISMATCH', 2, e.failed],
  ]),
  ...category('memory', 0x06, [
    ['ALLOCATION_FAILED', 1, e.failed, 'retryable'],
    ['QUOTA_EXCEEDED', 2, e.failed, 'retryable'],
    ['INVALID_MEMORY_REGION', 3, e.failed],
  ]),
  ...category('context', 0x07, [
    ['CONTEXT_CREATION_FAILED', 1, e.failed],
    ['CONTEXT_ALREADY_DESTROYED', 2, e.failed],
    ['CONTEXT_RESET_FAILED', 3, e.failed],
    ['SESSION_EXPIRED', 4, e.failed],
  ]),
  ...category('key', 0x08, [
    ['KEY_SLOT_EMPTY', 1, e.noInput],
    ['KEY_SLOT_OCCUPIED', 2, e.cannotCreate],
    ['KEY_NOT_EXPORTABLE', 3, e.permission],
    ['KEY_GENERATION_FAILED', 4, e.failed],
    ['KEY_DERIVATION_FAILED', 5, e.failed],
    ['KEY_AGREEMENT_FAILED', 6, e.failed],
    ['WRAP_UNWRAP_FAILED', 7, e.failed],
    ['PERSIST_FAILED', 8, e.cannotCreate],
    ['INCOMPATIBLE_KEY_TYPE', 9, e.failed],
    ['KEY_OPERATION_NOT_PERMITTED', 0xa, e.permission],
  ]),
  ...category('certificate', 0x09, [
    ['CERTIFICATE_PARSING_FAILED', 1, e.badData],
    ['CERTIFICATE_EXPIRED', 2, e.failed],
    ['CERTIFICATE_REVOKED', 3, e.failed],
    ['CERTIFICATE_VERIFY_FAILED', 4, e.failed],
    ['CERT_CHAIN_VERIFY_FAILED', 5, e.failed],
    ['CRL_IMPORT_FAILED', 6, e.failed],
    ['CSR_GENERATION_FAILED', 7, e.failed],
    ['OCSP_ERROR', 8, e.failed],
    ['TRUST_ANCHOR_NOT_FOUND', 9, e.failed],
  ]),
  ...category('provider', 0x0a, [
    ['PROVIDER_NOT_AVAILABLE', 1, e.unavailable, 'retryable'],
    ['PROVIDER_BUSY', 2, e.unavailable, 'retryable'],
    ['CROSS_PROVIDER_INCOMPATIBLE', 3, e.failed],
  ]),
  ...category('access', 0x0b, [
    ['ACCESS_DENIED', 1, e.permission],
    ['RESOURCE_NOT_ALLOCATED', 2, e.failed],
  ]),
  ...category('vault', 0x0c, [
    ['VAULT_LOCKED', 1, e.unavailable],
    ['VAULT_ALREADY_UNLOCKED', 2, e.failed],
    ['MNEMONIC_INVALID', 3, e.badData],
    ['DERIVATION_PATH_INVALID', 4, e.badData],
    ['MEMORY_NOT_LOCKED', 5, e.permission],
    ['REDACTED_INPUT', 6, e.badData],
  ]),
  ...category('protocol', 0x0d, [
    ['PROTOCOL_VERSION', 1, e.unavailable],
    ['FRAME_INVALID', 2, e.badData],
    ['FRAME_TOO_LARGE', 3, e.badData],
  ]),
] as const;

export type ErrorCode = (typeof errorTable)[number]['code'];

const byCode = new Map<string, ErrorRow>(errorTable.map((row) => [row.code, row]));
const byNumber = new Map<number, ErrorRow>(errorTable.map((row) => [row.numericCode, row]));

export function errorRow(code: ErrorCode): ErrorRow {
  return byCode.get(code) as ErrorRow;
}

/** The row of a number met on the wire; undefined for a number this version doesn't know. */
export function errorRowOf(numericCode: number): ErrorRow | undefined {
  return byNumber.get(numericCode);
}

const brand = Symbol.for('keyslot.KeyslotError');

export interface KeyslotErrorOptions {
  /** The field, option or configuration key at fault. */
  readonly field?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** Kept for the debugger; never sent or logged. */
  readonly cause?: unknown;
}

/** Every error of Keyslot. `instanceof` also holds across two copies of the package. */
export class KeyslotError extends Error {
  readonly code: string;
  readonly numericCode: number;
  readonly category: string;
  /** The field, option or configuration key at fault, where one is. */
  declare readonly field?: string;
  /** True where the same call may succeed later and cannot have had an effect. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: KeyslotErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const row = errorRow(code);
    this.name = 'KeyslotError';
    this.code = row.code;
    this.numericCode = row.numericCode;
    this.category = row.category;
    if (options.field !== undefined) this.field = options.field;
    this.retryable = options.retryable ?? row.retryable;
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }

  /** The error of a number met on the wire; a number of a newer daemon becomes INTERNAL_ERROR that names it. */
  static fromNumber(numericCode: number, message: string, options: KeyslotErrorOptions = {}): KeyslotError {
    const row = errorRowOf(numericCode);
    if (row !== undefined) return new KeyslotError(row.code as ErrorCode, message, options);
    return new KeyslotError('INTERNAL_ERROR', `unknown error 0x${numericCode.toString(16)}: ${message}`, options);
  }

  toJSON(): { code: string; numericCode: number; category: string; field?: string; message: string; retryable: boolean } {
    return {
      code: this.code,
      numericCode: this.numericCode,
      category: this.category,
      ...(this.field === undefined ? {} : { field: this.field }),
      message: this.message,
      retryable: this.retryable,
    };
  }
}
