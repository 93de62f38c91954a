/** `keyslot seal --to` and `keyslot open --key`: from node to node, without a vault. */
import { spawnSync } from 'node:child_process';
import { createECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { useKeyDaemon } from './key-daemon.js';
import { keyslot, program, useFolder } from './support.js';

const folder = useFolder();
const daemon = useKeyDaemon({
  x: { algorithm: 'X25519' },
  p: { algorithm: 'ECDH-P256' },
  'x-other': { algorithm: 'X25519' },
  'x-idle': { algorithm: 'X25519', permissions: ['derive'] },
  aes: { algorithm: 'AES-256' },
  p384: { algorithm: 'ECDH-P384' },
  'node-key': { algorithm: 'X25519' },
  nothing: { algorithm: 'X25519' },
});
const plaintext = Buffer.from('between nodes\n\u0000\u00ff');
const plain = () => folder.path('plain');
beforeAll(async () => {
  writeFileSync(plain(), plaintext);
  for (const slot of ['x', 'p', 'x-other', 'x-idle', 'aes', 'p384']) await daemon().ok('key', 'generate', slot);
});

/** The public half of a slot's key in a file. */
async function publicFile(slot: string, format: string): Promise<string> {
  const path = folder.path(`${slot}.${format}`);
  if (!existsSync(path)) await daemon().ok('key', 'export', slot, '--public', '--format', format, '-o', path);
  return path;
}
async function sealed(slot: string, name: string): Promise<string> {
  const box = folder.path(name);
  await daemon().ok('seal', '--to', await publicFile(slot, 'pem'), plain(), '-o', box, '--force');
  return box;
}

describe.each(['x', 'p'])('to the key in %s', (slot) => {
  it.each(['pem', 'der', 'jwk', 'raw'])('given as %s, without a daemon', async (format) => {
    const file = await publicFile(slot, format);
    const box = folder.path(`${slot}-${format}.box`);
    const { status, stderr } = await keyslot(['seal', '--to', file, plain(), '-o', box]);
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(box).subarray(0, 8).toString('latin1')).toBe('KSLTBOX\u0001');
    expect(readFileSync(box).includes(plaintext)).toBe(false);
    const out = folder.path(`${slot}-${format}.out`);
    await daemon().ok('open', '--key', slot, box, '-o', out);
    expect(readFileSync(out).equals(plaintext)).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('through pipes, and of every size', async () => {
    const to = await publicFile(slot, 'pem');
    for (const size of [0, 1, 70_000, 3_000_000]) {
      const text = Buffer.alloc(size, 'k');
      const { bytes } = await daemon().run(['seal', '--to', to], { input: text });
      expect(bytes).toHaveLength(17 + (slot === 'x' ? 32 : 65) + 12 + size + 16);
      const opened = await daemon().run(['open', '-k', slot, '-'], { input: bytes });
      expect(opened.bytes.equals(text), `${size} bytes: ${opened.stderr}`).toBe(true);
    }
  });

  it('changed bytes are refused, and leave nothing', async () => {
    const box = readFileSync(await sealed(slot, 'to-change.box'));
    for (const at of [8, 12, 20, box.length - 1]) {
      const changed = Buffer.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const out = folder.path('changed.out');
      const { status, stdout } = await daemon().run(['open', '-k', slot, '-o', out], { input: changed });
      expect([status === 0, stdout, existsSync(out)], `byte ${at}`).toEqual([false, '', false]);
    }
    const [status, message] = await daemon().refused('open', '-k', slot, await sealedFile(box.subarray(0, -1)));
    expect([status, message]).toEqual([1, expect.stringContaining('(OPERATION_FAILED)')]);
  });
});

async function sealedFile(bytes: Uint8Array): Promise<string> {
  const path = folder.path('some.box');
  writeFileSync(path, bytes);
  return path;
}

it('JSON tells where it went, and never what it was', async () => {
  const box = folder.path('json.box');
  const to = await publicFile('x', 'pem');
  expect(await daemon().json('seal', '--to', to, plain(), '-o', box)).toEqual({ file: plain(), output: box, to, bytes: plaintext.length });
  const out = folder.path('json.out');
  const about = await daemon().json('open', '-k', 'x', box, '-o', out);
  expect(about).toEqual({ file: box, output: out, key: 'x', bytes: plaintext.length });
  const { status, stdout } = await daemon().run(['open', '-k', 'x', box, '--json']);
  expect([status, JSON.parse(stdout)]).toEqual([2, { error: expect.objectContaining({ field: 'output' }) }]);
});

describe('is refused with', () => {
  it('no key to open it: the flag is named', async () => {
    expect(await daemon().refused('open', await sealed('x', 'a.box'))).toEqual([
      2,
      'keyslot: this was sealed to a public key: give --key SLOT, the slot of its private key\n',
    ]);
  });
  it("another node's key (66), an empty slot (66), none of that name (66)", async () => {
    const box = await sealed('x', 'b.box');
    expect(await daemon().refused('open', '-k', 'x-other', box)).toEqual([
      66,
      expect.stringContaining('--key: this was sealed to another key'),
    ]);
    expect(await daemon().refused('open', '-k', 'p', box)).toEqual([66, expect.stringContaining('sealed to another key')]);
    expect(await daemon().refused('open', '-k', 'nothing', box)).toEqual([66, expect.stringContaining('KEY_SLOT_EMPTY')]);
    expect(await daemon().refused('open', '-k', 'none', box)).toEqual([66, expect.stringContaining('RESOURCE_NOT_FOUND')]);
  });
  it('a key that may not agree (77), a secret key (1)', async () => {
    expect(await daemon().refused('open', '-k', 'x-idle', await sealed('x-idle', 'c.box'))).toEqual([
      77,
      expect.stringContaining('KEY_OPERATION_NOT_PERMITTED'),
    ]);
    expect(await daemon().refused('open', '-k', 'aes', await sealed('x', 'd.box'))).toEqual([
      1,
      expect.stringContaining('INCOMPATIBLE_KEY_TYPE'),
    ]);
  });
  it('files that are something else', async () => {
    const file = folder.path('sealed-file');
    await daemon().ok('encrypt', '-k', 'aes', plain(), '-o', file);
    expect(await daemon().refused('open', file)).toEqual([2, 'keyslot: this file was made by keyslot encrypt: keyslot decrypt opens it\n']);
    expect(await daemon().refused('open', plain())).toEqual([65, 'keyslot: encrypted data must be JSON (INVALID_FORMAT)\n']);
    expect(await daemon().refused('rotate', await sealed('x', 'e.box'))).toEqual([2, expect.stringContaining('has no versions')]);
    expect(await daemon().refused('open', folder.path('missing'))).toEqual([66, expect.stringContaining('there is no such file')]);
    expect(await daemon().refused('open', '-k', 'x', await sealedFile(Buffer.from('KSLTBOX\u0001\u0009')))).toEqual([
      65,
      expect.stringContaining('INVALID_FORMAT'),
    ]);
  });
  it('8 MiB and a byte', async () => {
    const to = await publicFile('x', 'pem');
    const { status, stderr } = await daemon().run(['seal', '--to', to], { input: Buffer.alloc(8 * 1024 * 1024 + 1) });
    expect([status, stderr]).toEqual([
      65,
      'keyslot: standard input is longer than 8.0 MiB, the most that is sealed in one piece: keyslot encrypt takes files of any size (INVALID_FORMAT)\n',
    ]);
  });
  it('--to and --key-version; a key and a file that are both standard input', async () => {
    const to = await publicFile('x', 'pem');
    expect(await daemon().refused('seal', '--to', to, '--key-version', '2', plain())).toEqual([
      2,
      expect.stringContaining('--key-version'),
    ]);
    expect(await daemon().refused('seal', '--to', '-')).toEqual([2, expect.stringContaining('both be standard input')]);
    expect(await daemon().refused('seal', '--to', folder.path('missing'), plain())).toEqual([66, expect.stringContaining('no such file')]);
  });
});

const pem = (key: KeyObject, type: 'spki' | 'pkcs8') => key.export({ format: 'pem', type: type as 'spki' });
const ed25519 = generateKeyPairSync('ed25519');
const x25519 = generateKeyPairSync('x25519');
it.each([
  ['a private key in PEM', pem(x25519.privateKey, 'pkcs8'), 'this is a private key'],
  ['a private key in JWK', JSON.stringify(x25519.privateKey.export({ format: 'jwk' })), 'this is a private key'],
  ['a private key in DER', x25519.privateKey.export({ format: 'der', type: 'pkcs8' }), 'must be an X25519 or a P-256 key'],
  ['a key for signatures', pem(ed25519.publicKey, 'spki'), 'must be an X25519 or a P-256 key'],
  [
    'a compressed point',
    Buffer.from(createECDH('prime256v1').generateKeys('hex', 'compressed'), 'hex'),
    'must be an X25519 or a P-256 key',
  ],
  ['a broken PEM', '-----BEGIN PUBLIC KEY-----\nxx\n-----END PUBLIC KEY-----\n', 'this is no public key in PEM'],
  ['a broken JWK', '{"kty":"OKP"}', 'this is no public key in JWK'],
  ['nothing', '', 'is empty'],
])('%s is no key to seal to', async (_, key, complaint) => {
  const path = folder.path('wrong-key');
  writeFileSync(path, key as Uint8Array);
  const out = folder.path('never.box');
  const { status, stdout, stderr } = await keyslot(['seal', '--to', path, plain(), '-o', out]);
  expect([status === 2 || status === 65, stdout, existsSync(out)]).toEqual([true, '', false]);
  expect(stderr).toContain(complaint);
});

it('the walk from node to node of docs/vault.md works as it stands there', async () => {
  const page = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../../docs/vault.md'), 'utf8');
  const [, script = ''] = /^```sh\n(# From node to node\n.*?)^```$/ms.exec(page) ?? [];
  expect(script).toContain('keyslot seal --to');
  const work = dirname(plain());
  const { endpoint, adminEndpoint } = daemon().daemon;
  const env = { PATH: process.env.PATH, HOME: work, KEYSLOT_ENDPOINT: endpoint, KEYSLOT_ADMIN: adminEndpoint };
  writeFileSync(join(work, 'token.txt'), 'the token\n');
  const command = `keyslot() { "${process.execPath}" "${program}" "$@"; }\nset -e\numask 022\n${script}`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: work, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(readFileSync(join(work, 'received.txt'), 'utf8')).toBe('the token\n');
  expect(statSync(join(work, 'received.txt')).mode & 0o777).toBe(0o600);
});
