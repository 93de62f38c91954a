import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../../src/providers/key-encoding/base64.js';
import { DerReader, element, encode, integer, tags } from '../../../src/providers/key-encoding/der.js';
import { readMembers } from '../../../src/providers/key-encoding/json-members.js';
import { decodePem } from '../../../src/providers/key-encoding/pem.js';
import { expectError, hex, plain, toHex, utf8 } from '../software/support.js';

describe('base64', () => {
  test('reads what Buffer writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
        const buffer = Buffer.from(data);
        expect(decodeBase64(utf8(buffer.toString('base64')), 'base64')).toEqual(data);
        expect(decodeBase64(utf8(buffer.toString('base64url')), 'base64url')).toEqual(data);
      }),
    );
  });
  test('accepts one spelling only: what it reads, Buffer writes back the same', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'AQgwxyz+/-_= \n'), maxLength: 12 });
    fc.assert(
      fc.property(digits, (text) => {
        for (const alphabet of ['base64', 'base64url'] as const) {
          const bytes = decodeBase64(utf8(text), alphabet);
          if (bytes !== undefined) expect(Buffer.from(bytes).toString(alphabet)).toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('JSON members', () => {
  const parses = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  const reads = (text: string) => {
    try {
      return readMembers(utf8(text));
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_FORMAT', field: 'keyData' });
      return undefined;
    }
  };

  test('finds the same members and plain strings as JSON.parse', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const members = reads(text);
        expect([...(members?.keys() ?? ['failed'])]).toEqual(Object.keys(JSON.parse(text)));
        for (const [name, member] of members ?? []) {
          const expected = value[name];
          const isPlain = typeof expected === 'string' && JSON.stringify(expected) === `"${expected}"`;
          expect(member === 'other').toBe(!isPlain);
          if (member !== 'other') expect(Buffer.from(member.text).toString()).toBe(expected);
        }
      }),
    );
  });
  test('accepts no text that JSON.parse refuses, and refuses none that it accepts but for doubled names', () => {
    const mangled = fc
      .tuple(fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 })), fc.nat(), fc.constantFrom(...'"\\{}[],:0e-.ut \n'))
      .map(([value, at, character]) => {
        const text = JSON.stringify(value);
        const place = at % text.length;
        return text.slice(0, place) + character + text.slice(place + (at & 1));
      });
    fc.assert(
      fc.property(mangled, (text) => {
        const parsed = parses(text);
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        const members = reads(text);
        if (members !== undefined) expect(isObject).toBe(true);
        if (members === undefined && isObject) expect(() => readMembers(utf8(text))).toThrow('twice');
      }),
      { numRuns: 3000 },
    );
  });
  test.each([
    '',
    ' ',
    'null',
    '[]',
    '{} {}',
    '{}x',
    '{"a":1,}',
    "{'a':1}",
    '{"a":01}',
    '{"a":+1}',
    '{"a":"\u0001"}',
    '{"a":"\\x"}',
    '{"a":tru}',
  ])('refuses %j', async (text) => {
    await expectError(() => readMembers(utf8(text)), 'INVALID_FORMAT', 'keyData');
  });
  test('refuses doubled names, however they are spelled, and absurd depth', async () => {
    await expectError(() => readMembers(utf8('{"d":"a","\\u0064":"b"}')), 'INVALID_FORMAT');
    await expectError(() => readMembers(utf8(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`)), 'INVALID_FORMAT');
  });
  test('errors quote nothing of their input', async () => {
    const error = await expectError(() => readMembers(utf8('{"d":"c2VjcmV0","k":c2VjcmV0}')), 'INVALID_FORMAT');
    expect(error.message).not.toContain('c2VjcmV0');
  });
});

describe('DER', () => {
  test('writes and reads numbers in their shortest form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const start = bytes.findIndex((byte) => byte !== 0);
        const magnitude = start < 0 ? new Uint8Array(0) : bytes.subarray(start);
        const reader = new DerReader(encode(element(tags.sequence, integer(magnitude)))).enter(tags.sequence);
        expect(reader.unsigned()).toEqual(magnitude);
        reader.end();
      }),
    );
  });
  test.each([
    ['a length of no bytes', '30'],
    ['cut short', '3003020101'.slice(0, 8)],
    ['an indefinite length', '30800201010000'],
    ['a long length for a short one', '308103020101'],
    ['a length with a leading zero', `30820080${'00'.repeat(128)}`],
    ['a length of four bytes', '3084000000030201 01'.replace(' ', '')],
    ['another tag', '3103020101'],
  ])('refuses %s', async (_what, bytes) => {
    await expectError(() => new DerReader(hex(bytes)).read(tags.sequence), 'INVALID_FORMAT', 'keyData');
  });
  test.each([
    ['an empty number', '0200'],
    ['a negative number', '0180'.replace('01', '0201')],
    ['a number with a leading zero', '02020001'],
  ])('refuses %s', async (_what, bytes) => {
    await expectError(() => new DerReader(hex(bytes)).unsigned(), 'INVALID_FORMAT', 'keyData');
  });
});

describe('PEM', () => {
  const body = (data: Uint8Array, width: number, end: string) =>
    (
      Buffer.from(data)
        .toString('base64')
        .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
    ).join(end);
  test('reads one block with LF or CRLF and white space around it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\n', ' \r\n\t'),
        fc.constantFrom(
          ['PRIVATE KEY', 'pkcs8'],
          ['PUBLIC KEY', 'spki'],
          ['ENCRYPTED PRIVATE KEY', 'encrypted'],
          ['EC PRIVATE KEY', 'sec1'],
          ['RSA PRIVATE KEY', 'pkcs1-private'],
          ['RSA PUBLIC KEY', 'pkcs1-public'],
        ),
        (data, end, space, [label, form]) => {
          const pem = `${space}-----BEGIN ${label}-----${end}${body(data, 64, end)}${end}-----END ${label}-----${space}`;
          const { form: found, der } = decodePem(utf8(pem));
          expect(found).toBe(form);
          expect(toHex(plain(der))).toBe(toHex(data));
        },
      ),
    );
  });
  const good = '-----BEGIN PRIVATE KEY-----\nAAEC\n-----END PRIVATE KEY-----\n';
  test.each([
    ['nothing', ''],
    ['text before', `x${good}`],
    ['text after', `${good}x`],
    ['two blocks', good + good],
    ['another end', good.replace('END PRIVATE', 'END PUBLIC')],
    ['no end', good.slice(0, 30)],
    ['blanks inside', good.replace('AAEC', 'AA EC')],
    ['headers', good.replace('AAEC', 'Proc-Type: 4\n\nAAEC')],
    ['no padding', good.replace('AAEC', 'AAE')],
    ['a lone CR', good.replace('AAEC', 'AA\rEC')],
  ])('refuses %s', async (_what, pem) => {
    await expectError(() => decodePem(utf8(pem)), 'INVALID_FORMAT', 'keyData');
  });
});
