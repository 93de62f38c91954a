/** Every operation on a real token, checked with node:crypto. */
import {
  constants,
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign as signWithNode,
  verify as verifyWithNode,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decryptionRefused, type ProviderKey, type ProviderOperation } from '../../../src/providers/contract.js';
import type { Pkcs11Provider } from '../../../src/providers/pkcs11/provider.js';
import { type Bench, generate, importKey, openBench, operation, TestCall } from './token-provider.js';

let bench: Bench;
let provider: Pkcs11Provider;
const call = new TestCall();
beforeAll(async () => {
  bench = await openBench();
  provider = bench.provider;
});
afterAll(() => bench.close());

const MiB = 1 << 20;
const message = (size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 7 + (i >>> 8)) & 0xff;
  return bytes;
};
const whole = (data: Uint8Array, iv?: Uint8Array, aad?: Uint8Array) => ({ data, iv, aad });

/** Feeds a message in parts of several sizes and gives what came out on the way. */
async function feed(stream: ProviderOperation, data: Uint8Array, iv?: Uint8Array, aad?: Uint8Array): Promise<Buffer> {
  await stream.init(iv, call);
  if (aad !== undefined) await stream.updateAad?.(aad, call);
  const sizes = [1, 15, 16, 17, 100, 4096, 300_000];
  const out: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; at < data.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    out.push(await stream.update(data.subarray(at, at + size), call));
    at += size;
  }
  return Buffer.concat(out);
}

describe('hashes', () => {
  it.each([
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ])('%s, whole and in parts', async (name, node) => {
    const stream = operation(provider, name);
    for (const size of [0, 1, 63, 64, 65, 5000, 2 * MiB]) {
      const data = message(size);
      const expected = createHash(node).update(data).digest();
      expect(Buffer.from((await stream.singleShot?.(whole(data), call))?.data ?? []), `${size} bytes`).toEqual(expected);
      expect(await feed(stream, data)).toHaveLength(0);
      expect(Buffer.from((await stream.finalize(call)).data), `${size} bytes in parts`).toEqual(expected);
    }
    stream.close();
  });
});

describe('HMAC-SHA-256', () => {
  const value = randomBytes(48);
  const mac = (data: Uint8Array): Buffer => createHmac('sha256', value).update(data).digest();

  it('whole, in parts and cut', async () => {
    const key = await importKey(provider, 'HMAC-SHA-256', 'raw', value);
    const full = operation(provider, 'HMAC-SHA-256', { key, mode: 'generate' });
    const cut = operation(provider, 'HMAC-SHA-256', { key, mode: 'generate', parameters: { outputLength: 10 } });
    for (const size of [0, 1, 64, 5000, MiB]) {
      const data = message(size);
      expect(Buffer.from((await full.singleShot?.(whole(data), call))?.data ?? [])).toEqual(mac(data));
      expect(Buffer.from((await cut.singleShot?.(whole(data), call))?.data ?? [])).toEqual(mac(data).subarray(0, 10));
      await feed(full, data);
      expect(Buffer.from((await full.finalize(call)).data)).toEqual(mac(data));
    }
    key.release();
  });

  it('verifies, and does not verify what differs in a bit or in length', async () => {
    const key = await importKey(provider, 'HMAC-SHA-256', 'raw', value);
    const verifier = operation(provider, 'HMAC-SHA-256', { key, mode: 'verify' });
    const data = message(100);
    const right = mac(data);
    const wrong = Buffer.from(right);
    wrong[31] = (wrong[31] ?? 0) ^ 1;
    for (const [candidate, valid] of [
      [right, true],
      [wrong, false],
      [right.subarray(0, 31), false],
      [Buffer.alloc(0), false],
    ] as const) {
      expect(await verifier.verifySingleShot?.(whole(data), candidate, call)).toEqual({ valid });
      await feed(verifier, data);
      expect(await verifier.verify?.(candidate, call)).toEqual({ valid });
    }
    key.release();
  });

  it('says at once that the token refuses a short key', async () => {
    await expect(importKey(provider, 'HMAC-SHA-256', 'raw', randomBytes(16))).rejects.toMatchObject({
      code: 'ALGORITHM_MISMATCH',
      field: 'keyData',
    });
    expect(bench.log).toEqual([]);
  });
});

