/**
 * The store key as a credential of a systemd service: `LoadCredential=NAME:…` or `LoadCredentialEncrypted=NAME:…` puts it into a file of that
 * name in the folder $CREDENTIALS_DIRECTORY, in memory that is not swapped, readable by the service alone.
 *
 * systemd writes the file 0400 as root and lets the service's user in by an access control list, whose mask stands where the mode has its
 * group bits: such a file shows as 0440 of root and its group though no group may read it. Where there are no such lists it gives the file to
 * the user. So the group may read here what root owns, if it is root's group or the service's own; nobody else may, and nobody may write.
 */
import { closeSync, fstatSync, type Stats } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { KeyslotError } from '../../core/errors.js';
import { openTrustedFile } from '../trusted-file.js';
import { StoreKey } from './store-key.js';

const field = 'keyStore.key.credential';
const others = 0o007;
const writableByGroup = 0o030;
const readableByGroup = 0o040;

export type Environment = Readonly<Record<string, string | undefined>>;

/** As systemd takes them: the name of a file, ASCII without control characters and colons. */
export function isCredentialName(name: string): boolean {
  return /^[!-9;-~ ]{1,255}$/.test(name) && !name.includes('/') && name !== '.' && name !== '..';
}

/** Undefined outside a service with credentials. */
export function credentialPath(name: string, env: Environment): string | undefined {
  const folder = env.CREDENTIALS_DIRECTORY;
  return folder === undefined || !isAbsolute(folder) ? undefined : join(folder, name);
}

/** @throws RESOURCE_NOT_FOUND without the credential, ACCESS_DENIED when others could read or change it, INVALID_FORMAT, MEMORY_NOT_LOCKED */
export function openCredential(name: string, env: Environment): StoreKey {
  const path = credentialPath(name, env);
  if (path === undefined) {
    const message = `there are no credentials here (CREDENTIALS_DIRECTORY is not set): give the service LoadCredential=${name}:PATH`;
    throw new KeyslotError('RESOURCE_NOT_FOUND', message, { field });
  }
  const what = `the credential ${name}`;
  const descriptor = openTrustedFile(path, { what, field, secret: false });
  try {
    assertPrivate(fstatSync(descriptor), what);
    return StoreKey.read(descriptor, { what, field });
  } finally {
    closeSync(descriptor);
  }
}

function assertPrivate({ mode, uid, gid }: Stats, what: string): void {
  const listed = uid === 0 && (gid === 0 || gid === process.getegid?.());
  if ((mode & (others | writableByGroup)) === 0 && ((mode & readableByGroup) === 0 || listed)) return;
  throw new KeyslotError('ACCESS_DENIED', `${what} may be read by others (mode 0${(mode & 0o777).toString(8)})`, { field });
}
