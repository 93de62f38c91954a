import { buildCommand } from '@stricli/core';
import { description, text } from '../flags.js';
import { keystoreFlags } from '../keystore-flags.js';

export const keystoreRestore = buildCommand({
  docs: {
    brief: 'Put a backup into an empty folder',
    customUsage: ['--store folder --key-file file file', '--config file [--provider name] file'],
    fullDescription: description(
      `
Makes a key store of a backup, in a folder that is empty or missing; any other
is refused. The key is that of the time of the backup: after a rekey restore
with the old key file, then rekey. Slots are as they were then; what was written
or cleared since is not in it. Where the key comes from the vault, its phrase is
asked for, or read from --phrase-fd. Run it as the daemon's user.`,
      [
        { what: 'By configuration:', command: 'keyslot keystore restore keys.backup --config /etc/keyslot/keyslot.yaml' },
        { what: 'By folder and key:', command: 'keyslot keystore restore keys.backup --store ./software --key-file store.key' },
      ],
    ),
  },
  parameters: {
    flags: keystoreFlags,
    aliases: { c: 'config' },
    positional: { kind: 'tuple', parameters: [{ brief: 'The backup; - is standard input', parse: text, placeholder: 'file' }] },
  },
  loader: async () => (await import('../actions/keystore-restore.js')).keystoreRestore,
});
