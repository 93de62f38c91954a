import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useKeyDaemon } from './key-daemon.js';
import { useFolder } from './support.js';

const folder = useFolder();
const usage = ['encrypt', 'decrypt'] as const;
const running = useKeyDaemon(
  {
    aes: { algorithm: 'AES-256' },
    'token-aes': { algorithm: 'AES-256', providers: ['token'], permissions: usage },
    'token-ec': { algorithm: 'ECDSA-P256', providers: ['token'], permissions: ['sign', 'verify'] },
    ec: { algorithm: 'ECDSA-P256' },
    'other-ec': { algorithm: 'ECDSA-P256' },
    rsa: { algorithm: 'RSA-2048' },
    ed: { algorithm: 'Ed25519' },
    bound: { algorithm: 'AES-256', permissions: usage },
    'use-only': { algorithm: 'AES-256', rights: ['use'] },
  },
  { token: true },
);

function file(name: string, content: Uint8Array | string): string {
  const path = folder.path(name);
  writeFileSync(path, content);
  return path;
}
function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8' });
}
async function publicPem(slot: string): Promise<string> {
  return running().ok('key', 'export', slot, '--public');
}

describe('keyslot key generate', () => {
  it.each([
    ['aes', 'software', 'AES-256'],
    ['token-aes', 'token', 'AES-256'],
    ['token-ec', 'token', 'ECDSA-P256'],
    ['ed', 'software', 'Ed25519'],
  ])('fills %s in %s', async (slot, provider, algorithm) => {
    const { ok, json, refused } = running();
    expect(await ok('key', 'generate', slot)).toMatch(new RegExp(`^${slot}: ${algorithm} generated, in ${provider}; may `));
    expect(await refused('key', 'generate', slot)).toEqual([73, expect.stringContaining('give --overwrite')]);
    const answer = await json('key', 'generate', slot, '--overwrite');
    expect(answer).toEqual({ slot, algorithm, provider, permissions: expect.any(Array) });
  });

  it('gives the permissions that were asked for', async () => {
    const { json, refused } = running();
    const made = await json('key', 'generate', 'aes', '--overwrite', '--permissions', 'encrypt, wrap', '--algorithm', 'aes-256');
    expect(made.permissions).toEqual(['encrypt', 'wrap']);
    expect((await json('key', 'generate', 'aes', '--overwrite', '--permissions', 'none')).permissions).toEqual([]);
    expect(await refused('key', 'generate', 'bound', '--permissions', 'export')).toEqual([
      77,
      'keyslot: --permissions: slot "bound" does not allow: export (KEY_OPERATION_NOT_PERMITTED)\n',
    ]);
    expect(await refused('key', 'generate', 'aes', '--permissions', 'fly')).toEqual([2, expect.stringContaining('"fly" is no permission')]);
  });

  it('narrows the public half', async () => {
    const { ok, refused } = running();
    await ok('key', 'generate', 'ec', '--overwrite', '--public-permissions', 'none');
    const path = file('signed', 'x');
    await ok('sign', '--key', 'ec', path, '-o', folder.path('ec.sig'));
    expect((await refused('verify', '--key', 'ec', '-s', folder.path('ec.sig'), path))[0]).toBe(77);
    await ok('key', 'generate', 'ec', '--overwrite');
  });

  it('refuses what can not be', async () => {
    const { refused, run } = running();
    expect(await refused('key', 'generate', 'aes', '--algorithm', 'AES-128')).toEqual([
      1,
      'keyslot: --algorithm: slot "aes" takes AES-256, not AES-128 (ALGORITHM_MISMATCH)\n',
    ]);
    expect((await refused('key', 'generate', 'no-such'))[0]).toBe(66);
    expect((await refused('key', 'generate', 'use-only'))[0]).toBe(77);
    expect((await refused('key', 'generate'))[0]).toBe(2);
    const json = await run(['key', 'generate', 'aes', '--json']);
    expect([json.status, JSON.parse(json.stdout)]).toEqual([
      73,
      { error: expect.objectContaining({ code: 'KEY_SLOT_OCCUPIED', field: 'overwrite' }) },
    ]);
  });

  it('says so while it takes long, on a terminal only', async () => {
    const { run } = running();
    expect((await run(['key', 'generate', 'rsa', '--overwrite'])).stderr).toBe('');
    expect((await run(['key', 'generate', 'rsa', '--overwrite'], { terminal: { stderr: true } })).status).toBe(0);
  });
});

