/**
 * A Unix socket bound where nobody can race for it: made in a folder of mode 0700, given its mode and group, then renamed into
 * place. A socket left behind by a daemon that died is replaced; one that still answers is not.
 */
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { KeyslotError } from '../core/errors.js';
import { checkTrustedFolders } from '../providers/trusted-file.js';

export interface ListenOptions {
  readonly path: string;
  /** Permission bits of the socket. */
  readonly mode: number;
  readonly gid: number | undefined;
  /** Path of the configuration key, for errors. */
  readonly field: string;
  readonly accept: (socket: Socket) => void;
}

const longestPath = 107;

export class Listener {
  readonly path: string;
  readonly #server: Server;
  readonly #inode: bigint;

  private constructor(path: string, server: Server, inode: bigint) {
    this.path = path;
    this.#server = server;
    this.#inode = inode;
  }

  /** @throws ALREADY_INITIALIZED when another daemon listens there, ACCESS_DENIED or INVALID_ARGUMENT for the path */
  static async open(options: ListenOptions): Promise<Listener> {
    const { path, field } = options;
    if (Buffer.byteLength(path) > longestPath) {
      throw new KeyslotError(
        'INVALID_ARGUMENT',
        `${path} is longer than ${longestPath} bytes, the most that the path of a Unix socket can have`,
        { field },
      );
    }
    const folder = prepareFolder(path, field);
    await clearStale(path, field);
    const nursery = mkdtempSync(join(folder, '.keyslot-'));
    const born = join(nursery, 's');
    try {
      if (Buffer.byteLength(born) > longestPath)
        throw new KeyslotError('INVALID_ARGUMENT', `${path} is too long for a Unix socket`, { field });
      const server = createServer({ pauseOnConnect: true }, options.accept);
      await listen(server, born);
      chmodSync(born, options.mode);
      if (options.gid !== undefined) chownSync(born, -1, options.gid);
      renameSync(born, path);
      return new Listener(path, server, lstatSync(path, { bigint: true }).ino);
    } catch (error) {
      rmSync(nursery, { recursive: true, force: true });
      if (error instanceof KeyslotError) throw error;
      throw new KeyslotError('ACCESS_DENIED', `can't listen at ${path}: ${(error as Error).message}`, { field, cause: error });
    } finally {
      removeEmpty(nursery);
    }
  }

  /** Takes no more connections and removes the socket, unless another daemon has put its own there. */
  close(): void {
    try {
      if (lstatSync(this.path, { bigint: true }).ino === this.#inode) unlinkSync(this.path);
    } catch {
      // Already gone.
    }
    this.#server.close();
  }
}

function prepareFolder(path: string, field: string): string {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new KeyslotError('RESOURCE_NOT_FOUND', `the folder of ${path} does not exist`, { field });
    if (code !== 'EEXIST') throw new KeyslotError('ACCESS_DENIED', `the folder of ${path} can't be made: ${code}`, { field });
  }
  return checkTrustedFolders(folder, { what: `socket ${basename(path)}`, field, secret: false });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function clearStale(path: string, field: string): Promise<void> {
  try {
    if (!lstatSync(path).isSocket())
      throw new KeyslotError('ALREADY_INITIALIZED', `${path} exists and is not a socket; remove it`, { field });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (await answers(path)) throw new KeyslotError('ALREADY_INITIALIZED', `another daemon listens at ${path}`, { field });
  rmSync(path, { force: true });
}

/** Refused means that nobody listens; anything else, such as a full backlog, that somebody does. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'));
  });
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Removed already, with what was in it.
  }
}
