import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyFormat } from '../../../src/providers/contract.js';
import { encodeMaterial, publicSpkiOf } from '../../../src/providers/key-encoding/material.js';
import { importAs } from '../key-encoding/keys-of-node.js';
import { ec, json, jwk, p256, p256Jwk, pem, pkcs8, point, replaced, rsa, spki } from './key-material.js';
import { expectError, hex, importKey, random, startProvider, toHex, utf8 } from './support.js';

type Case = readonly [what: string, algorithm: string, format: KeyFormat, data: Uint8Array];

const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const ed25519 = generateKeyPairSync('ed25519');
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 });
const rsa2056 = generateKeyPairSync('rsa', { modulusLength: 2056 });
const rsaPss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
const ecPrivate = pkcs8(ec.privateKey);
const ecPublic = spki(ec.publicKey);
const rsaPublic = jwk(rsa.publicKey);
const rsaPrivate = jwk(rsa.privateKey);
const url = (value: string): string => Buffer.from(value, 'hex').toString('base64url');
const urlHex = (value: string | undefined): string => Buffer.from(value ?? '', 'base64url').toString('hex');
const relabelled = (data: Uint8Array, label: string): Uint8Array =>
  utf8(
    Buffer.from(data)
      .toString()
      .replace(/(PRIVATE|PUBLIC) KEY/g, label),
  );
const exponentsOf = ({ d, dp, dq }: Record<string, string>) => ({ d, dp, dq });
const withTrailing = (data: Uint8Array): Uint8Array => Uint8Array.of(...data, 0);

const mismatched: readonly Case[] = [
  ['16 bytes', 'AES-256', 'raw', random(16)],
  ['31 bytes', 'AES-256', 'raw', random(31)],
  ['33 bytes', 'AES-256', 'raw', random(33)],
  ['nothing', 'AES-256', 'raw', new Uint8Array(0)],
  ['16 bytes', 'AES-256', 'jwk', json({ kty: 'oct', k: Buffer.from(random(16)).toString('base64url') })],
  ['kty EC', 'AES-256', 'jwk', json(p256Jwk)],
  ['nothing', 'HMAC-SHA-256', 'raw', new Uint8Array(0)],
  ['65537 bytes', 'HMAC-SHA-256', 'raw', random(65_537)],
  ['an RSA key', 'ECDSA-P256', 'der', pkcs8(rsa.privateKey)],
  ['an RSA key', 'ECDSA-P256', 'jwk', json(rsaPublic)],
  ['an Ed25519 key', 'ECDSA-P256', 'der', pkcs8(ed25519.privateKey)],
  ['an Ed25519 key', 'ECDSA-P256', 'pem', pem(ed25519.publicKey)],
  ['P-384', 'ECDSA-P256', 'der', pkcs8(p384.privateKey)],
  ['P-384', 'ECDSA-P256', 'pem', pem(p384.publicKey)],
  ['P-384', 'ECDSA-P256', 'jwk', json(jwk(p384.publicKey))],
  [
    'another curve inside the private key',
    'ECDSA-P256',
    'der',
    hex(`304a020100301306072a8648ce3d020106082a8648ce3d0301070430302e0201010420${p256.d}a00706052b8104000a`),
  ],
  ['secp256k1', 'ECDSA-P256', 'der', spki(k256.publicKey)],
  ['a P-256 key', 'RSA-2048', 'der', ecPublic],
  ['a P-256 key', 'RSA-2048', 'jwk', json(p256Jwk)],
  ['1024 bits', 'RSA-2048', 'der', pkcs8(rsa1024.privateKey)],
  ['1024 bits', 'RSA-2048', 'jwk', json(jwk(rsa1024.publicKey))],
  ['2056 bits', 'RSA-2048', 'pem', pem(rsa2056.publicKey)],
  ['an RSASSA-PSS key', 'RSA-2048', 'der', spki(rsaPss.publicKey)],
];

