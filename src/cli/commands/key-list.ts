import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { keyCommandFlags } from '../key-flags.js';

export const keyList = buildCommand({
  docs: {
    brief: 'The slots of this user and what they hold',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Names as this user knows them, with what it may do with each slot (rights) and
what the key in it may do (permissions; of an empty slot, what a key may have).
All slots of the daemon are told by keyslot slot list, to operators.`,
      [
        { what: 'A table:', command: 'keyslot key list' },
        { what: 'Slots to fill:', command: 'keyslot key list --json | jq -r \'.slots[] | select(.state == "empty").name\'' },
      ],
    ),
  },
  parameters: { flags: keyCommandFlags },
  loader: async () => (await import('../actions/key-list.js')).keyList,
});
