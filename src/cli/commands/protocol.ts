import { buildCommand } from '@stricli/core';
import { description, jsonFlag } from '../flags.js';

export const protocol = buildCommand({
  docs: {
    brief: 'The tables of operations and algorithms',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
What travels between client and daemon: each operation with its number, fields
and whether a lost request is repeated by itself; and every algorithm.
keyslot.fbs in the package is the same as a FlatBuffers schema.`,
      [
        { what: 'To read:', command: 'keyslot protocol | less' },
        { what: 'Kinds of keys:', command: 'keyslot protocol --json | jq \'.algorithms[] | select(.family == "key").name\'' },
      ],
    ),
  },
  parameters: { flags: { json: jsonFlag } },
  loader: async () => (await import('../actions/protocol.js')).protocol,
});
