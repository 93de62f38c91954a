import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from '../../src/cli/capability-groups.js';
import { usualAlgorithm } from '../../src/cli/usual-algorithm.js';
import type { SystemCapabilities } from '../../src/client/index.js';
import { algorithmTable } from '../../src/core/algorithms.js';
import { useKeyDaemon } from './key-daemon.js';
import { useFolder } from './support.js';

const folder = useFolder();
const running = useKeyDaemon(
  {
    aes: { algorithm: 'AES-128' },
    ml: { algorithm: 'ML-DSA-44' },
    rsa: { algorithm: 'RSA-2048' },
    ec: { algorithm: 'ECDSA-P384' },
    kmac: { algorithm: 'KMAC-128' },
  },
  { token: true },
);

function file(name: string, content: Uint8Array | string): string {
  const path = folder.path(name);
  writeFileSync(path, content);
  return path;
}

describe('keyslot capabilities', () => {
  it('is a short table that fits 80 columns', async () => {
    const text = await running().ok('capabilities');
    expect(text).toMatch(/^ALGORITHMS +software +token +VARIANTS$/m);
    expect(text).toMatch(/^ {2}AES-CBC +yes.* (yes|3\/3|-).* 128, 192, 256$/m);
    expect(text).toMatch(/^ {2}AES-ECB\* /m);
    expect(text).toMatch(/^ {2}HMAC +yes.*every hash$/m);
    expect(text).toMatch(/^\[1\] /m);
    const lines = text.trimEnd().split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThan(130);
  });

  it('has every algorithm on exactly one line', () => {
    const rows = families().flatMap((family) => family.rows);
    expect(rows).toHaveLength(algorithmTable.length);
    expect(new Set(rows)).toEqual(new Set(algorithmTable));
  });

  it('gives the whole as JSON', async () => {
    const answer = (await running().json('capabilities')) as unknown as SystemCapabilities;
    expect(answer.providers).toEqual([
      expect.objectContaining({ id: 1, name: 'software', type: 'software', state: 'ready' }),
      expect.objectContaining({ id: 2, name: 'token', type: 'hardware', state: 'ready' }),
    ]);
    expect(answer.algorithms.map(({ algorithm }) => algorithm)).toEqual([...new Set(algorithmTable.map(({ name }) => name))]);
  });

  it('tells of one algorithm and of a family', async () => {
    const { ok, json } = running();
    expect(await json('capabilities', 'sha256')).toEqual({
      algorithm: 'SHA-256',
      supported: true,
      providers: expect.arrayContaining([expect.objectContaining({ id: 1, operations: ['hash'] })]),
    });
    const lines = (await ok('capabilities', 'SLH-DSA')).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ALGORITHM +PROVIDER +OPERATIONS +BITS +NOTE$/);
    expect(lines.filter((line) => /^SLH-DSA-SHA(2|KE)-\d+[sf] +software /.test(line))).toHaveLength(12);
    expect(await ok('capabilities', 'sha-1', '--provider', 'software')).toMatch(/^SHA-1 +software +hash +- +legacy$/m);
  });

  it('ends with 1 for what nobody has', async () => {
    const { refused, run } = running();
    expect(await refused('capabilities', 'ROT13')).toEqual([1, 'keyslot: no provider has ROT13\n']);
    expect(await refused('capabilities', 'SHA-256', '--operation', 'sign')).toEqual([1, 'keyslot: no provider has SHA-256 to sign\n']);
    const json = await run(['capabilities', 'ROT13', '--json']);
    expect([json.status, JSON.parse(json.stdout)]).toEqual([1, { algorithm: 'ROT13', supported: false, providers: [] }]);
    expect(await refused('capabilities', '--provider', 'moon')).toEqual([2, expect.stringContaining('--provider')]);
  });

  it('takes one operation and one provider by name, number or kind', async () => {
    const { ok, json } = running();
    const all = await ok('capabilities', '--all', '--operation', 'sign', '--provider', 'software');
    for (const line of all.trimEnd().split('\n').slice(1)) expect(line).toMatch(/^\S+ +software +sign,/);
    const byNumber = await ok('capabilities', '--all', '--operation', 'sign', '--provider', '1');
    expect(byNumber).toBe(all);
    const hardware = (await json('capabilities', '--provider', 'hardware')) as unknown as SystemCapabilities;
    expect(hardware.providers.map(({ name }) => name)).toEqual(['token']);
    expect(hardware.algorithms.length).toBeGreaterThan(5);
    for (const { supported, providers } of hardware.algorithms) expect([supported, providers.map(({ id }) => id)]).toEqual([true, [2]]);
  });
});

