import { buildCommand } from '@stricli/core';
import { encodingFlags } from '../encoding.js';
import { algorithmFlag, daemonFlags, description, fileArgument, keyFlag, text } from '../flags.js';
import { signatureFlags } from '../signature-flags.js';

export const verify = buildCommand({
  docs: {
    brief: 'Verify the signature of a file',
    customUsage: ['--key slot --signature file [file]'],
    fullDescription: description(
      `
Verifies with the public half of a slot's key. Exit status 0 when the signature
is the file's, 1 when it is not; anything else means that it was not checked.`,
      [
        { what: 'A file and its signature:', command: 'keyslot verify --key release-key --signature app.tar.sig app.tar' },
        {
          what: 'A signature made by openssl:',
          command: 'keyslot verify --key release-key --format der -s app.tar.sig app.tar',
        },
      ],
    ),
  },
  parameters: {
    flags: {
      key: keyFlag,
      signature: { kind: 'parsed', parse: text, placeholder: 'file', brief: 'File with the signature' },
      algorithm: algorithmFlag("the key's usual one"),
      ...signatureFlags,
      ...encodingFlags,
      ...daemonFlags,
    },
    aliases: { k: 'key', s: 'signature', a: 'algorithm' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/verify.js')).verify,
});
