/**
 * Permissions as attributes of objects, and back. A template always tells every use, so that no token's default counts; what the
 * token made of it is read back and compared, because tokens differ in what they honour.
 */
import type { KeyType } from '../../../core/algorithms.js';
import { type ErrorCode, KeyslotError } from '../../../core/errors.js';
import { fittingPermissions, type KeyHalf, KeyOperationPermission as p } from '../../../core/permissions.js';
import type { AttributeName } from '../cryptoki.js';
import { uses } from '../uses.js';
import type { Handle } from './module.js';
import type { Attributes, Objects } from './objects.js';

/** What an object is called when it is stored. */
export interface StoredName {
  readonly label: string;
  readonly id: Uint8Array;
}

/** Every use, by the bits that fit the type; bits that do not are the daemon's and never reach a token. */
export function usageOf(half: KeyHalf, type: KeyType, permissions: number): Attributes {
  const fitting = permissions & fittingPermissions(type);
  return Object.fromEntries(uses[half].map(([name, bits]) => [name, (fitting & bits) !== 0]));
}

/** A key is either known to the token only, or given out on request. */
export function secrecyOf(half: KeyHalf, permissions: number): Attributes {
  if (half === 'public') return {};
  const open = (permissions & p.export) !== 0;
  return { SENSITIVE: !open, EXTRACTABLE: open };
}

/** Ephemeral objects stay modifiable, since a copy to a stored object is refused otherwise; stored ones are final. */
export function placeOf(half: KeyHalf, name: StoredName | undefined): Attributes {
  const place = { TOKEN: name !== undefined, PRIVATE: half !== 'public' };
  return name === undefined ? place : { ...place, LABEL: name.label, ID: name.id };
}

/** To be the last attribute of a copy: SoftHSM2 goes through a template in order and refuses what follows it as a change. */
export function finalityOf(name: StoredName | undefined): Attributes {
  return { MODIFIABLE: name === undefined };
}

export function fullTemplate(half: KeyHalf, type: KeyType, permissions: number, name: StoredName | undefined): Attributes {
  return { ...placeOf(half, name), ...usageOf(half, type, permissions), ...secrecyOf(half, permissions), ...finalityOf(name) };
}

/** The most that an object's attributes allow. */
export function permissionsOf(objects: Objects, object: Handle, half: KeyHalf, type: KeyType): number {
  let permissions = 0;
  for (const [name, bits] of uses[half]) if (bits !== 0 && objects.isTrue(object, name)) permissions |= bits;
  permissions &= fittingPermissions(type);
  const open = half === 'public' || (objects.isTrue(object, 'EXTRACTABLE') && !objects.isTrue(object, 'SENSITIVE'));
  return open && half !== 'public' ? permissions | p.export : permissions;
}

/**
 * Compares what the token made with what was asked for. An attribute that the token does not know counts as false.
 * @throws the given code with the attributes that differ
 */
export function assertAsAsked(objects: Objects, object: Handle, asked: Attributes, code: ErrorCode): void {
  const differing = Object.entries(asked)
    .filter(([name, value]) => typeof value === 'boolean' && objects.isTrue(object, name as AttributeName) !== value)
    .map(([name, value]) => `CKA_${name} is ${String(value !== true)}`);
  if (differing.length === 0) return;
  throw new KeyslotError(code, `the token made another key than it was asked for: ${differing.join(', ')}`);
}
