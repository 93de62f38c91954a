import { buildCommand } from '@stricli/core';
import { versionFlag } from '../box/version-flag.js';
import { adminFlags, description, fileArgument, outputFlags } from '../flags.js';
import { textFlag } from '../key-flags.js';

export const seal = buildCommand({
  docs: {
    brief: "Encrypt with the vault's key, or to somebody's public key",
    customUsage: ['[--key-version n] [-o file] [file]', '--to public-key-file -o file [file]'],
    fullDescription: description(
      `
Encrypts up to 8 MiB with an encryption key of the vault: the result is JSON
(EncryptedData) that says which version of the key it is for.
With --to the file is encrypted to a public key, X25519 or P-256 in PEM, JWK,
DER or raw: only the node that has its private key reads it. That needs no
daemon. docs/vault.md has every byte of both.`,
      [
        { what: "With the vault's key:", command: 'keyslot seal config.yaml -o config.sealed.json' },
        { what: 'To another node:', command: 'keyslot seal --to node-b.pem token.txt -o token.box' },
      ],
    ),
  },
  parameters: {
    flags: {
      to: textFlag('file', 'File with a public key, to which it is encrypted'),
      keyVersion: versionFlag("Of the vault's key, 2 or more; else the configured one"),
      ...outputFlags,
      ...adminFlags,
    },
    aliases: { o: 'output', f: 'force' },
    positional: fileArgument,
  },
  loader: async () => (await import('../actions/seal.js')).seal,
});
