import { buildCommand } from '@stricli/core';
import { description, outputFlags } from '../flags.js';
import { keystoreFlags } from '../keystore-flags.js';

export const keystoreBackup = buildCommand({
  docs: {
    brief: 'Copy a key store into one sealed file',
    customUsage: ['--store folder --key-file file -o file', '--config file [--provider name] -o file'],
    fullDescription: description(
      `
Writes the keys of a key store into one file that only its owner reads (0600).
They stay sealed under the store's key, and the file as a whole is authenticated
with it: keep the key file too, elsewhere, or the phrase where the key comes
from the vault, which is asked for. A store with a damaged record is not backed
up. The daemon must not be running on the store. Run it as the daemon's user.`,
      [
        { what: 'By configuration:', command: 'keyslot keystore backup --config /etc/keyslot/keyslot.yaml -o keys.backup' },
        { what: 'By folder and key:', command: 'keyslot keystore backup --store software --key-file store.key -o keys.bak' },
      ],
    ),
  },
  parameters: { flags: { ...outputFlags, ...keystoreFlags }, aliases: { c: 'config', o: 'output', f: 'force' } },
  loader: async () => (await import('../actions/keystore-backup.js')).keystoreBackup,
});
