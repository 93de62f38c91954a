import { buildCommand } from '@stricli/core';
import { adminFlags, description } from '../flags.js';

export const status = buildCommand({
  docs: {
    brief: 'What the daemon is doing',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Asks the admin socket, which is for operators, for version, counters and
providers. Exit status 69 when no daemon answers.`,
      [
        { what: 'The daemon of this user, else the system:', command: 'keyslot status' },
        { what: 'For a program:', command: 'keyslot status --json | jq \'.providers[] | select(.state != "ready")\'' },
      ],
    ),
  },
  parameters: { flags: adminFlags },
  loader: async () => (await import('../actions/status.js')).status,
});
