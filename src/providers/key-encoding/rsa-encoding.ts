/**
 * Strict encodings of RSA keys: SPKI (RFC 3279 2.3.1), PKCS#8 (RFC 5958) around RSAPrivateKey (RFC 8017 A.1.2) of two primes, and
 * JWK (RFC 7518 6.3) with all private numbers. The modulus has exactly the length of the algorithm; the public exponent is odd, at
 * least 3 and below 2^256 (FIPS 186-5 5.1).
 */
import type { KeyRow } from '../../core/algorithms.js';
import { DerReader, element, encode, integer, tags } from './der.js';
import { Jwk } from './jwk.js';
import type { AsymmetricEncoding, EncodedKey } from './key-encoding.js';
import { malformed, mismatch } from './key-errors.js';
import { wipe } from './secret-bytes.js';

const rsaEncryption = new Uint8Array(Buffer.from('2a864886f70d010101', 'hex'));
const longestExponent = 256;

function bitLength(magnitude: Uint8Array): number {
  const [first = 0] = magnitude;
  return magnitude.length === 0 ? 0 : magnitude.length * 8 - (Math.clz32(first) - 24);
}
function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1;
}

function checkAlgorithm(algorithm: DerReader): void {
  const oid = algorithm.read(tags.objectIdentifier);
  if (oid.length !== rsaEncryption.length || !oid.every((byte, i) => byte === rsaEncryption[i])) {
    throw mismatch('the key is not an RSA key (rsaEncryption)');
  }
  if (algorithm.read(tags.null).length !== 0) throw malformed('the key is not the DER structure it should be');
  algorithm.end();
}

function checkPublicNumbers(row: KeyRow, modulus: Uint8Array, exponent: Uint8Array): void {
  const bits = bitLength(modulus);
  if (bits !== row.keyLength) throw mismatch(`the key has ${bits} bits; ${row.name} has ${row.keyLength}`);
  if (!isOdd(modulus)) throw malformed('the modulus is even');
  if (!isOdd(exponent) || bitLength(exponent) < 2) throw malformed('the public exponent is not an odd number of at least 3');
  if (bitLength(exponent) > longestExponent) throw malformed(`the public exponent has more than ${longestExponent} bits`);
}

function checkSpki(row: KeyRow, der: Uint8Array): void {
  const outer = new DerReader(der);
  const spki = outer.enter(tags.sequence);
  outer.end();
  checkAlgorithm(spki.enter(tags.sequence));
  const wrapped = new DerReader(spki.bits());
  spki.end();
  const numbers = wrapped.enter(tags.sequence);
  wrapped.end();
  checkPublicNumbers(row, numbers.unsigned(), numbers.unsigned());
  numbers.end();
}

function checkPkcs8(row: KeyRow, der: Uint8Array): void {
  const outer = new DerReader(der);
  const pkcs8 = outer.enter(tags.sequence);
  outer.end();
  if (pkcs8.unsigned().length !== 0) throw malformed('the private key is of an unknown version');
  checkAlgorithm(pkcs8.enter(tags.sequence));
  const wrapped = pkcs8.enter(tags.octetString);
  checkPrivateKey(row, wrapped.enter(tags.sequence));
  wrapped.end();
  // Attributes, which say nothing about the key.
  if (pkcs8.peek() === tags.context0) pkcs8.read(tags.context0);
  pkcs8.end();
}

function checkPrivateKey(row: KeyRow, key: DerReader): void {
  if (key.unsigned().length !== 0) throw malformed('the private key does not have exactly two primes');
  const modulus = key.unsigned();
  checkPublicNumbers(row, modulus, key.unsigned());
  const d = key.unsigned();
  const p = key.unsigned();
  const q = key.unsigned();
  const rest = [key.unsigned(), key.unsigned(), key.unsigned()];
  key.end();
  if ([d, ...rest].some((number) => number.length === 0)) throw malformed('a private number is zero');
  if (bitLength(p) < 2 || bitLength(q) < 2 || !isProduct(modulus, p, q)) throw malformed('the primes do not make the modulus');
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

function algorithmIdentifier() {
  return element(tags.sequence, element(tags.objectIdentifier, rsaEncryption), element(tags.null));
}

const privateNumbers = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

function fromJwk(_row: KeyRow, json: Uint8Array): EncodedKey {
  const jwk = new Jwk(json, 'RSA');
  const modulus = jwk.unsigned('n');
  const exponent = jwk.unsigned('e');
  if (!jwk.has('d')) {
    const numbers = element(tags.sequence, integer(modulus), integer(exponent));
    const der = encode(element(tags.sequence, algorithmIdentifier(), element(tags.bitString, Uint8Array.of(0), numbers)));
    return { half: 'public', der };
  }
  if (jwk.has('oth')) throw malformed('the private key does not have exactly two primes');
  return { half: 'private', der: pkcs8Of(jwk, modulus, exponent) };
}

function pkcs8Of(jwk: Jwk, modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const secrets: Uint8Array[] = [];
  try {
    for (const name of privateNumbers) secrets.push(jwk.unsigned(name));
    const version = element(tags.integer, Uint8Array.of(0));
    const key = element(tags.sequence, version, integer(modulus), integer(exponent), ...secrets.map(integer));
    return encode(element(tags.sequence, version, algorithmIdentifier(), element(tags.octetString, key)));
  } finally {
    wipe(...secrets);
  }
}

function fromRaw(): never {
  throw malformed('RSA keys have no raw form; use der, pem or jwk');
}

export const rsaEncoding: AsymmetricEncoding = { checkSpki, checkPkcs8, fromRaw, fromJwk };
