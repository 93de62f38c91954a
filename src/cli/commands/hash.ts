import { buildCommand } from '@stricli/core';
import { algorithmFlag, daemonFlags, description, fileArguments } from '../flags.js';
import { outputParameterFlags } from '../output-parameters.js';

export const hash = buildCommand({
  docs: {
    brief: 'Hash files',
    customUsage: ['[--algorithm name] [file...]'],
    fullDescription: description(
      `
Prints the digest of each file in hexadecimal and the file's name, as sha256sum
does. The daemon computes it; no key is needed.
A file that can't be read does not stop the others; the exit status is 66 then.`,
      [
        { what: 'The SHA-256 of two files:', command: 'keyslot hash backup.tar photos.tar' },
        { what: 'Another algorithm, on a token:', command: 'keyslot hash --algorithm SHA-512 --provider hardware backup.tar' },
        { what: 'As many bytes as are wanted:', command: 'keyslot hash --algorithm SHAKE-256 --length 100 backup.tar' },
        { what: 'What a program prints:', command: 'tar c photos | keyslot hash' },
      ],
    ),
  },
  parameters: {
    flags: { algorithm: algorithmFlag('SHA-256'), ...outputParameterFlags, ...daemonFlags },
    aliases: { a: 'algorithm' },
    positional: fileArguments,
  },
  loader: async () => (await import('../actions/hash.js')).hash,
});
