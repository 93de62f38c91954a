import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { usualChunkSize } from '../../src/cli/sealed/layout.js';
import { packageRoot } from '../../src/daemon/package-version.js';
import { useDaemon } from './daemon.js';
import { headerBytes, type Parts, sealWithNode, takeApart, together } from './sealed-parts.js';
import { keyslot, useFolder } from './support.js';

const folder = useFolder();
const running = useDaemon({ token: true });
const run = (args: readonly string[], options: Parameters<typeof keyslot>[1] = {}) => keyslot(args, { env: running().env, ...options });

async function sealed(key: string, plain: Uint8Array): Promise<Buffer> {
  const { status, bytes, stderr } = await run(['encrypt', '--key', key], { input: plain });
  expect([status, stderr]).toEqual([0, '']);
  return bytes;
}
const open = (key: string, file: Uint8Array) => run(['decrypt', '--key', key], { input: file });

describe.each(['software-aes', 'token-aes'])('sealed with %s', (key) => {
  it.each([0, 1, 31, usualChunkSize - 1, usualChunkSize, usualChunkSize + 1, 2 * usualChunkSize, 3 * usualChunkSize + 7])(
    'a file of %d bytes comes back, and has the size that the format says',
    async (size) => {
      const plain = randomBytes(size);
      const file = await sealed(key, plain);
      const chunks = Math.max(1, Math.ceil(size / usualChunkSize));
      expect(file.length).toBe(64 + size + 32 * chunks);
      expect(takeApart(file).chunks).toHaveLength(chunks);
      const opened = await open(key, file);
      expect([opened.status, opened.stderr]).toEqual([0, '']);
      expect(opened.bytes.equals(plain)).toBe(true);
    },
  );

  it('20 MiB go through files, and no nonce comes twice', async () => {
    const plain = randomBytes(20 << 20);
    const [from, to, back] = [folder.path(`${key}-big`), folder.path(`${key}-big.sealed`), folder.path(`${key}-big.back`)];
    writeFileSync(from, plain);
    const made = await run(['encrypt', '--key', key, '--json', from, '-o', to]);
    expect(JSON.parse(made.stdout)).toEqual({
      file: from,
      output: to,
      key,
      algorithm: 'AES-256-GCM',
      bytesIn: plain.length,
      bytesOut: statSync(to).size,
      chunks: 80,
    });
    const nonces = takeApart(readFileSync(to)).chunks.map((chunk) => chunk.toString('hex', 4, 16));
    expect(new Set(nonces).size).toBe(80);
    const opened = await run(['decrypt', '--key', key, '--json', to, '-o', back]);
    expect(JSON.parse(opened.stdout)).toMatchObject({ bytesIn: statSync(to).size, bytesOut: plain.length, chunks: 80 });
    expect(readFileSync(back).equals(plain)).toBe(true);
  });

  it('another key, and another key of the other provider, do not open it', async () => {
    const file = await sealed(key, randomBytes(100));
    for (const other of ['software-other-aes', 'token-other-aes']) {
      const { status, stderr, bytes } = await open(other, file);
      expect([status, bytes.length]).toEqual([1, 0]);
      expect(stderr).toBe("keyslot: chunk 1 can't be decrypted: wrong key, or the file was changed (OPERATION_FAILED)\n");
    }
  });
});

