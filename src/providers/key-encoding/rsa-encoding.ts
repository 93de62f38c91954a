/**
 * Strict encodings of RSA keys: SPKI (RFC 3279 2.3.1), PKCS#8 (RFC 5958) around RSAPrivateKey (RFC 8017 A.1.2) of two primes, both
 * without their frame (PKCS#1), and JWK (RFC 7518 6.3) with all private numbers. The modulus has exactly the length of the algorithm; the public exponent is odd, at
 * least 3 and below 2^256 (FIPS 186-5 5.1), below 2^64 above 3072 bits.
 */
import type { KeyRow } from '../../core/algorithms.js';
import { rsaIsConsistent } from '../../native-pkey.js';
import { DerReader, type Element, element, encode, integer, tags } from './der.js';
import { Jwk } from './jwk.js';
import { malformed, mismatch } from './key-errors.js';
import type { KeyParts, ObjectEncoding } from './object-encoding.js';
import { signsFor } from './probe-signature.js';
import { same } from './same-bytes.js';
import { wipe } from './secret-bytes.js';

const rsaEncryption = new Uint8Array(Buffer.from('2a864886f70d010101', 'hex'));
const longestExponent = 256;
/** OpenSSL uses public keys above this length only with short exponents (OPENSSL_RSA_SMALL_MODULUS_BITS), so such a key would be of no use. */
const anyExponentUpTo = 3072;
const longestExponentAbove = 64;

function bitLength(magnitude: Uint8Array): number {
  const [first = 0] = magnitude;
  return magnitude.length === 0 ? 0 : magnitude.length * 8 - (Math.clz32(first) - 24);
}
function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1;
}

function algorithm(): Element {
  return element(tags.sequence, element(tags.objectIdentifier, rsaEncryption), element(tags.null));
}

function checkAlgorithm(_row: KeyRow, given: DerReader): void {
  if (!same(given.read(tags.objectIdentifier), rsaEncryption)) throw mismatch('the key is not an RSA key (rsaEncryption)');
  if (given.read(tags.null).length !== 0) throw malformed('the key is not the DER structure it should be');
  given.end();
}

function checkPublicNumbers(row: KeyRow, modulus: Uint8Array, exponent: Uint8Array): void {
  const bits = bitLength(modulus);
  const { min, max } = row.importLength ?? { min: row.keyLength, max: row.keyLength };
  if (bits < min || bits > max) throw mismatch(`the key has ${bits} bits; ${row.name} has ${min === max ? min : `${min} to ${max}`}`);
  if (!isOdd(modulus)) throw malformed('the modulus is even');
  if (!isOdd(exponent) || bitLength(exponent) < 2) throw malformed('the public exponent is not an odd number of at least 3');
  const longest = bits > anyExponentUpTo ? longestExponentAbove : longestExponent;
  if (bitLength(exponent) > longest)
    throw malformed(`the public exponent has more than ${longest} bits, which a key of ${bits} bits may have`);
}

/** RSAPublicKey. */
function checkPublic(row: KeyRow, der: Uint8Array): void {
  const outer = new DerReader(der);
  const numbers = outer.enter(tags.sequence);
  outer.end();
  checkPublicNumbers(row, numbers.unsigned(), numbers.unsigned());
  numbers.end();
}

/** RSAPrivateKey. */
function checkPrivate(row: KeyRow, der: Uint8Array): void {
  const outer = new DerReader(der);
  const key = outer.enter(tags.sequence);
  outer.end();
  if (key.unsigned().length !== 0) throw malformed('the private key does not have exactly two primes');
  const modulus = key.unsigned();
  const e = key.unsigned();
  checkPublicNumbers(row, modulus, e);
  const [d, p, q, dp, dq, qi] = [key.unsigned(), key.unsigned(), key.unsigned(), key.unsigned(), key.unsigned(), key.unsigned()];
  key.end();
  if ([d, dp, dq, qi].some((number) => number.length === 0)) throw malformed('a private number is zero');
  const shortest = bitLength(modulus) / 4;
  if (bitLength(p) < shortest || bitLength(q) < shortest || !isProduct(modulus, p, q))
    throw malformed('the primes do not make the modulus');
  if (!rsaIsConsistent({ e, d, p, q, dp, dq, qi })) throw malformed('the private numbers do not belong together');
}

/** Schoolbook multiplication by columns of 16 bits: every sum stays exact in a number, and nothing is left behind in memory. */
function isProduct(n: Uint8Array, p: Uint8Array, q: Uint8Array): boolean {
  const columns = Math.max(limbs(n), limbs(p) + limbs(q));
  let carry = 0;
  let difference = 0;
  for (let column = 0; column < columns; column++) {
    let sum = carry;
    for (let i = Math.max(0, column - limbs(q) + 1); i <= Math.min(column, limbs(p) - 1); i++) sum += limb(p, i) * limb(q, column - i);
    carry = Math.floor(sum / 0x10000);
    difference |= (sum % 0x10000) ^ limb(n, column);
  }
  return difference === 0 && carry === 0;
}
function limbs(magnitude: Uint8Array): number {
  return Math.ceil(magnitude.length / 2);
}
function limb(magnitude: Uint8Array, at: number): number {
  const low = magnitude.length - 1 - 2 * at;
  return (magnitude[low] ?? 0) + 0x100 * (magnitude[low - 1] ?? 0);
}

const privateNumbers = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

function fromJwk(_row: KeyRow, json: Uint8Array): KeyParts {
  const jwk = new Jwk(json, 'RSA');
  const modulus = jwk.unsigned('n');
  const exponent = jwk.unsigned('e');
  if (!jwk.has('d')) return { half: 'public', bits: encode(element(tags.sequence, integer(modulus), integer(exponent))) };
  if (jwk.has('oth')) throw malformed('the private key does not have exactly two primes');
  return { half: 'private', content: privateKeyOf(jwk, modulus, exponent) };
}

function privateKeyOf(jwk: Jwk, modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const secrets: Uint8Array[] = [];
  try {
    for (const name of privateNumbers) secrets.push(jwk.unsigned(name));
    const version = element(tags.integer, Uint8Array.of(0));
    return encode(element(tags.sequence, version, integer(modulus), integer(exponent), ...secrets.map(integer)));
  } finally {
    wipe(...secrets);
  }
}

function fromRaw(): never {
  throw malformed('RSA keys have no raw form; use der, pem or jwk');
}

export const rsaEncoding: ObjectEncoding = {
  algorithm,
  checkAlgorithm,
  checkPublic,
  checkPrivate,
  belongTogether: signsFor,
  fromRaw,
  fromJwk,
  older: {
    'pkcs1-private': () => 'private',
    'pkcs1-public': () => 'public',
  },
};
