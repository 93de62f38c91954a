/** Small files of JSON in the provider's folder, replaced whole and durably, and the lock that keeps a second daemon out. */
import { closeSync, constants, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyslotError } from '../../core/errors.js';
import { lockFile } from '../../native.js';

const field = 'state';
const lockName = 'lock';
const { O_RDONLY, O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW, O_DIRECTORY } = constants;

export class StateFolder {
  readonly path: string;
  #lock: number | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder (0700) where it is missing and locks it until `close`.
   * @throws ACCESS_DENIED when it is not the daemon's own or open to others, PROVIDER_BUSY when another process has it
   */
  open(): void {
    if (this.#lock !== undefined) return;
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    this.#check();
    const lock = openSync(join(this.path, lockName), O_RDONLY | O_CREAT | O_NOFOLLOW, 0o600);
    if (!lockFile(lock)) {
      closeSync(lock);
      throw new KeyslotError('PROVIDER_BUSY', `${this.path} is in use by another keyslotd`, { field });
    }
    this.#lock = lock;
  }

  close(): void {
    if (this.#lock !== undefined) closeSync(this.#lock);
    this.#lock = undefined;
  }

  #check(): void {
    const folder = openSync(this.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const { uid, mode } = fstatSync(folder);
    closeSync(folder);
    if (uid !== process.geteuid?.())
      throw new KeyslotError('ACCESS_DENIED', `${this.path} belongs to uid ${uid}, not to the daemon's user`, { field });
    if ((mode & 0o077) !== 0)
      throw new KeyslotError('ACCESS_DENIED', `${this.path} is open to others; run: chmod 0700 ${this.path}`, { field });
  }

  /** Undefined when there is no such file. @throws INVALID_FORMAT when it is not JSON */
  read(name: string): unknown {
    let text: string;
    try {
      text = readFileSync(join(this.path, name), { encoding: 'utf8', flag: O_RDONLY | O_NOFOLLOW } as { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return JSON.parse(text);
    } catch {
      throw damaged(this.path, name);
    }
  }

  /** The new content lasts when this returns. */
  write(name: string, value: unknown): void {
    const target = join(this.path, name);
    const temporary = `${target}.new`;
    rmSync(temporary, { force: true });
    const file = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(value)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
    this.#sync();
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { force: true });
    this.#sync();
  }

  #sync(): void {
    const folder = openSync(this.path, O_RDONLY | O_DIRECTORY);
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}

export function damaged(folder: string, name: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', `${join(folder, name)} is damaged; move it away to start without what it remembers`, { field });
}
