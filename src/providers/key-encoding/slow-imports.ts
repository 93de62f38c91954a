/**
 * Which imports take too long to be done where others wait: what stretches a passphrase, and private keys whose checks cost more than
 * about 2 ms. By type and size, as measured on Node 20; public keys are quick throughout.
 */
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import type { KeyFormat } from '../contract.js';
import { implementationOf } from '../post-quantum/implementation.js';
import type { KeyForm } from './key-form.js';
import { formIn } from './read-form.js';

/** Types that are not here are quick; of post-quantum ones ML-KEM (0.6 ms), and SLH-DSA, of which nothing can be checked. */
const slowRows: Partial<Readonly<Record<KeyType, (row: KeyRow) => boolean>>> = {
  // A probe signature takes 1 ms with 2048 bits, 9 with 4096, 50 with 8192; a test of the primes 30 ms already with 2048.
  rsa: () => true,
  // 2 to 7 ms with 512 and 521 bits.
  ec: ({ keyLength }) => keyLength > 384,
  // 1 to 7 ms from a seed, 14 to 80 from an expanded key.
  'ml-dsa': ({ name }) => implementationOf(name) === 'noble',
};

const privateForms: ReadonlySet<KeyForm> = new Set(['pkcs8', 'sec1', 'pkcs1-private']);
const privateMembers = ['"d"', '"priv"'];

/** Whether a private key may be in it, as far as that can be told without reading it. */
function mayBePrivate({ encodedSizes }: KeyRow, format: KeyFormat, keyData: Uint8Array): boolean {
  switch (format) {
    case 'raw':
      return keyData.length === encodedSizes?.privateKey || keyData.length === encodedSizes?.seed;
    case 'jwk': {
      const json = Buffer.from(keyData.buffer, keyData.byteOffset, keyData.length);
      // Names may be written with escapes.
      return json.includes('\\') || privateMembers.some((name) => json.includes(name));
    }
    default: {
      const form = formIn(format, keyData);
      return form !== undefined && privateForms.has(form);
    }
  }
}

/** False for what is no key at all, or is refused for another reason before it is looked at. */
export function isSlowImport(row: KeyRow, format: KeyFormat, keyData: Uint8Array, passphrase: Uint8Array | undefined): boolean {
  if (passphrase !== undefined && passphrase.length > 0) return formIn(format, keyData) === 'encrypted';
  return slowRows[row.keyType]?.(row) === true && mayBePrivate(row, format, keyData);
}