describe('a damaged file', () => {
  const plain = randomBytes(700_001);
  let file: Buffer = Buffer.alloc(0);
  let parts: Parts = { header: file, chunks: [] };
  let other: Parts = parts;
  beforeAll(async () => {
    file = await sealed('software-aes', plain);
    parts = takeApart(file);
    other = takeApart(await sealed('software-aes', plain));
    expect(parts.chunks).toHaveLength(3);
  });

  /** Bytes in chunk 1 and 2, each with its head and tag. */
  const first = usualChunkSize + 32;
  const places = [
    ...[0, 1, 6, 7, 8, 63, 64, 65, 79, 80, 81, 80 + 1000],
    ...[64 + first - 17, 64 + first - 1, 64 + first, 64 + first + 1, 64 + first + 15, 64 + first + 16, 64 + first + 5000],
    ...[64 + 2 * first - 1, 64 + 2 * first, 64 + 2 * first + 16],
  ];

  it.each(places)('that is cut after %d bytes gives out whole chunks only, and ends with 65', async (place) => {
    const { status, stderr, bytes } = await open('software-aes', file.subarray(0, place));
    expect(status).toBe(65);
    expect(stderr).toMatch(place < 7 ? /not a file made by keyslot encrypt \(INVALID_FORMAT\)/ : /the file is cut: .*\(INVALID_FORMAT\)/);
    const whole = Math.max(0, Math.floor((place - 64) / first)) * usualChunkSize;
    expect(bytes.equals(plain.subarray(0, whole))).toBe(true);
  });

  it('that is cut in its last bytes is refused too', async () => {
    for (const less of [1, 15, 16, 17]) expect(await open('software-aes', file.subarray(0, -less))).toMatchObject({ status: 65 });
  });

  it('that goes on after its end ends with 65', async () => {
    for (const more of [Buffer.from('x'), parts.chunks[2] ?? Buffer.alloc(0), file]) {
      const { status, stderr } = await open('software-aes', Buffer.concat([file, more]));
      expect(status).toBe(65);
      expect(stderr).toContain('longer than it was');
    }
  });

  function shuffled(order: readonly number[], from: Parts = parts): Buffer {
    return together({ header: parts.header, chunks: order.map((i) => from.chunks[i] ?? Buffer.alloc(0)) });
  }

  it.each([
    ['swapped chunks', [1, 0, 2], 1],
    ['a repeated chunk', [0, 0, 1, 2], 2],
    ['a chunk left out', [0, 2], 2],
    ['the first chunk left out', [1, 2], 1],
    ['its last chunk first', [2, 0, 1], 1],
  ])('with %s is one error', async (_what, order, chunk) => {
    const { status, stderr } = await open('software-aes', shuffled(order));
    expect(status).toBe(1);
    expect(stderr).toContain(`chunk ${chunk} can't be decrypted: wrong key, or the file was changed (OPERATION_FAILED)`);
  });

  it('mixed from two files of the same content is refused', async () => {
    const [a, b] = [parts.chunks, other.chunks];
    const mixed = [
      together({ header: parts.header, chunks: b }),
      together({ header: parts.header, chunks: [a[0], b[1], a[2]].map((chunk) => chunk ?? Buffer.alloc(0)) }),
    ];
    for (const bad of mixed) expect(await open('software-aes', bad)).toMatchObject({ status: 1 });
  });

  it('whose end was moved is refused', async () => {
    const cut = Buffer.from(shuffled([0]));
    cut.writeUInt32LE((usualChunkSize | 0x80000000) >>> 0, headerBytes);
    expect(await open('software-aes', cut)).toMatchObject({ status: 1, bytes: Buffer.alloc(0) });
    const endless = Buffer.from(file);
    endless.writeUInt32LE(plain.length - 2 * usualChunkSize, headerBytes + 2 * first);
    expect(await open('software-aes', endless)).toMatchObject({ status: 65, stderr: expect.stringContaining('impossible length') });
  });

  it.each([
    ['magic', 0, 65],
    ['version', 7, 65],
    ['chunk size', 9, 65],
    ['zeros', 12, 65],
    ['file id', 16, 1],
    ['name', 38, 1],
    ['padding of the name', 60, 65],
    ['length', 64, 65],
    ['nonce', 68, 1],
    ['ciphertext', 80, 1],
    ['tag', 64 + first - 1, 1],
    ['ciphertext of the last chunk', 64 + 2 * first + 20, 1],
  ])('with a changed bit in its %s is refused', async (_what, at, expected) => {
    const bad = Buffer.from(file);
    bad.writeUInt8(bad.readUInt8(at) ^ 1, at);
    expect(await open('software-aes', bad)).toMatchObject({ status: expected });
  });

  it('has sizes in its header that no memory is taken for', async () => {
    for (const size of [0, 1, 4095, (1 << 24) + 1, 0xffffffff]) {
      const bad = Buffer.from(file);
      bad.writeUInt32LE(size, 8);
      expect(await open('software-aes', bad)).toMatchObject({ status: 65, stderr: expect.stringContaining('header') });
    }
  });

  it('with a wrong key is a wrong key, even when it is cut', async () => {
    expect(await open('software-other-aes', file.subarray(0, 64 + first + 100))).toMatchObject({ status: 1 });
  });

  it('of another algorithm or version is told as such', async () => {
    const named = Buffer.from(file);
    for (const name of ['AES-256-CBC', 'aes-256-gcm', 'XChaCha20-Poly1305']) {
      named.fill(0, 32, 64).write(name, 32, 'latin1');
      expect(await open('software-aes', named)).toMatchObject({ status: 1, stderr: expect.stringContaining('UNSUPPORTED_ALGORITHM') });
    }
    const newer = Buffer.from(file);
    newer[7] = 2;
    expect(await open('software-aes', newer)).toMatchObject({ status: 65, stderr: expect.stringContaining('version 2') });
  });

  it('leaves no output file, and an existing one as it was', async () => {
    const [bad, out, existing] = [folder.path('bad'), folder.path('bad.out'), folder.path('existing')];
    writeFileSync(bad, file.subarray(0, -1));
    writeFileSync(existing, 'precious');
    expect(await run(['decrypt', '--key', 'software-aes', bad, '-o', out])).toMatchObject({ status: 65 });
    expect(await run(['decrypt', '--key', 'software-aes', bad, '-o', existing, '--force'])).toMatchObject({ status: 65 });
    expect(existsSync(out)).toBe(false);
    expect(readFileSync(existing, 'utf8')).toBe('precious');
    expect(execFileSync('ls', ['-A', folder.path('')], { encoding: 'utf8' })).not.toContain('.part');
  });
});

