import { buildCommand } from '@stricli/core';
import { adminFlags, description } from '../flags.js';

export const vaultStatus = buildCommand({
  docs: {
    brief: 'Whether the vault is unlocked, and how it is protected',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Tells the state, the protection that is really in force, and how many derived
keys are kept. The identity is the public key at the identity's path.`,
      [
        { what: 'For people:', command: 'keyslot vault status' },
        { what: 'For a script that waits for somebody:', command: 'keyslot vault status --json | jq -r .state' },
      ],
    ),
  },
  parameters: { flags: adminFlags },
  loader: async () => (await import('../actions/vault-status.js')).vaultStatus,
});
