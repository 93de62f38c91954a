/** The daemon's errors name fields of the API; people gave flags. */
import { type ErrorCode, exitStatus, KeyslotError } from '../core/errors.js';
import { CommandError, exitOf } from './failure.js';

/** Fields of the API, and the flags of a command that fill them. */
export type FlagNames = Readonly<Record<string, string>>;

/** As it is written on the command line. */
export function shownFlag(flag: string): string {
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Runs work whose errors name flags. A wrong value of a flag is a wrong command line. */
export async function namingFlags<T>(names: FlagNames, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw renamed(error, names);
  }
}

function renamed(error: unknown, names: FlagNames): unknown {
  // An error with an exit status of its own is the command line's, and names its flag already.
  if (!(error instanceof KeyslotError) || 'exit' in error || error.field === undefined) return error;
  const flag = Object.hasOwn(names, error.field) ? names[error.field] : undefined;
  if (flag === undefined) return error;
  const exit = error.code === 'INVALID_ARGUMENT' ? exitStatus.usage : exitOf(error);
  return new CommandError(error.code as ErrorCode, exit, messageWith(error.message, error.field, shownFlag(flag)), flag);
}

function messageWith(message: string, field: string, shown: string): string {
  const told = field.includes('.') ? message.replaceAll(field, shown) : message.replace(`give ${field}`, `give ${shown}`);
  return told === message ? `${shown}: ${message}` : told;
}
