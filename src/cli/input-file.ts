/** Files and standard input, read piece by piece. */
import { type FileHandle, open } from 'node:fs/promises';
import { exitStatus, KeyslotError } from '../core/errors.js';
import { type CliContext, type Input, Interrupted } from './context.js';
import { CommandError, usageError } from './failure.js';
import { interruptible } from './interruptible.js';
import { secretMemory, wipe } from './secret-memory.js';

export interface InputFile extends AsyncDisposable {
  /** As the user named it. */
  readonly name: string;
  /** Bytes; undefined for what is no regular file. */
  readonly size: number | undefined;
  /** Fills `into`; less only at the end of the file. */
  read(into: Uint8Array): Promise<number>;
}

/** Bytes that travel to the daemon in one call when nothing else decides. */
export const usualPiece = 256 * 1024;

export interface InputRules {
  /** What standard input delivers is wiped once it was read; what it was read into is the reader's to wipe. */
  readonly secret?: boolean;
}

/** Inputs that were read. */
const read = new WeakSet<Input>();

/**
 * `-` or nothing is standard input, once: for a second reader it would be empty, and an empty salt or file is not what was meant.
 * @throws RESOURCE_NOT_FOUND, ACCESS_DENIED, INVALID_ARGUMENT (usage)
 */
export async function openInput(context: CliContext, name = '-', rules: InputRules = {}): Promise<InputFile> {
  if (name === '-') {
    if (read.has(context.stdin)) throw usageError('standard input can be read once only: name a file for the other', 'file');
    read.add(context.stdin);
    return new StandardInput(context, rules.secret === true);
  }
  let handle: FileHandle | undefined;
  try {
    handle = await interruptible(context.signal, open(name, 'r'));
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new KeyslotError('RESOURCE_NOT_FOUND', `${name} is a folder, not a file`, { field: 'file' });
    return new NamedFile(name, stats.isFile() ? stats.size : undefined, handle, context.signal);
  } catch (error) {
    await handle?.close();
    throw unreadable(name, error);
  }
}

/** The whole of a small file, in memory of its own. @throws INVALID_FORMAT when it is longer */
export async function readSmall(context: CliContext, name: string, most: number, rules: InputRules = {}): Promise<Uint8Array> {
  await using input = await openInput(context, name, rules);
  const room = secretMemory(most + 1);
  const n = await input.read(room);
  if (n <= most) return room.subarray(0, n);
  wipe(room);
  throw new KeyslotError('INVALID_FORMAT', `${name} is longer than ${most} bytes`, { field: 'file' });
}

/** Each piece is memory of its own. */
export async function* pieces(input: InputFile, size: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    const room = new Uint8Array(size);
    const n = await input.read(room);
    if (n > 0) yield n === size ? room : room.subarray(0, n);
    if (n < size) return;
  }
}

class NamedFile implements InputFile {
  readonly name: string;
  readonly size: number | undefined;
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal;

  constructor(name: string, size: number | undefined, handle: FileHandle, signal: AbortSignal) {
    this.name = name;
    this.size = size;
    this.#handle = handle;
    this.#signal = signal;
  }

  async read(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      const reading = this.#handle.read(into, filled, into.length - filled, null).catch((error: unknown) => {
        throw unreadable(this.name, error);
      });
      // Only a pipe or a device keeps somebody waiting.
      const { bytesRead } = await (this.size === undefined ? interruptible(this.#signal, reading) : reading);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A read that a thread is stuck in would keep this waiting, too; the process ends anyway.
    const closing = this.#handle.close();
    if (this.#signal.aborted) closing.catch(() => undefined);
    else await closing;
  }
}

class StandardInput implements InputFile {
  readonly name = '-';
  readonly size = undefined;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #secret: boolean;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(context: CliContext, secret: boolean) {
    this.#secret = secret;
    this.#chunks = context.stdin.chunks()[Symbol.asyncIterator]();
  }

  async read(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) break;
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, into.length - filled);
      into.set(part, filled);
      if (this.#secret) wipe(part);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return filled;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#chunks.return?.();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** Exit 66, whatever keeps a file from being read. */
function unreadable(name: string, error: unknown): Error {
  if (error instanceof KeyslotError || error instanceof Interrupted) return error;
  if (name === '') return usageError('the name of a file is empty', 'file');
  const { code = '', message } = error as NodeJS.ErrnoException;
  const denied = code === 'EACCES' || code === 'EPERM';
  return new CommandError(
    denied ? 'ACCESS_DENIED' : 'RESOURCE_NOT_FOUND',
    exitStatus.noInput,
    `can't read ${name}: ${reasons[code] ?? message}`,
    'file',
  );
}
