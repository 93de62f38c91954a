/** Users and groups of this system by name, number, or digits; also those that only a directory service knows. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface SystemUser {
  readonly uid: number;
  /** Of the user's own group. */
  readonly gid: number;
}

/** Undefined when there is none of that name. A number need not be anybody's. */
export function userId(user: string | number): number | undefined {
  return numberOf('passwd', user);
}
export function groupId(group: string | number): number | undefined {
  return numberOf('group', group);
}

/** The user with its own group; undefined when there is none. */
export function systemUser(name: string): SystemUser | undefined {
  const [, , uid, gid] = entryOf('passwd', name)?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function numberOf(database: 'passwd' | 'group', name: string | number): number | undefined {
  if (typeof name === 'number') return name;
  const number = entryOf(database, name)?.split(':')[2];
  if (number !== undefined) return Number(number);
  return /^\d+$/.test(name) ? Number(name) : undefined;
}

/** The file first: the system's own look-up is a process, which is needed only for directory services. */
function entryOf(database: 'passwd' | 'group', name: string): string | undefined {
  const line = readFileSync(`/etc/${database}`, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name}:`));
  if (line !== undefined) return line;
  try {
    return execFileSync('getent', [database, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
