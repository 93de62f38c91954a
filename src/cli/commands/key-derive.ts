import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { kdfFlags } from '../kdf-flags.js';
import { keyCommandFlags, newKeyFlags, slotArgument, slotFlag } from '../key-flags.js';

export const keyDerive = buildCommand({
  docs: {
    brief: 'Make a key from a secret key',
    customUsage: ['--from slot --kdf name [--salt hex] [--label text] slot'],
    fullDescription: description(
      `
Derives a key from the secret of another slot, inside the provider, and puts it
into the slot. The source needs the permission "derive", the caller the right
"generate" on the slot; both live in one provider. Which values a function takes
is in docs/cli.md; a missing and a surplus one are refused by name. What must
stay secret comes from a file: --seed @FILE.`,
      [
        { what: 'A key for one purpose:', command: 'keyslot key derive disk-key --from root --kdf HKDF-SHA-256 --label disk' },
        {
          what: 'From a password:',
          command: 'keyslot key derive k --from pw --kdf PBKDF2-SHA-256 --salt @s \\\n      --iterations 600000',
        },
        {
          what: 'The same, against special hardware:',
          command: 'keyslot key derive k --from pw --kdf Argon2id --salt @s --iterations 3 \\\n      --memory 65536 --parallelism 4',
        },
      ],
    ),
  },
  parameters: {
    flags: { from: slotFlag('Slot of the secret key to derive from'), ...kdfFlags, ...newKeyFlags, ...keyCommandFlags },
    aliases: { a: 'algorithm' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-derive.js')).keyDerive,
});
