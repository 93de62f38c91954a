/** Errors of the command line itself, and how every error becomes an exit status, a line for people and an object for machines. */
import { type ErrorCode, errorRow, exitStatus, KeyslotError } from '../core/errors.js';
import { type CliContext, interruption } from './context.js';

/** An error whose exit status is not the one of its code. */
export class CommandError extends KeyslotError {
  readonly exit: number;
  constructor(code: ErrorCode, exit: number, message: string, field?: string) {
    super(code, message, { field });
    this.exit = exit;
  }
}

/** A wrong command line. */
export function usageError(message: string, field?: string): CommandError {
  return new CommandError('INVALID_ARGUMENT', exitStatus.usage, message, field);
}

/** Input that is not what it should be. */
export function badData(message: string, field?: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field });
}

/** Output that can't be made. */
export function cannotCreate(message: string): CommandError {
  return new CommandError('OPERATION_FAILED', exitStatus.cannotCreate, message, 'output');
}

export interface ErrorObject {
  readonly code: string;
  readonly numericCode: number;
  readonly category: string;
  readonly field: string | null;
  readonly message: string;
  readonly retryable: boolean;
}

export function errorObject(error: unknown): ErrorObject {
  const known = error instanceof KeyslotError ? error : internal(error);
  const { code, numericCode, category, field, message, retryable } = known;
  return { code, numericCode, category, field: field ?? null, message, retryable };
}

function internal(error: unknown): KeyslotError {
  return new KeyslotError('INTERNAL_ERROR', error instanceof Error ? error.message : 'failed', { cause: error });
}

export function exitOf(error: unknown): number {
  const own = (error as { exit?: unknown } | null)?.exit;
  if (typeof own === 'number') return own;
  return error instanceof KeyslotError ? errorRow(error.code as ErrorCode).exit : exitStatus.failed;
}

/** `keyslot: the message (CODE)`; of a mistake in Keyslot itself the stack, which its maintainers need. */
export function errorLine(error: unknown): string {
  if (error instanceof KeyslotError) {
    const code = exitOf(error) === exitStatus.usage ? '' : ` (${error.code})`;
    return `keyslot: ${error.message}${code}\n`;
  }
  return `keyslot: internal error: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`;
}

/** Tells an error and answers the exit status. What follows an interruption is no news. */
export function report(context: CliContext, json: boolean, error: unknown): number {
  const interrupted = interruption(context.signal);
  if (interrupted !== undefined) return interrupted;
  if (json) context.process.stdout.write(`${JSON.stringify({ error: errorObject(error) })}\n`);
  else context.process.stderr.write(errorLine(error));
  return exitOf(error);
}
