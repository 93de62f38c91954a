import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { disposeMaterial, lengthOf, objectOf, publicHalfOf } from '../../../src/providers/key-encoding/material.js';
import { generatePair, pairOfSeed } from '../../../src/providers/post-quantum/key-pairs.js';
import { parameterSet } from '../../../src/providers/post-quantum/parameter-sets.js';
import { counting, seeded, unsuited } from '../post-quantum/known-keys.js';
import { encodedHex, errorOf, fromBase64, hex, importAs, json, keyRow, malformed, mismatched, spkiHex, toHex } from './keys-of-node.js';

/** RFC 9935 appendix C.1 and RFC 9881 appendix C.1: the seed alone. */
const examples = [
  ['ML-KEM-512', 'MFQCAQAwCwYJYIZIAWUDBAQBBEKAQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8='],
  ['ML-DSA-44', 'MDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'],
] as const;

const urlOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
/** DER of one element. */
function sized(tag: string, content: string): string {
  const length = content.length / 2;
  const size =
    length < 0x80
      ? length.toString(16).padStart(2, '0')
      : length < 0x100
        ? `81${length.toString(16)}`
        : `82${length.toString(16).padStart(4, '0')}`;
  return `${tag}${size}${content}`;
}
function pkcs8Of(name: string, content: string, version = '020100', rest = ''): Uint8Array {
  const identifier = sized('30', sized('06', toHex(parameterSet(name).oid)));
  return hex(sized('30', `${version}${identifier}${sized('04', content)}${rest}`));
}

test.each(examples)('%s of the RFC', (name, base64) => {
  const made = importAs(name, 'der', fromBase64(base64));
  expect(encodedHex(made)).toBe(toHex(fromBase64(base64)));
  const known = seeded.find((key) => key.name === name);
  expect(
    createHash('sha256')
      .update(made.postQuantum?.publicKey ?? '')
      .digest('hex'),
  ).toBe(known?.publicKey);
});

