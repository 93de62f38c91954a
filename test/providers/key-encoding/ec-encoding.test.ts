import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { curveNames } from '../../../src/core/algorithms.js';
import { curveOf } from '../../../src/providers/key-encoding/ec-encoding.js';
import {
  der,
  ecCurves,
  ecPair,
  encodedHex,
  errorOf,
  fromBase64,
  hex,
  importAs,
  json,
  jwk,
  keyRow,
  malformed,
  mismatched,
  pem,
  spkiHex,
  toHex,
  utf8,
} from './keys-of-node.js';

/** PKCS#8 of a private number alone. */
function pkcs8Of(algorithm: string, number: Uint8Array): Uint8Array {
  const { oid } = curveOf(keyRow(algorithm));
  const sized = (tag: string, content: string): string => `${tag}${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
  const key = sized('30', `020101${sized('04', toHex(number))}`);
  const identifier = sized('30', `06072a8648ce3d0201${sized('06', toHex(oid))}`);
  return hex(sized('30', `020100${identifier}${sized('04', key)}`));
}
function pointOf(spki: string, size: number): string {
  return spki.slice(-2 * (2 * size + 1));
}

test('these are all curves', () => {
  expect(ecCurves.map(([algorithm]) => keyRow(algorithm).curve)).toEqual(curveNames);
});

describe.each(ecCurves)('%s', (algorithm, openSsl) => {
  const pair = ecPair(openSsl);
  const { size, order, jwkName } = curveOf(keyRow(algorithm));
  const pkcs8 = toHex(der(pair.privateKey, 'pkcs8'));
  const spki = toHex(der(pair.publicKey, 'spki'));
  const point = hex(pointOf(spki, size));

  test('DER and PEM of both halves', () => {
    for (const format of ['der', 'pem'] as const) {
      const encode = format === 'der' ? der : pem;
      const privateKey = importAs(algorithm, format, encode(pair.privateKey, 'pkcs8'));
      expect([privateKey.half, encodedHex(privateKey), spkiHex(privateKey)]).toEqual(['private', pkcs8, spki]);
      const publicKey = importAs(algorithm, format, encode(pair.publicKey, 'spki'));
      expect([publicKey.half, encodedHex(publicKey)]).toEqual(['public', spki]);
    }
  });
  test('SEC1', () => {
    for (const format of ['der', 'pem'] as const) {
      const made = importAs(algorithm, format, (format === 'der' ? der : pem)(pair.privateKey, 'sec1'));
      expect([made.half, spkiHex(made)]).toEqual(['private', spki]);
    }
  });
  test('the point', () => {
    const made = importAs(algorithm, 'raw', point);
    expect([made.half, encodedHex(made)]).toEqual(['public', spki]);
    const compressed = Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1), ...point.subarray(1, 1 + size));
    expect(errorOf(() => importAs(algorithm, 'raw', compressed))).toMatchObject(malformed);
    expect(errorOf(() => importAs(algorithm, 'raw', point.subarray(1)))).toMatchObject(malformed);
    expect(errorOf(() => importAs(algorithm, 'raw', point.with(-1, (point.at(-1) ?? 0) ^ 1)))).toMatchObject(malformed);
  });
  test('JWK, where the curve has a name for it', () => {
    if (jwkName === undefined) {
      const made = { kty: 'EC', crv: algorithm.slice(6), x: '', y: '' };
      expect(errorOf(() => importAs(algorithm, 'jwk', json(made)))).toMatchObject(malformed);
      return;
    }
    const privateKey = importAs(algorithm, 'jwk', json(jwk(pair.privateKey)));
    expect([privateKey.half, encodedHex(privateKey)]).toEqual(['private', pkcs8]);
    expect(encodedHex(importAs(algorithm, 'jwk', json(jwk(pair.publicKey))))).toBe(spki);
    const other = { ...jwk(pair.privateKey), d: jwk(ecPair(openSsl).privateKey).d };
    expect(errorOf(() => importAs(algorithm, 'jwk', json(other)))).toMatchObject(malformed);
  });
  test('private numbers from 1 to the order less 1', () => {
    const one = new Uint8Array(size).with(-1, 1);
    const last = order.with(-1, (order.at(-1) ?? 0) - 1);
    const [first, opposite] = [one, last].map((number) => pointOf(spkiHex(importAs(algorithm, 'der', pkcs8Of(algorithm, number))), size));
    // −G has the same abscissa as G: only with the right order.
    expect(first?.slice(0, 2 + 2 * size)).toBe(opposite?.slice(0, 2 + 2 * size));
    expect(first).not.toBe(opposite);
    for (const number of [new Uint8Array(size), order, new Uint8Array(size).fill(0xff), one.subarray(1)]) {
      expect(errorOf(() => importAs(algorithm, 'der', pkcs8Of(algorithm, number)))).toMatchObject(malformed);
    }
  });
  test('keys of every other curve are of another algorithm', () => {
    for (const [other] of ecCurves) {
      if (other === algorithm) continue;
      expect(errorOf(() => importAs(other, 'der', hex(pkcs8)))).toMatchObject(mismatched);
      expect(errorOf(() => importAs(other, 'der', hex(spki)))).toMatchObject(mismatched);
      const sec1 = errorOf(() => importAs(other, 'der', der(pair.privateKey, 'sec1')));
      expect(sec1).toMatchObject({ code: expect.stringMatching(/^(ALGORITHM_MISMATCH|INVALID_FORMAT)$/) });
    }
  });
});

describe('older and newer forms', () => {
  const pair = ecPair('prime256v1');
  const sec1 = toHex(der(pair.privateKey, 'sec1'));
  const parameters = 'a00a06082a8648ce3d030107';

  test('SEC1 must name its curve', () => {
    const bare = hex(sec1.replace(parameters, '').replace(/^3077/, '306b'));
    expect(errorOf(() => importAs('ECDSA-P256', 'der', bare))).toMatchObject(malformed);
    expect(errorOf(() => importAs('ECDSA-P384', 'der', hex(sec1)))).toMatchObject(mismatched);
    const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
    expect(errorOf(() => importAs('ECDSA-P256', 'der', der(explicit.privateKey, 'sec1')))).toMatchObject(malformed);
  });
  test('SEC1 with the point of another key', () => {
    const point = toHex(der(ecPair('prime256v1').publicKey, 'spki')).slice(-128);
    expect(errorOf(() => importAs('ECDSA-P256', 'der', hex(sec1.slice(0, -128) + point)))).toMatchObject(malformed);
  });
  test('a block of parameters beside the key is too much', () => {
    const both = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${Buffer.from(pem(pair.privateKey, 'sec1'))}`;
    expect(errorOf(() => importAs('ECDSA-P256', 'pem', utf8(both)))).toMatchObject({
      ...malformed,
      message: expect.stringContaining('EC PARAMETERS'),
    });
  });
  test('SEC1 is no key of another type', () => {
    for (const algorithm of ['RSA-2048', 'Ed25519', 'ML-DSA-44']) {
      expect(errorOf(() => importAs(algorithm, 'der', hex(sec1)))).toMatchObject(mismatched);
    }
  });
  test('PKCS#8 of version 2 carries the public key, which must belong', () => {
    const pkcs8 = toHex(der(pair.privateKey, 'pkcs8'));
    const point = toHex(der(pair.publicKey, 'spki')).slice(-130);
    const second = (bits: string): Uint8Array => hex(`3081cb020101${pkcs8.slice(12)}814200${bits}`);
    expect(spkiHex(importAs('ECDSA-P256', 'der', second(point)))).toBe(toHex(der(pair.publicKey, 'spki')));
    const other = toHex(der(ecPair('prime256v1').publicKey, 'spki')).slice(-130);
    expect(errorOf(() => importAs('ECDSA-P256', 'der', second(other)))).toMatchObject(malformed);
  });
});

test('OpenSSL made this with ecparam -genkey -name brainpoolP256r1', () => {
  const made = importAs(
    'ECDH-brainpoolP256r1',
    'der',
    fromBase64(
      'MHgCAQEEIAizjPh0J1mIWG5R+IGOYvTZW6sFXvl+s9eL7aQOXoQJoAsGCSskAwMCCAEBB6FEA0IABD8PO0/iZzaymETai62n57yByQthCjbJ76KwxbsOve3Wbbm/X6RST4FpHQPWcgj4lvP2EUEXabMBk182PuL+r+o=',
    ),
  );
  expect(spkiHex(made)).toBe(
    '305a301406072a8648ce3d020106092b2403030208010107034200043f0f3b4fe26736b29844da8bada7e7bc81c90b610a36c9efa2b0c5bb0ebdedd66db9bf5fa4524f81691d03d67208f896f3f611411769b301935f363ee2feafea',
  );
});
