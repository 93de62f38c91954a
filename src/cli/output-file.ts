/** Where results go: a file that appears only when it is complete, or standard output. */
import { randomBytes } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import { type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CliContext, Interrupted, type Output } from './context.js';
import { cannotCreate, usageError } from './failure.js';
import type { OutputFlags } from './flags.js';
import { interruptible } from './interruptible.js';

/** What a file system says that syncs files only. */
const notForFolders: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF']);

export interface OutputFile {
  /** As the user named it. */
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  /** The result is complete. */
  commit(): Promise<void>;
  /** The result will not be complete: nothing stays, unless it went to somebody already. */
  discard(): Promise<void>;
}

export interface OutputRules {
  /** Permission bits of a new file before the umask. */
  readonly mode: number;
  /** The result is text, which a terminal can show. */
  readonly text?: boolean;
  /** What to do instead of writing bytes to a terminal. */
  readonly instead?: string;
}

/** @throws INVALID_ARGUMENT (usage) for bytes to a terminal; OPERATION_FAILED with exit 73 */
export async function openOutput(context: CliContext, flags: OutputFlags, rules: OutputRules): Promise<OutputFile> {
  const { output = '-', force = false } = flags;
  if (output === '') throw usageError('--output is empty: give the name of a file', 'output');
  if (output === '-') return new StandardOutput(context.process.stdout, force || rules.text === true, rules.instead ?? 'give -o FILE');
  try {
    const existing = await stat(output).catch(ifMissing);
    if (existing?.isDirectory() === true) throw cannotCreate(`${output} is a folder`);
    if (existing !== undefined && !existing.isFile()) {
      const { signal } = context;
      return new Device(output, await interruptible(signal, open(output, 'w')), signal);
    }
    if (existing !== undefined && !force) throw occupied(output);
    return await NewFile.create(context, output, existing, rules, force);
  } catch (error) {
    throw uncreatable(output, error);
  }
}

class StandardOutput implements OutputFile {
  readonly name = '-';
  readonly #stdout: Output;

  constructor(stdout: Output, allowed: boolean, instead: string) {
    if (stdout.isTTY && !allowed) throw usageError(`bytes are not written to a terminal: ${instead}, or --force`, 'output');
    this.#stdout = stdout;
  }
  write(bytes: Uint8Array): Promise<void> {
    return this.#stdout.send(bytes);
  }
  async commit(): Promise<void> {}
  async discard(): Promise<void> {}
}

/** A pipe or a device: it is written to, never replaced. */
class Device implements OutputFile {
  readonly name: string;
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal;

  constructor(name: string, handle: FileHandle, signal: AbortSignal) {
    this.name = name;
    this.#handle = handle;
    this.#signal = signal;
  }
  write(bytes: Uint8Array): Promise<void> {
    return interruptible(this.#signal, writeAll(this.name, this.#handle, bytes));
  }
  async commit(): Promise<void> {
    await this.#handle.close();
  }
  async discard(): Promise<void> {
    const closing = this.#handle.close().catch(() => undefined);
    // A write that a thread is stuck in would keep this waiting, too; the process ends anyway.
    if (!this.#signal.aborted) await closing;
  }
}

/** Gathered under another name beside its place, and moved there in one step. */
class NewFile implements OutputFile {
  readonly name: string;
  readonly #target: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  readonly #replaces: boolean;
  readonly #forget: () => void;

  private constructor(name: string, target: string, part: string, handle: FileHandle, replaces: boolean, forget: () => void) {
    this.name = name;
    this.#target = target;
    this.#part = part;
    this.#handle = handle;
    this.#replaces = replaces;
    this.#forget = forget;
  }

  static async create(
    context: CliContext,
    name: string,
    existing: Stats | undefined,
    rules: OutputRules,
    replaces: boolean,
  ): Promise<NewFile> {
    // A link is followed, so that what is replaced is what it points to.
    const target = existing === undefined ? name : await realpath(name);
    const part = join(dirname(target), `.${basename(target).slice(0, 200)}.${randomBytes(6).toString('hex')}.part`);
    const handle = await open(part, 'wx', rules.mode);
    const forget = context.onExit(() => removeAtExit(part));
    return new NewFile(name, target, part, handle, replaces, forget);
  }

  write(bytes: Uint8Array): Promise<void> {
    return writeAll(this.name, this.#handle, bytes);
  }

  async commit(): Promise<void> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      if (this.#replaces) await rename(this.#part, this.#target);
      else await this.#moveWithoutReplacing();
      await syncNames(dirname(this.#target));
    } catch (error) {
      throw uncreatable(this.name, error);
    }
    await this.#removePart();
  }

  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await this.#removePart();
  }

  /** What can't be removed now is tried again at the end; it makes nothing of the result wrong. */
  async #removePart(): Promise<void> {
    await rm(this.#part, { force: true }).then(this.#forget, () => undefined);
  }

  /** Something may have appeared at the target since it was looked at. */
  async #moveWithoutReplacing(): Promise<void> {
    try {
      await link(this.#part, this.#target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw occupied(this.name);
      if ((await stat(this.#target).catch(ifMissing)) !== undefined) throw occupied(this.name);
      // A file system without hard links.
      await rename(this.#part, this.#target);
    }
  }
}

function removeAtExit(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // Nobody can be told any more.
  }
}

/** The result's name lasts, too, where folders can be synced. */
async function syncNames(folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch {
    // One may write into a folder without being allowed to read it.
    return;
  }
  try {
    await handle.sync();
  } catch (error) {
    if (!notForFolders.has((error as NodeJS.ErrnoException).code)) throw error;
  } finally {
    await handle.close();
  }
}

async function writeAll(name: string, handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at).catch((error: unknown) => {
      throw uncreatable(name, error);
    });
    at += bytesWritten;
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function occupied(name: string): Error {
  return cannotCreate(`${name} exists; --force replaces it`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no room left',
};

function uncreatable(name: string, error: unknown): Error {
  if (error instanceof Error && ('exit' in error || error instanceof Interrupted)) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return cannotCreate(`can't write ${name}: ${reasons[code] ?? message}`);
}
