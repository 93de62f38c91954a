import type { KeySlotObject } from '../../client/index.js';
import { exitStatus, KeyslotError } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import { withCrypto } from '../crypto.js';
import { CommandError, usageError } from '../failure.js';
import type { KeyCommandFlags } from '../key-flags.js';

export interface KeyClearFlags extends KeyCommandFlags {
  readonly yes?: boolean;
}

/** `keyslot key clear` */
export const keyClear = action(async (context, flags: KeyClearFlags, name: string) => {
  const { json = false, yes = false } = flags;
  const { keyboard } = context;
  if (!yes && (json || keyboard === undefined)) throw usageError('the key would be gone for good: give --yes', 'yes');
  await withCrypto(context, flags, async ({ crypto, call }) => {
    const slot = await crypto.resolveResource(name, 'keySlot', call);
    const before = await crypto.getKeySlotObject(slot, call).catch(ifUnreadable);
    if (!yes && (before === undefined || before.state === 'occupied')) {
      const answer = await keyboard?.line(`Destroy the key in ${name} (${before?.algorithm ?? "it can't be read"}) for good? Type yes: `);
      if (answer !== 'yes') throw new CommandError('OPERATION_CANCELLED', exitStatus.failed, 'nothing was cleared');
    }
    const provider = before && { provider: before.primaryProvider };
    await using management = await crypto.createKeyManagementContext(provider, call);
    await management.clearKey(slot, call);
  });
  if (json) printJson(context, { slot: name, cleared: true });
  else context.process.stdout.write(`${name}: cleared\n`);
});

/** Clearing is the way out for a slot whose key is damaged. */
function ifUnreadable(error: unknown): KeySlotObject | undefined {
  if (error instanceof KeyslotError && error.code === 'OPERATION_FAILED') return undefined;
  throw error;
}
