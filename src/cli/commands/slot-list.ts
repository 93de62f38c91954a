import { buildCommand } from '@stricli/core';
import { adminFlags, description } from '../flags.js';

export const slotList = buildCommand({
  docs: {
    brief: 'All configured slots and what they hold',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Asks the admin socket, which is for operators. A slot whose provider can't tell
is "unknown"; the reason is on standard error, and in JSON as "problem".`,
      [
        { what: 'A table:', command: 'keyslot slot list' },
        { what: 'Names of the empty slots:', command: 'keyslot slot list --json | jq -r \'.slots[] | select(.state == "empty").name\'' },
      ],
    ),
  },
  parameters: { flags: adminFlags },
  loader: async () => (await import('../actions/slot-list.js')).slotList,
});
