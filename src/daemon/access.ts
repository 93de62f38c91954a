/**
 * Which slots a caller may use, under which names and with which rights. Rows match selectors given by the kernel; root is not
 * special and there is no wildcard.
 */
import { KeyslotError } from '../core/errors.js';
import type { SlotRight } from '../core/resources.js';
import { groupId, userId } from '../providers/system-users.js';
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

/**
 * Turns the configuration's rows into numbers of users and groups.
 * @throws INVALID_ARGUMENT for a name that the system doesn't know: never a wildcard
 */
export function compileAccess(rows: readonly AccessConfig[], slots: ReadonlyMap<string, Slot>): Access {
  return new Access(
    rows.map((row, i) => ({
      uid: row.user === undefined ? undefined : known(userId(row.user), `access.${i}.user`, row.user),
      gid: row.group === undefined ? undefined : known(groupId(row.group), `access.${i}.group`, row.group),
      slots: Object.entries(row.slots).flatMap(([alias, name]) => {
        const slot = slots.get(name);
        return slot === undefined ? [] : [[alias, slot] as const];
      }),
      rights: row.rights,
    })),
  );
}

/** @throws INVALID_ARGUMENT that names the configuration's key */
export function known(id: number | undefined, field: string, name: string | number): number {
  if (id !== undefined) return id;
  throw new KeyslotError('INVALID_ARGUMENT', `"${name}" is not known to this system`, { field });
}
