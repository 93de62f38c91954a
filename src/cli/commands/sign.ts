import { buildChoiceParser, buildCommand } from '@stricli/core';
import { encodingFlags } from '../encoding.js';
import { algorithmFlag, daemonFlags, description, fileArgument, keyFlag, outputFlags } from '../flags.js';

/** Of ECDSA signatures. */
export const formatFlag = {
  kind: 'parsed',
  parse: buildChoiceParser(['p1363', 'der']),
  optional: true,
  placeholder: 'form',
  brief: 'Form of an ECDSA signature: p1363 (usual) or der (openssl)',
} as const;

export const sign = buildCommand({
  docs: {
    brief: 'Sign a file',
    customUsage: ['--key slot [-o file] [file]'],
    fullDescription: description(
      `
Signs a file with the private key of a slot. The algorithm is the usual one of
the key: ECDSA-P256-SHA-256, or RSA-PSS-SHA-256.`,
      [
        { what: 'A signature beside the file:', command: 'keyslot sign --key release-key app.tar -o app.tar.sig' },
        { what: 'One that openssl can verify:', command: 'keyslot sign --key release-key --format der app.tar -o app.tar.sig' },
        { what: 'As text:', command: 'keyslot sign --key release-key --base64 app.tar' },
      ],
    ),
  },
  parameters: {
    flags: {
      key: keyFlag,
      ...outputFlags,
      algorithm: algorithmFlag("the key's usual one"),
      format: formatFlag,
      ...encodingFlags,
      ...daemonFlags,
    },
    aliases: { k: 'key', o: 'output', a: 'algorithm', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/sign.js')).sign,
});
