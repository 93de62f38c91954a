import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { KeyFormat, ProviderKey } from '../../../src/providers/contract.js';
import type { PostQuantumPrivate } from '../../../src/providers/key-encoding/material.js';
import { generatePair } from '../../../src/providers/post-quantum/key-pairs.js';
import type { SoftwareKey } from '../../../src/providers/software/key.js';
import { SoftwareProvider } from '../../../src/providers/software/provider.js';
import { generateRsa } from '../../../src/providers/software/slow-work.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { ec, json, jwk, older, olderPem, p256, pem, pkcs8, point, rsa, spki } from './key-material.js';
import {
  AbandonableCall,
  call,
  expectError,
  generateKey,
  importAny,
  importKey,
  keyRow,
  message,
  now,
  operation,
  owner,
  plain,
  random,
  startProvider,
  toHex,
  utf8,
} from './support.js';

describe('generate', () => {
  test.each([
    ['AES-256', 'secret', 256],
    ['AES-512', 'secret', 512],
    ['ChaCha20', 'secret', 256],
    ['HMAC-SHA-256', 'secret', 256],
    ['HMAC-SHA-512/224', 'secret', 224],
    ['KMAC-128', 'secret', 128],
    ['GENERIC-SECRET', 'secret', 256],
    ['ECDSA-P256', 'private', 256],
    ['ECDH-P521', 'private', 521],
    ['ECDSA-secp256k1', 'private', 256],
    ['ECDH-brainpoolP320t1', 'private', 320],
    ['Ed25519', 'private', 256],
    ['Ed448', 'private', 456],
    ['X25519', 'private', 256],
    ['X448', 'private', 448],
    ['RSA-2048', 'private', 2048],
    ['ML-KEM-512', 'private', 6400],
    ['ML-DSA-44', 'private', 10_496],
    ['SLH-DSA-SHA2-128f', 'private', 256],
  ] as const)('%s', async (algorithm, half, keyLength) => {
    const provider = await startProvider();
    const [first, second] = [await generateKey(provider, algorithm), await generateKey(provider, algorithm)];
    expect(first).toMatchObject({ half, keyLength, alive: true, provider });
    expect(first.algorithm.name).toBe(algorithm);
    const exported = await provider.keys.exportSecret(first, call);
    expect(exported).not.toEqual(await provider.keys.exportSecret(second, call));
    const again = await importAny(provider, algorithm, exported, half === 'secret' ? 'raw' : 'der');
    expect(again).toMatchObject({ half, keyLength });
    expect(toHex(await provider.keys.exportSecret(again, call))).toBe(toHex(exported));
    expect(provider.status().keys).toBe(3);
  });

  test('RSA and post-quantum keys come from the slow host, everything else is made in line', async () => {
    const asked: (number | string)[] = [];
    const made = inProcessSlowHost();
    const provider = await startProvider({
      slowHost: inProcessSlowHost({
        generateRsa: (bits) => {
          asked.push(bits);
          return generateRsa(bits);
        },
        generatePostQuantum: (name, given) => {
          asked.push(name);
          return made.generatePostQuantum(name, given);
        },
      }),
    });
    for (const algorithm of ['AES-256', 'HMAC-SHA-256', 'KMAC-256', 'ECDSA-P256', 'Ed25519', 'X448']) {
      expect(generateKey(provider, algorithm)).not.toBeInstanceOf(Promise);
    }
    expect(asked).toEqual([]);
    await generateKey(provider, 'ML-DSA-44');
    expect(asked.splice(0)).toEqual(['ML-DSA-44']);
    const key = await generateKey(provider, 'RSA-2048');
    expect(asked).toEqual([2048]);
    const publicKey = createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
    expect(publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n });
  });

  test.each(['RSA-2048', 'ML-KEM-512'])('what the slow host gave of %s is wiped', async (algorithm) => {
    const given: Uint8Array[] = [];
    const made = inProcessSlowHost();
    const provider = await startProvider({
      slowHost: inProcessSlowHost({
        generateRsa: async (bits) => {
          const answer = await generateRsa(bits);
          given.push(answer.pkcs8);
          return answer;
        },
        generatePostQuantum: async (name, asked) => {
          const answer = await made.generatePostQuantum(name, asked);
          given.push(answer.seed, answer.privateKey);
          return answer;
        },
      }),
    });
    const key = await generateKey(provider, algorithm);
    expect(given.length).toBe(algorithm === 'RSA-2048' ? 1 : 2);
    expect(given.every((bytes) => bytes.length > 0 && bytes.every((byte) => byte === 0))).toBe(true);
    expect((await provider.keys.exportSecret(key, call)).some((byte) => byte !== 0)).toBe(true);
  });

  test('an abandoned call leaves no key, whenever it is abandoned', async () => {
    const abandonable = new AbandonableCall();
    let given = new Uint8Array(0);
    const provider = await startProvider({
      slowHost: inProcessSlowHost({
        generateRsa: async (bits) => {
          const made = await generateRsa(bits);
          given = made.pkcs8 as typeof given;
          abandonable.abandon();
          return made;
        },
      }),
    });
    const generate = (algorithm: string) =>
      provider.keys.generate({ algorithm: keyRow(algorithm), permissions: 0, publicPermissions: 0 }, owner, abandonable);
    await expectError(() => generate('RSA-2048'), 'OPERATION_CANCELLED');
    expect(given.every((byte) => byte === 0)).toBe(true);
    await expectError(() => generate('AES-256'), 'OPERATION_CANCELLED');
    await expectError(
      () => provider.keys.import({ algorithm: keyRow('AES-256'), format: 'raw', keyData: random(32), permissions: 0 }, owner, abandonable),
      'OPERATION_CANCELLED',
    );
    expect(provider.status().keys).toBe(0);
  });

  test('a failing slow host is KEY_GENERATION_FAILED, its own errors pass', async () => {
    const broken = () => Promise.reject(new Error('broken pipe'));
    const failing = await startProvider({ slowHost: inProcessSlowHost({ generateRsa: broken, generatePostQuantum: broken }) });
    const other = generatePair('ML-KEM-768');
    const foreign = await startProvider({
      slowHost: inProcessSlowHost({
        generateRsa: async () => ({ pkcs8: pkcs8(ec.privateKey), spki: spki(ec.publicKey) }),
        generatePostQuantum: async () => ({ ...other, seed: other.seed ?? new Uint8Array(0) }),
      }),
    });
    for (const provider of [failing, foreign]) {
      for (const algorithm of ['RSA-2048', 'ML-KEM-512'])
        await expectError(() => generateKey(provider, algorithm), 'KEY_GENERATION_FAILED');
    }
    expect(failing.status().keys + foreign.status().keys).toBe(0);
  });
});

