/** What a key may do, what a use of a key needs, and what a new key may do when nobody says. */
import type { KeyRow, KeyType } from './algorithms.js';
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

/** What a key is used for: a kind of context, or an operation of key management. */
export type KeyUse = ContextKind | 'derive' | 'agree' | 'encapsulate' | 'decapsulate' | 'wrap' | 'unwrap';

type Directed = number | Readonly<Record<Direction, number>>;
const byDirection = { encrypt: p.encrypt, decrypt: p.decrypt } as const;

const needed: Readonly<Record<KeyUse, Directed>> = {
  hash: p.none,
  random: p.none,
  keyManagement: p.none,
  mac: p.mac,
  cipher: byDirection,
  aead: byDirection,
  sign: p.sign,
  verify: p.verify,
  derive: p.derive,
  agree: p.agree,
  decapsulate: p.agree,
  encapsulate: p.agree,
  wrap: p.wrap,
  unwrap: p.unwrap,
};

/** The bit that a use needs on its key; 0 for contexts without a key. */
export function requiredPermission(use: KeyUse, direction: Direction | undefined): number {
  const bits = needed[use];
  return typeof bits === 'number' ? bits : bits[direction ?? 'encrypt'];
}

/** Whether the public half of a pair does it: a private key used so goes by the mask of its public half. */
export function isPublicUse(use: KeyUse, direction: Direction | undefined): boolean {
  return use === 'verify' || use === 'encapsulate' || use === 'wrap' || (use === 'cipher' && direction === 'encrypt');
}

/** Usage bits that fit a type of key; others are kept by the daemon and never sent to a token. */
const fitting: Readonly<Record<KeyType, number>> = {
  aes: p.encrypt | p.decrypt | p.wrap | p.unwrap | p.derive | p.mac,
  chacha20: p.encrypt | p.decrypt,
  hmac: p.mac | p.derive,
  kmac: p.mac | p.derive,
  secret: p.derive,
  rsa: p.sign | p.verify | p.encrypt | p.decrypt | p.wrap | p.unwrap,
  ec: p.sign | p.verify | p.agree,
  edwards: p.sign | p.verify,
  montgomery: p.agree,
  'ml-kem': p.agree,
  'ml-dsa': p.sign | p.verify,
  'slh-dsa': p.sign | p.verify,
};

export function fittingPermissions(type: KeyType): number {
  return fitting[type];
}

/** Elliptic-curve keys are one type under two names: what the name says is what a new key may do. */
const purposes = { sign: p.sign | p.verify, agree: p.agree } as const;

/**
 * Permissions of a new key when its maker names none: the usage bits that fit its kind, never export, and for secret keys never
 * wrap or unwrap (one key with wrap and decrypt reveals what it wraps).
 */
export function defaultPermissions({ keyType, purpose }: KeyRow): number {
  const usual = fitting[keyType] & (purpose === undefined ? p.all : purposes[purpose]);
  return keyType === 'aes' ? usual & ~(p.wrap | p.unwrap) : usual;
}

/** What the public half of a pair may do when nobody says. */
export function defaultPublicPermissions(row: KeyRow): number {
  return defaultPermissions(row) & publicUses[row.keyType];
}

/** Usage bits that a public half can have. */
const publicUses: Readonly<Record<KeyType, number>> = {
  aes: p.none,
  chacha20: p.none,
  hmac: p.none,
  kmac: p.none,
  secret: p.none,
  rsa: p.verify | p.encrypt | p.wrap,
  ec: p.verify | p.agree,
  edwards: p.verify,
  montgomery: p.agree,
  'ml-kem': p.agree,
  'ml-dsa': p.verify,
  'slh-dsa': p.verify,
};
