import { diffieHellman, generateKeyPairSync, hkdfSync, pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useKeyDaemon } from './key-daemon.js';
import { useFolder } from './support.js';

const folder = useFolder();
const running = useKeyDaemon({
  secret: { algorithm: 'GENERIC-SECRET' },
  out: { algorithm: 'AES-256' },
  mac: { algorithm: 'HMAC-SHA-256' },
  locked: { algorithm: 'GENERIC-SECRET', permissions: ['mac'] },
  mine: { algorithm: 'ECDH-P256' },
  signer: { algorithm: 'ECDSA-P256', permissions: ['sign', 'verify'] },
  x: { algorithm: 'X25519' },
  kem: { algorithm: 'ML-KEM-768' },
  shared: { algorithm: 'AES-256' },
  again: { algorithm: 'AES-256' },
});
const secret = randomBytes(24);

function file(name: string, content: Uint8Array | string): string {
  const path = folder.path(name);
  writeFileSync(path, content);
  return path;
}
async function held(slot: string): Promise<Buffer> {
  return (await running().run(['key', 'export', slot])).bytes;
}

beforeAll(async () => {
  const { ok } = running();
  await ok('key', 'import', 'secret', '-i', file('secret', secret));
  await ok('key', 'generate', 'locked');
  for (const slot of ['mine', 'signer', 'x', 'kem']) await ok('key', 'generate', slot);
});

describe('keyslot key derive', () => {
  const salt = randomBytes(16);
  const hex = salt.toString('hex');
  it.each([
    [['HKDF-SHA-256', '--salt', hex, '--label', 'disk'], () => hkdfSync('sha256', secret, salt, 'disk', 32)],
    [['HKDF-SHA-512', '--label', 'hex:00ff'], () => hkdfSync('sha512', secret, '', Buffer.from('00ff', 'hex'), 32)],
    [['PBKDF2-SHA-256', '--salt', `hex:${hex}`, '--iterations', '1000'], () => pbkdf2Sync(secret, salt, 1000, 32, 'sha256')],
    [
      ['scrypt', '--salt', 'text:salty', '--iterations', '1024', '--memory', '8', '--parallelism', '2'],
      () => scryptSync(secret, 'salty', 32, { N: 1024, r: 8, p: 2 }),
    ],
  ])('with %j gives what node:crypto gives', async (flags, expected) => {
    const { json } = running();
    expect(await json('key', 'derive', 'out', '--from', 'secret', '--kdf', ...flags, '--overwrite')).toEqual({
      slot: 'out',
      algorithm: 'AES-256',
      provider: 'software',
      permissions: expect.any(Array),
      from: 'secret',
      kdf: flags[0],
    });
    expect((await held('out')).equals(Buffer.from(expected() as ArrayBuffer))).toBe(true);
  });

  it('takes values from files, and a length where there is a choice', async () => {
    const { ok } = running();
    const args = ['key', 'derive', 'mac', '--from', 'secret', '--kdf', 'HKDF-SHA-256', '--salt', `@${file('salt', salt)}`];
    expect(await ok(...args, '--length', '512', '--permissions', 'mac,export')).toBe(
      'mac: HMAC-SHA-256 derived, in software; may mac, export\n',
    );
    expect((await held('mac')).equals(Buffer.from(hkdfSync('sha256', secret, salt, '', 64)))).toBe(true);
  });

  it('refuses missing, surplus and wrong values by the name of their flag', async () => {
    const { refused, run } = running();
    const args = ['key', 'derive', 'out', '--overwrite', '--from', 'secret', '--kdf'];
    expect(await refused(...args, 'PBKDF2-SHA-256')).toEqual([2, 'keyslot: PBKDF2-SHA-256 needs --salt\n']);
    expect(await refused(...args, 'PBKDF2-SHA-256', '--salt', '00')).toEqual([2, 'keyslot: PBKDF2-SHA-256 needs --iterations\n']);
    expect(await refused(...args, 'HKDF-SHA-256', '--memory', '8')).toEqual([2, expect.stringContaining('--memory')]);
    expect(await refused(...args, 'HKDF-SHA-256', '--length', '128')).toEqual([2, expect.stringContaining('--length')]);
    expect(await refused(...args, 'HKDF-MD5')).toEqual([1, expect.stringContaining('--kdf')]);
    expect(await refused(...args, 'HKDF-SHA-256', '--salt', 'xyz')).toEqual([2, expect.stringContaining('is not hexadecimal')]);
    expect((await refused(...args, 'HKDF-SHA-256', '--salt', `@${folder.path('none')}`))[0]).toBe(66);
    expect((await refused(...args, 'scrypt', '--iterations', 'many'))[0]).toBe(2);
    expect(await refused('key', 'derive', 'out', '--from', 'secret')).toEqual([2, expect.stringContaining('--kdf')]);
    expect(await refused('key', 'derive', 'out', '--from', 'secret', '--salt', '00')).toEqual([2, expect.stringContaining('--salt')]);
    expect(await refused('key', 'derive', 'out', '--from', 'locked', '--kdf', 'HKDF-SHA-256')).toEqual([
      77,
      expect.stringContaining('--from: the key may not derive'),
    ]);
    expect((await refused('key', 'derive', 'out', '--from', 'none', '--kdf', 'HKDF-SHA-256'))[0]).toBe(66);
    expect((await refused('key', 'derive', 'out', '--from', 'secret', '--kdf', 'HKDF-SHA-256'))[0]).toBe(73);
    const json = await run([...args, 'PBKDF2-SHA-256', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ error: expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'salt' }) });
  });
});

