import { action } from '../action.js';
import { badData } from '../failure.js';
import { readSmall } from '../input-file.js';
import { type NewKeyFlags, newKeyNames, newKeyParams } from '../key-flags.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';
import { nonceSize, type WrappingFlags, withWrappingValues, wrappingNames, wrappingOf } from '../wrapping.js';

export interface KeyUnwrapFlags extends NewKeyFlags, WrappingFlags {
  readonly input?: string;
}

const longestWrapped = 65_536;
const names = { ...newKeyNames, ...wrappingNames, wrappedData: 'input', iv: 'input' } as const;

/** `keyslot key unwrap` */
export const keyUnwrap = action(async (context, flags: KeyUnwrapFlags, name: string) => {
  const { json = false, input = '-' } = flags;
  const wrapped = await readSmall(context, input, longestWrapped);
  const { key, ...more } = await withSlot(context, flags, name, names, async (keys) => {
    const { crypto, management, slot, before, longCall, call } = keys;
    const wrappingKey = await crypto.resolveResource(flags.with, 'keySlot', call);
    const wrapping = wrappingOf((await crypto.getKeySlotObject(wrappingKey, call)).algorithm, flags.algorithm);
    await withWrappingValues(context, flags, async (values) => {
      const parts = wrapping.hasNonce ? split(wrapped, input) : { wrappedData: wrapped };
      const wrappingAlgorithm = wrapping.name;
      const params = { wrappingKey, wrappingAlgorithm, innerKeyAlgorithm: before.algorithm, ...parts, ...values, ...newKeyParams(flags) };
      await management.unwrapKey(slot, params, longCall);
    });
    return { key: await keyInSlot(keys), with: flags.with, wrappingAlgorithm: wrapping.name, file: input };
  });
  tellNewKey(context, json, key, 'unwrapped', more);
});

/** @throws INVALID_FORMAT */
function split(wrapped: Uint8Array, name: string): { iv: Uint8Array; wrappedData: Uint8Array } {
  if (wrapped.length <= nonceSize) throw badData(`${name} is too short for a key wrapped with AES-GCM`, 'input');
  return { iv: wrapped.subarray(0, nonceSize), wrappedData: wrapped.subarray(nonceSize) };
}
