import { buildCommand } from '@stricli/core';
import { adminFlags, daemonFlags, description, fileArgument, outputFlags } from '../flags.js';
import { textFlag } from '../key-flags.js';

export const open = buildCommand({
  docs: {
    brief: 'Open what keyslot seal made',
    customUsage: ['[-o file] [file]', '--key slot [-o file] [file]'],
    fullDescription: description(
      `
Opens EncryptedData with the vault's key of its version, or, with --key, what
was sealed to the public key of that slot: the private key agrees and decrypts
inside the daemon (it needs the permission "agree"). Which of the two a file is
is told from its first bytes. The result can be read by its owner alone, and
there is none when a byte was changed.`,
      [
        { what: "With the vault's key:", command: 'keyslot open config.sealed.json -o config.yaml' },
        { what: 'What another node sent:', command: 'keyslot open --key node-key token.box -o token.txt' },
      ],
    ),
  },
  parameters: {
    flags: {
      key: textFlag('slot', 'Slot of the private key, of what was sealed with --to'),
      ...outputFlags,
      ...adminFlags,
      endpoint: daemonFlags.endpoint,
    },
    aliases: { k: 'key', o: 'output', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/open.js')).open,
});
