/** Kinds of resources and their numbers on the wire. */

export const resourceTypes = [
  'provider',
  'keySlot',
  'certSlot',
  'verificationTrustStore',
  'key',
  'certificate',
  'crl',
  'secureObject',
  'dataObject',
] as const;
export type ResourceType = (typeof resourceTypes)[number];

export const persistences = ['persistent', 'ephemeral'] as const;
export type Persistence = (typeof persistences)[number];

/** Numeric, random, worthless outside its session. A guard can stand wherever an id can. */
export interface CryptoResourceId {
  readonly id: number;
  readonly type: ResourceType;
  readonly persistence: Persistence;
  readonly primaryProvider: number;
}

export const slotStates = ['empty', 'occupied', 'locked'] as const;
export type SlotState = (typeof slotStates)[number];

/** What a caller may do with a slot; bits in the order of the names. */
export const slotRights = ['use', 'write', 'generate', 'clear'] as const;
export type SlotRight = (typeof slotRights)[number];

/** Longest name of a resource, an algorithm or a profile, in bytes of UTF-8. */
export const maxNameBytes = 64;
