import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { keyCommandFlags, slotArgument, switchFlag } from '../key-flags.js';

export const keyClear = buildCommand({
  docs: {
    brief: 'Destroy the key in a slot',
    customUsage: ['[--yes] slot'],
    fullDescription: description(
      `
Empties a slot. Needs the right "clear" on it. On a terminal it asks first;
elsewhere --yes must be given. Operations that are under way go on with the old
key until they end.`,
      [
        { what: 'With a question:', command: 'keyslot key clear old-key' },
        { what: 'In a script:', command: 'keyslot key clear old-key --yes' },
      ],
    ),
  },
  parameters: {
    flags: { yes: switchFlag('Do not ask'), ...keyCommandFlags },
    aliases: { y: 'yes' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-clear.js')).keyClear,
});
