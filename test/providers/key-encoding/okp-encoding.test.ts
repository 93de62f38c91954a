import { describe, expect, test } from 'vitest';
import {
  der,
  encodedHex,
  errorOf,
  fromBase64,
  hex,
  importAs,
  json,
  jwk,
  malformed,
  mismatched,
  okpNames,
  okpPair,
  pem,
  spkiHex,
  toHex,
} from './keys-of-node.js';

/** RFC 8410 section 10. */
const rfc8410 = {
  publicKey: fromBase64('MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='),
  first: fromBase64('MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC'),
  second: fromBase64(
    'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  ),
};
/** RFC 8037 A.1. */
const rfc8037 = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

describe('the examples of the standards', () => {
  test('RFC 8410: public key, versions 1 and 2 of the private key', () => {
    expect(encodedHex(importAs('Ed25519', 'der', rfc8410.publicKey))).toBe(toHex(rfc8410.publicKey));
    for (const data of [rfc8410.first, rfc8410.second]) {
      const made = importAs('Ed25519', 'der', data);
      expect([encodedHex(made), spkiHex(made)]).toEqual([toHex(rfc8410.first), toHex(rfc8410.publicKey)]);
    }
  });
  test('RFC 8410: the public key of version 2 must belong, and be there', () => {
    const text = toHex(rfc8410.second);
    expect(errorOf(() => importAs('Ed25519', 'der', hex(`${text.slice(0, -2)}e0`)))).toMatchObject(malformed);
    expect(errorOf(() => importAs('Ed25519', 'der', hex(text.replace(/^3072020101/, '3072020100'))))).toMatchObject(malformed);
    expect(errorOf(() => importAs('Ed25519', 'der', hex(text.replace(/^3072020101/, '3072020102'))))).toMatchObject(malformed);
    expect(errorOf(() => importAs('Ed25519', 'der', hex(toHex(rfc8410.first).replace('020100', '020101'))))).toMatchObject(malformed);
  });
  test('RFC 8037', () => {
    const made = importAs('Ed25519', 'jwk', json(rfc8037));
    expect(spkiHex(made)).toBe('302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    expect(made.half).toBe('private');
  });
});

describe.each(okpNames)('%s', (name) => {
  const pair = okpPair(name);
  const pkcs8 = toHex(der(pair.privateKey, 'pkcs8'));
  const spki = toHex(der(pair.publicKey, 'spki'));
  const publicBytes = Buffer.from(jwk(pair.publicKey).x ?? '', 'base64url');
  const jwkOf = (changes: Record<string, unknown>): Uint8Array => json({ ...jwk(pair.privateKey), ...changes });

  test('all formats of both halves', () => {
    for (const [format, data] of [
      ['der', der(pair.privateKey, 'pkcs8')],
      ['pem', pem(pair.privateKey, 'pkcs8')],
      ['jwk', json(jwk(pair.privateKey))],
    ] as const) {
      const made = importAs(name, format, data);
      expect([made.half, encodedHex(made), spkiHex(made)]).toEqual(['private', pkcs8, spki]);
    }
    for (const [format, data] of [
      ['der', der(pair.publicKey, 'spki')],
      ['pem', pem(pair.publicKey, 'spki')],
      ['jwk', json(jwk(pair.publicKey))],
      ['raw', publicBytes],
    ] as const) {
      const made = importAs(name, format, data);
      expect([made.half, encodedHex(made)]).toEqual(['public', spki]);
    }
  });
  test('the other three are of another algorithm', () => {
    for (const other of okpNames) {
      if (other === name) continue;
      for (const text of [pkcs8, spki]) expect(errorOf(() => importAs(other, 'der', hex(text)))).toMatchObject(mismatched);
      expect(errorOf(() => importAs(other, 'jwk', json(jwk(pair.privateKey))))).toMatchObject(mismatched);
    }
  });
  test('wrong sizes', () => {
    for (const raw of [publicBytes.subarray(1), Buffer.concat([publicBytes, publicBytes]), new Uint8Array(0)]) {
      expect(errorOf(() => importAs(name, 'raw', raw))).toMatchObject(malformed);
    }
    for (const member of ['x', 'd']) {
      expect(
        errorOf(() => importAs(name, 'jwk', jwkOf({ [member]: Buffer.concat([publicBytes, Buffer.alloc(1)]).toString('base64url') }))),
      ).toMatchObject(malformed);
    }
  });
  test('JWK whose halves do not belong together', () => {
    expect(errorOf(() => importAs(name, 'jwk', jwkOf({ x: jwk(okpPair(name).publicKey).x })))).toMatchObject(malformed);
    expect(errorOf(() => importAs(name, 'jwk', jwkOf({ x: undefined })))).toMatchObject(malformed);
    expect(errorOf(() => importAs(name, 'jwk', jwkOf({ kty: 'EC' })))).toMatchObject(mismatched);
  });
  test('algorithm parameters, which RFC 8410 section 3 forbids', () => {
    const from = { Ed25519: '300506032b6570', Ed448: '300506032b6571', X25519: '300506032b656e', X448: '300506032b656f' }[name];
    const to = `3007${from.slice(4)}0500`;
    const longer = (text: string): Uint8Array => {
      const size = Number.parseInt(text.slice(2, 4), 16) + 2;
      return hex(text.replace(from, to).replace(/^30../, `30${size.toString(16)}`));
    };
    expect(errorOf(() => importAs(name, 'der', longer(spki)))).toMatchObject(malformed);
    expect(errorOf(() => importAs(name, 'der', longer(pkcs8)))).toMatchObject(malformed);
  });
});

test('points of low order are let in; agreement refuses them', () => {
  expect(importAs('X25519', 'raw', new Uint8Array(32)).half).toBe('public');
  expect(importAs('X448', 'raw', new Uint8Array(56)).half).toBe('public');
});
