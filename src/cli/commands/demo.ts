import { buildCommand } from '@stricli/core';
import { description, jsonFlag } from '../flags.js';

export const demo = buildCommand({
  docs: {
    brief: 'Show what Keyslot does, on a daemon and a token made for it',
    customUsage: ['[--keep] [--json]'],
    fullDescription: description(
      `
Gets SoftHSM2 where it is missing, makes a token in it, starts a daemon in a
temporary folder, and encrypts, signs, hashes and authenticates a file with
keys in the software provider and in the token. Each result is checked by
something that is not Keyslot. Nothing stays behind, unless --keep is given.`,
      [
        { what: 'Ten seconds:', command: 'keyslot demo' },
        { what: 'A daemon to play with:', command: 'keyslot demo --keep' },
        { what: 'One line per check, for a program:', command: 'keyslot demo --json' },
      ],
    ),
  },
  parameters: {
    flags: {
      keep: { kind: 'boolean', optional: true, withNegated: false, brief: 'Leave the daemon running and tell how to use it' },
      json: jsonFlag,
    },
  },
  loader: async () => (await import('../actions/demo.js')).demo,
});
