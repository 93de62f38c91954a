import { action } from '../action.js';
import { readSmall } from '../input-file.js';
import { withKdf } from '../kdf-flags.js';
import { type KemFlags, kemNames, persist, sharedKeyParams } from '../kem.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';

export interface KemDecapsulateFlags extends KemFlags {
  readonly private: string;
  readonly input?: string;
}

const longestCiphertext = 65_536;
const names = { ...kemNames, privateKey: 'private', ciphertext: 'input' } as const;

/** `keyslot kem decapsulate` */
export const kemDecapsulate = action(async (context, flags: KemDecapsulateFlags) => {
  const { json = false, input = '-' } = flags;
  const ciphertext = await readSmall(context, input, longestCiphertext);
  const key = await withKdf(context, flags, (kdf) =>
    withSlot(context, flags, flags.key, names, async (keys) => {
      const { crypto, management, call } = keys;
      const privateKey = await crypto.resolveResource(flags.private, 'keySlot', call);
      await using shared = await management.decapsulateKey({ privateKey, ciphertext, ...sharedKeyParams(keys, flags, kdf) }, call);
      await persist(keys, shared, flags);
      return keyInSlot(keys);
    }),
  );
  tellNewKey(context, json, key, 'decapsulated', { private: flags.private, file: input });
});