describe('AES-256-CBC', () => {
  const value = randomBytes(32);
  const reference = (data: Uint8Array, iv: Uint8Array): Buffer => {
    const cipher = createCipheriv('aes-256-cbc', value, iv);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  };

  it('encrypts and decrypts, whole and in parts', async () => {
    const key = await importKey(provider, 'AES-256', 'raw', value);
    const encrypt = operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' });
    const decrypt = operation(provider, 'AES-256-CBC', { key, direction: 'decrypt' });
    for (const size of [0, 1, 15, 16, 17, 5000, 2 * MiB]) {
      const data = message(size);
      const iv = randomBytes(16);
      const expected = reference(data, iv);
      expect(Buffer.from((await encrypt.singleShot?.(whole(data, iv), call))?.data ?? []).equals(expected), `${size}`).toBe(true);
      expect(Buffer.from((await decrypt.singleShot?.(whole(expected, iv), call))?.data ?? []).equals(data)).toBe(true);
      const first = await feed(encrypt, data, iv);
      expect(Buffer.concat([first, (await encrypt.finalize(call)).data]).equals(expected)).toBe(true);
      const plain = await feed(decrypt, expected, iv);
      expect(Buffer.concat([plain, (await decrypt.finalize(call)).data]).equals(data)).toBe(true);
    }
    key.release();
  });

  it('gives one error for bad padding, a bad length and nothing at all', async () => {
    const key = await importKey(provider, 'AES-256', 'raw', value);
    const decrypt = operation(provider, 'AES-256-CBC', { key, direction: 'decrypt' });
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', value, iv).setAutoPadding(false);
    const badPadding = Buffer.concat([cipher.update(Buffer.alloc(32, 0xee)), cipher.final()]);
    const refused = { code: 'OPERATION_FAILED', message: decryptionRefused };
    for (const data of [badPadding, badPadding.subarray(0, 31), Buffer.alloc(0)]) {
      await expect(decrypt.singleShot?.(whole(data, iv), call)).rejects.toMatchObject(refused);
      await feed(decrypt, data, iv);
      await expect(decrypt.finalize(call)).rejects.toMatchObject(refused);
      await decrypt.abort();
    }
    // And the operation still works afterwards.
    expect(Buffer.from((await decrypt.singleShot?.(whole(reference(message(5), iv), iv), call))?.data ?? [])).toEqual(message(5));
    key.release();
  });
});

describe('AES-256-GCM', () => {
  const value = randomBytes(32);
  const reference = (data: Uint8Array, iv: Uint8Array, aad: Uint8Array, authTagLength: 12 | 13 | 14 | 15 | 16) => {
    const cipher = createCipheriv('aes-256-gcm', value, iv, { authTagLength });
    cipher.setAAD(aad);
    return { data: Buffer.concat([cipher.update(data), cipher.final()]), tag: cipher.getAuthTag() };
  };

  it.each([
    [0, 0, 12, 16],
    [1, 0, 12, 16],
    [16, 20, 12, 12],
    [100, 1, 12, 13],
    [5000, 3000, 1, 14],
    [33, 5, 16, 15],
    [33, 5, 128, 16],
    [2 * MiB, 100, 12, 16],
  ] as const)('of %d bytes, %d additional, a nonce of %d, a tag of %d', async (size, aadSize, nonceSize, tagLength) => {
    const key = await importKey(provider, 'AES-256', 'raw', value);
    const encrypt = operation(provider, 'AES-256-GCM', { key, direction: 'encrypt', tagLength });
    const decrypt = operation(provider, 'AES-256-GCM', { key, direction: 'decrypt', tagLength });
    const [data, aad, iv] = [message(size), message(aadSize), randomBytes(nonceSize)];
    const expected = reference(data, iv, aad, tagLength);

    const sealed = await encrypt.singleShot?.(whole(data, iv, aad), call);
    expect(Buffer.from(sealed?.data ?? []).equals(expected.data)).toBe(true);
    expect(Buffer.from(sealed?.tag ?? [])).toEqual(expected.tag);
    const first = await feed(encrypt, data, iv, aad);
    const last = await encrypt.finalize(call);
    expect(Buffer.concat([first, last.data]).equals(expected.data)).toBe(true);
    expect(Buffer.from(last.tag ?? [])).toEqual(expected.tag);

    const opened = await decrypt.verifySingleShot?.(whole(expected.data, iv, aad), expected.tag, call);
    expect(opened?.valid).toBe(true);
    expect(Buffer.from(opened?.data ?? []).equals(data)).toBe(true);
    expect(await feed(decrypt, expected.data, iv, aad)).toHaveLength(0);
    const verified = await decrypt.verify?.(expected.tag, call);
    expect(Buffer.from(verified?.data ?? []).equals(data)).toBe(true);
    key.release();
  });

  it('gives one error for a wrong tag, wrong additional data, a wrong nonce and a wrong key', async () => {
    const key = await importKey(provider, 'AES-256', 'raw', value);
    const other = await generate(provider, 'AES-256');
    const [data, aad, iv] = [message(50), message(5), randomBytes(12)];
    const sealed = reference(data, iv, aad, 16);
    const flipped = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)));
    const refused = { code: 'OPERATION_FAILED', message: decryptionRefused };
    const cases: readonly (readonly [ProviderKey, Uint8Array, Uint8Array, Uint8Array, Uint8Array])[] = [
      [key, sealed.data, iv, aad, flipped(sealed.tag)],
      [key, flipped(sealed.data), iv, aad, sealed.tag],
      [key, sealed.data, flipped(iv), aad, sealed.tag],
      [key, sealed.data, iv, flipped(aad), sealed.tag],
      [key, sealed.data.subarray(1), iv, aad, sealed.tag],
      [other, sealed.data, iv, aad, sealed.tag],
    ];
    for (const [with_, bytes, nonce, additional, tag] of cases) {
      const decrypt = operation(provider, 'AES-256-GCM', { key: with_, direction: 'decrypt' });
      await expect(decrypt.verifySingleShot?.(whole(bytes, nonce, additional), tag, call)).rejects.toMatchObject(refused);
      await feed(decrypt, bytes, nonce, additional);
      await expect(decrypt.verify?.(tag, call)).rejects.toMatchObject(refused);
      decrypt.close();
    }
    key.release();
    other.release();
  });

  it('never gives the token a nonce that it would cut', async () => {
    const key = await generate(provider, 'AES-256');
    const encrypt = operation(provider, 'AES-256-GCM', { key, direction: 'encrypt' });
    const refused = { code: 'INVALID_ARGUMENT', field: 'nonce' };
    expect(() => encrypt.init(randomBytes(129), call)).toThrowError(expect.objectContaining(refused));
    await expect(encrypt.singleShot?.(whole(message(1), randomBytes(129)), call)).rejects.toMatchObject(refused);
    key.release();
  });
});