describe.each(seeded)('$name', ({ name }) => {
  const pair = pairOfSeed(name, counting(parameterSet(name).sizes.seed));
  const [seed, privateKey, publicKey] = [counting(parameterSet(name).sizes.seed), pair.privateKey, pair.publicKey].map(toHex) as [
    string,
    string,
    string,
  ];
  const seedForm = pkcs8Of(name, sized('80', seed));
  const expandedForm = pkcs8Of(name, sized('04', privateKey));
  const other = generatePair(name);

  test('the three forms of PKCS#8', () => {
    const both = pkcs8Of(name, sized('30', sized('04', seed) + sized('04', privateKey)));
    for (const [data, kept] of [
      [seedForm, seedForm],
      [both, seedForm],
      [expandedForm, expandedForm],
    ] as const) {
      const made = importAs(name, 'der', data);
      expect([made.half, encodedHex(made), toHex(made.postQuantum?.publicKey ?? new Uint8Array(0))]).toEqual([
        'private',
        toHex(kept),
        publicKey,
      ]);
    }
  });
  test('SPKI, raw and JWK', () => {
    const spki = spkiHex(importAs(name, 'der', seedForm));
    const made = importAs(name, 'der', hex(spki));
    expect([made.half, encodedHex(made)]).toEqual(['public', spki]);
    expect(encodedHex(importAs(name, 'raw', pair.publicKey))).toBe(spki);
    expect(encodedHex(importAs(name, 'raw', hex(seed)))).toBe(toHex(seedForm));
    expect(encodedHex(importAs(name, 'raw', pair.privateKey))).toBe(toHex(expandedForm));
    const akp = { kty: 'AKP', alg: name, pub: urlOf(pair.publicKey) };
    expect(encodedHex(importAs(name, 'jwk', json(akp)))).toBe(spki);
    expect(encodedHex(importAs(name, 'jwk', json({ ...akp, priv: urlOf(hex(seed)) })))).toBe(toHex(seedForm));
    expect(errorOf(() => importAs(name, 'jwk', json({ ...akp, alg: 'ML-DSA-1' })))).toMatchObject(mismatched);
    expect(errorOf(() => importAs(name, 'jwk', json({ ...akp, kty: 'OKP' })))).toMatchObject(mismatched);
    expect(errorOf(() => importAs(name, 'jwk', json({ ...akp, pub: urlOf(other.publicKey), priv: urlOf(hex(seed)) })))).toMatchObject(
      malformed,
    );
    expect(errorOf(() => importAs(name, 'jwk', json({ ...akp, priv: urlOf(pair.privateKey) })))).toMatchObject(malformed);
  });
  test('version 2 with the public key', () => {
    const withPublic = (key: Uint8Array) => pkcs8Of(name, sized('80', seed), '020101', sized('81', `00${toHex(key)}`));
    expect(encodedHex(importAs(name, 'der', withPublic(pair.publicKey)))).toBe(toHex(seedForm));
    expect(errorOf(() => importAs(name, 'der', withPublic(other.publicKey)))).toMatchObject(malformed);
  });
  test.each([
    ['a seed and the key of another', sized('30', sized('04', seed) + sized('04', toHex(other.privateKey)))],
    ['a seed cut short', sized('80', seed.slice(2))],
    ['a seed in a context tag of its own', sized('a0', sized('04', seed))],
    ['a bare seed', seed],
    ['a bare private key', privateKey],
    ['bytes after the choice', `${sized('80', seed)}00`],
    ['a third part', sized('30', `${sized('04', seed)}${sized('04', privateKey)}0500`)],
    ['a private key cut short', sized('04', privateKey.slice(2))],
    ['nothing', ''],
  ])('refuses %s', (_what, content) => {
    expect(errorOf(() => importAs(name, 'der', pkcs8Of(name, content)))).toMatchObject(malformed);
  });
  test('expanded keys whose parts do not belong together', () => {
    for (const [what, changed] of unsuited(name)) {
      expect([what, errorOf(() => importAs(name, 'raw', changed))]).toMatchObject([what, malformed]);
    }
  });
  test('keys of other sets are of another algorithm', () => {
    for (const { name: another } of seeded) {
      if (another === name) continue;
      for (const data of [seedForm, hex(spkiHex(importAs(name, 'der', seedForm)))]) {
        expect(errorOf(() => importAs(another, 'der', data))).toMatchObject(mismatched);
      }
    }
  });
  test('algorithm parameters, which the RFCs forbid', () => {
    const identifier = sized('06', toHex(parameterSet(name).oid));
    const data = hex(sized('30', `${sized('30', `${identifier}0500`)}${sized('03', `00${publicKey}`)}`));
    expect(errorOf(() => importAs(name, 'der', data))).toMatchObject(malformed);
  });
  test('wrong sizes', () => {
    for (const size of [0, 33, pair.publicKey.length + 1])
      expect(errorOf(() => importAs(name, 'raw', new Uint8Array(size)))).toMatchObject(malformed);
  });
  test('disposing wipes what is secret', () => {
    const made = importAs(name, 'der', seedForm);
    const half = publicHalfOf(made);
    disposeMaterial(made);
    const kept = made.postQuantum as typeof pair;
    expect([kept.seed, kept.privateKey].every((bytes) => bytes?.every((byte) => byte === 0))).toBe(true);
    disposeMaterial(half);
    expect(toHex(half.postQuantum?.publicKey ?? new Uint8Array(0))).toBe(publicKey);
  });
  test('there is no object of node:crypto', () => {
    const made = importAs(name, 'der', seedForm);
    expect(errorOf(() => objectOf(made))).toMatchObject({ code: 'INCOMPATIBLE_KEY_TYPE', field: 'key' });
    expect(lengthOf(keyRow(name), made)).toBe(pair.publicKey.length * 8);
  });
});

describe('SLH-DSA-SHAKE-128f', () => {
  const name = 'SLH-DSA-SHAKE-128f';
  const pair = generatePair(name);
  const pkcs8 = pkcs8Of(name, toHex(pair.privateKey));
  test('the private key stands bare in PKCS#8', () => {
    const made = importAs(name, 'der', pkcs8);
    expect(encodedHex(made)).toBe(toHex(pkcs8));
    expect(toHex(made.postQuantum?.publicKey ?? new Uint8Array(0))).toBe(toHex(pair.publicKey));
    expect(errorOf(() => importAs(name, 'der', pkcs8Of(name, sized('04', toHex(pair.privateKey)))))).toMatchObject(malformed);
  });
  test('SPKI, raw and JWK', () => {
    const spki = spkiHex(importAs(name, 'raw', pair.privateKey));
    expect(encodedHex(importAs(name, 'der', hex(spki)))).toBe(spki);
    expect(encodedHex(importAs(name, 'raw', pair.publicKey))).toBe(spki);
    expect(errorOf(() => importAs(name, 'raw', new Uint8Array(0)))).toMatchObject(malformed);
    const akp = { kty: 'AKP', alg: name, pub: urlOf(pair.publicKey) };
    expect(encodedHex(importAs(name, 'jwk', json({ ...akp, priv: urlOf(pair.privateKey) })))).toBe(toHex(pkcs8));
  });
});
