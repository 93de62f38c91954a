import { action } from '../action.js';
import { type NewKeyFlags, newKeyNames, newKeyParams } from '../key-flags.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';
import { waiting } from '../waiting.js';

export interface KeyGenerateFlags extends NewKeyFlags {
  readonly publicPermissions?: number;
}

/** `keyslot key generate` */
export const keyGenerate = action(async (context, flags: KeyGenerateFlags, name: string) => {
  const { json = false, algorithm, publicPermissions } = flags;
  const key = await withSlot(context, flags, name, newKeyNames, async (keys) => {
    const { management, slot, before, longCall } = keys;
    const params = {
      algorithm: algorithm ?? before.algorithm,
      ...newKeyParams(flags),
      ...(publicPermissions === undefined ? {} : { publicKeyPermissions: publicPermissions }),
    };
    await waiting(context, `generating ${params.algorithm}`, json, () => management.generateKey(slot, params, longCall));
    return keyInSlot(keys);
  });
  tellNewKey(context, json, key, 'generated');
});
