/** Files that are taken as a whole, because their key is used on them in one call. */
import { KeyslotError } from '../../core/errors.js';
import type { CliContext } from '../context.js';
import { humanBytes } from '../human.js';
import { openInput } from '../input-file.js';
import { secretMemory, wipe } from '../secret-memory.js';

const smallest = 65_536;

/** The content of a file, in memory that grows with it. What it was read through is wiped; the caller wipes the result. @throws INVALID_FORMAT */
export async function readWhole(context: CliContext, name: string | undefined, most: number): Promise<Uint8Array> {
  await using input = await openInput(context, name, { secret: true });
  let room = secretMemory(Math.min(input.size ?? smallest, most) + 1);
  for (let filled = 0; ; ) {
    filled += await input.read(room.subarray(filled));
    if (filled < room.length) return room.subarray(0, filled);
    if (filled > most) {
      wipe(room);
      throw new KeyslotError('INVALID_FORMAT', tooLong(input.name, most), { field: 'file' });
    }
    const larger = secretMemory(Math.min(room.length * 2, most + 1));
    larger.set(room);
    wipe(room);
    room = larger;
  }
}

function tooLong(name: string, most: number): string {
  const file = name === '-' ? 'standard input' : name;
  return `${file} is longer than ${humanBytes(most)}, the most that is sealed in one piece: keyslot encrypt takes files of any size`;
}
