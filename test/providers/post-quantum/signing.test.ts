import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { implementationOf } from '../../../src/providers/post-quantum/implementation.js';
import { generatePair, pairOfSeed } from '../../../src/providers/post-quantum/key-pairs.js';
import { nobleSigner } from '../../../src/providers/post-quantum/noble.js';
import { parameterSet } from '../../../src/providers/post-quantum/parameter-sets.js';
import { signMessage, verifyMessage } from '../../../src/providers/post-quantum/signing.js';
import { counting, signed } from './known-keys.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');
const message = utf8('message');
const context = utf8('context');

test.each(signed)('$name: the signature without randomness is the known one', ({ name, signature }) => {
  const { privateKey, publicKey } = pairOfSeed(name, counting(32));
  const made = signMessage(name, privateKey, message, { context, deterministic: true });
  expect(sha256(made)).toBe(signature);
  expect(verifyMessage(name, publicKey, message, made, { context })).toBe(true);
});

test('SLH-DSA without randomness: the first key of Botan for SHA2-128f', () => {
  const privateKey = fromHex(
    '1eaae6bb91b27cd748c402c4111140d5a942cf3c95ff7977f88d2ef515bb26d067b4319d2f67bae52055dcd010a25a16220b1ddabbed69f503b5f07cbba7f134',
  );
  const text = fromHex('d81c4d8d734fcbfbeade3d3f8a039faa2a2c9957e835ad55b22e75bf57bb556ac8');
  const made = signMessage('SLH-DSA-SHA2-128f', privateKey, text, { deterministic: true });
  expect(sha256(made)).toBe('a19e2a5ae585ec140dc8c6910847c1e67ea2a96e6707e96f3f5646c23393ed1e');
  expect(verifyMessage('SLH-DSA-SHA2-128f', privateKey.slice(32), text, made)).toBe(true);
});

describe.each(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'SLH-DSA-SHA2-128f'])('%s', (name) => {
  const { privateKey, publicKey } = generatePair(name);
  const other = generatePair(name);
  const signature = signMessage(name, privateKey, message, { context });

  test('is valid for its message, key and context only', () => {
    expect(signature.length).toBe(parameterSet(name).outputSize);
    expect(verifyMessage(name, publicKey, message, signature, { context })).toBe(true);
    expect(verifyMessage(name, publicKey, utf8('other'), signature, { context })).toBe(false);
    expect(verifyMessage(name, other.publicKey, message, signature, { context })).toBe(false);
    expect(verifyMessage(name, publicKey, message, signature, { context: utf8('other') })).toBe(false);
    expect(verifyMessage(name, publicKey, message, signature)).toBe(false);
  });
  test('no context and an empty one are the same', () => {
    const bare = signMessage(name, privateKey, message);
    expect(verifyMessage(name, publicKey, message, bare, { context: new Uint8Array(0) })).toBe(true);
    expect(verifyMessage(name, publicKey, message, bare, { context })).toBe(false);
  });
  test('signs with fresh randomness unless told otherwise', () => {
    const sign = (deterministic: boolean): string => sha256(signMessage(name, privateKey, message, { context, deterministic }));
    expect(sign(false)).not.toBe(sign(false));
    expect(sign(true)).toBe(sign(true));
  });
  test('damaged and cut signatures are not valid', () => {
    for (const at of [0, signature.length >> 1, signature.length - 1]) {
      const changed = Uint8Array.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifyMessage(name, publicKey, message, changed, { context })).toBe(false);
    }
    for (const size of [0, 1, signature.length - 1]) {
      expect(verifyMessage(name, publicKey, message, signature.slice(0, size), { context })).toBe(false);
    }
    expect(verifyMessage(name, publicKey, message, Uint8Array.of(...signature, 0), { context })).toBe(false);
    expect(verifyMessage(name, publicKey, message, new Uint8Array(signature.length).fill(0xff), { context })).toBe(false);
  });
  test('contexts of up to 255 bytes', () => {
    const longest = new Uint8Array(255).fill(1);
    expect(
      verifyMessage(name, publicKey, message, signMessage(name, privateKey, message, { context: longest }), { context: longest }),
    ).toBe(true);
    const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'context' });
    const tooLong = { context: new Uint8Array(256) };
    expect(() => signMessage(name, privateKey, message, tooLong)).toThrow(refused);
    expect(() => verifyMessage(name, publicKey, message, signature, tooLong)).toThrow(refused);
  });
  if (implementationOf(name) === 'node')
    test('node:crypto and the library take what the other signs', () => {
      const noble = nobleSigner(name);
      expect(noble.verify(signature, message, publicKey, { context })).toBe(true);
      expect(verifyMessage(name, publicKey, message, noble.sign(message, privateKey, { context }), { context })).toBe(true);
      expect(noble.verify(signMessage(name, privateKey, message), message, publicKey)).toBe(true);
    });
});
