import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, randomFillSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyFormat } from '../../../src/providers/contract.js';
import { decodeBase64, encodeBase64 } from '../../../src/providers/key-encoding/base64.js';
import { encodePrivateKey, encodePublicKey, encodeSecretKey } from '../../../src/providers/key-encoding/export-key.js';
import { encodeMaterial, publicSpkiOf } from '../../../src/providers/key-encoding/material.js';
import { generatePair } from '../../../src/providers/post-quantum/key-pairs.js';
import { der, ecCurves, ecPair, encodedHex, errorOf, importAs, keyRow, okpNames, okpPair, pem, toHex } from './keys-of-node.js';

const postQuantumNames = ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'SLH-DSA-SHA2-128f'];
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const formats: readonly KeyFormat[] = ['der', 'pem', 'jwk', 'raw'];
const unsupported = { code: 'INVALID_ARGUMENT', field: 'format' };

interface Exported {
  readonly name: string;
  readonly pkcs8: Uint8Array;
  readonly spki: Uint8Array;
  readonly privateFormats: readonly KeyFormat[];
  readonly publicFormats: readonly KeyFormat[];
}
function ofNode(
  name: string,
  pair: { privateKey: Parameters<typeof der>[0]; publicKey: Parameters<typeof der>[0] },
  hasJwk = true,
  hasRaw = true,
): Exported {
  const common: readonly KeyFormat[] = hasJwk ? ['der', 'pem', 'jwk'] : ['der', 'pem'];
  return {
    name,
    pkcs8: der(pair.privateKey, 'pkcs8'),
    spki: der(pair.publicKey, 'spki'),
    privateFormats: common,
    publicFormats: hasRaw ? [...common, 'raw'] : common,
  };
}
function ofSeed(name: string): Exported {
  const pair = generatePair(name);
  const material = importAs(name, 'raw', pair.seed ?? pair.privateKey);
  return {
    name,
    pkcs8: encodeMaterial(material),
    spki: publicSpkiOf(material),
    privateFormats: ['der', 'pem', 'jwk'],
    publicFormats: formats,
  };
}
const keys: readonly Exported[] = [
  ...ecCurves.map(([name, openSsl]) => ofNode(name, ecPair(openSsl), !openSsl.startsWith('brainpool'))),
  ...okpNames.map((name) => ofNode(name, okpPair(name))),
  ofNode('RSA-2048', rsa, true, false),
  ...postQuantumNames.map(ofSeed),
];

describe.each(keys)('$name', ({ name, pkcs8, spki, privateFormats, publicFormats }) => {
  test('what leaves comes in again, and other formats are refused', () => {
    for (const format of formats) {
      if (privateFormats.includes(format)) {
        const made = importAs(name, format, encodePrivateKey(keyRow(name), pkcs8, format));
        expect([format, made.half, encodedHex(made)]).toEqual([format, 'private', toHex(pkcs8)]);
      } else expect(errorOf(() => encodePrivateKey(keyRow(name), pkcs8, format))).toMatchObject(unsupported);
      if (publicFormats.includes(format)) {
        const made = importAs(name, format, encodePublicKey(keyRow(name), spki, format));
        expect([format, made.half, encodedHex(made)]).toEqual([format, 'public', toHex(spki)]);
      } else expect(errorOf(() => encodePublicKey(keyRow(name), spki, format))).toMatchObject(unsupported);
    }
  });
  test('results are copies', () => {
    const [before, beforeSpki] = [toHex(pkcs8), toHex(spki)];
    for (const format of privateFormats) encodePrivateKey(keyRow(name), pkcs8, format).fill(0);
    for (const format of publicFormats) encodePublicKey(keyRow(name), spki, format).fill(0);
    expect([toHex(pkcs8), toHex(spki)]).toEqual([before, beforeSpki]);
  });
});

