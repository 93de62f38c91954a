import { randomBytes } from 'node:crypto';
import { action, printJson } from '../action.js';
import type { OutputFlags } from '../flags.js';
import type { KeyCommandFlags } from '../key-flags.js';
import { withSlot } from '../keys.js';
import { openResult, withResult } from '../result-bytes.js';
import { nonceSize, type WrappingFlags, withWrappingValues, wrappingNames, wrappingOf } from '../wrapping.js';

export interface KeyWrapFlags extends KeyCommandFlags, OutputFlags, WrappingFlags {}

/** `keyslot key wrap` */
export const keyWrap = action(async (context, flags: KeyWrapFlags, name: string) => {
  const about = await withSlot(context, flags, name, wrappingNames, async ({ crypto, management, slot, call }) => {
    const wrappingKey = await crypto.resolveResource(flags.with, 'keySlot', call);
    const wrapping = wrappingOf((await crypto.getKeySlotObject(wrappingKey, call)).algorithm, flags.algorithm);
    const result = await openResult(context, flags, { mode: 0o600 });
    return withResult(result, () =>
      withWrappingValues(context, flags, async (values) => {
        const nonce = wrapping.hasNonce ? randomBytes(nonceSize) : undefined;
        const params = { keyToWrap: slot, wrappingKey, wrappingAlgorithm: wrapping.name, ...(nonce && { iv: nonce }), ...values };
        const data = await management.wrapKey(params, undefined, call);
        const wrapped = nonce === undefined ? data : Buffer.concat([nonce, data]);
        const where = await result.deliver(wrapped, () => ({ wrapped: Buffer.from(wrapped).toString('base64') }));
        return { slot: name, with: flags.with, algorithm: wrapping.name, bytes: wrapped.length, ...where };
      }),
    );
  });
  if (flags.json === true) printJson(context, about);
});