describe('who may', () => {
  it('encrypt only can not decrypt', async () => {
    const file = await sealed('software-seal-only', randomBytes(10));
    expect(await open('software-seal-only', file)).toMatchObject({
      status: 77,
      stderr: expect.stringContaining('KEY_OPERATION_NOT_PERMITTED'),
    });
    expect(await open('software-aes', file)).toMatchObject({ status: 0 });
    expect(await open('software-mac', file)).toMatchObject({ status: 77 });
  });
});

describe('another program', () => {
  it('reads what keyslot wrote, with the page of the documentation', async () => {
    const page = readFileSync(join(packageRoot(), 'docs/file-format.md'), 'utf8');
    const source = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const [reader, key] = [folder.path('read-sealed.mjs'), folder.path('key')];
    writeFileSync(reader, source);
    writeFileSync(key, running().aes);
    const read = (input: Uint8Array) =>
      execFileSync(process.execPath, [reader, key], { input, stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26 });
    for (const size of [0, 5, usualChunkSize, 700_001]) {
      const plain = randomBytes(size);
      const file = await sealed('software-aes', plain);
      expect(read(file).equals(plain)).toBe(true);
      expect(() => read(file.subarray(0, -1))).toThrow();
      expect(() => read(Buffer.concat([file, file]))).toThrow();
    }
  });

  it.each([0, 1, 4096, 4097, 100_000])('writes what keyslot reads, of %d bytes', async (size) => {
    const plain = randomBytes(size);
    const { status, bytes } = await open('software-aes', sealWithNode(running().aes, plain, 4096));
    expect(status).toBe(0);
    expect(bytes.equals(plain)).toBe(true);
  });

  it('that ends with an empty chunk has no sealed file', async () => {
    const { header, chunks } = takeApart(sealWithNode(running().aes, randomBytes(4096), 4096));
    const empty = takeApart(sealWithNode(running().aes, Buffer.alloc(0), 4096)).chunks;
    const [only = Buffer.alloc(0)] = chunks;
    const notLast = Buffer.from(only);
    notLast.writeUInt32LE(4096, 0);
    expect(await open('software-aes', together({ header, chunks: [notLast, ...empty] }))).toMatchObject({ status: 1 });
  });
});