describe('keyslot key import', () => {
  it('takes what openssl makes, in every encoding', async () => {
    const { json } = running();
    const pkcs8 = folder.path('ec.pem');
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', pkcs8);
    const expected = openssl('pkey', '-in', pkcs8, '-pubout');
    const sec1 = folder.path('sec1.pem');
    openssl('ec', '-in', pkcs8, '-out', sec1);
    const [der, sec1Der] = [folder.path('ec.der'), folder.path('sec1.der')];
    openssl('pkey', '-in', pkcs8, '-outform', 'DER', '-out', der);
    openssl('ec', '-in', pkcs8, '-outform', 'DER', '-out', sec1Der);
    for (const [path, format] of [
      [pkcs8, 'pem'],
      [sec1, 'pem'],
      [der, 'der'],
      [sec1Der, 'der'],
    ] as const) {
      expect(await json('key', 'import', 'ec', '-i', path, '--overwrite')).toEqual({
        slot: 'ec',
        algorithm: 'ECDSA-P256',
        provider: 'software',
        permissions: expect.arrayContaining(['sign', 'export']),
        file: path,
        bytes: statSync(path).size,
        format,
      });
      expect(await publicPem('ec')).toBe(expected);
    }
  });

  it('takes JWK and raw bytes, told from their content', async () => {
    const { json, run, ok } = running();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const jwk = file('ed.jwk', ` ${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`);
    expect(await json('key', 'import', 'ed', '--input', jwk, '--overwrite')).toMatchObject({ format: 'jwk' });
    expect(await publicPem('ed')).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
    // The first byte of a JWK, and of DER, does not make a raw key something else.
    for (const first of ['{', '0', '-']) {
      const raw = Buffer.concat([Buffer.from(first), randomBytes(31)]);
      const result = await run(['key', 'import', 'aes', '--overwrite', '--json'], { input: raw });
      expect(JSON.parse(result.stdout)).toMatchObject({ slot: 'aes', file: '-', bytes: 32, format: 'raw' });
      await ok('key', 'export', 'aes', '-o', folder.path('aes.raw'), '--force');
      expect(readFileSync(folder.path('aes.raw')).equals(raw)).toBe(true);
    }
    const oct = file('aes.jwk', JSON.stringify({ kty: 'oct', k: randomBytes(32).toString('base64url') }));
    expect(await json('key', 'import', 'aes', '-i', oct, '--overwrite')).toMatchObject({ format: 'jwk' });
  });

  describe('of an encrypted PKCS#8', () => {
    const passphrase = 'Pa55 wörd';
    let plain = '';
    let encrypted = '';
    function prepare(): void {
      if (encrypted !== '') return;
      [plain, encrypted] = [folder.path('plain.pem'), folder.path('encrypted.pem')];
      openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', plain);
      openssl('pkcs8', '-topk8', '-v2', 'aes256', '-in', plain, '-passout', `pass:${passphrase}`, '-out', encrypted);
    }

    it('takes the passphrase from a file, a descriptor and the terminal', async () => {
      prepare();
      const { ok, run } = running();
      const expected = openssl('pkey', '-in', plain, '-pubout');
      await ok('key', 'import', 'ec', '-i', encrypted, '--passphrase-file', file('pass', `${passphrase}\n`), '--overwrite');
      expect(await publicPem('ec')).toBe(expected);
      const descriptor = openSync(file('pass-crlf', `${passphrase}\r\n`), 'r');
      try {
        await ok('key', 'import', 'other-ec', '-i', encrypted, '--passphrase-fd', String(descriptor), '--overwrite');
      } finally {
        closeSync(descriptor);
      }
      expect(await publicPem('other-ec')).toBe(expected);
      const asked = await run(['key', 'import', 'ec', '-i', encrypted, '--overwrite'], { typed: [passphrase] });
      expect([asked.status, asked.stderr]).toEqual([0, `Passphrase of ${encrypted}: `]);
    });

    it('takes the key from standard input as well', async () => {
      prepare();
      const { run } = running();
      const args = ['key', 'import', 'ec', '--passphrase-file', file('pass', passphrase), '--overwrite'];
      expect(await run(args, { input: readFileSync(encrypted) })).toMatchObject({ status: 0 });
    });

    it('refuses a wrong one, none, and what is too much', async () => {
      prepare();
      const { refused, run } = running();
      const args = ['key', 'import', 'ec', '-i', encrypted, '--overwrite'];
      expect(await refused(...args, '--passphrase-file', file('wrong', 'wrong'))).toEqual([
        65,
        expect.stringContaining('--passphrase-file'),
      ]);
      expect(await refused(...args)).toEqual([2, expect.stringContaining('give --passphrase-file FILE or --passphrase-fd N')]);
      expect((await refused(...args, '--passphrase-file', file('empty', '\n')))[0]).toBe(65);
      expect((await refused(...args, '--passphrase-file', file('long', 'x'.repeat(1027))))[0]).toBe(65);
      expect((await refused(...args, '--passphrase-file', folder.path('none')))[0]).toBe(66);
      expect((await refused(...args, '--passphrase-fd', '9999'))[0]).toBe(2);
      expect((await refused(...args, '--passphrase-fd', '3', '--passphrase-file', 'x'))[0]).toBe(2);
      expect(await refused('key', 'import', 'ec', '-i', plain, '--passphrase-file', file('pass', 'x'))).toEqual([
        2,
        expect.stringContaining('is not encrypted'),
      ]);
      const old = folder.path('old.pem');
      openssl('ec', '-in', plain, '-aes256', '-passout', `pass:${passphrase}`, '-out', old);
      for (const more of [[], ['--passphrase-file', file('pass', passphrase)]])
        expect(await refused('key', 'import', 'ec', '-i', old, '--overwrite', ...more)).toEqual([
          65,
          expect.stringContaining('openssl pkcs8 -topk8'),
        ]);
      expect(await run(['key', 'import', 'ec', '--passphrase-fd', '0'])).toMatchObject({ status: 2 });
      expect(await run(['key', 'import', 'ec', '--passphrase-file', '-'])).toMatchObject({ status: 2 });
    });
  });

  it('refuses what is no key of the slot', async () => {
    const { refused } = running();
    const raw = file('short', randomBytes(16));
    expect(await refused('key', 'import', 'aes', '-i', raw, '--overwrite')).toEqual([1, expect.stringContaining('--input: ')]);
    expect(await refused('key', 'import', 'aes', '-i', file('nothing', ''))).toEqual([65, expect.stringContaining('is empty')]);
    expect((await refused('key', 'import', 'ec', '-i', raw, '--overwrite'))[0]).toBe(65);
    expect((await refused('key', 'import', 'ec', '-i', folder.path('none')))[0]).toBe(66);
    expect((await refused('key', 'import', 'ec', '-i', raw, '--format', 'pgp'))[0]).toBe(2);
    expect((await refused('key', 'import', 'ec', '-i', file('long', randomBytes(70_000))))[0]).toBe(65);
    expect((await refused('key', 'import', 'use-only', '-i', file('32', randomBytes(32))))[0]).toBe(77);
    expect(await refused('key', 'import', 'aes', '-i', folder.path('32'))).toEqual([73, expect.stringContaining('--overwrite')]);
  });
});

