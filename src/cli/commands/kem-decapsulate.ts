import { buildCommand } from '@stricli/core';
import { description } from '../flags.js';
import { kemFlags } from '../kem.js';
import { inputFlag, slotFlag } from '../key-flags.js';

export const kemDecapsulate = buildCommand({
  docs: {
    brief: 'Make the shared key of a ciphertext (ML-KEM)',
    customUsage: ['--private slot --input ciphertext --key slot'],
    fullDescription: description(
      `
Makes the key that keyslot kem encapsulate made at the other end, with the
private key of a slot, and puts it into the slot --key. A changed ciphertext
gives another key and no error, as FIPS 203 has it: the first message under the
key shows. --kdf and what goes with it must be the same at both ends.`,
      [
        { what: 'The other end:', command: 'keyslot kem decapsulate --private mine --input ciphertext --key shared' },
        {
          what: 'Through a key derivation:',
          command: 'keyslot kem decapsulate --private mine -i ciphertext --key shared \\\n      --kdf HKDF-SHA-256 --label "session 1"',
        },
      ],
    ),
  },
  parameters: {
    flags: { private: slotFlag('Slot of the private key'), input: inputFlag, ...kemFlags },
    aliases: { i: 'input', k: 'key' },
  },
  loader: async () => (await import('../actions/kem-decapsulate.js')).kemDecapsulate,
});
