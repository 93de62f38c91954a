import { buildCommand } from '@stricli/core';
import { adminFlags, description } from '../flags.js';

export const vaultLock = buildCommand({
  docs: {
    brief: 'Overwrite the seed and all derived keys',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Locks the vault at once. What is under way with its keys ends well or fails, and
its slots are locked until keyslot vault unlock. A vault that is locked already
stays so, which is no error.`,
      [
        { what: 'Now:', command: 'keyslot vault lock' },
        { what: 'When the screen is locked:', command: 'xss-lock -- sh -c "keyslot vault lock; i3lock"' },
      ],
    ),
  },
  parameters: { flags: adminFlags },
  loader: async () => (await import('../actions/vault-lock.js')).vaultLock,
});
