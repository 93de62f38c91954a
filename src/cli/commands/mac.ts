import { buildCommand } from '@stricli/core';
import { bytesFlag } from '../byte-value.js';
import { algorithmFlag, daemonFlags, description, fileArguments, keyFlag, text } from '../flags.js';
import { outputParameterFlags } from '../output-parameters.js';

export const mac = buildCommand({
  docs: {
    brief: 'Make or check message authentication codes',
    customUsage: ['--key slot [--verify hex | --mac-file file] [file...]'],
    fullDescription: description(
      `
Prints the MAC of each file under the key of a slot, in hexadecimal. With
--verify or --mac-file it compares instead: exit status 0 when the MAC is the
file's, 1 when it is not.`,
      [
        { what: 'The HMAC of a file:', command: 'keyslot mac --key audit-key log.jsonl > log.mac' },
        { what: 'Is it still the same file?', command: 'keyslot mac --key audit-key --mac-file log.mac log.jsonl' },
        { what: 'The same with the MAC as text:', command: 'keyslot mac --key audit-key --verify 5f2a…e1 log.jsonl' },
        { what: 'CMAC with an AES key:', command: 'keyslot mac --key fleet-key --algorithm AES-CMAC --length 8 frame.bin' },
      ],
    ),
  },
  parameters: {
    flags: {
      key: keyFlag,
      algorithm: algorithmFlag("the key's own"),
      verify: { kind: 'parsed', parse: text, optional: true, placeholder: 'hex', brief: 'Compare with this MAC, in hexadecimal' },
      macFile: {
        kind: 'parsed',
        parse: text,
        optional: true,
        placeholder: 'file',
        brief: 'Compare with the MAC in a file, as text or bytes',
      },
      iv: bytesFlag('hex', 'Of GMAC: hex, text:… or @FILE; never twice with one key'),
      ...outputParameterFlags,
      ...daemonFlags,
    },
    aliases: { k: 'key', a: 'algorithm' },
    positional: fileArguments,
  },
  loader: async () => (await import('../actions/mac.js')).mac,
});
