/** Finds an installed SoftHSM2. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeyslotError } from '../src/core/errors.js';
import { installAdvice } from './distribution.js';

export interface SoftHsm {
  /** The PKCS#11 module. */
  readonly modulePath: string;
  /** Named by SOFTHSM2_MODULE, installed on the system, or fetched into a folder by Keyslot. */
  readonly origin: 'environment' | 'system' | 'fetched';
}

const moduleName = 'libsofthsm2.so';

/** Fedora, SUSE, Arch, Alpine, a build from source, Homebrew; Debian's folders are in `multiarchFolders`. */
const usualFolders = [
  '/usr/lib/softhsm',
  '/usr/lib64/softhsm',
  '/usr/lib64/pkcs11',
  '/usr/lib/pkcs11',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib/softhsm',
  '/usr/local/lib64/softhsm',
  '/opt/homebrew/lib/softhsm',
  '/home/linuxbrew/.linuxbrew/lib/softhsm',
];

/** First part of Debian's multiarch name, by Node's name of the processor. */
const multiarch: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
  arm: 'arm',
  ia32: 'i386',
  riscv64: 'riscv64',
  ppc64: 'powerpc64le',
  s390x: 's390x',
};

/** `<root>/usr/lib/<processor>-linux-…/softhsm`, as Debian and Ubuntu install it. */
function multiarchFolders(root: string): string[] {
  const library = join(root, 'usr/lib');
  const prefix = `${multiarch[process.arch] ?? process.arch}-linux-`;
  try {
    return readdirSync(library)
      .filter((name) => name.startsWith(prefix))
      .map((name) => join(library, name, 'softhsm'));
  } catch {
    return [];
  }
}

/** The module in a tree made from Debian's package. */
export function moduleInTree(root: string): string | undefined {
  return multiarchFolders(root)
    .map((folder) => join(folder, moduleName))
    .find(existsSync);
}

/**
 * SOFTHSM2_MODULE, else an installed SoftHSM2, else undefined.
 * @throws PROVIDER_NOT_AVAILABLE when SOFTHSM2_MODULE names a file that can't be read
 */
export function findInstalled(): SoftHsm | undefined {
  const named = process.env.SOFTHSM2_MODULE;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { modulePath: named, origin: 'environment' };
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `SOFTHSM2_MODULE names ${named}, which is not there; ${installAdvice()}`, {
      field: 'SOFTHSM2_MODULE',
    });
  }
  const folders = [...multiarchFolders('/'), ...usualFolders];
  const modulePath = folders.map((folder) => join(folder, moduleName)).find(existsSync);
  return modulePath === undefined ? undefined : { modulePath, origin: 'system' };
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function writable(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folders that may hold a fetched SoftHSM2, the preferred one first. */
export function fetchFolders(): string[] {
  const cache = process.env.XDG_CACHE_HOME;
  return [
    join(packageRoot(), '.softhsm'),
    join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'keyslot/softhsm'),
  ];
}

/** Whether a daemon would load a module from here: it refuses one that others could have put there. */
function trusted(folder: string): boolean {
  for (let at = existsSync(folder) ? folder : dirname(folder); ; at = dirname(at)) {
    const { uid, mode } = statSync(at);
    const writableByOthers = (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
    if (writableByOthers || (uid !== 0 && uid !== process.geteuid?.())) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Where a fetch goes: `.softhsm` in the package when that can be written, and by nobody else (a clone made with umask 002 can),
 * else the user's cache.
 */
export function preferredFetchFolder(): string {
  const [inPackage, inCache] = fetchFolders() as [string, string];
  return writable(inPackage) && trusted(inPackage) ? inPackage : inCache;
}
