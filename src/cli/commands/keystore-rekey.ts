import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { textFlag } from '../key-flags.js';
import { keystoreFlags } from '../keystore-flags.js';

export const keystoreRekey = buildCommand({
  docs: {
    brief: 'Seal a key store under another key',
    customUsage: ['--store folder --key-file file --new-key-file file', '--config file --new-key-file file'],
    fullDescription: description(
      `
Seals every key of a store anew and changes its key in one step: at whatever
moment it is cut off, the store opens with the old key or with the new one, with
every slot. Needs room for the records twice. With --new-config the new key is
that of another configuration, wherever it comes from; for a key from the vault
its phrase is asked for, or read from --phrase-fd. The daemon must not be
running on the store; afterwards give it the new key. Old backups keep the old
key. Run it as the daemon's user.`,
      [
        { what: 'Make a key:', command: 'head -c 32 /dev/urandom > new.key && chmod 600 new.key' },
        { what: 'Use it:', command: 'keyslot keystore rekey --config keyslot.yaml --new-key-file new.key' },
        { what: 'From a file to a token:', command: 'keyslot keystore rekey --config old.yaml --new-config new.yaml' },
      ],
    ),
  },
  parameters: {
    flags: {
      newKeyFile: textFlag('file', 'The key that the store gets, 32 bytes'),
      newConfig: textFlag('file', 'Take the new key from a configuration'),
      ...keystoreFlags,
    },
    aliases: { c: 'config' },
  },
  loader: async () => (await import('../actions/keystore-rekey.js')).keystoreRekey,
});