const malformed: readonly Case[] = [
  ['der', 'AES-256', 'der', random(32)],
  ['pem', 'HMAC-SHA-256', 'pem', pem(ec.privateKey)],
  ['jwk that is none', 'AES-256', 'jwk', utf8('not json')],
  ['jwk with padding', 'AES-256', 'jwk', json({ kty: 'oct', k: Buffer.from(random(32)).toString('base64') })],
  ['jwk without k', 'AES-256', 'jwk', json({ kty: 'oct' })],
  ['jwk with a number', 'AES-256', 'jwk', json({ kty: 'oct', k: 1 })],
  ['jwk without kty', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, kty: undefined })],
  ['bytes after the end', 'ECDSA-P256', 'der', withTrailing(ecPrivate)],
  ['bytes after the end', 'ECDSA-P256', 'der', withTrailing(ecPublic)],
  ['bytes after the end', 'RSA-2048', 'der', withTrailing(pkcs8(rsa.privateKey))],
  ['bytes after the end', 'RSA-2048', 'der', withTrailing(spki(rsa.publicKey))],
  ['bytes after the end', 'ECDSA-P256', 'raw', withTrailing(point)],
  ['text after the end', 'ECDSA-P256', 'pem', Uint8Array.of(...pem(ec.publicKey), ...utf8('x'))],
  [
    'bytes after the inner key',
    'ECDSA-P256',
    'der',
    hex(`3042020100301306072a8648ce3d020106082a8648ce3d030107042830250201010420${p256.d}00`),
  ],
  ['cut short', 'ECDSA-P256', 'der', ecPrivate.subarray(0, -1)],
  ['nothing', 'ECDSA-P256', 'der', new Uint8Array(0)],
  ['an indefinite length', 'ECDSA-P256', 'der', hex(`3080${toHex(ecPublic).slice(4)}0000`)],
  ['explicit curve parameters', 'ECDSA-P256', 'der', spki(explicit.publicKey)],
  ['explicit curve parameters', 'ECDSA-P256', 'der', pkcs8(explicit.privateKey)],
  ['a point off the curve', 'ECDSA-P256', 'der', replaced(ecPublic, p256.y, p256.y.replace(/9$/, '8'))],
  ['a point off the curve', 'ECDSA-P256', 'raw', replaced(point, p256.y, p256.y.replace(/9$/, '8'))],
  ['a point off the curve', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, d: undefined, y: url(p256.y.replace(/9$/, '8')) })],
  ['the point at infinity', 'ECDSA-P256', 'raw', hex('00')],
  ['coordinates of zero', 'ECDSA-P256', 'raw', hex(`04${'00'.repeat(64)}`)],
  ['a compressed point', 'ECDSA-P256', 'raw', hex(`03${p256.x}`)],
  ['a hybrid point', 'ECDSA-P256', 'raw', hex(`07${p256.x}${p256.y}`)],
  ['a private number', 'ECDSA-P256', 'raw', hex(p256.d)],
  ['a public half that does not belong', 'ECDSA-P256', 'der', replaced(ecPrivate, p256.d, p256.d.replace(/1$/, '2'))],
  ['a public half that does not belong', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, d: url(p256.d.replace(/1$/, '2')) })],
  [
    'the private number 0',
    'ECDSA-P256',
    'der',
    hex(`3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${'00'.repeat(32)}`),
  ],
  [
    'the order as private number',
    'ECDSA-P256',
    'der',
    hex(`3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${order}`),
  ],
  ['a private number above the order', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, d: url('ff'.repeat(32)) })],
  ['a private number of 31 bytes', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, d: url(p256.d.slice(2)) })],
  ['a coordinate of 33 bytes', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, x: url(`00${p256.x}`) })],
  ['a jwk without y', 'ECDSA-P256', 'jwk', json({ ...p256Jwk, y: undefined })],
  ['PKCS#8 under the label of SEC1', 'ECDSA-P256', 'pem', relabelled(pem(ec.privateKey), 'EC PRIVATE KEY')],
  ['PKCS#8 under the label of PKCS#1', 'RSA-2048', 'pem', relabelled(pem(rsa.privateKey), 'RSA PRIVATE KEY')],
  ['PKCS#8 under the label of SPKI', 'RSA-2048', 'pem', relabelled(pem(rsa.privateKey), 'PUBLIC KEY')],
  [
    'PKCS#1 with the encryption of PEM',
    'RSA-2048',
    'pem',
    utf8(rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()),
  ],
  ['raw', 'RSA-2048', 'raw', random(256)],
  ['the exponent 1', 'RSA-2048', 'jwk', json({ ...rsaPublic, e: 'AQ' })],
  ['the exponent 2', 'RSA-2048', 'jwk', json({ ...rsaPublic, e: 'Ag' })],
  ['the exponent 65536', 'RSA-2048', 'jwk', json({ ...rsaPublic, e: 'AQAA' })],
  ['the exponent 65536', 'RSA-2048', 'der', replaced(spki(rsa.publicKey), '0203010001', '0203010000')],
  ['an exponent of 257 bits', 'RSA-2048', 'jwk', json({ ...rsaPublic, e: url(`01${'00'.repeat(31)}01`) })],
  ['an exponent of 65 bits', 'RSA-4096', 'jwk', json({ ...rsaPublic, n: url('ff'.repeat(512)), e: url(`01${'00'.repeat(7)}01`) })],
  ['an even modulus', 'RSA-2048', 'jwk', json({ ...rsaPublic, n: url(`${urlHex(rsaPublic.n).slice(0, -2)}02`) })],
  ['leading zeros', 'RSA-2048', 'jwk', json({ ...rsaPublic, n: url(`00${urlHex(rsaPublic.n)}`) })],
  ['only n, e and d', 'RSA-2048', 'jwk', json({ ...rsaPublic, d: rsaPrivate.d })],
  ['more than two primes', 'RSA-2048', 'jwk', json({ ...rsaPrivate, oth: [] })],
  ['primes of another key', 'RSA-2048', 'jwk', json({ ...rsaPrivate, p: jwk(otherRsa.privateKey).p, q: jwk(otherRsa.privateKey).q })],
  ['the primes 1 and n', 'RSA-2048', 'jwk', json({ ...rsaPrivate, p: 'AQ', q: rsaPrivate.n })],
  ['private numbers of another key', 'RSA-2048', 'jwk', json({ ...jwk(otherRsa.privateKey), ...rsaPublic })],
  ['private exponents of another key', 'RSA-2048', 'jwk', json({ ...rsaPrivate, ...exponentsOf(jwk(otherRsa.privateKey)) })],
];

