/** What a key may do, what a use of a key needs, and what a new key may do when nobody says. */
import type { KeyType } from './algorithms.js';
import type { ContextKind, Direction } from './vocabulary.js';

export type { ContextKind, Direction };

/** Bitmask of S-CORE; `generate` is of slots only and not part of `all`. */
export const KeyOperationPermission = {
  none: 0,
  encrypt: 0x001,
  decrypt: 0x002,
  wrap: 0x004,
  unwrap: 0x008,
  sign: 0x010,
  verify: 0x020,
  mac: 0x040,
  agree: 0x080,
  derive: 0x100,
  export: 0x200,
  import: 0x400,
  generate: 0x800,
  dataProtection: 0x00f,
  authentication: 0x0f0,
  fullLifecycle: 0x700,
  all: 0x7ff,
} as const;

const p = KeyOperationPermission;

/** Every bit that exists; others are refused. */
export const permissionBits = 0xfff;

/** Single bits by name, in order of value. */
export const permissionNames = [
  'encrypt',
  'decrypt',
  'wrap',
  'unwrap',
  'sign',
  'verify',
  'mac',
  'agree',
  'derive',
  'export',
  'import',
  'generate',
] as const;
export type PermissionName = (typeof permissionNames)[number];

/** True when every wanted bit is there. Unknown bits grant nothing. */
export function hasPermission(permissions: number, wanted: number): boolean {
  return (permissions & wanted & permissionBits) === wanted;
}

/** The names of a mask's bits, for people. */
export function describePermissions(permissions: number): PermissionName[] {
  return permissionNames.filter((name) => (permissions & p[name]) !== 0);
}

export type KeyHalf = 'secret' | 'private' | 'public';

/** The bit that a keyed context needs on its key; 0 for contexts without a key. */
export function requiredPermission(kind: ContextKind, direction: Direction | undefined): number {
  switch (kind) {
    case 'cipher':
    case 'aead':
      return direction === 'decrypt' ? p.decrypt : p.encrypt;
    case 'sign':
      return p.sign;
    case 'verify':
      return p.verify;
    case 'mac':
      return p.mac;
    default:
      return 0;
  }
}

/** Usage bits that fit a type of key; others are kept by the daemon and never sent to a token. */
export function fittingPermissions(type: KeyType): number {
  switch (type) {
    case 'aes':
      return p.encrypt | p.decrypt | p.wrap | p.unwrap | p.derive | p.mac;
    case 'hmac':
      return p.mac | p.derive;
    case 'ec':
      return p.sign | p.verify | p.agree | p.derive;
    case 'rsa':
      return p.sign | p.verify | p.encrypt | p.decrypt | p.wrap | p.unwrap;
  }
}

/**
 * Permissions of a new key when its maker names none: the usage bits that fit its type, never export, and for secret keys never
 * wrap or unwrap (one key with wrap and decrypt reveals what it wraps).
 */
export function defaultPermissions(type: KeyType): number {
  const fitting = fittingPermissions(type);
  return type === 'aes' || type === 'hmac' ? fitting & ~(p.wrap | p.unwrap) : fitting;
}

/** What the public half of a pair may do when nobody says. */
export function defaultPublicPermissions(type: KeyType): number {
  switch (type) {
    case 'ec':
      return p.verify | p.agree;
    case 'rsa':
      return p.verify | p.encrypt | p.wrap;
    default:
      return p.none;
  }
}
