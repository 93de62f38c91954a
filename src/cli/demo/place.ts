/** Where the demo lives: one folder that holds everything, and is taken away with everything. */
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken, type DisposableToken, obtainSoftHsm } from '../../../softhsm/index.js';
import { packageRoot } from '../../daemon/package-version.js';

/** A socket's path has 107 bytes at most, of which the folder may take this many. */
const longestParent = 40;

export function makeFolder(): string {
  const parent = Buffer.byteLength(tmpdir()) > longestParent ? '/tmp' : tmpdir();
  return mkdtempSync(join(parent, 'keyslot-demo-'));
}

/** Never throws. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // Nothing more can be done about it.
  }
}

/** The file that the demo works on: one that every installation has. */
export function demoFile(): string {
  const names = ['README.md', 'package.json'].map((name) => join(packageRoot(), name));
  return names.find(existsSync) ?? process.execPath;
}

/**
 * A token of SoftHSM2, fetched where it is missing. A fetched module is copied into the demo's folder: the daemon refuses one
 * that lies below a folder which others may write, as homes and clones made with umask 002 are.
 * @throws PROVIDER_NOT_AVAILABLE with the command that installs SoftHSM2
 */
export async function makeToken(folder: string, report: (line: string) => void): Promise<DisposableToken> {
  const { modulePath, origin } = await obtainSoftHsm({ report });
  if (origin !== 'fetched') return await createToken({ modulePath, parent: folder, label: 'keyslot demo' });
  const own = join(folder, 'libsofthsm2.so');
  copyFileSync(modulePath, own);
  chmodSync(own, 0o644);
  return await createToken({ modulePath: own, parent: folder, label: 'keyslot demo' });
}
