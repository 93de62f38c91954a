/**
 * From the bytes of an import to a key. Every format becomes DER first, DER is checked as a structure, and only then OpenSSL decodes
 * it; so all formats are equally strict. Secret bytes pass through buffers that are wiped, never through strings. What can't be
 * wiped are OpenSSL's own copies inside a KeyObject.
 */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import type { KeyFormat } from '../contract.js';
import { DerReader, tags } from './der.js';
import { Jwk } from './jwk.js';
import { malformed, mismatch } from './key-errors.js';
import type { Material } from './material.js';
import { decodePem } from './pem.js';
import { copySecret, wipe } from './secret-bytes.js';

/** A key as SPKI or PKCS#8. */
export interface EncodedKey {
  readonly half: 'private' | 'public';
  readonly der: Uint8Array;
}

/** What a type of asymmetric key knows about its encodings. All throw INVALID_FORMAT or ALGORITHM_MISMATCH on `keyData`. */
export interface AsymmetricEncoding {
  checkSpki(row: KeyRow, der: Uint8Array): void;
  checkPkcs8(row: KeyRow, der: Uint8Array): void;
  /** DER that its receiver wipes. */
  fromRaw(row: KeyRow, raw: Uint8Array): EncodedKey;
  fromJwk(row: KeyRow, json: Uint8Array): EncodedKey;
}

type Reader = (row: KeyRow, data: Uint8Array, encoding: AsymmetricEncoding) => EncodedKey;

const readers: Readonly<Record<KeyFormat, Reader>> = {
  raw: (row, data, encoding) => encoding.fromRaw(row, data),
  jwk: (row, data, encoding) => encoding.fromJwk(row, data),
  pem: (_row, data) => {
    const { label, der } = decodePem(data);
    return { half: label === 'PRIVATE KEY' ? 'private' : 'public', der };
  },
  der: (_row, data) => ({ half: halfOfDer(data), der: copySecret(data) }),
};

/** PKCS#8 starts with a version, SPKI with an algorithm. */
function halfOfDer(der: Uint8Array): 'private' | 'public' {
  const inner = new DerReader(der).enter(tags.sequence);
  const first = inner.peek();
  inner.read(first === tags.integer ? tags.integer : tags.sequence);
  const second = inner.peek();
  if (first === tags.integer && second === tags.sequence) return 'private';
  if (first === tags.integer) throw malformed('the key is neither PKCS#8 nor SPKI; convert it: openssl pkcs8 -topk8 -nocrypt -outform DER');
  if (second === tags.octetString) throw malformed('the private key is encrypted; decrypt it first: openssl pkcs8');
  return 'public';
}

/** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
export function importAsymmetric(row: KeyRow, format: KeyFormat, keyData: Uint8Array, encoding: AsymmetricEncoding): Material {
  const { half, der } = readers[format](row, keyData, encoding);
  try {
    if (half === 'public') encoding.checkSpki(row, der);
    else encoding.checkPkcs8(row, der);
    return { half, object: parse(half, der) };
  } finally {
    wipe(der);
  }
}

/** SPKI or PKCS#8 that has been checked, or was sealed by this provider. @throws INVALID_FORMAT */
export function parse(half: 'private' | 'public', der: Uint8Array): KeyObject {
  const key = Buffer.from(der.buffer, der.byteOffset, der.length);
  try {
    return half === 'private'
      ? createPrivateKey({ key, format: 'der', type: 'pkcs8' })
      : createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    // OpenSSL's reason is left out: it says little, and what it says may be about secret bytes.
    throw malformed(
      half === 'private' ? 'the private key can not be decoded' : 'the public key is not valid: its point or numbers are impossible',
    );
  }
}

/** Raw bytes or JWK of kty "oct". @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
export function importSecret(row: KeyRow, format: KeyFormat, keyData: Uint8Array): Material {
  if (format === 'raw') return secretOf(row, keyData);
  if (format !== 'jwk') throw malformed(`secret keys have no ${format} form; use raw or jwk`);
  const bytes = new Jwk(keyData, 'oct').bytes('k');
  try {
    return secretOf(row, bytes);
  } finally {
    wipe(bytes);
  }
}

function secretOf(row: KeyRow, bytes: Uint8Array): Material {
  const bits = bytes.length * 8;
  const { min, max } = row.importLength ?? { min: row.keyLength, max: row.keyLength };
  if (bits < min || bits > max) throw mismatch(`the key has ${bits} bits; ${row.name} has ${min === max ? min : `${min} to ${max}`}`);
  return { half: 'secret', object: createSecretKey(bytes) };
}
