/** RSA keys from random values that can be had again: for tests only. */
import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from './random.js';

const publicExponent = 65_537n;

function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
function base64(value: bigint): string {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}

/** Of so many bits, the two highest of them set. */
function prime(random: Random, bits: number): bigint {
  const start = number(random.bytes(Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n);
  let candidate = start | (3n << BigInt(bits - 2)) | 1n;
  while (!(candidate % publicExponent !== 1n && checkPrimeSync(candidate))) candidate += 2n;
  return candidate;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, value % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}

export function rsaKey(random: Random, bits: number): KeyObject {
  const [p, q] = [prime(random, Math.ceil(bits / 2)), prime(random, Math.floor(bits / 2))];
  const d = inverse(publicExponent, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: publicExponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, base64(value)]));
  return createPrivateKey({ key: { kty: 'RSA', ...members }, format: 'jwk' });
}
