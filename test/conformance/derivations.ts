/** Key derivation by somebody who is not Keyslot. */
import { createHash, createHmac, hkdfSync, pbkdf2Sync, scryptSync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2.js';
import type { KdfParameters } from '../../src/client/key-params.js';
import { joined, pattern } from './material.js';

type Fields = Omit<KdfParameters, 'kdfAlgorithm' | 'outputKeyLength'>;
export interface Derivation {
  readonly kdf: KdfParameters;
  /** The first bytes of what it gives. */
  readonly derive: (secret: Uint8Array, size: number) => Uint8Array;
}

const nothing = new Uint8Array(0);
const salt = pattern(24, 1);
const label = pattern(10, 2);
const seed = pattern(17, 3);
const fresh = (bytes: ArrayBuffer | Uint8Array): Uint8Array => new Uint8Array(bytes);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
  fresh(createHmac('sha256', key).update(joined(parts)).digest());
const number32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};
/** Blocks numbered from one, as many as are needed. */
function blocks(size: number, block: (counter: number) => Uint8Array): Uint8Array {
  const made: Uint8Array[] = [];
  for (let counter = 1; made.length * 32 < size; counter += 1) made.push(block(counter));
  return joined(made).slice(0, size);
}
/** HKDF-Expand (RFC 5869 2.3). */
function expanded(key: Uint8Array, info: Uint8Array, size: number): Uint8Array {
  let last: Uint8Array = nothing;
  return blocks(size, (counter) => {
    last = hmac(key, last, info, Uint8Array.of(counter));
    return last;
  });
}
/** P_hash (RFC 5246 section 5). */
function tlsPrf(secret: Uint8Array, input: Uint8Array, size: number): Uint8Array {
  let a = input;
  return blocks(size, () => {
    a = hmac(secret, a);
    return hmac(secret, a, input);
  });
}

function row(kdfAlgorithm: string, fields: Fields, derive: Derivation['derive']): Derivation {
  return { kdf: { kdfAlgorithm, ...fields }, derive };
}

export const hkdf = row('HKDF-SHA-256', { salt, label }, (secret, size) => fresh(hkdfSync('sha256', secret, salt, label, size)));

/** One of each construction; their variants are what vectors of others are for. */
export const derivations: readonly Derivation[] = [
  hkdf,
  row('HKDF-SHA-512', {}, (secret, size) => fresh(hkdfSync('sha512', secret, nothing, nothing, size))),
  row('HKDF-Extract-SHA-256', { salt }, (secret, size) => hmac(salt, secret).slice(0, size)),
  row('HKDF-Expand-SHA-256', { label }, (secret, size) => expanded(secret, label, size)),
  row('PBKDF2-SHA-256', { salt, iterationCount: 10 }, (secret, size) => fresh(pbkdf2Sync(secret, salt, 10, size, 'sha256'))),
  row('TLS12-PRF-SHA-256', { label, seed }, (secret, size) => tlsPrf(secret, joined([label, seed]), size)),
  row('TLS13-HKDF-SHA-256', { label: text('key'), seed }, (secret, size) => {
    const name = text('tls13 key');
    const info = joined([Uint8Array.of(size >> 8, size & 0xff, name.length), name, Uint8Array.of(seed.length), seed]);
    return expanded(secret, info, size);
  }),
  row('SP800-108-CTR-HMAC-SHA-256', { label, seed }, (secret, size) =>
    blocks(size, (counter) => hmac(secret, number32(counter), label, Uint8Array.of(0), seed, number32(size * 8))),
  ),
  row('X963-KDF-SHA-256', { seed }, (secret, size) =>
    blocks(size, (counter) =>
      fresh(
        createHash('sha256')
          .update(joined([secret, number32(counter), seed]))
          .digest(),
      ),
    ),
  ),
  row('SP800-56C-1STEP-SHA-256', { seed }, (secret, size) =>
    blocks(size, (counter) =>
      fresh(
        createHash('sha256')
          .update(joined([number32(counter), secret, seed]))
          .digest(),
      ),
    ),
  ),
  row('scrypt', { salt, iterationCount: 16, memory: 8, parallelism: 1 }, (secret, size) =>
    fresh(scryptSync(secret, salt, size, { N: 16, r: 8, p: 1 })),
  ),
  row('Argon2id', { salt, iterationCount: 1, memory: 16, parallelism: 1 }, (secret, size) =>
    argon2id(secret, salt, { t: 1, m: 16, p: 1, dkLen: size }),
  ),
];
