/** The folder of the key store: whole files, written once under a new name, and the steps that make them last. */
import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyslotError } from '../../core/errors.js';
import { lockFile } from '../../native.js';
import { lockName } from './store-names.js';

/** What the key store needs of a folder. Errors are those of the file system. */
export interface StoreFolder {
  list(): Promise<string[]>;
  /** Undefined when there is no such file. */
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

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

export class DiskFolder implements StoreFolder {
  readonly #path: string;
  readonly #folder: FileHandle;
  readonly #lock: FileHandle;

  private constructor(path: string, folder: FileHandle, lock: FileHandle) {
    this.#path = path;
    this.#folder = folder;
    this.#lock = lock;
  }

  /**
   * Opens the folder, making it (0700) when it is missing unless `make` is false; what lies above it must exist. Holds its lock until
   * `close`.
   * @throws ACCESS_DENIED when it is not the daemon's own or others may look in, PROVIDER_BUSY when another process has it,
   * RESOURCE_NOT_FOUND when it is missing and not to be made
   */
  static async open(path: string, { make = true }: { readonly make?: boolean } = {}): Promise<DiskFolder> {
    if (make) makeFolder(path);
    const folder = await openFolder(path);
    try {
      checkFolder(path, folder.fd);
      return new DiskFolder(path, folder, await takeLock(path));
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  list(): Promise<string[]> {
    return readdir(this.#path);
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

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
    syncName(path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw new KeyslotError('ACCESS_DENIED', `the folder ${path} of the key store can't be made: ${codeOf(error)}`, { field, cause: error });
  }
}

/** A new folder's own name must last too: the files in it are worth nothing without it. */
function syncName(path: string): void {
  const parent = openSync(dirname(path), O_RDONLY | O_DIRECTORY);
  try {
    fsyncSync(parent);
  } finally {
    closeSync(parent);
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
    throw new KeyslotError('ACCESS_DENIED', `the key store ${path} can't be locked: ${codeOf(error)}`, { field, cause: error });
  });
  if (lockFile(lock.fd)) return lock;
  await lock.close();
  throw new KeyslotError('PROVIDER_BUSY', `the key store ${path} is in use by another keyslotd`, { field });
}

/** For writing, which locks over a network need; a store on a medium that can't be written is locked all the same. */
async function openLock(path: string): Promise<FileHandle> {
  try {
    return await open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EROFS') throw error;
    return open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
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
