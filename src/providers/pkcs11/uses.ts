/** Which attribute of which half holds which permission. */
import type { KeyType } from '../../core/algorithms.js';
import { fittingPermissions, type KeyHalf, KeyOperationPermission as p } from '../../core/permissions.js';
import type { AttributeName } from './cryptoki.js';

/** Any of the bits makes the attribute true. */
export type Use = readonly [attribute: AttributeName, bits: number];

const agreement = p.agree | p.derive;

/** Every use that an object of the half can have, also those that Keyslot never grants. */
export const uses: Readonly<Record<KeyHalf, readonly Use[]>> = {
  secret: [
    ['ENCRYPT', p.encrypt],
    ['DECRYPT', p.decrypt],
    ['WRAP', p.wrap],
    ['UNWRAP', p.unwrap],
    ['SIGN', p.mac],
    ['VERIFY', p.mac],
    ['DERIVE', agreement],
  ],
  private: [
    ['SIGN', p.sign],
    ['DECRYPT', p.decrypt],
    ['UNWRAP', p.unwrap],
    ['DERIVE', agreement],
    ['SIGN_RECOVER', 0],
  ],
  public: [
    ['VERIFY', p.verify],
    ['ENCRYPT', p.encrypt],
    ['WRAP', p.wrap],
    ['VERIFY_RECOVER', 0],
    ['DERIVE', 0],
  ],
};

/** Permissions that attributes of this half can hold; others are the daemon's alone. */
export function heldPermissions(half: KeyHalf, type: KeyType): number {
  let held = half === 'public' ? 0 : p.export;
  for (const [, bits] of uses[half]) held |= bits & fittingPermissions(type);
  return held;
}
