import { buildCommand } from '@stricli/core';
import { daemonFlags, description, fileArgument, keyFlag, outputFlags } from '../flags.js';

export const decrypt = buildCommand({
  docs: {
    brief: 'Decrypt a file made by keyslot encrypt',
    customUsage: ['--key slot [-o file] [file]'],
    fullDescription: description(
      `
Decrypts a file with the AES key that it was encrypted with. A new file appears
under its name only when the whole input was authenticated, readable by its
owner alone. On standard output each chunk is given out as soon as it is
authenticated: what reads it must look at the exit status.
A file that is cut, extended or no sealed file at all ends with status 65; a
wrong key or changed bytes with status 1.`,
      [
        { what: 'A file:', command: 'keyslot decrypt --key backup-key backup.tar.sealed -o backup.tar' },
        { what: 'Into another program:', command: 'keyslot decrypt --key backup-key photos.sealed | tar x' },
      ],
    ),
  },
  parameters: {
    flags: { key: keyFlag, ...outputFlags, ...daemonFlags },
    aliases: { k: 'key', o: 'output', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/decrypt.js')).decrypt,
});
