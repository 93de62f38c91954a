/** Whether the end of a message came out as it must. */
import { assertBytes, refused } from './expectations.js';
import type { Expected } from './subject.js';

/** `before`: output that came earlier. */
export async function assertOutcome(
  what: string,
  expected: Expected,
  work: () => Promise<Uint8Array>,
  before: readonly Uint8Array[] = [],
): Promise<void> {
  if (typeof expected === 'string') {
    await refused(work, expected);
    return;
  }
  const last = await work();
  const found = new Uint8Array(Buffer.concat([...before, last]));
  if (expected instanceof Uint8Array) assertBytes(what, found, expected);
  else if (!expected(found)) throw new Error(`${what} is wrong`);
}
