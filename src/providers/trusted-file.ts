/**
 * Files that decide what the daemon trusts: configuration, PKCS#11 modules, PINs, keys. They are opened without following a link,
 * checked by descriptor, and refused when somebody else could have written them (or read them, where they are secret).
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { KeyslotError } from '../core/errors.js';

export interface TrustRule {
  /** What the file is, in messages: "PIN file". */
  readonly what: string;
  /** Path of the configuration key that names it. */
  readonly field: string;
  /** Others may not read it either. */
  readonly secret: boolean;
  /** Of somebody who looks in place of the daemon, whose user he need not be. */
  readonly anyOwner?: boolean;
}

const writableByOthers = 0o022;
const readableByOthers = 0o044;

function refuse(rule: TrustRule, message: string, cause?: unknown): KeyslotError {
  return new KeyslotError('ACCESS_DENIED', `${rule.what} ${message}`, { field: rule.field, cause });
}

function trusted(stats: Stats, { anyOwner = false }: TrustRule): boolean {
  return anyOwner || stats.uid === 0 || stats.uid === process.geteuid?.();
}

function checkFolder(path: string, rule: TrustRule): void {
  const stats = lstatSync(path);
  const sticky = (stats.mode & 0o1000) !== 0;
  if (!trusted(stats, rule))
    throw refuse(rule, `lies in ${path}, which belongs to uid ${stats.uid}; it must belong to root or to the daemon's user`);
  if ((stats.mode & writableByOthers) !== 0 && !sticky) {
    throw refuse(rule, `lies in ${path}, which others may write; run: chmod go-w ${path}`);
  }
}

/** Checks a folder and all above it; `path` must exist. Answers the folder without links. */
export function checkTrustedFolders(path: string, rule: TrustRule): string {
  const real = realpathSync(path);
  for (let at = real; ; at = dirname(at)) {
    checkFolder(at, rule);
    if (at === dirname(at)) return real;
  }
}

function checkFile(path: string, stats: Stats, rule: TrustRule): void {
  if (!stats.isFile()) throw refuse(rule, `${path} is not a regular file`);
  if (!trusted(stats, rule)) throw refuse(rule, `${path} belongs to uid ${stats.uid}; it must belong to root or to the daemon's user`);
  if ((stats.mode & writableByOthers) !== 0) throw refuse(rule, `${path} may be written by others; run: chmod go-w ${path}`);
  if (rule.secret && (stats.mode & readableByOthers) !== 0) throw refuse(rule, `${path} may be read by others; run: chmod 0600 ${path}`);
}

/**
 * Opens a trusted file for reading. The caller closes the descriptor.
 * @throws RESOURCE_NOT_FOUND when it is missing, ACCESS_DENIED when it is not to be trusted; both name the field.
 */
export function openTrustedFile(path: string, rule: TrustRule): number {
  const absolute = resolve(path);
  let descriptor: number;
  try {
    const folder = checkTrustedFolders(dirname(absolute), rule);
    descriptor = openSync(join(folder, basename(absolute)), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof KeyslotError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new KeyslotError('RESOURCE_NOT_FOUND', `${rule.what} ${absolute} does not exist`, { field: rule.field });
    if (code === 'ELOOP') throw refuse(rule, `${absolute} is a symbolic link; name the file itself`);
    throw refuse(rule, `${absolute} can't be opened: ${code}`, error);
  }
  try {
    checkFile(absolute, fstatSync(descriptor), rule);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** Checks a file that something else will open, such as a module; links are followed first. Answers its real path. */
export function checkTrustedFile(path: string, rule: TrustRule): string {
  let real: string;
  try {
    real = realpathSync(resolve(path));
  } catch {
    throw new KeyslotError('RESOURCE_NOT_FOUND', `${rule.what} ${path} does not exist`, { field: rule.field });
  }
  closeSync(openTrustedFile(real, rule));
  return real;
}
