/** What encapsulation and decapsulation share: the new key goes into a slot in a second step. */
import type { CryptoResourceId, KdfParameters } from '../client/index.js';
import { type KdfFlags, kdfFlags, kdfNames } from './kdf-flags.js';
import { keyCommandFlags, type NewKeyFlags, newKeyNames, overwriteFlag, permissionsFlag, slotFlag } from './key-flags.js';
import type { Keys } from './keys.js';

/** Of the key derivation only what is usual behind a key encapsulation. */
type KemKdfFlags = Pick<KdfFlags, 'kdf' | 'salt' | 'label' | 'seed' | 'length'>;

export interface KemFlags extends Omit<NewKeyFlags, 'algorithm'>, KemKdfFlags {
  readonly key: string;
}

const { kdf, salt, label, seed, length } = kdfFlags;
export const kemFlags = {
  key: slotFlag('Slot that gets the shared key'),
  kdf,
  salt,
  label,
  seed,
  length,
  permissions: permissionsFlag('What it may do; the usual of its kind when not given'),
  overwrite: overwriteFlag,
  ...keyCommandFlags,
} as const;

export const kemNames = { ...newKeyNames, ...kdfNames, targetSlot: 'key' } as const;

/** Of the key before it is in its slot. */
export function sharedKeyParams({ before }: Keys, flags: KemFlags, kdf: KdfParameters | undefined) {
  const { permissions } = flags;
  return {
    derivedKeyAlgorithm: before.algorithm,
    ...(kdf === undefined ? {} : { kdf }),
    ...(permissions === undefined ? {} : { permissions }),
  };
}

export async function persist({ management, slot, longCall }: Keys, key: CryptoResourceId, { overwrite = false }: KemFlags): Promise<void> {
  await management.persistKey(slot, key, { overwrite }, longCall);
}
