/** Derivation paths as arguments. */
import { type ErrorCode, KeyslotError } from '../core/errors.js';

/** Runs work whose errors about the path begin with the one that was given. */
export async function namingPath<T>(given: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KeyslotError) || error.field !== 'path') throw error;
    throw new KeyslotError(error.code as ErrorCode, `"${given}": ${error.message}`, { field: 'path', cause: error });
  }
}
