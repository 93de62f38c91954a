import { buildCommand } from '@stricli/core';
import { description, outputFlags } from '../flags.js';
import { keyCommandFlags, slotArgument } from '../key-flags.js';
import { wrappingFlags } from '../wrapping.js';

export const keyWrap = buildCommand({
  docs: {
    brief: 'Encrypt a key with another key',
    customUsage: ['--with slot [--algorithm name] [-o file] slot'],
    fullDescription: description(
      `
Writes a key of a slot, encrypted with the key of another one. The first needs
the permission "export", the second "wrap", and both live in one provider. Of
secret keys the raw bytes are wrapped, of private keys their PKCS#8.
AES-KW and AES-KWP are those of SP 800-38F, RSA-AES-KWP that of PKCS#11. With
AES-GCM a random nonce of 12 bytes stands in front.`,
      [
        { what: 'One AES key with another (AES-KWP):', command: 'keyslot key wrap data-key --with master-key -o data-key.wrapped' },
        { what: 'For somebody with an RSA key:', command: 'keyslot key wrap data-key --with hers -a RSA-OAEP-SHA-256 -o data-key.bin' },
        { what: 'Bound to a purpose:', command: 'keyslot key wrap data-key --with master-key -a AES-GCM --aad backup -o k' },
      ],
    ),
  },
  parameters: {
    flags: { ...wrappingFlags, ...outputFlags, ...keyCommandFlags },
    aliases: { w: 'with', a: 'algorithm', o: 'output', f: 'force' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-wrap.js')).keyWrap,
});
