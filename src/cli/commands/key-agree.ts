import { buildCommand } from '@stricli/core';
import { description, text } from '../flags.js';
import { kdfFlags } from '../kdf-flags.js';
import { keyCommandFlags, keyFormatFlag, newKeyFlags, slotArgument, slotFlag, textFlag } from '../key-flags.js';

export const keyAgree = buildCommand({
  docs: {
    brief: 'Make a key that only a peer makes too',
    customUsage: ['--private slot --peer file --kdf name [--label text] slot'],
    fullDescription: description(
      `
Derives a key from what a private key here and somebody's public key have in
common (ECDH, X25519, X448), and puts it into the slot. The shared secret itself
never leaves the provider. The private key needs the permission "agree", the
caller the right "generate" on the slot. The peer does the same with its private
key and the public key from keyslot key export --public.`,
      [
        {
          what: 'A session key with a peer:',
          command: 'keyslot key agree session --private mine --peer peer.pem --kdf HKDF-SHA-256',
        },
        {
          what: 'Bound to both names:',
          command: 'keyslot key agree session --private mine --peer p.pem --kdf HKDF-SHA-256 \\\n      --label "alice and bob"',
        },
      ],
    ),
  },
  parameters: {
    flags: {
      private: slotFlag('Slot of the private key'),
      peer: { kind: 'parsed', parse: text, placeholder: 'file', brief: "File with the peer's public key" },
      peerFormat: keyFormatFlag('Of that file; told from its content when not given'),
      agreement: textFlag('name', "Such as ECDH-P256; the private key's when not given"),
      ...kdfFlags,
      ...newKeyFlags,
      ...keyCommandFlags,
    },
    aliases: { p: 'peer', a: 'algorithm' },
    positional: slotArgument,
  },
  loader: async () => (await import('../actions/key-agree.js')).keyAgree,
});
