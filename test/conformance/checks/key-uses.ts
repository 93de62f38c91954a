/** The ways to use a key in a context, one row each, with what a use needs. */
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { HalfName } from '../material.js';

interface Closable {
  close(): Promise<void>;
}
export interface KeyUse {
  readonly name: string;
  readonly bit: number;
  /** Halves of keys that it works with. */
  readonly fits: readonly HalfName[];
  /** By the mask of the public half. */
  readonly byPublicHalf?: true;
  readonly open: (bench: Bench, key: CryptoResourceId) => Promise<Closable>;
}

const make = (bench: Bench) => bench.context;

export const keyUses: readonly KeyUse[] = [
  {
    name: 'encryption in a cipher context',
    bit: p.encrypt,
    fits: ['aes'],
    open: (bench, key) => make(bench).createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' }),
  },
  {
    name: 'decryption in a cipher context',
    bit: p.decrypt,
    fits: ['aes'],
    open: (bench, key) => make(bench).createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'decrypt' }),
  },
  {
    name: 'encryption in an AEAD context',
    bit: p.encrypt,
    fits: ['aes'],
    open: (bench, key) => make(bench).createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' }),
  },
  {
    name: 'decryption in an AEAD context',
    bit: p.decrypt,
    fits: ['aes'],
    open: (bench, key) => make(bench).createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' }),
  },
  {
    name: 'making a MAC',
    bit: p.mac,
    fits: ['hmac'],
    open: (bench, key) => make(bench).createMacContext({ algorithm: 'HMAC-SHA-256', key, mode: 'generate' }),
  },
  {
    name: 'verifying a MAC',
    bit: p.mac,
    fits: ['hmac'],
    open: (bench, key) => make(bench).createMacContext({ algorithm: 'HMAC-SHA-256', key, mode: 'verify' }),
  },
  {
    name: 'signing with ECDSA',
    bit: p.sign,
    fits: ['ecPrivate'],
    open: (bench, key) => make(bench).createSignContext({ algorithm: 'ECDSA-P256', key }),
  },
  {
    name: 'signing with RSA-PSS',
    bit: p.sign,
    fits: ['rsaPrivate'],
    open: (bench, key) => make(bench).createSignContext({ algorithm: 'RSA-PSS-SHA-256', key }),
  },
  {
    name: 'verifying ECDSA',
    bit: p.verify,
    fits: ['ecPrivate', 'ecPublic'],
    byPublicHalf: true,
    open: (bench, key) => make(bench).createVerifySignatureContext({ algorithm: 'ECDSA-P256', key }),
  },
  {
    name: 'verifying RSA-PSS',
    bit: p.verify,
    fits: ['rsaPrivate', 'rsaPublic'],
    byPublicHalf: true,
    open: (bench, key) => make(bench).createVerifySignatureContext({ algorithm: 'RSA-PSS-SHA-256', key }),
  },
];
