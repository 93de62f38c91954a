import { exitStatus } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import { CommandError, usageError } from '../failure.js';
import type { KeyCommandFlags } from '../key-flags.js';
import { withSlot } from '../keys.js';

export interface KeyClearFlags extends KeyCommandFlags {
  readonly yes?: boolean;
}

/** `keyslot key clear` */
export const keyClear = action(async (context, flags: KeyClearFlags, name: string) => {
  const { json = false, yes = false } = flags;
  const { keyboard } = context;
  if (!yes && (json || keyboard === undefined)) throw usageError('the key would be gone for good: give --yes', 'yes');
  await withSlot(context, flags, name, {}, async ({ management, slot, before, call }) => {
    if (!yes && before.state === 'occupied') {
      const answer = await keyboard?.line(`Destroy the key in ${name} (${before.algorithm}) for good? Type yes: `);
      if (answer !== 'yes') throw new CommandError('OPERATION_CANCELLED', exitStatus.failed, 'nothing was cleared');
    }
    await management.clearKey(slot, call);
  });
  if (json) printJson(context, { slot: name, cleared: true });
  else context.process.stdout.write(`${name}: cleared\n`);
});
