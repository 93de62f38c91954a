import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decapsulate, encapsulate } from '../../../src/providers/post-quantum/encapsulation.js';
import { implementationOf } from '../../../src/providers/post-quantum/implementation.js';
import { generatePair, pairOfSeed } from '../../../src/providers/post-quantum/key-pairs.js';
import { nobleKem } from '../../../src/providers/post-quantum/noble.js';
import { parameterSet } from '../../../src/providers/post-quantum/parameter-sets.js';
import { counting, encapsulated } from './known-keys.js';

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

describe.each(encapsulated)('$name', ({ name, ciphertext, secret, rejected }) => {
  const { privateKey, publicKey } = pairOfSeed(name, counting(64));
  const size = parameterSet(name).outputSize;

  test('the known ciphertext gives the known secret', () => {
    const made = nobleKem(name).encapsulate(publicKey, new Uint8Array(32).fill(7));
    expect(createHash('sha256').update(made.cipherText).digest('hex')).toBe(ciphertext);
    expect(hex(decapsulate(name, privateKey, made.cipherText))).toBe(secret);
  });
  test('a ciphertext that is none gives the secret of implicit rejection', () => {
    expect(hex(decapsulate(name, privateKey, new Uint8Array(size)))).toBe(rejected);
  });
  test('both sides have the same fresh secret', () => {
    const [one, two] = [encapsulate(name, publicKey), encapsulate(name, publicKey)];
    expect(one.ciphertext.length).toBe(size);
    expect(hex(one.sharedSecret)).not.toBe(hex(two.sharedSecret));
    expect(hex(decapsulate(name, privateKey, one.ciphertext))).toBe(hex(one.sharedSecret));
    for (const { buffer, length } of [one.ciphertext, one.sharedSecret]) expect(buffer.byteLength).toBe(length);
  });
  test('another key has another secret', () => {
    const { ciphertext: made, sharedSecret } = encapsulate(name, publicKey);
    expect(hex(decapsulate(name, generatePair(name).privateKey, made))).not.toBe(hex(sharedSecret));
    made[0] = (made[0] ?? 0) ^ 1;
    expect(hex(decapsulate(name, privateKey, made))).not.toBe(hex(sharedSecret));
  });
  test('ciphertexts of another size are refused', () => {
    for (const wrong of [0, size - 1, size + 1]) {
      expect(() => decapsulate(name, privateKey, new Uint8Array(wrong))).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'ciphertext' }),
      );
    }
  });
  if (implementationOf(name) === 'node')
    test('node:crypto and the library understand each other', () => {
      const ofNode = encapsulate(name, publicKey);
      expect(hex(nobleKem(name).decapsulate(ofNode.ciphertext, privateKey))).toBe(hex(ofNode.sharedSecret));
      const ofNoble = nobleKem(name).encapsulate(publicKey);
      expect(hex(decapsulate(name, privateKey, ofNoble.cipherText))).toBe(hex(ofNoble.sharedSecret));
    });
});