describe('keyslot random', () => {
  it.each([
    ['hex', /^[0-9a-f]{64}\n$/],
    ['base64', /^[A-Za-z0-9+/]{43}=\n$/],
  ])('prints %s', async (format, shape) => {
    const { ok, json } = running();
    const [one, other] = [await ok('random', '32', '--format', format), await ok('random', '32', '--format', format)];
    expect(one).toMatch(shape);
    expect(other).not.toBe(one);
    expect(await json('random', '32', '--format', format)).toEqual({ bytes: 32, format, random: expect.stringMatching(/^\S{44,64}$/) });
  });

  it.each(['software', 'token', 'hardware'])('gives many bytes from %s, to their owner', async (provider) => {
    const { json } = running();
    const out = folder.path(`random-${provider}`);
    expect(await json('random', '300KiB', '--provider', provider, '--format', 'raw', '-o', out)).toEqual({
      bytes: 300 * 1024,
      format: 'raw',
      output: out,
    });
    expect([statSync(out).size, statSync(out).mode & 0o777]).toEqual([300 * 1024, 0o600]);
    // No part was left as it was allocated.
    const bytes = readFileSync(out);
    for (let at = 0; at < bytes.length; at += 1024) expect(bytes.subarray(at, at + 64).some((byte) => byte !== 0)).toBe(true);
  });

  it('refuses what is no number, bytes to a terminal, and raw bytes in JSON', async () => {
    const { refused, run, ok } = running();
    expect(await ok('random', '0')).toBe('\n');
    for (const size of ['many', '-1', '65MiB', '1.5']) expect((await refused('random', size))[0]).toBe(2);
    expect((await refused('random'))[0]).toBe(2);
    expect((await refused('random', '1', '--provider', 'moon'))[0]).toBeGreaterThan(0);
    expect(await run(['random', '8', '--format', 'raw'], { terminal: { stdout: true } })).toMatchObject({ status: 2, stdout: '' });
    expect((await run(['random', '8', '--format', 'raw', '--json'])).status).toBe(2);
  });
});

