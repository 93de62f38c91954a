import { action } from '../action.js';
import { type KdfFlags, kdfNames, withNeededKdf } from '../kdf-flags.js';
import { type NewKeyFlags, newKeyNames, newKeyParams } from '../key-flags.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';
import { waiting } from '../waiting.js';

export interface KeyDeriveFlags extends NewKeyFlags, KdfFlags {
  readonly from: string;
}

const names = { ...newKeyNames, ...kdfNames, sourceKey: 'from' } as const;

/** `keyslot key derive` */
export const keyDerive = action(async (context, flags: KeyDeriveFlags, name: string) => {
  const { json = false, from } = flags;
  const { key, kdf } = await withNeededKdf(context, flags, (kdf) =>
    withSlot(context, flags, name, names, async (keys) => {
      const { crypto, management, slot, before, call, longCall } = keys;
      const sourceKey = await crypto.resolveResource(from, 'keySlot', call);
      const derivedKeyAlgorithm = flags.algorithm ?? before.algorithm;
      const params = { sourceKey, derivedKeyAlgorithm, kdf, ...newKeyParams(flags) };
      await waiting(context, `deriving with ${kdf.kdfAlgorithm}`, json, () => management.deriveKey(slot, params, longCall));
      return { key: await keyInSlot(keys), kdf: kdf.kdfAlgorithm };
    }),
  );
  tellNewKey(context, json, key, 'derived', { from, kdf });
});
