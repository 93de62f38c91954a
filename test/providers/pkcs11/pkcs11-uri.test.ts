import { describe, expect, it } from 'vitest';
import { parseObjectUri, parseTokenUri, selectsToken } from '../../../src/providers/pkcs11/pkcs11-uri.js';

describe('a URI that selects a token', () => {
  it.each([
    ['pkcs11:token=ecu', { token: 'ecu' }],
    ['pkcs11:token=The%20Software%20PKCS%2311%20token;serial=0123', { token: 'The Software PKCS#11 token', serial: '0123' }],
    ['PKCS11:manufacturer=Snake%20Oil,%20Inc.;model=1.0', { manufacturer: 'Snake Oil, Inc.', model: '1.0' }],
    ['pkcs11:token=K%C3%B6ln', { token: 'Köln' }],
    ["pkcs11:token=a:[]@!$'()*+,=&b", { token: "a:[]@!$'()*+,=&b" }],
  ])('%s', (uri, selector) => {
    expect(parseTokenUri(uri, 'token')).toEqual(selector);
  });

  it.each([
    ['pkcs12:token=a', 'not a pkcs11: URI'],
    ['token=a', 'not a pkcs11: URI'],
    ['pkcs11:', 'not of the form'],
    ['pkcs11:token', 'not of the form'],
    ['pkcs11:token=', 'not of the form'],
    ['pkcs11:=a', 'not of the form'],
    ['pkcs11:token=a;', 'not of the form'],
    ['pkcs11:token=a;token=b', 'given twice'],
    ['pkcs11:object=a', '"object" is not one of token, serial'],
    ['pkcs11:constructor=a', 'is not one of'],
    ['pkcs11:token=a b', 'percent-encoded'],
    ['pkcs11:token=a%2', 'percent-encoded'],
    ['pkcs11:token=a/b', 'percent-encoded'],
    ['pkcs11:token=ä', 'percent-encoded'],
    ['pkcs11:token=%ff', 'not UTF-8'],
    ['pkcs11:serial=01234567890123456', 'longer than 16 bytes'],
    ['pkcs11:token=a?pin-value=1234', 'a query'],
  ])('%s is refused', (uri, message) => {
    expect(() => parseTokenUri(uri, 'providers.0.token')).toThrowError(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'providers.0.token', message: expect.stringContaining(message) }),
    );
  });
});

describe('a URI that selects an object', () => {
  it('has a label, an id of any bytes, or both', () => {
    expect(parseObjectUri('pkcs11:object=my%20key', 'object')).toEqual({ label: 'my key', id: undefined });
    expect(parseObjectUri('pkcs11:id=%00%ffA', 'object')).toEqual({ label: undefined, id: Uint8Array.of(0, 255, 65) });
    expect(parseObjectUri('pkcs11:id=%01;object=a', 'object')).toEqual({ label: 'a', id: Uint8Array.of(1) });
    expect(() => parseObjectUri('pkcs11:token=a;object=b', 'object')).toThrowError(expect.objectContaining({ field: 'object' }));
  });
});

describe('a selector', () => {
  const token = { label: 'ecu', serial: '01', model: 'M', manufacturer: 'Acme' };
  it('selects by all that it names and nothing else', () => {
    expect(selectsToken({ token: 'ecu' }, token)).toBe(true);
    expect(selectsToken({ token: 'ecu', serial: '01', model: 'M', manufacturer: 'Acme' }, token)).toBe(true);
    expect(selectsToken({ token: 'ecu', serial: '02' }, token)).toBe(false);
    expect(selectsToken({ token: 'ECU' }, token)).toBe(false);
  });
});
