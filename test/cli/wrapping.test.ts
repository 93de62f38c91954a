import { constants, createCipheriv, createDecipheriv, generateKeyPairSync, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useKeyDaemon } from './key-daemon.js';
import { useFolder } from './support.js';

const folder = useFolder();
const running = useKeyDaemon(
  {
    data: { algorithm: 'AES-256' },
    back: { algorithm: 'AES-256' },
    kek: { algorithm: 'AES-256' },
    rsa: { algorithm: 'RSA-2048' },
    ec: { algorithm: 'ECDSA-P256' },
    'ec-back': { algorithm: 'ECDSA-P256' },
    locked: { algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] },
    'token-data': { algorithm: 'AES-256', providers: ['token'] },
    'token-back': { algorithm: 'AES-256', providers: ['token'] },
    'token-kek': { algorithm: 'AES-256', providers: ['token'], permissions: ['wrap', 'unwrap'] },
  },
  { token: true },
);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const [data, kek] = [randomBytes(32), randomBytes(32)];

function file(name: string, content: Uint8Array | string): string {
  const path = folder.path(name);
  writeFileSync(path, content);
  return path;
}
/** What a slot holds. */
async function held(slot: string): Promise<Buffer> {
  return (await running().run(['key', 'export', slot])).bytes;
}

beforeAll(async () => {
  const { ok } = running();
  await ok('key', 'import', 'data', '-i', file('data', data));
  await ok('key', 'import', 'kek', '-i', file('kek', kek));
  await ok('key', 'import', 'rsa', '-i', file('rsa.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string));
  await ok('key', 'generate', 'ec');
  await ok('key', 'generate', 'locked');
});

const kwIv = Buffer.alloc(8, 0xa6);
const kwpIv = Buffer.from('a65959a6', 'hex');
interface Other {
  readonly wrap: (key: Buffer) => Buffer;
  readonly unwrap: (wrapped: Buffer) => Buffer;
}
function aesWrap(cipher: string, key: Buffer, iv: Buffer): Other {
  const both = (transform: { update(data: Buffer): Buffer; final(): Buffer }, bytes: Buffer) =>
    Buffer.concat([transform.update(bytes), transform.final()]);
  return {
    wrap: (bytes) => both(createCipheriv(cipher, key, iv), bytes),
    unwrap: (bytes) => both(createDecipheriv(cipher, key, iv), bytes),
  };
}
function gcm(aad: string): Other {
  return {
    wrap(key) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(Buffer.from(aad));
      return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap(wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, 12)).setAAD(Buffer.from(aad));
      decipher.setAuthTag(wrapped.subarray(-16));
      return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
    },
  };
}
function oaep(hash: string, label: string): Other {
  const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash, oaepLabel: Buffer.from(label) };
  return {
    wrap: (key) => publicEncrypt({ key: publicKey, ...options }, key),
    unwrap: (wrapped) => privateDecrypt({ key: privateKey, ...options }, wrapped),
  };
}
/** PKCS#11 v3.1 6.1.22: a fresh AES key under OAEP, then KWP. */
const rsaAes: Other = {
  wrap(key) {
    const fresh = randomBytes(32);
    return Buffer.concat([oaep('sha256', '').wrap(fresh), aesWrap('id-aes256-wrap-pad', fresh, kwpIv).wrap(key)]);
  },
  unwrap(wrapped) {
    const fresh = oaep('sha256', '').unwrap(wrapped.subarray(0, 256));
    return aesWrap('id-aes256-wrap-pad', fresh, kwpIv).unwrap(wrapped.subarray(256));
  },
};

