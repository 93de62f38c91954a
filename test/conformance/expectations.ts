/** What checks say about results. Messages tell what was found. */
import { KeyslotError } from '../../src/client/index.js';

export function assert(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

export function assertBytes(what: string, found: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(found, expected) === 0) return;
  const show = (bytes: Uint8Array) =>
    `${Buffer.from(bytes.subarray(0, 24)).toString('hex')}${bytes.length > 24 ? '…' : ''} (${bytes.length})`;
  throw new Error(`${what} is ${show(found)}, not ${show(expected)}`);
}

export function assertSame(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what} is ${a}, not ${b}`);
}

/** The KeyslotError that work is refused with; undefined when it is not. */
export async function refusalOf(work: () => unknown): Promise<KeyslotError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof KeyslotError) return error;
    throw error;
  }
}

/** Work that must be refused with a code, and with a field where one is named. */
export async function refused(work: () => unknown, code: string, field?: string): Promise<KeyslotError> {
  const error = await refusalOf(work);
  if (error === undefined) throw new Error(`is not refused; expected ${code}`);
  const wanted = `${code}${field === undefined ? '' : ` (${field})`}`;
  const found = `${error.code}${error.field === undefined ? '' : ` (${error.field})`}: ${error.message}`;
  if (error.code !== code || (field !== undefined && error.field !== field)) throw new Error(`refused with ${found}; expected ${wanted}`);
  return error;
}
