/** The error that something ends with, which must be one of Keyslot's. */
import { KeyslotError } from '../../src/core/errors.js';

export function failure(action: () => unknown): KeyslotError {
  try {
    action();
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export async function rejection(promise: Promise<unknown>): Promise<KeyslotError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
  throw new Error('nothing was rejected');
}
