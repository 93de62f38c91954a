import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { inputFlag, keyCommandFlags, overwriteFlag, permissionsFlag, slotArgument } from '../key-flags.js';
import { wrappingFlags } from '../wrapping.js';

export const keyUnwrap = buildCommand({
  docs: {
    brief: 'Put a wrapped key into a slot',
    customUsage: ['--with slot --input file [--algorithm name] slot'],
    fullDescription: description(
      `
Decrypts a key that keyslot key wrap or another program made, inside the
provider, and puts it into the slot. The key of --with needs the permission
"unwrap", the caller the right "write" on the slot; both keys live in one
provider. --algorithm, --aad and --label are those of the wrapping. With AES-GCM
the first 12 bytes are the nonce.`,
      [
        { what: 'What keyslot key wrap made:', command: 'keyslot key unwrap data-key --with master-key -i data-key.wrapped' },
        { what: 'With other algorithms:', command: 'keyslot key unwrap data-key --with mine -a RSA-OAEP-SHA-256 -i key.bin' },
      ],
    ),
  },
  parameters: {
    flags: {
      ...wrappingFlags,
      input: inputFlag,
      permissions: permissionsFlag(),
      overwrite: overwriteFlag,
      ...keyCommandFlags,
    },
    aliases: { w: 'with', a: 'algorithm', i: 'input' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-unwrap.js')).keyUnwrap,
});
