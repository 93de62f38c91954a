import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { keystoreFlags } from '../keystore-flags.js';

export const keystoreVerify = buildCommand({
  docs: {
    brief: 'Check every file of a key store',
    customUsage: ['--store folder --key-file file', '--config file [--provider name]'],
    fullDescription: description(
      `
Opens every record of a key store and tells what is wrong, slot by slot: a
damaged record, one that was swapped for another, an older copy, a missing one,
what unfinished writes left, files that do not belong there. Changes nothing.
Exit status 0 when all is well, 1 when something is wrong. The daemon must not
be running on the store. Where the key comes from the vault, its phrase is asked
for, or read from --phrase-fd. Run it as the daemon's user.`,
      [
        { what: 'By folder and key:', command: 'keyslot keystore verify --store state/software --key-file store.key' },
        { what: 'By configuration, for a script:', command: 'keyslot keystore verify --config /etc/keyslot/keyslot.yaml --json' },
      ],
    ),
  },
  parameters: { flags: keystoreFlags, aliases: { c: 'config' } },
  loader: async () => (await import('../actions/keystore-verify.js')).keystoreVerify,
});
