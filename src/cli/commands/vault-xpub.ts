import { buildCommand } from '@stricli/core';
import { adminFlags, description, text } from '../flags.js';

export const vaultXpub = buildCommand({
  docs: {
    brief: 'An extended public key, for programs that watch accounts',
    customUsage: ['path'],
    fullDescription: description(
      `
Prints the xpub (BIP32) at a path: whoever has it can make every public key
below it that is not hardened, and no private one. With a private key below it,
however, it gives all private keys below: never give both to one party.`,
      [
        { what: 'Of the first Ethereum account:', command: `keyslot vault xpub "m/44'/60'/0'"` },
        { what: 'For a program:', command: `keyslot vault xpub "m/44'/60'/0'" --json` },
      ],
    ),
  },
  parameters: {
    flags: adminFlags,
    positional: { kind: 'tuple', parameters: [{ brief: "Path such as m/44'/60'/0'", parse: text, placeholder: 'path' }] },
  },
  loader: async () => (await import('../actions/vault-xpub.js')).vaultXpub,
});
