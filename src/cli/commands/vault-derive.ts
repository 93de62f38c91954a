import { buildChoiceParser, buildCommand } from '@stricli/core';
import { adminFlags, description, text } from '../flags.js';
import { switchFlag } from '../key-flags.js';
import { type KindName, kinds } from '../kinds.js';

export const vaultDerive = buildCommand({
  docs: {
    brief: 'The public half of a derived key',
    customUsage: ['--kind ed25519|secp256k1 path'],
    fullDescription: description(
      `
Prints the public key at a path, or at a path that has a name: identity,
device/1, sshHost, ethereum. Hexadecimal: 32 bytes of ed25519, 33 of secp256k1
(compressed); --pem for other programs.
The private half never leaves the daemon; a slot with derive uses it there. An
AES key has no public half, so --kind aes256 has nothing to print.`,
      [
        { what: 'Who this node is:', command: 'keyslot vault derive --kind ed25519 identity' },
        { what: 'For openssl:', command: `keyslot vault derive --kind ed25519 --pem sshHost` },
      ],
    ),
  },
  parameters: {
    flags: {
      kind: {
        kind: 'parsed',
        parse: buildChoiceParser(Object.keys(kinds) as KindName[]),
        placeholder: 'kind',
        brief: 'ed25519 (SLIP-0010), secp256k1 (BIP32) or aes256',
      },
      pem: switchFlag('Print it as PEM (SubjectPublicKeyInfo)'),
      ...adminFlags,
    },
    positional: { kind: 'tuple', parameters: [{ brief: "Path such as m/74'/0'/0'/0', or a name", parse: text, placeholder: 'path' }] },
  },
  loader: async () => (await import('../actions/vault-derive.js')).vaultDerive,
});
