import { KeyslotError } from '../../core/errors.js';
import type { CliContext } from '../context.js';

const most = 3;

/** Asks somebody until it fits; undefined is what does not. @throws OPERATION_CANCELLED after the third time */
export async function tries<T>(context: CliContext, complaint: string, field: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let left = most - 1; ; left--) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (left === 0) throw new KeyslotError('OPERATION_CANCELLED', `${complaint}; nothing was done`, { field });
    // not secret: a complaint of ours
    context.process.stderr.write(`keyslot: ${complaint}; try again\n`);
  }
}