describe('ECDSA-P256', () => {
  it.each(['p1363', 'der'] as const)('signs and verifies in %s', async (signatureFormat) => {
    const key = await generate(provider, 'ECDSA-P256');
    const publicKey = createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
    const dsaEncoding = signatureFormat === 'der' ? 'der' : 'ieee-p1363';
    const parameters = { signatureFormat };
    const signer = operation(provider, 'ECDSA-P256', { key, kind: 'sign', parameters });
    const verifier = operation(provider, 'ECDSA-P256', { key, kind: 'verify', parameters });
    for (const size of [0, 1, 5000, MiB]) {
      const data = message(size);
      const once = (await signer.singleShot?.(whole(data), call))?.data ?? Buffer.alloc(0);
      await feed(signer, data);
      const parts = (await signer.finalize(call)).data;
      for (const signature of [once, parts]) {
        expect(verifyWithNode('sha256', data, { key: publicKey, dsaEncoding }, signature)).toBe(true);
        expect(await verifier.verifySingleShot?.(whole(data), signature, call)).toEqual({ valid: true });
        await feed(verifier, data);
        expect(await verifier.verify?.(signature, call)).toEqual({ valid: true });
      }
    }
    key.release();
  });

  it('verifies with a public key alone, and takes nothing that is not exactly a signature', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = await importKey(provider, 'ECDSA-P256', 'der', pair.publicKey.export({ format: 'der', type: 'spki' }));
    expect(key.half).toBe('public');
    const data = message(300);
    const verify = async (signatureFormat: 'p1363' | 'der', signature: Uint8Array): Promise<unknown> =>
      operation(provider, 'ECDSA-P256', { key, kind: 'verify', parameters: { signatureFormat } }).verifySingleShot?.(
        whole(data),
        signature,
        call,
      );
    const raw = signWithNode('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
    const der = signWithNode('sha256', data, { key: pair.privateKey, dsaEncoding: 'der' });
    expect(await verify('p1363', raw)).toEqual({ valid: true });
    expect(await verify('der', der)).toEqual({ valid: true });
    const longForm = Buffer.concat([Buffer.of(0x30, 0x81), der.subarray(1)]);
    const wrong: readonly (readonly ['p1363' | 'der', Uint8Array])[] = [
      ['p1363', der],
      ['der', raw],
      ['p1363', raw.subarray(1)],
      ['p1363', Buffer.concat([raw, Buffer.alloc(1)])],
      ['p1363', Buffer.alloc(64)],
      ['p1363', Buffer.alloc(0)],
      ['der', longForm],
      ['der', Buffer.concat([der, Buffer.alloc(1)])],
      ['der', Buffer.from('3006020100020100', 'hex')],
      ['der', Buffer.alloc(0)],
    ];
    for (const [format, signature] of wrong) {
      expect(await verify(format, signature), `${format} ${Buffer.from(signature).toString('hex')}`).toEqual({ valid: false });
    }
    key.release();
  });
});

