/** Keys that files give as numbers, encoded as SPKI and PKCS#8 by node:crypto. */
import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { bigint, bytesOf, concat, fixed, unsigned } from './bytes.js';
import type { KeyMaterial } from './case.js';
import { curveName, ecKeyName, rsaKeyName } from './names.js';

const coordinateSizes: Readonly<Record<string, number>> = { P256: 32 };

/** Bytes of a coordinate; undefined for curves whose keys can't be encoded here. */
export function coordinateSize(curve: string): number | undefined {
  return coordinateSizes[curveName(curve)];
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function spki(jwk: JsonWebKey): Uint8Array {
  return new Uint8Array(createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' }));
}
function pkcs8(jwk: JsonWebKey): Uint8Array {
  return new Uint8Array(createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' }));
}

/** The header of a P-256 SPKI with an uncompressed point: 26 bytes; the point's 65 follow. */
const generator = spki({
  kty: 'EC',
  crv: 'P-256',
  x: base64(fixed('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296', 32)),
  y: base64(fixed('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5', 32)),
});
const headerBytes = generator.length - 65;

/**
 * A public key of P-256 from its coordinates, also when they are no point or too long: that is what some tests are about. The
 * lengths in the encoding (of the outer SEQUENCE and the BIT STRING, both below 128) are made to fit.
 */
export function ecPublicKey(curve: string, x: string, y: string): KeyMaterial {
  const point = concat(fixed(x, 32), fixed(y, 32));
  const header = generator.slice(0, headerBytes);
  const surplus = point.length - 64;
  header[1] = (header[1] ?? 0) + surplus;
  header[headerBytes - 2] = (header[headerBytes - 2] ?? 0) + surplus;
  return { algorithm: ecKeyName(curve), format: 'der', data: concat(header, new Uint8Array([4]), point) };
}

/** @throws when the numbers are no key pair */
export function ecPrivateKey(curve: string, d: string, x: string, y: string): KeyMaterial {
  const [dBytes, xBytes, yBytes] = [d, x, y].map((number) => base64(fixed(number, 32)));
  const jwk = { kty: 'EC', crv: 'P-256', d: dBytes, x: xBytes, y: yBytes } as JsonWebKey;
  return { algorithm: ecKeyName(curve), format: 'der', data: pkcs8(jwk) };
}

/** Bits of a modulus. */
export function modulusBits(n: string): number {
  return bigint(n).toString(2).length;
}

export function rsaPublicKey(n: string, e: string): KeyMaterial {
  const jwk = { kty: 'RSA', n: base64(unsigned(n)), e: base64(unsigned(e)) };
  return { algorithm: rsaKeyName(modulusBits(n)), format: 'der', data: spki(jwk) };
}

/** From the public numbers and the primes; the rest of PKCS#1's CRT form is computed. @throws when they are no key pair */
export function rsaPrivateKey(n: string, e: string, p: string, q: string): KeyMaterial {
  const [prime1, prime2, exponent] = [bigint(p), bigint(q), bigint(e)];
  const d = inverse(exponent, lcm(prime1 - 1n, prime2 - 1n));
  const numbers = {
    d: bytesOf(d),
    p: bytesOf(prime1),
    q: bytesOf(prime2),
    dp: bytesOf(d % (prime1 - 1n)),
    dq: bytesOf(d % (prime2 - 1n)),
    qi: bytesOf(inverse(prime2, prime1)),
  };
  const secret = Object.fromEntries(Object.entries(numbers).map(([name, bytes]) => [name, base64(bytes)]));
  const jwk = { kty: 'RSA', n: base64(unsigned(n)), e: base64(unsigned(e)), ...secret };
  return { algorithm: rsaKeyName(modulusBits(n)), format: 'der', data: pkcs8(jwk) };
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
function lcm(a: bigint, b: bigint): bigint {
  return (a / gcd(a, b)) * b;
}
/** Extended Euclid; the operands are of test keys. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [((value % modulus) + modulus) % modulus, modulus, 1n, 0n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  if (r0 !== 1n) throw new Error('the numbers are no RSA key pair');
  return ((s0 % modulus) + modulus) % modulus;
}
