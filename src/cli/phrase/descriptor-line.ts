/** One line of a descriptor, and one line into it. */
import { closeSync, writeSync } from 'node:fs';
import type { CliContext } from '../context.js';
import { readWhenReady, requireHandedOver, requireNoTerminal } from '../descriptor.js';
import { badData, usageError } from '../failure.js';
import { shownFlag } from '../flag-names.js';
import { secretMemory, wipe } from '../secret-memory.js';

const newline = 0x0a;
const carriageReturn = 0x0d;
/** Standard input, output and error stay open. */
const lastStandard = 2;

/**
 * Reads to a newline or the end, and no byte further: the next line of the same descriptor may be the passphrase. The caller wipes it.
 * @throws INVALID_ARGUMENT (usage) for a descriptor that can't be read, INVALID_FORMAT for nothing and for too much
 */
export async function readDescriptorLine(
  { signal }: Pick<CliContext, 'signal'>,
  descriptor: number,
  longest: number,
  what: string,
  flag: string,
): Promise<Uint8Array> {
  requireNoTerminal(descriptor, flag, 'leave the flag out, and it is asked for');
  requireHandedOver(descriptor, flag);
  const room = secretMemory(longest + 2);
  try {
    const end = await fill(room, descriptor, signal);
    const size = room[end - 1] === carriageReturn ? end - 1 : end;
    if (size === 0) throw badData(`${what} is empty`, flag);
    if (size > longest) throw badData(`${what} is longer than ${longest} bytes`, flag);
    return room.subarray(0, size);
  } catch (error) {
    wipe(room);
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : unusable(descriptor, 'read', error as Error, flag);
  }
}

/** Where the line ends. */
async function fill(room: Uint8Array, descriptor: number, signal: AbortSignal): Promise<number> {
  for (let filled = 0; filled < room.length; filled++) {
    const byte = room.subarray(filled, filled + 1);
    if ((await readWhenReady(descriptor, byte, signal)) === 0 || byte[0] === newline) return filled;
  }
  return room.length;
}

/** Writes it all, and closes the descriptor so that whoever reads sees the end. @throws INVALID_ARGUMENT (usage) */
export function writeDescriptor(descriptor: number, bytes: Uint8Array, flag: string): void {
  requireHandedOver(descriptor, flag);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    if (descriptor > lastStandard) closeSync(descriptor);
  } catch (error) {
    throw unusable(descriptor, 'written', error as Error, flag);
  }
}

function unusable(descriptor: number, how: string, { message }: Error, flag: string): Error {
  return usageError(`${shownFlag(flag)}: descriptor ${descriptor} can't be ${how}: ${message}`, flag);
}
