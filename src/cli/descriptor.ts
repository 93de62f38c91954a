/** Descriptors that somebody hands to a command: whether they were handed over at all, and waiting for them so that Ctrl-C still counts. */
import { readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { spinUntilReadable } from '../native.js';
import { usageError } from './failure.js';
import { shownFlag } from './flag-names.js';

/** Milliseconds between two looks at a descriptor that has nothing yet. */
const pause = 20;
const accessMode = 0o3;

/** Reads what is there, at least a byte unless it is the end. A read that blocked would keep signals from being heard. @throws the signal's reason */
export async function readWhenReady(descriptor: number, into: Uint8Array, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    if (spinUntilReadable(descriptor, 0)) return readSync(descriptor, into, 0, into.length, null);
    await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** @throws INVALID_ARGUMENT (usage) */
export function requireNoTerminal(descriptor: number, flag: string, instead: string): void {
  if (isatty(descriptor)) throw usageError(`descriptor ${descriptor} is a terminal: ${instead}`, flag);
}

/**
 * Node has descriptors of its own where nobody redirected one: reading from them waits for ever, writing to them breaks the process.
 * @throws INVALID_ARGUMENT (usage)
 */
export function requireHandedOver(descriptor: number, flag: string): void {
  const what = linkOf(descriptor);
  if (what === undefined || !isInternal(descriptor, what)) return;
  throw usageError(
    `${shownFlag(flag)}: descriptor ${descriptor} was not given to this command: redirect it, as in ${descriptor}<FILE or ${descriptor}>FILE`,
    flag,
  );
}

function isInternal(descriptor: number, what: string): boolean {
  if (what.startsWith('anon_inode:')) return true;
  // A pipe of which this process has both ends leads to nobody.
  return what.startsWith('pipe:') && descriptors().some((other) => linkOf(other) === what && modeOf(other) !== modeOf(descriptor));
}

function descriptors(): number[] {
  return readdirSync('/proc/self/fd').map(Number);
}

/** Undefined for one that is not open, and where there is no /proc. */
function linkOf(descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}

/** Whether it is for reading, writing or both. */
function modeOf(descriptor: number): number | undefined {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags === undefined ? undefined : Number.parseInt(flags, 8) & accessMode;
  } catch {
    return undefined;
  }
}