test.each(mismatched)('%s is no key of %s (%s)', async (_what, algorithm, format, data) => {
  await expectError(() => importAs(algorithm, format, data), 'ALGORITHM_MISMATCH', 'keyData');
});
test.each(malformed)('%s: refused for %s as %s', async (_what, algorithm, format, data) => {
  await expectError(() => importAs(algorithm, format, data), 'INVALID_FORMAT', 'keyData');
});

test('what is refused leaves no key behind', async () => {
  const provider = await startProvider();
  await expectError(() => importKey(provider, 'ECDSA-P256', point.subarray(1)), 'INVALID_FORMAT', 'keyData');
  expect(provider.status().keys).toBe(0);
});

describe('damaged encodings', () => {
  const ed25519 = generateKeyPairSync('ed25519');
  const whole: readonly (readonly [string, string, KeyFormat, Uint8Array])[] = [
    ['EC PKCS#8', 'ECDSA-P256', 'der', ecPrivate],
    ['EC SPKI', 'ECDSA-P256', 'der', ecPublic],
    ['EC SEC1', 'ECDSA-P256', 'der', Uint8Array.from(ec.privateKey.export({ type: 'sec1', format: 'der' }))],
    ['EC JWK', 'ECDSA-P256', 'jwk', json(p256Jwk)],
    ['Ed25519 PKCS#8', 'Ed25519', 'der', pkcs8(ed25519.privateKey)],
    ['Ed25519 SPKI', 'Ed25519', 'der', spki(ed25519.publicKey)],
    ['Ed25519 JWK', 'Ed25519', 'jwk', json(jwk(ed25519.privateKey))],
    ['RSA SPKI', 'RSA-2048', 'der', spki(rsa.publicKey)],
    ['RSA PKCS#1', 'RSA-2048', 'der', Uint8Array.from(rsa.publicKey.export({ type: 'pkcs1', format: 'der' }))],
    ['ML-KEM PKCS#8', 'ML-KEM-512', 'der', encodeMaterial(importAs('ML-KEM-512', 'raw', random(64)))],
    ['ML-KEM SPKI', 'ML-KEM-512', 'der', publicSpkiOf(importAs('ML-KEM-512', 'raw', random(64)))],
    ['ML-DSA PKCS#8', 'ML-DSA-44', 'der', encodeMaterial(importAs('ML-DSA-44', 'raw', random(32)))],
  ];
  test.each(whole)('%s: no cut, extended or changed form is taken for the same key', (_what, algorithm, format, data) => {
    const reference = toHex(encodeMaterial(importAs(algorithm, format, data)));
    const attempt = (changed: Uint8Array): string | undefined => {
      try {
        return toHex(encodeMaterial(importAs(algorithm, format, changed)));
      } catch (error) {
        expect(['INVALID_FORMAT', 'ALGORITHM_MISMATCH', 'INVALID_ARGUMENT']).toContain((error as { code: string }).code);
        expect(['keyData', 'passphrase']).toContain((error as { field: string }).field);
        return undefined;
      }
    };
    for (let length = 0; length < data.length; length++) expect(attempt(data.subarray(0, length))).toBeUndefined();
    if (format === 'der') expect(attempt(withTrailing(data))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(data);
        changed[at] = (changed[at] ?? 0) ^ change;
        // White space and hints in JSON, and another valid modulus, may change; the key that is made must then be another or the same by value.
        const made = attempt(changed);
        if (format === 'der' && made !== undefined) expect(made).not.toBe(reference);
      }),
      { numRuns: 150 },
    );
  });

  test('errors never hold the key', async () => {
    const error = await expectError(() => importAs('ECDSA-P256', 'jwk', json({ ...p256Jwk, y: p256Jwk.x })), 'INVALID_FORMAT');
    expect(JSON.stringify(error) + error.stack).not.toContain(p256Jwk.d);
    expect((error as { cause?: unknown }).cause).toBeUndefined();
  });
});