describe('keyslot key agree', () => {
  const kdf = ['--kdf', 'HKDF-SHA-256', '--label', 'test'];
  const expected = (shared: Buffer) => Buffer.from(hkdfSync('sha256', shared, '', 'test', 32));

  it.each([
    ['mine', 'ECDH-P256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['x', 'X25519', () => generateKeyPairSync('x25519')],
  ] as const)('with the key in %s makes what the peer makes', async (slot, agreement, make) => {
    const { ok, json } = running();
    const peer = make();
    const mine = await ok('key', 'export', slot, '--public');
    const shared = expected(diffieHellman({ privateKey: peer.privateKey, publicKey: (await import('node:crypto')).createPublicKey(mine) }));
    const der = peer.publicKey.export({ type: 'spki', format: 'der' });
    const raw = slot === 'x' ? der.subarray(-32) : der.subarray(-65);
    for (const content of [
      peer.publicKey.export({ type: 'spki', format: 'pem' }),
      der,
      JSON.stringify(peer.publicKey.export({ format: 'jwk' })),
      raw,
    ]) {
      const told = await json('key', 'agree', 'out', '--private', slot, '--peer', file('peer', content), ...kdf, '--overwrite');
      expect(told).toEqual({
        slot: 'out',
        algorithm: 'AES-256',
        provider: 'software',
        permissions: expect.any(Array),
        private: slot,
        agreement,
        kdf: 'HKDF-SHA-256',
      });
      expect((await held('out')).equals(shared)).toBe(true);
    }
  });

  it('refuses, and names the flag', async () => {
    const { refused } = running();
    const peer = file('peer.pem', generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' }));
    const args = ['key', 'agree', 'out', '--overwrite', '--peer'];
    expect(await refused(...args, peer, '--private', 'mine', ...kdf)).toEqual([1, expect.stringContaining('--peer')]);
    expect(await refused(...args, peer, '--private', 'secret', ...kdf)).toEqual([2, expect.stringContaining('--private')]);
    expect(await refused(...args, peer, '--private', 'signer', ...kdf)).toEqual([77, expect.stringContaining('--private')]);
    expect(await refused(...args, peer, '--private', 'x', ...kdf, '--agreement', 'DH')).toEqual([
      1,
      expect.stringContaining('--agreement'),
    ]);
    expect(await refused(...args, peer, '--private', 'x')).toEqual([2, expect.stringContaining('--kdf')]);
    expect((await refused(...args, folder.path('none'), '--private', 'x', ...kdf))[0]).toBe(66);
    expect((await refused(...args, file('zeros', Buffer.alloc(32)), '--private', 'x', ...kdf))[0]).toBe(1);
    expect((await refused(...args, file('rubbish', 'rubbish'), '--private', 'x', ...kdf))[0]).toBeGreaterThan(0);
  });
});

describe('keyslot kem', () => {
  const may = ['--permissions', 'encrypt,decrypt,export', '--overwrite'];

  it.each([[[]], [['--kdf', 'HKDF-SHA-256', '--label', 'session']]])('gives both ends the same key, with %j', async (kdf) => {
    const { ok, json } = running();
    const [peer, ciphertext] = [folder.path('kem.pem'), folder.path('ciphertext')];
    await ok('key', 'export', 'kem', '--public', '-o', peer, '--force');
    const told = await json('kem', 'encapsulate', '--peer', peer, '--key', 'shared', ...kdf, ...may, '-o', ciphertext, '--force');
    expect(told).toEqual({
      slot: 'shared',
      algorithm: 'AES-256',
      provider: 'software',
      permissions: ['encrypt', 'decrypt', 'export'],
      peer,
      ciphertextBytes: 1088,
      output: ciphertext,
    });
    expect(readFileSync(ciphertext)).toHaveLength(1088);
    expect(await ok('kem', 'decapsulate', '--private', 'kem', '--input', ciphertext, '--key', 'again', ...kdf, ...may)).toBe(
      'again: AES-256 decapsulated, in software; may encrypt, decrypt, export\n',
    );
    expect((await held('again')).equals(await held('shared'))).toBe(true);
  });

  it('encapsulates for a slot as well, and writes the ciphertext to a pipe or into JSON', async () => {
    const { run, json } = running();
    const piped = await run(['kem', 'encapsulate', '--to', 'kem', '--key', 'shared', ...may]);
    expect([piped.status, piped.bytes.length, piped.stderr]).toEqual([0, 1088, '']);
    expect((await run(['kem', 'decapsulate', '--private', 'kem', '--key', 'again', ...may], { input: piped.bytes })).status).toBe(0);
    expect((await held('again')).equals(await held('shared'))).toBe(true);
    const told = await json('kem', 'encapsulate', '--to', 'kem', '--key', 'shared', ...may);
    expect(Buffer.from(told.ciphertext as string, 'base64')).toHaveLength(1088);
    expect(told).toMatchObject({ to: 'kem', slot: 'shared' });
    const decapsulated = await json('kem', 'decapsulate', '--private', 'kem', '-i', file('ct', piped.bytes), '--key', 'again', ...may);
    expect(decapsulated).toMatchObject({ slot: 'again', algorithm: 'AES-256', private: 'kem', file: folder.path('ct') });
  });

  it('refuses, and leaves nothing behind', async () => {
    const { refused, ok } = running();
    const never = folder.path('never');
    const to = ['kem', 'encapsulate', '--to', 'kem', '--key'];
    expect(await refused(...to, 'shared', '-o', never)).toEqual([73, expect.stringContaining('--overwrite')]);
    expect(() => readFileSync(never)).toThrow('ENOENT');
    expect((await refused('kem', 'encapsulate', '--key', 'shared'))[0]).toBe(2);
    expect((await refused(...to, 'shared', '--peer', 'x'))[0]).toBe(2);
    expect((await refused(...to, 'shared', '-a', 'ML-KEM-512'))[0]).toBe(2);
    expect(await refused(...to, 'secret', '--kdf', 'PBKDF2-SHA-256', '--overwrite')).toEqual([2, expect.stringContaining('--salt')]);
    expect(await refused('kem', 'encapsulate', '--to', 'x', '--key', 'shared', '--overwrite')).toEqual([
      expect.any(Number),
      expect.stringContaining('--to'),
    ]);
    const pem = folder.path('kem.pem');
    await ok('key', 'export', 'kem', '--public', '-o', pem, '--force');
    const peer = ['kem', 'encapsulate', '--peer', pem, '--key', 'shared', '--overwrite', '-a'];
    expect((await refused(...peer, 'ML-KEM-512'))[0]).toBe(1);
    expect((await refused('kem', 'decapsulate', '--private', 'kem', '-i', pem, '--key', 'again', '--overwrite'))[1]).toContain('--input');
    expect((await refused('kem', 'decapsulate', '--private', 'kem', '-i', folder.path('none'), '--key', 'again'))[0]).toBe(66);
  });
});
