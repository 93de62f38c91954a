/** Messages that only the owner of a key reads: by node:crypto alone, and through a daemon's slot. */
import {
  createDecipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { SecureBuffer } from '../../src/native.js';
import { softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { agreementOf, keyIdOf, openSealed, readSealed, sealingKeyFor, sealTo } from '../../src/vault/seal-to.js';

interface Node {
  readonly name: 'X25519' | 'ECDH-P256';
  readonly raw: Uint8Array;
  readonly spki: Uint8Array;
  readonly agree: (peer: Uint8Array) => Buffer;
}

function x25519(): Node {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const keyOf = (peer: Uint8Array) => ({ kty: 'OKP', crv: 'X25519', x: Buffer.from(peer).toString('base64url') });
  const agree = (peer: Uint8Array) => diffieHellman({ privateKey, publicKey: createPublicKey({ key: keyOf(peer), format: 'jwk' }) });
  return { name: 'X25519', raw, spki: publicKey.export({ format: 'der', type: 'spki' }), agree };
}

function p256(): Node {
  const pair = createECDH('prime256v1');
  const raw = pair.generateKeys();
  const [x = '', y = '', d = ''] = [raw.subarray(1, 33), raw.subarray(33), pair.getPrivateKey()].map((part) => part.toString('base64url'));
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' });
  return {
    name: 'ECDH-P256',
    raw,
    spki: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    agree: (peer) => pair.computeSecret(peer),
  };
}

const nodes = [x25519(), p256()];
const plaintext = Buffer.from('between nodes');
const fails = (code: string, field: string) => expect.objectContaining({ code, field });

describe.for(nodes)('$name', (node) => {
  const other = node.name === 'X25519' ? x25519() : p256();
  const read = (message: Uint8Array, from: Node = node) =>
    openSealed(message, from.raw, from.agree(readSealed(message, from.raw).agreement.peerPublicKey));

  test.for([0, 1, 100, 100_000])('a message of %i bytes is read by its node', (size) => {
    const text = Buffer.alloc(size, 7);
    for (const key of [node.raw, node.spki]) {
      const message = sealTo(key, text);
      expect(message).toHaveLength(8 + 1 + 8 + node.raw.length + 12 + size + 16);
      expect(Buffer.from(read(message)).equals(text)).toBe(true);
      using secret = new SecureBuffer(32);
      secret.use((bytes) => bytes.set(node.agree(readSealed(message, key).agreement.peerPublicKey)));
      expect(Buffer.from(openSealed(message, key, secret)).equals(text)).toBe(true);
    }
  });

  test('its bytes are as docs/vault.md tells', () => {
    const message = Buffer.from(sealTo(node.raw, plaintext));
    const end = 17 + node.raw.length;
    const id = createHash('sha256').update(node.raw).digest().subarray(0, 8);
    expect(message.subarray(0, 8).toString('latin1')).toBe('KSLTBOX\x01');
    expect(message[8]).toBe(node.name === 'X25519' ? 1 : 2);
    expect(message.subarray(9, 17).equals(id)).toBe(true);
    expect(Buffer.from(keyIdOf(node.spki)).equals(id)).toBe(true);
    const binding = createHash('sha256').update(message.subarray(8, end)).update(node.raw).digest();
    const info = Buffer.concat([Buffer.from('keyslot seal-to 1'), binding]);
    const key = Buffer.from(hkdfSync('sha256', node.agree(message.subarray(17, end)), '', info, 32));
    const gcm = createDecipheriv('aes-256-gcm', key, message.subarray(end, end + 12)).setAAD(message.subarray(0, end));
    gcm.setAuthTag(message.subarray(-16));
    expect(Buffer.concat([gcm.update(message.subarray(end + 12, -16)), gcm.final()]).equals(plaintext)).toBe(true);
  });

  test('no two messages have the same key pair, iv or key', () => {
    const messages = Array.from({ length: 20 }, () => readSealed(sealTo(node.raw, plaintext), node.raw));
    const texts = (pick: (message: (typeof messages)[number]) => Uint8Array) =>
      new Set(messages.map((m) => Buffer.from(pick(m)).toString('hex'))).size;
    expect([texts((m) => m.agreement.peerPublicKey), texts((m) => m.iv), texts((m) => m.agreement.info)]).toEqual([20, 20, 20]);
    expect(sealingKeyFor(node.raw).key).not.toEqual(sealingKeyFor(node.raw).key);
  });

  test('every byte counts', () => {
    const message = sealTo(node.raw, plaintext);
    for (let at = 0; at < message.length; at++) {
      const changed = message.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const code = at < 9 ? 'INVALID_FORMAT' : at < 17 ? 'RESOURCE_NOT_FOUND' : 'OPERATION_FAILED';
      // What was agreed before: a changed point may be none, which is another error of whoever agrees.
      const secret = node.agree(readSealed(message, node.raw).agreement.peerPublicKey);
      expect(() => openSealed(changed, node.raw, secret), `byte ${at}`).toThrow(expect.objectContaining({ code }));
    }
    for (const size of [0, 7, 8, 16, 17, 17 + node.raw.length, 17 + node.raw.length + 27])
      expect(() => readSealed(message.subarray(0, size), node.raw)).toThrow(fails('INVALID_FORMAT', 'message'));
    expect(() => read(message.subarray(0, -1))).toThrow(fails('OPERATION_FAILED', 'message'));
    expect(() => read(Buffer.concat([message, Buffer.alloc(1)]))).toThrow(fails('OPERATION_FAILED', 'message'));
  });

  test('the block of a key is read by itself, for files', () => {
    const { block, key } = sealingKeyFor(node.spki);
    const { algorithm, peerPublicKey, info } = agreementOf(block, node.raw);
    expect(algorithm).toBe(node.name);
    expect(Buffer.from(hkdfSync('sha256', node.agree(peerPublicKey), '', info, 32)).equals(key)).toBe(true);
    for (const wrong of [block.subarray(0, -1), Buffer.concat([block, block]), new Uint8Array(0), Uint8Array.of(9, ...block.subarray(1))])
      expect(() => agreementOf(wrong, node.raw)).toThrow(fails('INVALID_FORMAT', 'message'));
    expect(() => agreementOf(undefined as never, node.raw)).toThrow(fails('INVALID_ARGUMENT', 'block'));
    const otherKind = node.name === 'X25519' ? p256() : x25519();
    const mixed = Buffer.concat([sealingKeyFor(otherKind.raw).block.subarray(0, 1), keyIdOf(node.raw), otherKind.raw]);
    expect(() => agreementOf(mixed, node.raw)).toThrow(fails('RESOURCE_NOT_FOUND', 'publicKey'));
    expect(() => agreementOf(block, other.raw)).toThrow(fails('RESOURCE_NOT_FOUND', 'publicKey'));
  });

  test('another node does not read it', () => {
    const message = sealTo(node.raw, plaintext);
    expect(() => readSealed(message, other.raw)).toThrow(fails('RESOURCE_NOT_FOUND', 'publicKey'));
    const secret = other.agree(readSealed(message, node.raw).agreement.peerPublicKey);
    expect(() => openSealed(message, node.raw, secret)).toThrow(fails('OPERATION_FAILED', 'message'));
    for (const none of [undefined, null, 'text', {}, [1]])
      expect(() => openSealed(message, node.raw, none as never)).toThrow(fails('INVALID_ARGUMENT', 'secret'));
  });

  test('a slot of a daemon opens it', async () => {
    await using daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()] } });
    await using stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
    await using context = await stack.createCryptoContext();
    await using keys = await context.createKeyManagementContext();
    await using pair = await keys.generateKey(node.name);
    const object = await context.getKeyObject(pair);
    const publicKey = await object.exportPublicKey?.('der');
    const message = sealTo(publicKey as Uint8Array, plaintext);
    const { agreement, ...sealed } = readSealed(message, publicKey as Uint8Array);
    await using key = await keys.agreeKey({
      privateKey: pair,
      peerPublicKey: agreement.peerPublicKey,
      publicKeyFormat: 'raw',
      agreementAlgorithm: agreement.algorithm,
      derivedKeyAlgorithm: 'AES-256',
      kdf: { kdfAlgorithm: 'HKDF-SHA-256', label: agreement.info },
    });
    await using aead = await context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
    const opened = await aead.decrypt({
      nonce: sealed.iv,
      aad: sealed.aad,
      data: sealed.data.subarray(0, -16),
      tag: sealed.data.subarray(-16),
    });
    expect(Buffer.from(opened).equals(plaintext)).toBe(true);
  });
});

test.for([
  ['nothing', new Uint8Array(0)],
  ['too short', new Uint8Array(31).fill(9)],
  ['of small order', new Uint8Array(32)],
  ['not on the curve', Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 4 : 9))],
  ['a compressed point', Buffer.from(createECDH('prime256v1').generateKeys('hex', 'compressed'), 'hex')],
  ['a hybrid point', Buffer.from(createECDH('prime256v1').generateKeys('hex', 'hybrid'), 'hex')],
  ['of another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'der', type: 'spki' })],
  ['for signatures', generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' })],
  ['text', 'key' as unknown as Uint8Array],
] as const)('a key that is %s is refused', ([, key]) => {
  expect(() => sealTo(key, plaintext)).toThrow(fails('INVALID_ARGUMENT', 'publicKey'));
});
