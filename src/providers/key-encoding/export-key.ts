/**
 * The formats in which keys leave, from what a provider gives: SPKI, PKCS#8 or raw bytes. Inputs stay the caller's; results are fresh,
 * and the caller wipes secret ones. Raw, DER, PEM and the JWKs that are written here never become strings; node:crypto makes strings of
 * the private numbers in JWKs of EC, OKP and RSA keys.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyFormat } from '../contract.js';
import { isPostQuantum } from '../post-quantum/parameter-sets.js';
import { encodeBase64 } from './base64.js';
import { decodeFrame } from './import-material.js';
import { readSpki } from './key-frames.js';
import { disposeMaterial } from './material.js';
import { copySecret, wipe } from './secret-bytes.js';

type Encoder = (row: KeyRow, encoded: Uint8Array) => Uint8Array;

const publicEncoders: Readonly<Record<KeyFormat, Encoder>> = {
  der: (_row, spki) => Uint8Array.from(spki),
  pem: (_row, spki) => toPem('PUBLIC KEY', spki),
  jwk: (row, spki) => (isPostQuantum(row.keyType) ? akpOf(row, bitsOf(spki)) : jwkOf(row, () => createPublicKey(der(spki, 'spki')))),
  raw: (row, spki) => {
    if (row.keyType === 'rsa') throw unsupported('an RSA key is exported as der, pem or jwk, not as raw');
    return Uint8Array.from(bitsOf(spki));
  },
};
const privateEncoders: Readonly<Record<KeyFormat, Encoder>> = {
  der: (_row, pkcs8) => copySecret(pkcs8),
  pem: (_row, pkcs8) => toPem('PRIVATE KEY', pkcs8),
  jwk: (row, pkcs8) => (isPostQuantum(row.keyType) ? privateAkpOf(row, pkcs8) : jwkOf(row, () => createPrivateKey(der(pkcs8, 'pkcs8')))),
  raw: () => {
    throw unsupported('a private key is exported as der, pem or jwk, not as raw');
  },
};

/** SPKI as another format. @throws INVALID_ARGUMENT with field `format` */
export function encodePublicKey(row: KeyRow, spki: Uint8Array, format: KeyFormat): Uint8Array {
  return publicEncoders[format](row, spki);
}

/** PKCS#8 as another format. @throws INVALID_ARGUMENT with field `format` */
export function encodePrivateKey(row: KeyRow, pkcs8: Uint8Array, format: KeyFormat): Uint8Array {
  return privateEncoders[format](row, pkcs8);
}

/** Bytes of a secret key as raw or jwk. @throws INVALID_ARGUMENT with field `format` */
export function encodeSecretKey(bytes: Uint8Array, format: KeyFormat): Uint8Array {
  if (format === 'raw') return copySecret(bytes);
  if (format === 'jwk')
    return writeJwk([
      ['kty', 'oct'],
      ['k', bytes],
    ]);
  throw unsupported(`a secret key is exported as raw or jwk, not as ${format}`);
}

function unsupported(message: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field: 'format' });
}

function bitsOf(spki: Uint8Array): Uint8Array {
  return readSpki(spki, () => undefined);
}

function der<T extends 'spki' | 'pkcs8'>(bytes: Uint8Array, type: T) {
  return { key: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), format: 'der' as const, type };
}

function jwkOf(row: KeyRow, parse: () => KeyObject): Uint8Array {
  if (row.curve?.startsWith('brainpool')) throw unsupported(`keys on ${row.curve} have no JWK; use der, pem or raw`);
  return ascii(JSON.stringify(parse().export({ format: 'jwk' })));
}

type JwkMember = readonly [name: string, value: string | Uint8Array];

function akpOf(row: KeyRow, publicKey: Uint8Array, secret?: Uint8Array): Uint8Array {
  const members: JwkMember[] = [
    ['kty', 'AKP'],
    ['alg', row.name],
    ['pub', publicKey],
  ];
  return writeJwk(secret === undefined ? members : [...members, ['priv', secret]]);
}

/** `priv` is the seed, of SLH-DSA the private key. */
function privateAkpOf(row: KeyRow, pkcs8: Uint8Array): Uint8Array {
  const material = decodeFrame(row, 'private', pkcs8);
  try {
    if (material.postQuantum === undefined || material.half !== 'private') throw new TypeError(`${row.name} is not post-quantum`);
    const { seed, privateKey, publicKey } = material.postQuantum;
    const secret = row.keyType === 'slh-dsa' ? privateKey : seed;
    if (secret === undefined) throw unsupported('this private key has no JWK, since its seed is not known; use der or pem');
    return akpOf(row, publicKey, secret);
  } finally {
    disposeMaterial(material);
  }
}

/** JSON of plain strings and of bytes in base64url. */
function writeJwk(members: readonly JwkMember[]): Uint8Array {
  const values = members.map(([, value]) => (typeof value === 'string' ? ascii(value) : encodeBase64(value, 'base64url')));
  const pieces = members.flatMap(([name], i) => [ascii(`${i === 0 ? '{' : ','}"${name}":"`), values[i] as Uint8Array, ascii('"')]);
  const json = joined([...pieces, ascii('}')]);
  wipe(...values);
  return json;
}

const lineLength = 64;

/** RFC 7468. */
function toPem(label: string, bytes: Uint8Array): Uint8Array {
  const digits = encodeBase64(bytes, 'base64');
  const lines: Uint8Array[] = [];
  for (let at = 0; at < digits.length; at += lineLength) lines.push(digits.subarray(at, at + lineLength), ascii('\n'));
  const pem = joined([ascii(`-----BEGIN ${label}-----\n`), ...lines, ascii(`-----END ${label}-----\n`)]);
  wipe(digits);
  return pem;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(new ArrayBuffer(pieces.reduce((size, piece) => size + piece.length, 0)));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
