import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encapsulate } from '../../../src/providers/post-quantum/encapsulation.js';
import { implementationOf } from '../../../src/providers/post-quantum/implementation.js';
import { faultOfPrivateKey, faultOfPublicKey } from '../../../src/providers/post-quantum/key-checks.js';
import { generatePair, pairOfSeed, publicKeyOf } from '../../../src/providers/post-quantum/key-pairs.js';
import { nobleKeys } from '../../../src/providers/post-quantum/noble.js';
import { type ParameterSet, parameterSet, parameterSets } from '../../../src/providers/post-quantum/parameter-sets.js';
import { counting, seeded, unsuited } from './known-keys.js';

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const sets = [...parameterSets.values()];
const quick: readonly ParameterSet[] = sets.filter(({ family, name }) => family !== 'slh-dsa' || name === 'SLH-DSA-SHA2-128f');

test('the table has all sets of FIPS 203, 204 and 205, with the identifiers that NIST gave them', () => {
  expect(sets.map(({ name, oid }) => [name, hex(oid)])).toEqual(
    [
      ['ML-KEM-512', '0401'],
      ['ML-KEM-768', '0402'],
      ['ML-KEM-1024', '0403'],
      ['ML-DSA-44', '0311'],
      ['ML-DSA-65', '0312'],
      ['ML-DSA-87', '0313'],
      ['SLH-DSA-SHA2-128s', '0314'],
      ['SLH-DSA-SHA2-128f', '0315'],
      ['SLH-DSA-SHA2-192s', '0316'],
      ['SLH-DSA-SHA2-192f', '0317'],
      ['SLH-DSA-SHA2-256s', '0318'],
      ['SLH-DSA-SHA2-256f', '0319'],
      ['SLH-DSA-SHAKE-128s', '031a'],
      ['SLH-DSA-SHAKE-128f', '031b'],
      ['SLH-DSA-SHAKE-192s', '031c'],
      ['SLH-DSA-SHAKE-192f', '031d'],
      ['SLH-DSA-SHAKE-256s', '031e'],
      ['SLH-DSA-SHAKE-256f', '031f'],
    ].map(([name, end]) => [name, `60864801650304${end}`]),
  );
});

test.each(sets)('sizes of $name are those of the library', (set) => {
  const { lengths } = nobleKeys(set.name) as { lengths: Record<string, number> };
  expect(lengths).toMatchObject({
    publicKey: set.sizes.publicKey,
    secretKey: set.sizes.privateKey,
    [set.family === 'ml-kem' ? 'cipherText' : 'signature']: set.outputSize,
  });
});

test('every algorithm of one family is done by the same implementation', () => {
  const done = (family: string) => new Set(sets.filter((set) => set.family === family).map(({ name }) => implementationOf(name)));
  for (const family of ['ml-kem', 'ml-dsa', 'slh-dsa']) expect(done(family).size).toBe(1);
  // OpenSSL 3.5 has them, and Node 22 has that, but node:crypto has them since Node 24.
  const [major = 0] = process.versions.node.split('.').map(Number);
  expect(implementationOf('ML-DSA-65')).toBe(major >= 24 ? 'node' : 'noble');
});

describe.each(seeded)('$name', ({ name, publicKey, privateKey }) => {
  const seed = counting(parameterSet(name).sizes.seed);
  test('the pair of a seed', () => {
    const pair = pairOfSeed(name, seed);
    expect(sha256(pair.publicKey)).toBe(publicKey);
    expect(sha256(pair.privateKey)).toBe(privateKey);
    expect(pair.seed).toEqual(seed);
    expect(pair.seed).not.toBe(seed);
  });
  test('node:crypto and the library make the same pair', () => {
    const pair = nobleKeys(name).keygen(seed);
    expect([sha256(pair.publicKey), sha256(pair.secretKey)]).toEqual([publicKey, privateKey]);
  });
  test('seeds of another size are refused', () => {
    for (const size of [0, seed.length - 1, seed.length + 1]) expect(() => pairOfSeed(name, counting(size))).toThrow(TypeError);
  });
});

describe.each(quick)('$name', ({ name, sizes, family }) => {
  test('a new pair', () => {
    const [one, two] = [generatePair(name), generatePair(name)];
    expect(hex(one.privateKey)).not.toBe(hex(two.privateKey));
    for (const pair of [one, two]) {
      expect([pair.publicKey.length, pair.privateKey.length, pair.seed?.length ?? 0]).toEqual([
        sizes.publicKey,
        sizes.privateKey,
        sizes.seed,
      ]);
      expect(hex(publicKeyOf(name, pair.privateKey))).toBe(hex(pair.publicKey));
      expect(faultOfPrivateKey(name, pair.privateKey)).toBeUndefined();
      expect(faultOfPublicKey(name, pair.publicKey)).toBeUndefined();
    }
  });
  test('its memory is its own', () => {
    const pair = generatePair(name);
    const half = publicKeyOf(name, pair.privateKey);
    pair.privateKey.fill(0);
    expect(hex(half)).toBe(hex(pair.publicKey));
    for (const { buffer, length } of [pair.publicKey, pair.privateKey, half]) expect(buffer.byteLength).toBe(length);
  });
  test('other sizes are faults', () => {
    for (const size of [0, sizes.publicKey - 1, sizes.publicKey + 1])
      expect(faultOfPublicKey(name, new Uint8Array(size))).toContain('bytes');
    for (const size of [0, sizes.privateKey - 1, sizes.privateKey + 1])
      expect(faultOfPrivateKey(name, new Uint8Array(size))).toContain('bytes');
    expect(() => publicKeyOf(name, new Uint8Array(sizes.privateKey + 1))).toThrow(TypeError);
  });
  if (family !== 'slh-dsa')
    test('a private key whose parts do not belong together is a fault', () => {
      for (const [what, changed] of unsuited(name)) expect([what, faultOfPrivateKey(name, changed)]).not.toEqual([what, undefined]);
    });
});

test('the modulus check looks at every number of an encapsulation key, and lets the highest pass', () => {
  const { publicKey } = pairOfSeed('ML-KEM-512', counting(64));
  for (const place of [0, 1, 2, 511]) {
    for (const [number, valid] of [
      [3328, true],
      [3329, false],
      [4095, false],
    ] as const) {
      const changed = withNumber(publicKey, place, number);
      expect([place, number, faultOfPublicKey('ML-KEM-512', changed) === undefined]).toEqual([place, number, valid]);
      if (valid) expect(encapsulate('ML-KEM-512', changed).sharedSecret.length).toBe(32);
    }
  }
});

/** With one of the numbers of 12 bits replaced. */
function withNumber(key: Uint8Array, place: number, number: number): Uint8Array {
  const changed = Uint8Array.from(key);
  const at = Math.floor(place / 2) * 3;
  const [a = 0, b = 0, c = 0] = changed.subarray(at);
  const pair = a | (b << 8) | (c << 16);
  const next = place % 2 === 0 ? (pair & 0xfff000) | number : (pair & 0xfff) | (number << 12);
  changed.set([next & 0xff, (next >> 8) & 0xff, next >> 16], at);
  return changed;
}