describe('RSA-PSS-SHA-256', () => {
  it.each([0, 20, 32, 222])('signs and verifies with a salt of %d bytes', async (saltLength) => {
    const key = await generate(provider, 'RSA-2048');
    const publicKey = createPublicKey({ key: Buffer.from(await provider.keys.exportPublic(key, call)), format: 'der', type: 'spki' });
    const parameters = { saltLength };
    const signer = operation(provider, 'RSA-PSS-SHA-256', { key, kind: 'sign', parameters });
    const verifier = operation(provider, 'RSA-PSS-SHA-256', { key, kind: 'verify', parameters });
    const data = message(1000);
    const signature = (await signer.singleShot?.(whole(data), call))?.data ?? Buffer.alloc(0);
    const options = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    expect(verifyWithNode('sha256', data, options, signature)).toBe(true);
    expect(await verifier.verifySingleShot?.(whole(data), signature, call)).toEqual({ valid: true });
    await feed(verifier, message(1001));
    expect(await verifier.verify?.(signature, call)).toEqual({ valid: false });
    for (const misshapen of [signature.subarray(1), Buffer.alloc(256, 0xff), Buffer.alloc(256), Buffer.alloc(0)]) {
      expect(await verifier.verifySingleShot?.(whole(data), misshapen, call)).toEqual({ valid: false });
    }
    key.release();
  });

  it('refuses a salt for which there is no room', async () => {
    const key = await generate(provider, 'RSA-2048');
    expect(() => operation(provider, 'RSA-PSS-SHA-256', { key, kind: 'sign', parameters: { saltLength: 223 } })).toThrowError(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'parameters.saltLength' }),
    );
    key.release();
  });
});

describe('random', () => {
  it('gives as many bytes as asked for, different each time, and takes a seed', async () => {
    for (const size of [0, 1, 32, 200_000]) expect(await provider.random(size, call)).toHaveLength(size);
    const [a, b] = await Promise.all([provider.random(32, call), provider.random(32, call)]);
    expect(Buffer.from(a).equals(b)).toBe(false);
    await provider.seedRandom(message(20), call);
  });
});

describe('streams', () => {
  it('start anew at init and end at abort, giving their session back', async () => {
    const stream = operation(provider, 'SHA-256');
    await stream.init(undefined, call);
    await stream.update(message(10), call);
    await stream.init(undefined, call);
    await stream.update(message(20), call);
    expect(Buffer.from((await stream.finalize(call)).data)).toEqual(createHash('sha256').update(message(20)).digest());
    await stream.init(undefined, call);
    await stream.update(message(10), call);
    await stream.abort();
    await stream.abort();
    stream.close();
  });

  it('leave a session for whole messages, and refuse the caller that wants more than its share', async () => {
    const streams: ProviderOperation[] = [];
    const open = async (caller: number): Promise<ProviderOperation> => {
      const stream = operation(provider, 'SHA-256');
      const own = new TestCall(caller);
      await stream.init(undefined, own);
      await stream.update(message(1), own);
      streams.push(stream);
      return stream;
    };
    // Eight sessions: seven for streams, five of them for one caller.
    for (let i = 0; i < 5; i++) await open(1);
    await expect(open(1)).rejects.toMatchObject({ code: 'PROVIDER_BUSY', retryable: true });
    for (let i = 0; i < 2; i++) await open(2);
    await expect(open(3)).rejects.toMatchObject({ code: 'PROVIDER_BUSY' });
    const once = operation(provider, 'SHA-256');
    const all = await Promise.all(Array.from({ length: 20 }, () => once.singleShot?.(whole(message(3)), call)));
    expect(all).toHaveLength(20);
    // A long message is a stream where there is a session for one, and one request where there is none.
    const long = await once.singleShot?.(whole(message(3 * MiB)), call);
    expect(Buffer.from(long?.data ?? [])).toEqual(
      createHash('sha256')
        .update(message(3 * MiB))
        .digest(),
    );
    streams.pop()?.close();
    await open(3);
    for (const stream of streams) stream.close();
  });
});

describe('a key of another kind or provider', () => {
  it('is refused', async () => {
    const key = await generate(provider, 'HMAC-SHA-256');
    expect(() => operation(provider, 'AES-256-CBC', { key, direction: 'encrypt' })).toThrowError(
      expect.objectContaining({ code: 'INCOMPATIBLE_KEY_TYPE', field: 'key' }),
    );
    const foreign = { ...key, provider: { name: 'software' } } as unknown as ProviderKey;
    expect(() => operation(provider, 'HMAC-SHA-256', { key: foreign })).toThrowError(
      expect.objectContaining({ code: 'CROSS_PROVIDER_INCOMPATIBLE' }),
    );
    key.release();
  });
});