describe('import and export', () => {
  const aes = random(32);
  const ed448 = generateKeyPairSync('ed448');
  const forms: readonly (readonly [algorithm: string, format: KeyFormat, data: Uint8Array, half: string, exported: Uint8Array])[] = [
    ['AES-256', 'raw', aes, 'secret', aes],
    ['AES-256', 'jwk', json({ kty: 'oct', k: Buffer.from(aes).toString('base64url'), alg: 'A256GCM', ext: true }), 'secret', aes],
    ['HMAC-SHA-256', 'raw', Uint8Array.of(1), 'secret', Uint8Array.of(1)],
    ['HMAC-SHA-256', 'raw', new Uint8Array(1024).fill(5), 'secret', new Uint8Array(1024).fill(5)],
    ['HMAC-SHA-256', 'jwk', json({ kty: 'oct', k: 'AQID' }), 'secret', Uint8Array.of(1, 2, 3)],
    ['ECDSA-P256', 'der', pkcs8(ec.privateKey), 'private', pkcs8(ec.privateKey)],
    ['ECDSA-P256', 'pem', pem(ec.privateKey), 'private', pkcs8(ec.privateKey)],
    ['ECDSA-P256', 'jwk', json(jwk(ec.privateKey)), 'private', pkcs8(ec.privateKey)],
    ['ECDSA-P256', 'der', spki(ec.publicKey), 'public', spki(ec.publicKey)],
    ['ECDSA-P256', 'pem', pem(ec.publicKey), 'public', spki(ec.publicKey)],
    ['ECDSA-P256', 'jwk', json(jwk(ec.publicKey)), 'public', spki(ec.publicKey)],
    ['ECDSA-P256', 'raw', point, 'public', spki(ec.publicKey)],
    ['ECDSA-P256', 'der', older(ec.privateKey, 'sec1'), 'private', pkcs8(ec.privateKey)],
    ['ECDSA-P256', 'pem', olderPem(ec.privateKey, 'sec1'), 'private', pkcs8(ec.privateKey)],
    ['RSA-2048', 'der', older(rsa.privateKey, 'pkcs1'), 'private', pkcs8(rsa.privateKey)],
    ['RSA-2048', 'pem', olderPem(rsa.privateKey, 'pkcs1'), 'private', pkcs8(rsa.privateKey)],
    ['RSA-2048', 'der', older(rsa.publicKey, 'pkcs1'), 'public', spki(rsa.publicKey)],
    ['RSA-2048', 'pem', olderPem(rsa.publicKey, 'pkcs1'), 'public', spki(rsa.publicKey)],
    ['Ed448', 'der', pkcs8(ed448.privateKey), 'private', pkcs8(ed448.privateKey)],
    ['Ed448', 'jwk', json(jwk(ed448.publicKey)), 'public', spki(ed448.publicKey)],
    ['RSA-2048', 'der', pkcs8(rsa.privateKey), 'private', pkcs8(rsa.privateKey)],
    ['RSA-2048', 'pem', pem(rsa.privateKey), 'private', pkcs8(rsa.privateKey)],
    ['RSA-2048', 'jwk', json(jwk(rsa.privateKey)), 'private', pkcs8(rsa.privateKey)],
    ['RSA-2048', 'der', spki(rsa.publicKey), 'public', spki(rsa.publicKey)],
    ['RSA-2048', 'pem', pem(rsa.publicKey), 'public', spki(rsa.publicKey)],
    ['RSA-2048', 'jwk', json(jwk(rsa.publicKey)), 'public', spki(rsa.publicKey)],
  ];
  test.each(forms)('%s as %s', async (algorithm, format, data, half, exported) => {
    const provider = await startProvider();
    const given = Uint8Array.from(data);
    const key = await importAny(provider, algorithm, given, format);
    expect(given).toEqual(data);
    expect(key.half).toBe(half);
    expect(key.keyLength).toBe(half === 'secret' ? exported.length * 8 : key.algorithm.keyLength);
    given.fill(0);
    const out = half === 'public' ? provider.keys.exportPublic(key, call) : provider.keys.exportSecret(key, call);
    expect(toHex(await out)).toBe(toHex(exported));
  });

  test('PKCS#8 without the public half, and with attributes', async () => {
    const provider = await startProvider();
    const bare = Buffer.from(`3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${p256.d}`, 'hex');
    const withAttributes = Buffer.from(`3043020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${p256.d}a000`, 'hex');
    const withCurve = Buffer.from(
      `304d020100301306072a8648ce3d020106082a8648ce3d030107043330310201010420${p256.d}a00a06082a8648ce3d030107`,
      'hex',
    );
    for (const data of [bare, withAttributes, withCurve]) {
      const key = importKey(provider, 'ECDSA-P256', data, 'der');
      expect(toHex(await provider.keys.exportPublic(key, call))).toBe(toHex(spki(ec.publicKey)));
    }
  });

  test('the public half is a key of its own', async () => {
    const provider = await startProvider();
    for (const algorithm of ['ECDSA-P256', 'RSA-2048']) {
      const key = await generateKey(provider, algorithm);
      const half = await provider.keys.publicKey(key, owner, call);
      expect(half).toMatchObject({ half: 'public', keyLength: key.keyLength, algorithm: key.algorithm });
      expect(await provider.keys.exportPublic(half, call)).toEqual(await provider.keys.exportPublic(key, call));
      await expectError(() => provider.keys.exportSecret(half, call), 'INCOMPATIBLE_KEY_TYPE', 'key');
      key.release();
      expect(half.alive).toBe(true);
    }
    const secret = await generateKey(provider, 'AES-256');
    await expectError(() => provider.keys.publicKey(secret, owner, call), 'INCOMPATIBLE_KEY_TYPE', 'key');
    await expectError(() => provider.keys.exportPublic(secret, call), 'INCOMPATIBLE_KEY_TYPE', 'key');
  });

  test('an encrypted key comes in with its passphrase', async () => {
    const provider = await startProvider();
    const keyData = ec.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'correct' });
    const spec = { algorithm: keyRow('ECDSA-P256'), format: 'der', keyData, permissions: 0 } as const;
    const key = await provider.keys.import({ ...spec, passphrase: utf8('correct') }, owner, call);
    expect(toHex(await provider.keys.exportSecret(key, call))).toBe(toHex(pkcs8(ec.privateKey)));
    await expectError(() => provider.keys.import({ ...spec, passphrase: utf8('wrong') }, owner, call), 'INVALID_FORMAT', 'passphrase');
    await expectError(() => provider.keys.import(spec, owner, call), 'INVALID_ARGUMENT', 'passphrase');
  });

  test('the bytes of a post-quantum key are its own, and wiped when it is released', async () => {
    const provider = await startProvider();
    const key = (await generateKey(provider, 'ML-DSA-44')) as SoftwareKey;
    const half = (await provider.keys.publicKey(key, owner, call)) as SoftwareKey;
    const { postQuantum } = key.postQuantum();
    const publicKey = toHex(postQuantum.publicKey);
    for (const use of [() => key.privateKey(), () => key.publicKey(), () => half.publicKey()]) {
      await expectError(use, 'INCOMPATIBLE_KEY_TYPE', 'key');
    }
    key.release();
    const { seed, privateKey } = postQuantum as PostQuantumPrivate;
    expect([seed, privateKey].every((bytes) => bytes?.every((byte) => byte === 0))).toBe(true);
    expect(toHex(half.postQuantum().postQuantum.publicKey)).toBe(publicKey);
    await expectError(() => key.postQuantum(), 'SESSION_EXPIRED', 'key');
    await expectError(() => (importKey(provider, 'AES-256', random(32)) as SoftwareKey).postQuantum(), 'INCOMPATIBLE_KEY_TYPE', 'key');
  });

  test('an exported secret is a copy', async () => {
    const provider = await startProvider();
    const key = importKey(provider, 'HMAC-SHA-256', utf8('key'));
    (await provider.keys.exportSecret(key, call)).fill(0);
    expect(plain(await provider.keys.exportSecret(key, call))).toEqual(utf8('key'));
  });
});