describe('parameters of hashes, MACs and signatures', () => {
  it('reach the daemon, and are refused by the name of their flag', async () => {
    const { ok, refused } = running();
    const empty = file('empty', '');
    // FIPS 202: SHAKE-128 of the empty message.
    expect(await ok('hash', '-a', 'SHAKE-128', '--length', '4', empty)).toBe(`7f9c2ba4  ${empty}\n`);
    expect(await refused('hash', '--length', '4', empty)).toEqual([2, expect.stringContaining('--length')]);
    expect(await ok('hash', '-a', 'cSHAKE-128', '--length', '4', '--customization', 'mine', empty)).not.toContain('7f9c2ba4');

    const key = Buffer.from('2b7e151628aed2a6abf7158809cf4f3c', 'hex');
    await ok('key', 'import', 'aes', '-i', file('aes.key', key));
    // RFC 4493 section 4, example 1.
    expect(await ok('mac', '--key', 'aes', empty)).toBe(`bb1d6929e95937287fa37d129b756746  ${empty}\n`);
    expect(await ok('mac', '--key', 'aes', '--length', '4', empty)).toBe(`bb1d6929  ${empty}\n`);
    expect(await refused('mac', '--key', 'aes', '--iv', '00', empty)).toEqual([2, expect.stringContaining('--iv')]);
    expect(await refused('mac', '--key', 'aes', '-a', 'GMAC', empty)).toEqual([2, expect.stringContaining('--iv')]);
    const gmac = ['mac', '--key', 'aes', '-a', 'GMAC', '--iv', '000102030405060708090a0b'];
    const [tag = ''] = (await ok(...gmac, empty)).split(' ');
    expect(await ok(...gmac, '--verify', tag, empty)).toBe(`${empty}: ok\n`);
    expect(await refused(...gmac, empty, empty)).toEqual([2, expect.stringContaining('--iv')]);
  });

  it('sign and verify by context, digest, salt and mask', async () => {
    const { ok, run, refused } = running();
    for (const slot of ['ml', 'rsa', 'ec']) await ok('key', 'generate', slot);
    const path = file('message', 'message');
    const digest = file('digest', await digestOf('SHA-384'));
    const pairs: readonly (readonly [slot: string, sign: readonly string[], verify: readonly string[], input: string])[] = [
      ['ml', ['--context', 'app', '--deterministic'], ['--context', 'text:app'], path],
      ['rsa', ['--salt-length', '20', '--mgf-hash', 'sha1'], ['--salt-length', '20', '--mgf-hash', 'SHA-1'], path],
      ['ec', ['--prehashed'], ['--prehashed'], digest],
    ];
    for (const [slot, sign, verify, input] of pairs) {
      const out = folder.path(`${slot}.sig`);
      await ok('sign', '--key', slot, ...sign, input, '-o', out);
      expect((await run(['verify', '--key', slot, ...verify, '-s', out, input])).stdout).toBe(`${input}: ok\n`);
      expect((await run(['verify', '--key', slot, '-s', out, input])).status).toBe(1);
    }
    // The digest's signature is the message's.
    expect((await run(['verify', '--key', 'ec', '-s', folder.path('ec.sig'), path])).stdout).toBe(`${path}: ok\n`);
    expect(await refused('sign', '--key', 'ec', '--context', 'x', path)).toEqual([2, expect.stringContaining('--context')]);
    expect(await refused('sign', '--key', 'rsa', '--format', 'der', path)).toEqual([2, expect.stringContaining('--format')]);
  });

  async function digestOf(algorithm: string): Promise<Buffer> {
    const [hex = ''] = (await running().ok('hash', '-a', algorithm, folder.path('message'))).split(' ');
    return Buffer.from(hex, 'hex');
  }
});

describe('the usual algorithm of a key', () => {
  it.each([
    ['AES-256', 'aead', 'AES-256-GCM'],
    ['AES-128', 'mac', 'AES-CMAC'],
    ['HMAC-SHA-512', 'mac', 'HMAC-SHA-512'],
    ['KMAC-256', 'mac', 'KMAC-256'],
    ['ECDSA-P256', 'sign', 'ECDSA-P256-SHA-256'],
    ['ECDH-P384', 'verify', 'ECDSA-P384-SHA-384'],
    ['RSA-4096', 'verify', 'RSA-PSS-SHA-256'],
    ['Ed448', 'sign', 'Ed448'],
    ['ML-DSA-65', 'sign', 'ML-DSA-65'],
    ['SLH-DSA-SHAKE-256f', 'verify', 'SLH-DSA-SHAKE-256f'],
  ] as const)('of %s for %s is %s', (key, kind, algorithm) => {
    expect(usualAlgorithm(key, kind)).toBe(algorithm);
  });

  it('is one of the kind where none fits', () => {
    expect(usualAlgorithm('AES-256', 'sign')).toBe('ECDSA-P256-SHA-256');
    expect(usualAlgorithm('of the future', 'sign')).toBeUndefined();
  });
});
