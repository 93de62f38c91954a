import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { keyCommandFlags, newKeyFlags, permissionsFlag, slotArgument } from '../key-flags.js';

export const keyGenerate = buildCommand({
  docs: {
    brief: 'Make a new key in a slot',
    customUsage: ['[--permissions a,b] [--overwrite] slot'],
    fullDescription: description(
      `
Makes a key inside the slot's provider: nobody ever sees it. Needs the right
"generate" on the slot. A slot that holds a key is refused without --overwrite.`,
      [
        { what: 'A key of the slot, with all that the slot allows:', command: 'keyslot key generate backup-key' },
        { what: 'A key that signs and does nothing else:', command: 'keyslot key generate release-key --permissions sign,verify' },
        { what: 'A new one in place of the old one:', command: 'keyslot key generate backup-key --overwrite' },
      ],
    ),
  },
  parameters: {
    flags: {
      ...newKeyFlags,
      publicPermissions: permissionsFlag('Of its public half; all its uses when not given'),
      ...keyCommandFlags,
    },
    aliases: { a: 'algorithm' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-generate.js')).keyGenerate,
});
