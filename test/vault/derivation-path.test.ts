/** One spelling of a path, and the five paths that have a name. */
import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPath, parsePath, pathOf, requirePathFor } from '../../src/vault/derivation-path.js';
import { NamedPaths } from '../../src/vault/named-paths.js';

const h = 0x80000000;
const invalid = expect.objectContaining({ code: 'DERIVATION_PATH_INVALID' });

describe('a path', () => {
  test.for([
    ['m', []],
    ['m/0', [0]],
    ["m/0'", [h]],
    ['m/2147483647', [h - 1]],
    ["m/2147483647'", [0xffffffff]],
    ["m/74'/2'/0'/0'", [74 + h, 2 + h, h, h]],
    ["m/44'/60'/0'/0/0", [44 + h, 60 + h, h, 0, 0]],
    [`m${'/1'.repeat(16)}`, Array(16).fill(1)],
  ] as const)('%s is read, and written the same', ([text, steps]) => {
    const path = parsePath(text);
    expect([...path]).toEqual(steps);
    expect(formatPath(path)).toBe(text);
    expect(formatPath(pathOf([...path]))).toBe(text);
  });

  test.for([
    '',
    '/',
    'M/0',
    'm/',
    'm//0',
    '/0',
    '0',
    'mfoo/0',
    'm/0/',
    ' m/0',
    'm/0 ',
    'm/ 0',
    'm/0\n',
    'm/00',
    "m/01'",
    'm/+0',
    'm/-0',
    'm/-1',
    'm/1.0',
    'm/1e3',
    'm/0x1',
    'm/0h',
    'm/0H',
    "m/0''",
    "m/0'h",
    "m/'",
    'm/0’',
    'm/2147483648',
    "m/2147483648'",
    'm/4294967296',
    'm/99999999999999999999',
    'm/x',
    'm/٣',
    'm\\0',
    'm/0/m',
    `m${'/1'.repeat(17)}`,
  ])('%j is refused', (text) => {
    expect(() => parsePath(text)).toThrow(invalid);
  });

  test('is nothing but text, and its steps nothing but indices', () => {
    for (const value of [undefined, null, 0, ['m'], { toString: () => 'm/0' }]) expect(() => parsePath(value as string)).toThrow(invalid);
    for (const steps of [[-1], [0.5], [2 ** 32], ['0'], [Number.NaN], [null], 'm/0', Array(17).fill(0)])
      expect(() => pathOf(steps as number[])).toThrow(invalid);
    // biome-ignore lint/suspicious/noSparseArray: a hole is no index
    expect(() => pathOf([, 1] as number[])).toThrow(invalid);
    // A list that gives more than it says.
    const longer = Object.assign([0], { [Symbol.iterator]: () => Array(17).fill(0)[Symbol.iterator]() });
    expect(() => pathOf(longer)).toThrow(invalid);
  });

  test('comes back from its text, whatever its steps', () => {
    // Nothing in it is asynchronous.
    void assert(
      property(array(integer({ min: 0, max: 0xffffffff }), { maxLength: 16 }), (steps) => {
        expect([...parsePath(formatPath(pathOf(steps)))]).toEqual(steps);
      }),
    );
  });

  test('of an Ed25519 or AES key has hardened steps only', () => {
    for (const kind of ['Ed25519', 'Aes256Gcm'] as const) {
      expect(() => requirePathFor(kind, parsePath("m/0'/1'"))).not.toThrow();
      expect(() => requirePathFor(kind, parsePath("m/0'/1"))).toThrow(invalid);
    }
    expect(() => requirePathFor('Secp256k1', parsePath('m/0/1'))).not.toThrow();
  });
});

describe('named paths', () => {
  test('are the usual ones', () => {
    const paths = new NamedPaths();
    expect(formatPath(paths.identity)).toBe("m/74'/0'/0'/0'");
    expect(formatPath(paths.device(7))).toBe("m/74'/0'/0'/7'");
    expect(formatPath(paths.sshHost)).toBe("m/74'/0'/1'/0'");
    expect(formatPath(paths.encryption(2))).toBe("m/74'/2'/0'/0'");
    expect(formatPath(paths.encryption(2 ** 31 + 1))).toBe("m/74'/2'/0'/2147483647'");
    expect(formatPath(paths.ethereum)).toBe("m/44'/60'/0'/0/0");
  });

  test('can be others', () => {
    const paths = new NamedPaths({ identity: "m/1'", device: "m/{n}'/9'", encryption: "m/3'/{v-2}'", ethereum: 'm/5/6' });
    expect([paths.identity, paths.device(4), paths.encryption(12), paths.ethereum, paths.sshHost].map(formatPath)).toEqual([
      "m/1'",
      "m/4'/9'",
      "m/3'/10'",
      'm/5/6',
      "m/74'/0'/1'/0'",
    ]);
  });

  test.for([
    ['identity', { identity: 'm/1' }],
    ['identity', { identity: "m/{n}'" }],
    ['sshHost', { sshHost: '' }],
    ['ethereum', { ethereum: 'x' }],
    ['device', { device: "m/1'" }],
    ['device', { device: 'm/{n}' }],
    ['device', { device: "m/{n}'/{n}'" }],
    ['device', { device: "m/1{n}'" }],
    ['encryption', { encryption: "m/{n}'" }],
    ['encryption', { encryption: 'm/{v-2}' }],
  ] as const)('%s: %j is refused by its name', ([name, templates]) => {
    expect(() => new NamedPaths(templates)).toThrow(expect.objectContaining({ code: 'DERIVATION_PATH_INVALID', field: `paths.${name}` }));
  });

  test('are five, and have numbers in bounds', () => {
    expect(() => new NamedPaths({ sitePassword: "m/1'" } as object)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'paths' }),
    );
    const paths = new NamedPaths();
    for (const version of [1, 0, -1, 2.5, Number.NaN, 2 ** 31 + 2, '2' as unknown as number])
      expect(() => paths.encryption(version)).toThrow(invalid);
    for (const n of [-1, 0.5, 2 ** 31, Number.NaN]) expect(() => paths.device(n)).toThrow(invalid);
  });
});
