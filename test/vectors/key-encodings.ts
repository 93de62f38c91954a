/** Keys that files give as numbers or bytes, encoded for the import. */

import { bigint, bytesOf, concat, fixed, unsigned } from './bytes.js';
import type { KeyMaterial } from './case.js';
import { bits, integer, octets, oid, sequence, tlv, version } from './der-writer.js';
import { curveName, rsaKeyName } from './names.js';
import { skip } from './skip.js';

interface Curve {
  /** Bytes of a coordinate. */
  readonly size: number;
  readonly oid: string;
}
const brainpool = (size: number, last: string): Curve => ({ size, oid: `2b24030302080101${last}` });
const curves: Readonly<Record<string, Curve>> = {
  P256: { size: 32, oid: '2a8648ce3d030107' },
  P384: { size: 48, oid: '2b81040022' },
  P521: { size: 66, oid: '2b81040023' },
  secp256k1: { size: 32, oid: '2b8104000a' },
  brainpoolP256r1: brainpool(32, '07'),
  brainpoolP256t1: brainpool(32, '08'),
  brainpoolP320r1: brainpool(40, '09'),
  brainpoolP320t1: brainpool(40, '0a'),
  brainpoolP384r1: brainpool(48, '0b'),
  brainpoolP384t1: brainpool(48, '0c'),
  brainpoolP512r1: brainpool(64, '0d'),
  brainpoolP512t1: brainpool(64, '0e'),
};

function curveOf(name: string): Curve {
  return curves[curveName(name)] ?? skip('key', `ECDSA-${curveName(name)}`);
}

/** The curve that an encoded key names. */
export function curveIn(encoding: Uint8Array): string | undefined {
  const content = Buffer.from(encoding).toString('hex');
  return Object.keys(curves).find((name) => content.includes(Buffer.from(oid(curves[name]?.oid ?? '')).toString('hex')));
}

/** Bytes of a coordinate. @throws SkippedTest for a curve that this version doesn't have */
export function coordinateSize(curve: string): number {
  return curveOf(curve).size;
}

const ecAlgorithm = (curve: Curve): Uint8Array => sequence(oid('2a8648ce3d0201'), oid(curve.oid));

/** An uncompressed point as SPKI; also when it is none, since that is what some tests are about. */
export function ecPublicPoint(algorithm: string, curve: string, point: Uint8Array): KeyMaterial {
  return { algorithm, format: 'der', data: sequence(ecAlgorithm(curveOf(curve)), bits(point)) };
}

/** Coordinates in hexadecimal as an uncompressed point. */
export function ecPoint(curve: string, x: string, y: string): Uint8Array {
  const { size } = curveOf(curve);
  return concat(Uint8Array.of(4), fixed(x, size), fixed(y, size));
}

/** `use` is of the key's name: `ECDSA` or `ECDH`. */
export function ecPublicKey(curve: string, x: string, y: string, use: 'ECDSA' | 'ECDH' = 'ECDSA'): KeyMaterial {
  return ecPublicPoint(`${use}-${curveName(curve)}`, curve, ecPoint(curve, x, y));
}

/** PKCS#8 around an ECPrivateKey; without its public half, which some files don't tell, unless there is a point. */
export function ecPrivateKey(curve: string, d: string, use: 'ECDSA' | 'ECDH' = 'ECDSA', point?: Uint8Array): KeyMaterial {
  const known = curveOf(curve);
  const half = point === undefined ? new Uint8Array(0) : tlv(0xa1, bits(point));
  const key = sequence(version(1), octets(fixed(d, known.size)), half);
  return {
    algorithm: `${use}-${curveName(curve)}`,
    format: 'der',
    data: sequence(version(0), ecAlgorithm(known), octets(key)),
  };
}

/** Bits of a modulus. */
export function modulusBits(n: string): number {
  return bigint(n).toString(2).length;
}

const rsaAlgorithm = sequence(oid('2a864886f70d010101'), Uint8Array.of(5, 0));

export function rsaPublicKey(n: string, e: string): KeyMaterial {
  const key = sequence(integer(unsigned(n)), integer(unsigned(e)));
  return { algorithm: rsaKeyName(modulusBits(n)), format: 'der', data: sequence(rsaAlgorithm, bits(key)) };
}

/** From the public numbers and the primes; the rest of PKCS#1's CRT form is computed. @throws when they are no key pair */
export function rsaPrivateKey(n: string, e: string, p: string, q: string): KeyMaterial {
  const [prime1, prime2, exponent] = [bigint(p), bigint(q), bigint(e)];
  const d = inverse(exponent, lcm(prime1 - 1n, prime2 - 1n));
  const numbers = [bigint(n), exponent, d, prime1, prime2, d % (prime1 - 1n), d % (prime2 - 1n), inverse(prime2, prime1)];
  const key = sequence(version(0), ...numbers.map((number) => integer(bytesOf(number))));
  return { algorithm: rsaKeyName(modulusBits(n)), format: 'der', data: sequence(version(0), rsaAlgorithm, octets(key)) };
}

/** The primes of a key given by its exponents (SP 800-56B appendix C). @throws when they are no key pair */
export function rsaPrimes(n: string, e: string, d: string): [p: string, q: string] {
  const modulus = bigint(n);
  let odd = bigint(e) * bigint(d) - 1n;
  let twos = 0;
  while (odd % 2n === 0n) {
    odd /= 2n;
    twos += 1;
  }
  for (let base = 2n; base < 200n; base += 1n) {
    let power = modPower(base, odd, modulus);
    for (let i = 0; i < twos; i += 1) {
      const next = (power * power) % modulus;
      if (next === 1n && power !== 1n && power !== modulus - 1n) {
        const p = gcd(power - 1n, modulus);
        return [p.toString(16), (modulus / p).toString(16)];
      }
      power = next;
    }
  }
  throw new Error('the numbers are no RSA key pair');
}

function modPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest % 2n === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
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

/** Last byte of 1.3.101.x. */
const okpIds: Readonly<Record<string, string>> = { X25519: '2b656e', X448: '2b656f', Ed25519: '2b6570', Ed448: '2b6571' };

function okpAlgorithm(algorithm: string): Uint8Array {
  return sequence(oid(okpIds[algorithm] ?? skip('key', algorithm)));
}
/** Keys of RFC 8410. */
export function okpPublicKey(algorithm: string, data: Uint8Array): KeyMaterial {
  return { algorithm, format: 'der', data: sequence(okpAlgorithm(algorithm), bits(data)) };
}
export function okpPrivateKey(algorithm: string, data: Uint8Array): KeyMaterial {
  return { algorithm, format: 'der', data: sequence(version(0), okpAlgorithm(algorithm), octets(octets(data))) };
}

export function secretKey(algorithm: string, data: Uint8Array): KeyMaterial {
  return { algorithm, format: 'raw', data };
}
/** Keys of AES have their length in their name. */
export function aesKey(data: Uint8Array): KeyMaterial {
  return secretKey(`AES-${data.length * 8}`, data);
}
/** Something to derive from. */
export function genericSecret(data: Uint8Array): KeyMaterial {
  return secretKey('GENERIC-SECRET', data);
}
