/** The folder of the key store: whole files, written once under a new name, and the steps that make them last. */
import { constants, fstatSync, mkdirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyslotError } from '../../core/errors.js';
import { lockFile } from '../../native.js';
import { syncFolder } from '../lasting-folder.js';
import { lockName } from './store-names.js';

/** What the key store needs of a folder. Errors of writing are those of the file system. */
export interface StoreFolder {
  /** @throws OPERATION_FAILED */
  list(): Promise<string[]>;
  /** Undefined when there is no such file. @throws OPERATION_FAILED */
  read(name: string, longest: number): Promise<Uint8Array | undefined>;
  /** A new file (mode 0600) whose content lasts when this answers; its name lasts after `sync`. Replaces a leftover of that name. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Replaces `to`; lasts after `sync`. */
  rename(from: string, to: string): Promise<void>;
  /** No such file is fine. Lasts after `sync`. */
  remove(name: string): Promise<void>;
  /** Makes names last. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

const field = 'state';
const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants;

/** The medium is at fault, and nobody's permissions. */
const faultsOfMedium: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

export class DiskFolder implements StoreFolder {
  readonly #path: string;
  readonly #folder: FileHandle;
  readonly #lock: FileHandle;
  readonly #made: boolean;

  private constructor(path: string, folder: FileHandle, lock: FileHandle, made: boolean) {
    this.#path = path;
    this.#folder = folder;
    this.#lock = lock;
    this.#made = made;
  }

  /**
   * Opens the folder, making it (0700) when it is missing unless `make` is false; what lies above it must exist. Holds its lock until
   * `close`.
   * @throws ACCESS_DENIED when it is not the daemon's own or others may look in, PROVIDER_BUSY when another process has it,
   * RESOURCE_NOT_FOUND when it is missing and not to be made, PERSIST_FAILED when the medium does not take it
   */
  static async open(path: string, { make = true }: { readonly make?: boolean } = {}): Promise<DiskFolder> {
    const made = make && makeFolder(path);
    const folder = await openFolder(path);
    try {
      checkFolder(path, folder.fd);
      return new DiskFolder(path, folder, await takeLock(path), made);
    } catch (error) {
      await folder.close();
      // It is somebody else's by now if anything is in it.
      if (made) removeIfEmpty(path);
      throw error;
    }
  }

  async list(): Promise<string[]> {
    try {
      return await readdir(this.#path);
    } catch (error) {
      throw new KeyslotError('OPERATION_FAILED', `the folder of the key store can not be read: ${codeOf(error)}`, { field, cause: error });
    }
  }

  async read(name: string, longest: number): Promise<Uint8Array | undefined> {
    let file: FileHandle;
    try {
      file = await open(join(this.#path, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw unreadable(name, codeOf(error) ?? 'unknown error');
    }
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > longest) throw unreadable(name, 'it is not a regular file, or too long');
      return await file.readFile();
    } catch (error) {
      throw error instanceof KeyslotError ? error : unreadable(name, codeOf(error) ?? 'unknown error');
    } finally {
      await file.close();
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.remove(name);
    const file = await open(join(this.#path, name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  rename(from: string, to: string): Promise<void> {
    return rename(join(this.#path, from), join(this.#path, to));
  }

  async remove(name: string): Promise<void> {
    try {
      await unlink(join(this.#path, name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  sync(): Promise<void> {
    return this.#folder.sync();
  }

  /** Takes back the making of the folder, while its lock is still held: nothing happens to one that was there before or holds a file. */
  forgetIfMade(): void {
    if (!this.#made) return;
    try {
      if (readdirSync(this.#path).some((name) => name !== lockName)) return;
      unlinkSync(join(this.#path, lockName));
      rmdirSync(this.#path);
    } catch {
      // An empty folder stays, which does nobody harm.
    }
  }

  async close(): Promise<void> {
    try {
      await this.#folder.close();
    } finally {
      await this.#lock.close();
    }
  }
}

function unreadable(name: string, why: string): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', `the file ${name} of the key store can not be read: ${why}`, { field });
}

/** Whether it was not there before. */
function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unmakeable(`the folder ${path} of the key store can't be made`, error);
  }
  try {
    syncFolder(dirname(path));
    return true;
  } catch (error) {
    removeIfEmpty(path);
    throw unmakeable(`the folder ${path} of the key store can't be made`, error);
  }
}

function unmakeable(message: string, cause: unknown): KeyslotError {
  const code = codeOf(cause);
  return new KeyslotError(faultsOfMedium.has(code) ? 'PERSIST_FAILED' : 'ACCESS_DENIED', `${message}: ${code}`, { field, cause });
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It holds something.
  }
}

async function openFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no folder ${path} of a key store`, { field, cause: error });
    }
    const why = codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ELOOP' ? 'it is not a folder, or a symbolic link' : codeOf(error);
    throw new KeyslotError('ACCESS_DENIED', `the folder ${path} of the key store can't be opened: ${why}`, { field, cause: error });
  }
}

async function takeLock(path: string): Promise<FileHandle> {
  const lock = await openLock(join(path, lockName)).catch((error: unknown) => {
    throw unmakeable(`the key store ${path} can't be locked`, error);
  });
  // A lock without a name is that of a folder which its maker took back meanwhile.
  if (lockFile(lock.fd) && fstatSync(lock.fd).nlink > 0) return lock;
  await lock.close();
  throw new KeyslotError('PROVIDER_BUSY', `the key store ${path} is in use by another keyslotd`, { field });
}

/** For writing, which locks over a network need; a store on a medium that can't be written is locked all the same, also a copy without a lock. */
async function openLock(path: string): Promise<FileHandle> {
  try {
    return await open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EROFS') throw error;
  }
  try {
    return await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return open(dirname(path), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  }
}

function checkFolder(path: string, descriptor: number): void {
  const stats = fstatSync(descriptor);
  const who = process.geteuid?.();
  if (stats.uid !== who) {
    throw new KeyslotError(
      'ACCESS_DENIED',
      `the folder ${path} of the key store belongs to uid ${stats.uid}, not to uid ${who}, which this runs as`,
      {
        field,
      },
    );
  }
  if ((stats.mode & 0o077) !== 0) {
    throw new KeyslotError('ACCESS_DENIED', `the folder ${path} of the key store is open to others; run: chmod 0700 ${path}`, { field });
  }
}
