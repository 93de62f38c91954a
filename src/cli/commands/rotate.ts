import { buildCommand } from '@stricli/core';
import { versionFlag } from '../box/version-flag.js';
import { adminFlags, description, fileArgument, outputFlags } from '../flags.js';

export const rotate = buildCommand({
  docs: {
    brief: "Seal anew with another version of the vault's key",
    customUsage: ['[--to-version n] [-o file] [file]'],
    fullDescription: description(
      `
Opens EncryptedData and seals it with the key of another version, inside the
daemon: the plaintext does not come here. All versions come from one seed, so
this is for limits of use and for order, no remedy for a phrase that somebody
has.`,
      [
        { what: 'In place:', command: 'keyslot rotate --to-version 3 config.json -o config.json --force' },
        { what: 'To the configured version:', command: 'keyslot rotate old.json -o new.json' },
      ],
    ),
  },
  parameters: {
    flags: {
      toVersion: versionFlag('Of the key, 2 or more; else the configured one'),
      ...outputFlags,
      ...adminFlags,
    },
    aliases: { o: 'output', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/rotate.js')).rotate,
});
