/** The user that a token's host runs as. */
import { KeyslotError } from '../../core/errors.js';
import { type SystemUser, systemUser } from '../system-users.js';

const field = 'user';

/** @throws ACCESS_DENIED for a daemon that can't choose, INVALID_ARGUMENT for a user that is not there */
export function hostUser(name: string): SystemUser {
  if (process.geteuid?.() !== 0) {
    throw new KeyslotError('ACCESS_DENIED', `only a daemon that runs as root can start a host as user ${name}`, { field });
  }
  const user = systemUser(name);
  if (user === undefined) throw new KeyslotError('INVALID_ARGUMENT', `there is no user "${name}" on this system`, { field });
  return user;
}
