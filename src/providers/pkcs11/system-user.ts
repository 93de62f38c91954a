/** Numbers of a user of this system, for a host that runs under its own. */
import { execFileSync } from 'node:child_process';
import { KeyslotError } from '../../core/errors.js';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const field = 'user';

/** Asks the system's own look-up, which knows users of directory services too. @throws INVALID_ARGUMENT, ACCESS_DENIED */
export function systemUser(name: string): SystemUser {
  if (process.geteuid?.() !== 0) {
    throw new KeyslotError('ACCESS_DENIED', `only a daemon that runs as root can start a host as user ${name}`, { field });
  }
  let line: string;
  try {
    line = execFileSync('getent', ['passwd', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (cause) {
    throw new KeyslotError('INVALID_ARGUMENT', `there is no user "${name}" on this system`, { field, cause });
  }
  const [, , uid, gid] = line.trim().split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
