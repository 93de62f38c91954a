/** How far a counter of CTR can go, for tokens that do not let it run over (SP 800-38A 6.5). */
import type { CipherRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import type { HostContext } from './host-context.js';
import type { Job } from './operation.js';

const blockSize = 16n;
const end = 1n << 128n;

/** Checks the length of a message so far, in bytes; any length is fine where the counter is no matter. */
export type CounterRoom = (length: number) => void;

/** @throws INVALID_ARGUMENT with field `iv` from what it answers */
export function counterRoom({ quirks }: HostContext, { row, iv }: Job): CounterRoom {
  if (!quirks.counterStops || (row as CipherRow).mode !== 'ctr') return () => undefined;
  const longest = (end - BigInt(`0x${Buffer.from(iv).toString('hex')}`)) * blockSize;
  return (length) => {
    if (BigInt(length) <= longest) return;
    throw new KeyslotError(
      'INVALID_ARGUMENT',
      `this token does not let the counter run over its last value: with this IV a message has at most ${longest} bytes`,
      {
        field: 'iv',
      },
    );
  };
}
