/** Passphrases: from a descriptor, a file or the keyboard, never from arguments or the environment, where other processes see them. */
import type { CliContext } from './context.js';
import { readWhenReady, requireHandedOver, requireNoTerminal } from './descriptor.js';
import { badData, usageError } from './failure.js';
import { shownFlag } from './flag-names.js';
import { readSmall } from './input-file.js';
import { numberFlag, textFlag } from './key-flags.js';
import { secretMemory, wipe } from './secret-memory.js';

export interface PassphraseFlags {
  readonly passphraseFd?: number;
  readonly passphraseFile?: string;
}
export const passphraseFlags = {
  passphraseFd: numberFlag('descriptor', 'Read the passphrase of an encrypted key from here'),
  passphraseFile: textFlag('file', 'Read the passphrase from this file'),
} as const;

/** Bytes. */
export const longestPassphrase = 1024;

/** Whether the flags say where the passphrase comes from. @throws INVALID_ARGUMENT (usage) */
export function givesPassphrase({ passphraseFd, passphraseFile }: PassphraseFlags, input: string): boolean {
  if (passphraseFd !== undefined && passphraseFile !== undefined)
    throw usageError('give --passphrase-fd or --passphrase-file, not both', 'passphraseFile');
  if (input === '-' && (passphraseFd === 0 || passphraseFile === '-')) {
    const flag = passphraseFd === 0 ? 'passphraseFd' : 'passphraseFile';
    throw usageError('the key and its passphrase can not both be standard input', flag);
  }
  if (passphraseFd !== undefined) requireNoTerminal(passphraseFd, 'passphraseFd', 'leave the flag out, and it is asked for');
  return passphraseFd !== undefined || passphraseFile !== undefined;
}

/** The passphrase that the flags name, without the newline at its end. The caller wipes it. @throws INVALID_FORMAT */
export async function givenPassphrase(context: CliContext, flags: PassphraseFlags): Promise<Uint8Array> {
  const { passphraseFd, passphraseFile = '-' } = flags;
  const line =
    passphraseFd === undefined
      ? await readSmall(context, passphraseFile, longestPassphrase + 2, { secret: true })
      : await readDescriptor(passphraseFd, context.signal);
  const passphrase = line.subarray(0, line.length - lineEnd(line));
  if (passphrase.length === 0) throw badData('the passphrase is empty', passphraseFd === undefined ? 'passphraseFile' : 'passphraseFd');
  return passphrase;
}

/** Asks whoever sits at the terminal, without showing what is typed. The caller wipes it. @throws INVALID_ARGUMENT (usage) without one */
export async function askPassphrase(context: CliContext, of: string): Promise<Uint8Array> {
  if (context.keyboard === undefined)
    throw usageError(`${of} is encrypted: give --passphrase-file FILE or --passphrase-fd N`, 'passphraseFile');
  return context.keyboard.secret(`Passphrase of ${of}: `);
}

function lineEnd(line: Uint8Array): number {
  if (line.at(-1) !== 0x0a) return 0;
  return line.at(-2) === 0x0d ? 2 : 1;
}

async function readDescriptor(descriptor: number, signal: AbortSignal): Promise<Uint8Array> {
  requireHandedOver(descriptor, 'passphraseFd');
  const room = secretMemory(longestPassphrase + 3);
  let filled = 0;
  try {
    while (filled < room.length) {
      const n = await readWhenReady(descriptor, room.subarray(filled), signal);
      if (n === 0) break;
      filled += n;
    }
  } catch (error) {
    wipe(room);
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw usageError(`${shownFlag('passphraseFd')}: descriptor ${descriptor} can't be read: ${message}`, 'passphraseFd');
  }
  if (filled <= longestPassphrase + 2) return room.subarray(0, filled);
  wipe(room);
  throw badData(`the passphrase is longer than ${longestPassphrase} bytes`, 'passphraseFd');
}
