/**
 * Which slots a caller may use, under which names and with which rights. Rows match selectors given by the kernel; root is not
 * special and there is no wildcard.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { SlotRight } from '../core/resources.js';
import type { Caller } from './caller.js';
import type { AccessConfig } from './config/schema.js';
import type { Slot } from './slot.js';

/** What one caller has of one slot. */
export interface Grant {
  readonly alias: string;
  readonly slot: Slot;
  readonly rights: ReadonlySet<SlotRight>;
}

interface Row {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly slots: readonly (readonly [alias: string, slot: Slot])[];
  readonly rights: readonly SlotRight[];
}

export class Access {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  /** A row that names a user and a group wants both. Rows add up; the first one to use a name for a slot decides which slot it is. */
  grantsOf(caller: Caller): ReadonlyMap<string, Grant> {
    const grants = new Map<string, Grant & { rights: Set<SlotRight> }>();
    for (const row of this.#rows) {
      if (row.uid !== undefined && row.uid !== caller.uid) continue;
      if (row.gid !== undefined && !caller.groups.has(row.gid)) continue;
      for (const [alias, slot] of row.slots) {
        const grant = grants.get(alias);
        if (grant === undefined) grants.set(alias, { alias, slot, rights: new Set(row.rights) });
        else if (grant.slot === slot) for (const right of row.rights) grant.rights.add(right);
      }
    }
    return grants;
  }
}

export interface AccessProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Turns the configuration's rows into numbers of users and groups; a name that the system doesn't know is a problem, not a wildcard. */
export function compileAccess(
  rows: readonly AccessConfig[],
  slots: ReadonlyMap<string, Slot>,
): { access: Access; problems: AccessProblem[] } {
  const problems: AccessProblem[] = [];
  const compiled: Row[] = [];
  rows.forEach((row, i) => {
    const uid = row.user === undefined ? undefined : userId(row.user);
    const gid = row.group === undefined ? undefined : groupId(row.group);
    if (uid === null) problems.push({ path: ['access', i, 'user'], message: `there is no user "${row.user}" on this system` });
    if (gid === null) problems.push({ path: ['access', i, 'group'], message: `there is no group "${row.group}" on this system` });
    if (uid === null || gid === null) return;
    const pairs = Object.entries(row.slots).flatMap(([alias, name]) => {
      const slot = slots.get(name);
      return slot === undefined ? [] : [[alias, slot] as const];
    });
    compiled.push({ uid, gid, slots: pairs, rights: row.rights });
  });
  return { access: new Access(compiled), problems };
}

/** The number of a user by name or digits; null when there is none. */
export function userId(user: string | number): number | null {
  return numberIn('passwd', user);
}
export function groupId(group: string | number): number | null {
  return numberIn('group', group);
}

function numberIn(database: 'passwd' | 'group', name: string | number): number | null {
  if (typeof name === 'number') return name;
  const line = readFileSync(`/etc/${database}`, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name}:`));
  const number = (line ?? elsewhere(database, name))?.split(':')[2];
  if (number !== undefined) return Number(number);
  return /^\d+$/.test(name) ? Number(name) : null;
}

/** Users that are not in the file come from a directory service; only the system's own look-up knows those. */
function elsewhere(database: string, name: string): string | undefined {
  try {
    return execFileSync('getent', [database, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