describe('keyslot key export', () => {
  it.each(['ec', 'rsa', 'ed', 'token-ec'])('gives the public half of %s in each format', async (slot) => {
    const { ok, run, json } = running();
    await ok('key', 'generate', slot, '--overwrite');
    const pem = await publicPem(slot);
    expect(openssl('pkey', '-pubin', '-in', file('public.pem', pem), '-pubout')).toBe(pem);
    const key = createPublicKey(pem);
    const jwk = JSON.parse(await ok('key', 'export', slot, '--public', '--format', 'jwk')) as object;
    expect(jwk).toMatchObject(key.export({ format: 'jwk' }));
    const der = await run(['key', 'export', slot, '--public', '--format', 'der']);
    expect(der.bytes.equals(key.export({ type: 'spki', format: 'der' }))).toBe(true);
    const told = await json('key', 'export', slot, '--public');
    expect(told).toEqual({ slot, algorithm: expect.any(String), half: 'public', format: 'pem', bytes: pem.length, key: pem });
  });

  it('gives a private key that openssl reads, to its owner alone', async () => {
    const { ok, json } = running();
    const out = folder.path('private.pem');
    await ok('key', 'export', 'ec', '-o', out);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(openssl('pkey', '-in', out, '-pubout')).toBe(await publicPem('ec'));
    const told = await json('key', 'export', 'ec', '--format', 'jwk', '-o', folder.path('private.jwk'));
    expect(told).toMatchObject({ half: 'private', format: 'jwk', output: folder.path('private.jwk') });
    expect(told).not.toHaveProperty('key');
    expect(JSON.parse(readFileSync(folder.path('private.jwk'), 'utf8'))).toMatchObject({ kty: 'EC', d: expect.any(String) });
  });

  it('replaces a file only when forced, and shows no secret', async () => {
    const { ok, refused, run } = running();
    await ok('key', 'generate', 'aes', '--overwrite');
    const out = file('precious', 'precious');
    expect((await refused('key', 'export', 'aes', '-o', out))[0]).toBe(73);
    expect(readFileSync(out, 'utf8')).toBe('precious');
    await ok('key', 'export', 'aes', '-o', out, '--force');
    expect([readFileSync(out).length, statSync(out).mode & 0o777]).toEqual([32, 0o600]);
    const terminal = { stdout: true };
    for (const args of [
      ['key', 'export', 'aes'],
      ['key', 'export', 'ec'],
      ['key', 'export', 'ec', '--public', '--format', 'der'],
    ]) {
      expect(await run(args, { terminal })).toMatchObject({ status: 2, stdout: '' });
      expect((await run([...args, '--force'], { terminal })).bytes.length).toBeGreaterThan(30);
    }
    expect((await run(['key', 'export', 'ec', '--public'], { terminal })).stdout).toContain('PUBLIC KEY');
    const json = await run(['key', 'export', 'aes', '--json']);
    expect([json.status, JSON.parse(json.stdout)]).toEqual([2, { error: expect.objectContaining({ field: 'output' }) }]);
  });

  it('refuses what may not leave, and what there is not', async () => {
    const { ok, refused } = running();
    await ok('key', 'generate', 'bound', '--overwrite');
    expect((await refused('key', 'export', 'bound'))[0]).toBe(77);
    expect(await refused('key', 'export', 'aes', '--public')).toEqual([1, expect.stringContaining('--public')]);
    expect(await refused('key', 'export', 'ec', '--format', 'raw')).toEqual([2, expect.stringContaining('--format')]);
    expect(await refused('key', 'export', 'aes', '--format', 'pem')).toEqual([2, expect.stringContaining('--format')]);
    expect((await refused('key', 'export', 'token-ec'))[0]).toBe(77);
  });
});

