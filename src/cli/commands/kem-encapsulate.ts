import { buildCommand } from '@stricli/core';
import { description, outputFlags } from '../flags.js';
import { kemFlags } from '../kem.js';
import { textFlag } from '../key-flags.js';

export const kemEncapsulate = buildCommand({
  docs: {
    brief: 'Make a shared key and its ciphertext (ML-KEM)',
    customUsage: ['--peer file --key slot -o ciphertext', '--to slot --key slot -o ciphertext'],
    fullDescription: description(
      `
Makes a key that only the owner of an ML-KEM key can make too (FIPS 203), puts
it into the slot --key, and writes the ciphertext for that owner. The public key
is somebody's, in a file (PEM, DER, JWK or raw), or that of a slot here. Without
--kdf the shared secret of 256 bits is the key.`,
      [
        {
          what: 'For the owner of a public key:',
          command: 'keyslot kem encapsulate --peer her.pem --key shared -o ciphertext',
        },
        {
          what: 'Through a key derivation:',
          command: 'keyslot kem encapsulate --peer her.pem --key shared -o ciphertext \\\n      --kdf HKDF-SHA-256 --label "session 1"',
        },
      ],
    ),
  },
  parameters: {
    flags: {
      to: textFlag('slot', 'Slot whose public key is used'),
      peer: textFlag('file', 'File with the public key'),
      algorithm: textFlag('name', 'Kind of the key in that file; ML-KEM-768 when not given'),
      ...outputFlags,
      ...kemFlags,
    },
    aliases: { p: 'peer', k: 'key', a: 'algorithm', o: 'output', f: 'force' },
  },
  loader: async () => (await import('../actions/kem-encapsulate.js')).kemEncapsulate,
});
