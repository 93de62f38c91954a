import { buildCommand } from '@stricli/core';
import { description, jsonFlag } from '../flags.js';

export const errors = buildCommand({
  docs: {
    brief: 'The table of errors',
    customUsage: ['[--json]'],
    fullDescription: description(
      `
Every error code with its number, the exit status it gives, and whether the
same call may succeed later without having had an effect.`,
      [
        { what: 'One code:', command: 'keyslot errors | grep KEY_SLOT' },
        { what: 'For a program:', command: "keyslot errors --json | jq -r '.errors[] | select(.retryable).code'" },
      ],
    ),
  },
  parameters: { flags: { json: jsonFlag } },
  loader: async () => (await import('../actions/errors.js')).errors,
});