const algorithms: readonly (readonly [name: string, withSlot: string, flags: readonly string[], other: Other])[] = [
  ['AES-KWP', 'kek', [], aesWrap('id-aes256-wrap-pad', kek, kwpIv)],
  ['AES-KW', 'kek', ['--algorithm', 'AES-KW'], aesWrap('id-aes256-wrap', kek, kwIv)],
  ['AES-GCM', 'kek', ['-a', 'AES-256-GCM'], gcm('')],
  ['AES-GCM', 'kek', ['-a', 'AES-GCM', '--aad', 'for backup'], gcm('for backup')],
  ['RSA-AES-KWP-SHA-256', 'rsa', [], rsaAes],
  ['RSA-OAEP-SHA-256', 'rsa', ['-a', 'RSA-OAEP-SHA-256', '--label', 'hex:6c'], oaep('sha256', 'l')],
  ['RSA-OAEP-SHA-512', 'rsa', ['-a', 'RSA-OAEP-SHA-512', '--mgf-hash', 'sha512'], oaep('sha512', '')],
];

describe.each(algorithms)('wrapping with %s by %s %j', (algorithm, withSlot, flags, other) => {
  it('is what another implementation unwraps, and the other way round', async () => {
    const { run, ok, json } = running();
    const wrapped = await run(['key', 'wrap', 'data', '--with', withSlot, ...flags]);
    expect([wrapped.status, wrapped.stderr]).toEqual([0, '']);
    expect(other.unwrap(wrapped.bytes).equals(data)).toBe(true);
    expect(await ok('key', 'unwrap', 'back', '--with', withSlot, ...flags, '-i', file('by-us', wrapped.bytes), '--overwrite')).toMatch(
      /^back: AES-256 unwrapped, in software; may /,
    );
    expect((await held('back')).equals(data)).toBe(true);
    const key = randomBytes(32);
    const theirs = file('by-them', other.wrap(key));
    expect(await json('key', 'unwrap', 'back', '-w', withSlot, ...flags, '--input', theirs, '--overwrite')).toEqual({
      slot: 'back',
      algorithm: 'AES-256',
      provider: 'software',
      permissions: expect.any(Array),
      with: withSlot,
      wrappingAlgorithm: algorithm,
      file: theirs,
    });
    expect((await held('back')).equals(key)).toBe(true);
  });
});

