import { buildCommand } from '@stricli/core';
import { encodingFlags } from '../encoding.js';
import { algorithmFlag, daemonFlags, description, fileArgument, keyFlag, outputFlags } from '../flags.js';
import { switchFlag } from '../key-flags.js';
import { signatureFlags } from '../signature-flags.js';

export const sign = buildCommand({
  docs: {
    brief: 'Sign a file',
    customUsage: ['--key slot [-o file] [file]'],
    fullDescription: description(
      `
Signs a file with the private key of a slot. The algorithm is the usual one of
the key, such as ECDSA-P256-SHA-256, RSA-PSS-SHA-256, Ed25519 or ML-DSA-65.`,
      [
        { what: 'A signature beside the file:', command: 'keyslot sign --key release-key app.tar -o app.tar.sig' },
        { what: 'One that openssl can verify:', command: 'keyslot sign --key release-key --format der app.tar -o app.tar.sig' },
        { what: 'As text:', command: 'keyslot sign --key release-key --base64 app.tar' },
        { what: 'A digest that another program made:', command: 'keyslot sign --key release-key --prehashed digest -o app.tar.sig' },
      ],
    ),
  },
  parameters: {
    flags: {
      key: keyFlag,
      ...outputFlags,
      algorithm: algorithmFlag("the key's usual one"),
      ...signatureFlags,
      deterministic: switchFlag('ML-DSA and SLH-DSA without fresh randomness'),
      ...encodingFlags,
      ...daemonFlags,
    },
    aliases: { k: 'key', o: 'output', a: 'algorithm', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/sign.js')).sign,
});