describe('keyslot key list and clear', () => {
  it('tell and empty the slots of the caller', async () => {
    const { ok, json, refused, run } = running();
    await ok('key', 'generate', 'aes', '--overwrite', '--permissions', 'encrypt');
    const { slots } = (await json('key', 'list')) as { slots: { name: string }[] };
    expect(slots.map(({ name }) => name).sort()).toHaveLength(9);
    expect(slots.find(({ name }) => name === 'aes')).toEqual({
      name: 'aes',
      state: 'occupied',
      algorithm: 'AES-256',
      provider: 'software',
      compatibleProviders: ['software'],
      permissions: ['encrypt'],
      rights: ['use', 'write', 'generate', 'clear'],
    });
    const text = await ok('key', 'list');
    expect(text).toMatch(/^SLOT +STATE +ALGORITHM +PROVIDER +RIGHTS +PERMISSIONS$/m);
    expect(text).toMatch(/^aes +occupied +AES-256 +software +use,write,generate,clear +encrypt$/m);
    expect(text).toMatch(/^use-only +empty +AES-256 +software +use +encrypt,/m);

    expect(await refused('key', 'clear', 'aes')).toEqual([2, expect.stringContaining('--yes')]);
    const no = await run(['key', 'clear', 'aes'], { typed: ['no'] });
    expect([no.status, no.stderr]).toEqual([1, expect.stringMatching(/^Destroy the key in aes \(AES-256\) .*nothing was cleared/)]);
    expect((await run(['key', 'clear', 'aes', '--json'], { typed: ['yes'] })).status).toBe(2);
    expect(await run(['key', 'clear', 'aes'], { typed: ['yes'] })).toMatchObject({ status: 0, stdout: 'aes: cleared\n' });
    expect((await refused('key', 'clear', 'aes', '--yes'))[0]).toBe(66);
    expect((await refused('key', 'clear', 'use-only', '-y'))[0]).toBe(77);
    await ok('key', 'generate', 'token-aes', '--overwrite');
    expect(await json('key', 'clear', 'token-aes', '-y')).toEqual({ slot: 'token-aes', cleared: true });
    expect(await ok('key', 'list')).toMatch(/^token-aes +empty /m);
  });
});
