import { buildCommand, numberParser } from '@stricli/core';
import { description, jsonFlag, text } from '../flags.js';

export const daemon = buildCommand({
  docs: {
    brief: 'Run the daemon',
    customUsage: ['[--config file]'],
    fullDescription: description(
      `
Runs keyslotd in this process, in the foreground, until SIGTERM or Ctrl-C.
Without --config it takes keyslot/keyslot.yaml in the user's configuration
folder (XDG_CONFIG_HOME), else /etc/keyslot/keyslot.yaml.`,
      [
        { what: "A user's own daemon:", command: 'keyslot daemon' },
        { what: 'Another configuration:', command: 'keyslot daemon --config ./keyslot.yaml' },
      ],
    ),
  },
  parameters: {
    flags: {
      config: { kind: 'parsed', parse: text, optional: true, placeholder: 'file', brief: 'The configuration (YAML)' },
      readyFd: {
        kind: 'parsed',
        parse: numberParser,
        optional: true,
        placeholder: 'descriptor',
        brief: 'Write a line to this descriptor when the daemon serves',
      },
      json: jsonFlag,
    },
    aliases: { c: 'config' },
  },
  loader: async () => (await import('../actions/daemon.js')).daemon,
});