test('PEM as OpenSSL writes it', () => {
  for (const pair of [rsa, ecPair('prime256v1'), okpPair('Ed448')]) {
    const name = pair === rsa ? 'RSA-2048' : 'ECDSA-P256';
    expect(Buffer.from(encodePrivateKey(keyRow(name), der(pair.privateKey, 'pkcs8'), 'pem'))).toEqual(
      Buffer.from(pem(pair.privateKey, 'pkcs8')),
    );
    expect(Buffer.from(encodePublicKey(keyRow(name), der(pair.publicKey, 'spki'), 'pem'))).toEqual(
      Buffer.from(pem(pair.publicKey, 'spki')),
    );
  }
});

test('node:crypto reads the JWKs', () => {
  const { pkcs8, spki } = ofNode('Ed25519', okpPair('Ed25519'));
  const read = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString());
  const privateKey = createPrivateKey({ key: read(encodePrivateKey(keyRow('Ed25519'), pkcs8, 'jwk')), format: 'jwk' });
  const publicKey = createPublicKey({ key: read(encodePublicKey(keyRow('Ed25519'), spki, 'jwk')), format: 'jwk' });
  expect([toHex(der(privateKey, 'pkcs8')), toHex(der(publicKey, 'spki'))]).toEqual([toHex(pkcs8), toHex(spki)]);
});

test('an expanded post-quantum key without its seed has no JWK', () => {
  const material = importAs('ML-KEM-512', 'raw', generatePair('ML-KEM-512').privateKey);
  expect(errorOf(() => encodePrivateKey(keyRow('ML-KEM-512'), encodeMaterial(material), 'jwk'))).toMatchObject(unsupported);
});

describe('secret keys', () => {
  test('raw and jwk, as node:crypto writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const expected = createSecretKey(bytes).export({ format: 'jwk' });
        expect(JSON.parse(Buffer.from(encodeSecretKey(bytes, 'jwk')).toString())).toEqual(expected);
        const raw = encodeSecretKey(bytes, 'raw');
        expect(toHex(raw)).toBe(toHex(bytes));
        expect(raw).not.toBe(bytes);
        for (const format of ['raw', 'jwk'] as const) {
          expect(encodedHex(importAs('GENERIC-SECRET', format, encodeSecretKey(bytes, format)))).toBe(toHex(bytes));
        }
      }),
    );
    for (const format of ['der', 'pem'] as const)
      expect(errorOf(() => encodeSecretKey(new Uint8Array(16), format))).toMatchObject(unsupported);
  });
  test.each([
    ['AES-128', [16], [0, 15, 17, 32]],
    ['AES-192', [24], [16, 32]],
    ['AES-256', [32], [31, 33]],
    ['AES-384', [48], [47, 32]],
    ['AES-512', [64], [63, 65]],
    ['ChaCha20', [32], [31, 33, 16]],
    ['HMAC-SHA-256', [1, 32, 1025, 65_536], [0, 65_537]],
    ['KMAC-128', [4, 16, 512], [0, 3, 513]],
    ['KMAC-256', [4, 32, 512], [3, 513]],
    ['GENERIC-SECRET', [0, 1, 65_536], [65_537]],
  ] as const)('lengths of %s', (algorithm, right, wrong) => {
    for (const size of right) {
      const made = importAs(algorithm, 'raw', randomFillSync(new Uint8Array(size)));
      expect([made.half, encodedHex(made).length / 2]).toEqual(['secret', size]);
    }
    for (const size of wrong) {
      expect(errorOf(() => importAs(algorithm, 'raw', new Uint8Array(size)))).toMatchObject({
        code: 'ALGORITHM_MISMATCH',
        field: 'keyData',
      });
    }
  });
});

test('base64 is what Buffer writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom('base64', 'base64url'), (bytes, alphabet) => {
      const text = encodeBase64(bytes, alphabet);
      expect(Buffer.from(text).toString()).toBe(Buffer.from(bytes).toString(alphabet));
      expect(toHex(decodeBase64(text, alphabet) ?? new Uint8Array(1))).toBe(toHex(bytes));
    }),
  );
});
