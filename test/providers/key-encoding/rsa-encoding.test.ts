/** The numbers of an RSA private key belong together, or it is refused: a token that uses them blindly would give a factor away. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { errorOf, importAs, json, jwk, malformed } from './keys-of-node.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { privateKey: another } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const good = jwk(privateKey);
const other = jwk(another);

function number(member: string): bigint {
  return BigInt(`0x${Buffer.from(good[member] ?? '', 'base64url').toString('hex')}`);
}
function text(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}
const plusTwo = (member: string) => ({ [member]: text(number(member) + 2n) });

test('a key of node:crypto is taken, also with d reduced, and with its primes the other way round', () => {
  const [p, q, d, qi] = [number('p'), number('q'), number('d'), number('qi')];
  // qi · q ≡ 1 mod p gives the inverse of p mod q, without a modular inverse: qi · q + x · p = 1 + p · q.
  const inverse = (1n + p * q - qi * q) / p;
  const turned = { p: good.q, q: good.p, dp: good.dq, dq: good.dp, qi: text(((inverse % q) + q) % q) };
  for (const change of [{}, { d: text(d % ((p - 1n) * (q - 1n))) }, turned]) {
    expect(importAs('RSA-2048', 'jwk', json({ ...good, ...change })).half).toBe('private');
  }
});

test.each([
  ['another d', plusTwo('d')],
  ['another dp', plusTwo('dp')],
  ['another dq', plusTwo('dq')],
  ['another qi', plusTwo('qi')],
  ['all three of another key', { dp: other.dp, dq: other.dq, qi: other.qi }],
  ['dp and dq exchanged', { dp: good.dq, dq: good.dp }],
  ['qi above p', { qi: text(number('qi') + number('p')) }],
  ['another public exponent', { e: text(3n) }],
  ['one prime twice', { n: text(number('p') ** 2n), q: good.p, dq: good.dp }],
  ['a small prime', { p: text(5n), q: text((number('n') / 5n) | 1n), n: text(5n * ((number('n') / 5n) | 1n)) }],
])('%s is refused', (_what, change) => {
  expect(errorOf(() => importAs('RSA-2048', 'jwk', json({ ...good, ...change })))).toMatchObject(malformed);
});
