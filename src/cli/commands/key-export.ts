import { buildCommand } from '@stricli/core';
import { description, outputFlags } from '../flags.js';
import { keyCommandFlags, keyFormatFlag, slotArgument, switchFlag } from '../key-flags.js';

export const keyExport = buildCommand({
  docs: {
    brief: 'Take a key out of a slot',
    customUsage: ['[--public] [--format raw|der|pem|jwk] [-o file] slot'],
    fullDescription: description(
      `
Writes the key of a slot: with --public the public half, which anybody may have
who may use the slot; without, the whole key, where it has the permission
"export" and its slot lets it leave in the clear. Usual are PEM and, for secret
keys, raw bytes. What is secret goes into files that only their owner reads,
and to no terminal unless forced.`,
      [
        { what: 'A public key, as PEM:', command: 'keyslot key export release-key --public' },
        { what: 'As JSON Web Key:', command: 'keyslot key export release-key --public --format jwk -o release.jwk' },
        { what: 'A private key:', command: 'keyslot key export old-key -o old-key.pem' },
      ],
    ),
  },
  parameters: {
    flags: {
      public: switchFlag('Only the public half of a pair'),
      format: keyFormatFlag('raw, der, pem or jwk; pem, of secret keys raw, when not given'),
      ...outputFlags,
      ...keyCommandFlags,
    },
    aliases: { o: 'output', f: 'force' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-export.js')).keyExport,
});
