import { buildCommand } from '@stricli/core';
import { daemonFlags, description, text } from '../flags.js';
import { switchFlag, textFlag } from '../key-flags.js';

export const capabilities = buildCommand({
  docs: {
    brief: 'What the providers can do',
    customUsage: ['[--operation name] [--provider name] [--all] [algorithm]'],
    fullDescription: description(
      `
A table of the families of algorithms with a column for each provider: yes, -,
or how many of the family it has. With --all, or with the name of an algorithm
or a family, a line for each algorithm and provider. Exit status 1 when no
provider has it. It is asked of the daemon: what the running Node and the tokens
that are plugged in really can.`,
      [
        { what: 'In short:', command: 'keyslot capabilities' },
        { what: 'What can sign on the token?', command: 'keyslot capabilities --operation sign --provider hardware --all' },
        { what: 'Is it there?', command: 'keyslot capabilities ML-DSA-65 > /dev/null && echo yes' },
        { what: 'For a program:', command: "keyslot capabilities --json | jq '.algorithms[] | select(.supported)'" },
      ],
    ),
  },
  parameters: {
    flags: {
      operation: textFlag('name', 'Only what can do this: sign, derive, wrap …'),
      all: switchFlag('A line for each algorithm'),
      ...daemonFlags,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Name of an algorithm or a family', parse: text, placeholder: 'algorithm', optional: true }],
    },
  },
  loader: async () => (await import('../actions/capabilities.js')).capabilities,
});