describe('ownership', () => {
  const keysOf = async (provider: SoftwareProvider, who: number): Promise<ProviderKey[]> => {
    const generate = (algorithm: string) =>
      provider.keys.generate({ algorithm: keyRow(algorithm), permissions: 0, publicPermissions: 0 }, who, call);
    const all = [await generate('AES-256'), await generate('HMAC-SHA-256'), await generate('ECDSA-P256')];
    return [...all, await provider.keys.publicKey(all[2] as ProviderKey, who, call)];
  };

  test('closeOwner frees the keys of that session and no others; the count is exact', async () => {
    const provider = await startProvider();
    const [mine, others] = [await keysOf(provider, 1), await keysOf(provider, 2)];
    expect(provider.status().keys).toBe(8);
    mine[0]?.release();
    mine[0]?.release();
    expect(provider.status().keys).toBe(7);
    provider.closeOwner(1);
    expect(provider.status().keys).toBe(4);
    expect(mine.map((key) => key.alive)).toEqual([false, false, false, false]);
    expect(others.map((key) => key.alive)).toEqual([true, true, true, true]);
    provider.closeOwner(1);
    provider.closeOwner(99);
    for (const key of mine) key.release();
    expect(provider.status().keys).toBe(4);
    provider.closeOwner(2);
    expect(provider.status().keys).toBe(0);
  });

  test('a released key is unusable', async () => {
    const provider = await startProvider();
    const key = importKey(provider, 'AES-256', random(32));
    const encrypt = operation(provider, 'AES-256-GCM', { kind: 'aead', direction: 'encrypt', key });
    key.release();
    await expectError(() => encrypt.singleShot?.(message(utf8('x'), random(12)), call), 'SESSION_EXPIRED', 'key');
    await expectError(() => provider.keys.exportSecret(key, call), 'SESSION_EXPIRED', 'key');
  });

  test('what was started goes on when its key is released', async () => {
    const provider = await startProvider();
    const key = await generateKey(provider, 'HMAC-SHA-256');
    const mac = operation(provider, 'HMAC-SHA-256', { kind: 'mac', key });
    const expected = now(mac.singleShot?.(message(utf8('ab')), call)).data;
    now(mac.init(undefined, call));
    now(mac.update(utf8('a'), call));
    key.release();
    now(mac.update(utf8('b'), call));
    expect(now(mac.finalize(call)).data).toEqual(expected);
  });

  test('stop frees everything', async () => {
    const provider = new SoftwareProvider({ id: 1, name: 'software', slowHost: inProcessSlowHost() });
    await provider.start();
    const keys = await keysOf(provider, 1);
    await provider.stop();
    expect(keys.some((key) => key.alive)).toBe(false);
    expect(provider.status()).toMatchObject({ state: 'unavailable', keys: 0 });
  });

  test('keys of another provider are refused', async () => {
    const [one, two] = [await startProvider(), await startProvider({ id: 2, name: 'other' })];
    const key = await generateKey(two, 'ECDSA-P256');
    await expectError(() => operation(one, 'ECDSA-P256', { kind: 'sign', key }), 'CROSS_PROVIDER_INCOMPATIBLE', 'key');
    await expectError(() => one.keys.exportSecret(key, call), 'CROSS_PROVIDER_INCOMPATIBLE', 'key');
    await expectError(() => one.keys.publicKey(key, owner, call), 'CROSS_PROVIDER_INCOMPATIBLE', 'key');
  });
});
