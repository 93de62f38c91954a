import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { inputFlag, keyCommandFlags, keyFormatFlag, newKeyFlags, slotArgument } from '../key-flags.js';
import { passphraseFlags } from '../passphrase.js';

export const keyImport = buildCommand({
  docs: {
    brief: 'Put a key from a file into a slot',
    customUsage: ['--input file [--format raw|der|pem|jwk] slot'],
    fullDescription: description(
      `
Reads a key and puts it into the slot. Needs the right "write" on it. PEM and
JWK are told from their content; without --format anything else is raw bytes
for secret keys, and DER (PKCS#8, SEC1, PKCS#1) for others. The passphrase of
an encrypted PKCS#8 comes from a file, a descriptor or the terminal.`,
      [
        { what: 'A private key of openssl:', command: 'keyslot key import release-key -i release.pem' },
        { what: 'An encrypted one, for a script:', command: 'keyslot key import release-key -i release.pem --passphrase-fd 3 3<pass' },
        { what: '32 bytes for an AES key:', command: 'head -c 32 /dev/random | keyslot key import backup-key' },
      ],
    ),
  },
  parameters: {
    flags: {
      input: inputFlag,
      format: keyFormatFlag('raw, der, pem or jwk; told from the content'),
      ...passphraseFlags,
      ...newKeyFlags,
      ...keyCommandFlags,
    },
    aliases: { i: 'input', a: 'algorithm' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-import.js')).keyImport,
});
