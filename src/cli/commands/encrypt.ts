import { buildCommand } from '@stricli/core';
import { algorithmFlag, daemonFlags, description, fileArgument, keyFlag, outputFlags } from '../flags.js';

export const encrypt = buildCommand({
  docs: {
    brief: 'Encrypt a file',
    customUsage: ['--key slot [-o file] [file]'],
    fullDescription: description(
      `
Encrypts a file of any size with the AES key of a slot. The result is in chunks
that are authenticated one by one, with their order and the end of the file:
what was cut, reordered, extended or changed is refused by keyslot decrypt.
docs/file-format.md describes every byte.
A new file appears under its name only when it is complete.`,
      [
        { what: 'A file:', command: 'keyslot encrypt --key backup-key backup.tar -o backup.tar.sealed' },
        { what: 'What a program prints:', command: 'tar c photos | keyslot encrypt --key backup-key -o photos.sealed' },
        { what: 'Into another program:', command: 'keyslot encrypt --key backup-key backup.tar | ssh host "cat > b.sealed"' },
      ],
    ),
  },
  parameters: {
    flags: { key: keyFlag, ...outputFlags, algorithm: algorithmFlag('AES-256-GCM'), ...daemonFlags },
    aliases: { k: 'key', o: 'output', a: 'algorithm', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/encrypt.js')).encrypt,
});
