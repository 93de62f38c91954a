import { buildChoiceParser, buildCommand } from '@stricli/core';
import { MiB } from '../../core/limits.js';
import { parseSize } from '../../daemon/config/units.js';
import type { Encoding } from '../encoding.js';
import { usageError } from '../failure.js';
import { daemonFlags, description, outputFlags } from '../flags.js';

const most = 64 * MiB;

function byteCount(input: string): number {
  const bytes = /^\d+$/.test(input) ? Number(input) : parseSize(input);
  if (bytes === undefined || bytes > most) throw usageError(`it takes a number of bytes up to 64MiB, such as 32 or 1MiB`);
  return bytes;
}

export const random = buildCommand({
  docs: {
    brief: 'Random bytes',
    customUsage: ['[--format hex|base64|raw] [--provider name] [-o file] bytes'],
    fullDescription: description(
      `
Prints random bytes of a provider's generator; with --provider, of a token. The
result may become a key: a new file is readable by its owner alone.`,
      [
        { what: '32 bytes in hexadecimal:', command: 'keyslot random 32' },
        { what: 'From the hardware, into a file:', command: 'keyslot random 1MiB --provider hardware --format raw -o seed' },
      ],
    ),
  },
  parameters: {
    flags: {
      format: {
        kind: 'parsed',
        parse: buildChoiceParser<Encoding>(['hex', 'base64', 'raw']),
        optional: true,
        placeholder: 'form',
        brief: 'hex (usual), base64 or raw',
      },
      ...outputFlags,
      ...daemonFlags,
    },
    aliases: { o: 'output', f: 'force' },
    positional: { kind: 'tuple', parameters: [{ brief: 'How many, such as 32 or 1MiB', parse: byteCount, placeholder: 'bytes' }] },
  },
  loader: async () => (await import('../actions/random.js')).random,
});
