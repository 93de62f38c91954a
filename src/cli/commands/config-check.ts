import { buildCommand } from '@stricli/core';
import { description, jsonFlag, text } from '../flags.js';

export const configCheck = buildCommand({
  docs: {
    brief: 'Check a configuration file',
    customUsage: ['[--json] file'],
    fullDescription: description(
      `
Reads a configuration as the daemon does and tells every problem as
file:line:column path: what is wrong. Modules, PIN and key files that it names
are looked at where this user may. Exit status 0 when it is sound, 78 when it is
not, 66 when there is no such file. Nothing is started or changed.`,
      [
        { what: 'Before a restart:', command: 'keyslot config check /etc/keyslot/keyslot.yaml && systemctl restart keyslotd' },
        { what: 'For an editor:', command: "keyslot config check --json keyslot.yaml | jq '.problems'" },
      ],
    ),
  },
  parameters: {
    flags: { json: jsonFlag },
    positional: { kind: 'tuple', parameters: [{ brief: 'The configuration', parse: text, placeholder: 'file' }] },
  },
  loader: async () => (await import('../actions/config-check.js')).configCheck,
});