describe('keyslot key wrap', () => {
  it('writes a file of its owner, or tells the bytes in JSON', async () => {
    const { json } = running();
    const out = folder.path('wrapped');
    const told = await json('key', 'wrap', 'data', '--with', 'kek', '-o', out);
    expect(told).toEqual({ slot: 'data', with: 'kek', algorithm: 'AES-KWP', bytes: 40, output: out });
    expect([statSync(out).size, statSync(out).mode & 0o777]).toEqual([40, 0o600]);
    const inside = await json('key', 'wrap', 'data', '--with', 'kek');
    expect(Buffer.from(inside.wrapped as string, 'base64').equals(readFileSync(out))).toBe(true);
  });

  it('wraps the PKCS#8 of a private key', async () => {
    const { ok } = running();
    const out = folder.path('ec.wrapped');
    await ok('key', 'wrap', 'ec', '--with', 'kek', '-o', out);
    await ok('key', 'unwrap', 'ec-back', '--with', 'kek', '-i', out);
    expect(await ok('key', 'export', 'ec-back', '--public')).toBe(await ok('key', 'export', 'ec', '--public'));
  });

  it('works inside a token, and not across providers', async () => {
    const { ok, run, refused } = running();
    for (const slot of ['token-data', 'token-kek']) await ok('key', 'generate', slot);
    for (const flags of [[], ['-a', 'AES-KW']]) {
      const wrapped = await run(['key', 'wrap', 'token-data', '--with', 'token-kek', ...flags]);
      expect([wrapped.status, wrapped.bytes.length, wrapped.stderr]).toEqual([0, 40, '']);
      const path = file('token.wrapped', wrapped.bytes);
      await ok('key', 'unwrap', 'token-back', '--with', 'token-kek', ...flags, '-i', path, '--overwrite');
      const again = await run(['key', 'wrap', 'token-back', '--with', 'token-kek', ...flags]);
      expect(again.bytes.equals(wrapped.bytes)).toBe(true);
    }
    expect(await refused('key', 'wrap', 'data', '--with', 'token-kek')).toEqual([
      1,
      expect.stringContaining('CROSS_PROVIDER_INCOMPATIBLE'),
    ]);
  });

  it('never uses a nonce twice', async () => {
    const { run } = running();
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const { bytes } = await run(['key', 'wrap', 'data', '--with', 'kek', '-a', 'AES-GCM']);
      expect(bytes).toHaveLength(12 + 32 + 16);
      nonces.add(bytes.subarray(0, 12).toString('hex'));
    }
    expect(nonces.size).toBe(5);
  });

  it('refuses, and names the flag', async () => {
    const { refused, run } = running();
    expect(await refused('key', 'wrap', 'data', '--with', 'ec')).toEqual([2, expect.stringContaining('--with takes an AES or an RSA key')]);
    expect(await refused('key', 'wrap', 'data', '--with', 'locked')).toEqual([77, expect.stringContaining('--with: the key may not wrap')]);
    expect((await refused('key', 'wrap', 'locked', '--with', 'kek'))[0]).toBe(77);
    expect(await refused('key', 'wrap', 'data', '--with', 'kek', '--aad', 'x')).toEqual([2, expect.stringContaining('--aad')]);
    expect(await refused('key', 'wrap', 'data', '--with', 'kek', '--label', 'x')).toEqual([2, expect.stringContaining('--label')]);
    expect(await refused('key', 'wrap', 'data', '--with', 'kek', '-a', 'ROT13')).toEqual([1, expect.stringContaining('--algorithm')]);
    expect(await refused('key', 'wrap', 'data', '--with', 'kek', '-a', 'RSA-OAEP-SHA-256')).toEqual([1, expect.any(String)]);
    expect((await refused('key', 'wrap', 'data', '--with', 'none'))[0]).toBe(66);
    expect((await refused('key', 'wrap', 'data'))[0]).toBe(2);
    expect((await refused('key', 'wrap', 'data', '--with', 'kek', '--aad', '@'))[0]).toBe(2);
    expect(await run(['key', 'wrap', 'data', '--with', 'kek'], { terminal: { stdout: true } })).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('keyslot key unwrap', () => {
  it('has one answer to a wrong key and changed data', async () => {
    const { refused, run } = running();
    const { bytes } = await run(['key', 'wrap', 'data', '--with', 'kek', '-a', 'AES-GCM', '--aad', 'a']);
    const changed = Buffer.from(bytes);
    changed[20] = (changed[20] as number) ^ 1;
    const args = ['key', 'unwrap', 'back', '--with', 'kek', '-a', 'AES-GCM', '--overwrite'];
    const answers = new Set<string>();
    for (const [content, aad] of [
      [changed, 'a'],
      [bytes, 'b'],
      [bytes.subarray(0, -1), 'a'],
    ] as const) {
      const [status, message] = await refused(...args, '--aad', aad, '-i', file('changed', content));
      expect(status).toBe(1);
      answers.add(message);
    }
    expect([...answers]).toHaveLength(1);
  });

  it('refuses what is no wrapped key, and a key that may not', async () => {
    const { refused } = running();
    const short = file('short', randomBytes(12));
    expect((await refused('key', 'unwrap', 'back', '--with', 'kek', '-a', 'AES-GCM', '-i', short, '--overwrite'))[0]).toBe(65);
    expect((await refused('key', 'unwrap', 'back', '--with', 'kek', '-i', folder.path('none')))[0]).toBe(66);
    expect(await refused('key', 'unwrap', 'back', '--with', 'locked', '-i', short)).toEqual([77, expect.stringContaining('--with')]);
    const whole = file('whole', aesWrap('id-aes256-wrap-pad', kek, kwpIv).wrap(data));
    expect(await refused('key', 'unwrap', 'back', '--with', 'kek', '-i', whole)).toEqual([73, expect.stringContaining('--overwrite')]);
  });
});
