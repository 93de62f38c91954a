/** What a new key may do: what was asked for, what fits its type, what its slot allows. */
import type { KeyRow } from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';
import {
  defaultPermissions,
  defaultPublicPermissions,
  describePermissions,
  type KeyHalf,
  KeyOperationPermission as p,
  permissionBits,
} from '../core/permissions.js';
import type { Filling, KeyTraits } from './key-entry.js';
import type { Slot } from './slot.js';

const fillingBits = p.import | p.generate;

/** What a request says; undefined where it says nothing. */
export interface AskedPermissions {
  readonly permissions: number | undefined;
  readonly publicPermissions: number | undefined;
}

export interface PermissionFields {
  readonly hasPermissions: number;
  readonly permissions: number;
  readonly hasPublicPermissions?: number;
  readonly publicPermissions?: number;
}

/** @throws INVALID_ARGUMENT for bits that do not exist */
export function askedPermissions(request: PermissionFields): AskedPermissions {
  const one = (has: number | undefined, value: number | undefined, field: string): number | undefined => {
    if (has !== 1 || value === undefined) return undefined;
    if ((value & ~permissionBits) !== 0 || value > permissionBits)
      throw new KeyslotError('INVALID_ARGUMENT', `${field} has bits outside 0xfff`, { field });
    return value;
  };
  return {
    permissions: one(request.hasPermissions, request.permissions, 'permissions'),
    publicPermissions: one(request.hasPublicPermissions, request.publicPermissions, 'publicPermissions'),
  };
}

/** Of an ephemeral key. */
export function traitsOf(row: KeyRow, half: KeyHalf, asked: AskedPermissions, filling: Filling): KeyTraits {
  const usual = half === 'public' ? defaultPublicPermissions(row) : defaultPermissions(row);
  return {
    permissions: asked.permissions ?? usual,
    publicPermissions: asked.publicPermissions ?? defaultPublicPermissions(row),
    explicit: asked.permissions !== undefined,
    filling,
    fromSlot: false,
    exportWrapped: false,
    publicInSoftware: false,
  };
}

/** @throws KEY_OPERATION_NOT_PERMITTED when an explicit wish exceeds what the slot allows */
export function permissionsInSlot(slot: Slot, explicit: number | undefined): number {
  if (explicit === undefined) return slot.usage;
  const surplus = explicit & ~slot.usage & ~fillingBits;
  // How a slot is filled is no use of a key: those two bits are nothing that it could do.
  if (surplus === 0) return explicit & ~fillingBits;
  const names = describePermissions(surplus).join(', ');
  throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', `slot "${slot.spec.name}" does not allow: ${names}`, { field: 'permissions' });
}
