import { execFileSync } from 'node:child_process';
import { createHash, createHmac, randomBytes, verify } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { useDaemon } from './daemon.js';
import { keyslot, keyslotProgram, useFolder } from './support.js';

const folder = useFolder();
const running = useDaemon({ token: true });
const run = (args: readonly string[], options: Parameters<typeof keyslot>[1] = {}) => keyslot(args, { env: running().env, ...options });

function file(name: string, content: Uint8Array | string): string {
  const path = folder.path(name);
  writeFileSync(path, content);
  return path;
}

async function publicKey(slot: string): Promise<Buffer> {
  const stack = await createCryptoStack({ connectionEndpoint: running().daemon.endpoint });
  try {
    const crypto = await stack.createCryptoContext();
    const key = await crypto.getKeyObject(await crypto.resolveResource(slot, 'keySlot'));
    return Buffer.from((await key.exportPublicKey?.('pem')) ?? []);
  } finally {
    await stack.close();
  }
}

describe('keyslot hash', () => {
  it('prints what sha256sum prints', async () => {
    const odd = 'odd\\name\nwith newline';
    const paths = [file('a', 'hello\n'), file('b', ''), file(odd, 'x')];
    const { status, stdout } = await run(['hash', ...paths]);
    expect(status).toBe(0);
    expect(stdout).toBe(execFileSync('sha256sum', paths, { encoding: 'utf8' }));
  });

  it.each(['software', 'token', '1', '2', 'hardware'])(
    'works on provider %s with each algorithm, from files and standard input',
    async (provider) => {
      const data = randomBytes(700_001);
      const path = file('data', data);
      for (const algorithm of ['SHA-256', 'sha384', 'SHA-512']) {
        const expected = createHash(algorithm.toLowerCase().replace('-', '')).update(data).digest('hex');
        expect((await run(['hash', '-a', algorithm, '--provider', provider, path])).stdout).toBe(`${expected}  ${path}\n`);
        expect((await run(['hash', '-a', algorithm, '--provider', provider], { input: data })).stdout).toBe(`${expected}  -\n`);
      }
    },
  );

  it('goes on after a file that can not be read, and says so', async () => {
    const good = file('good', 'good');
    const { status, stdout, stderr } = await run(['hash', folder.path('none'), good, folder.path('')]);
    expect(status).toBe(66);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('there is no such file');
    expect(stderr).toContain('is a folder');
    const json = await run(['hash', '--json', folder.path('none'), good]);
    expect(json.status).toBe(66);
    expect(JSON.parse(json.stdout)).toEqual({
      algorithm: 'SHA-256',
      results: [
        { file: folder.path('none'), error: expect.objectContaining({ code: 'RESOURCE_NOT_FOUND', field: 'file' }) },
        { file: good, bytes: 4, digest: createHash('sha256').update('good').digest('hex') },
      ],
    });
  });

  it('shows how far it is, on a terminal and with big input only', async () => {
    const big = file('big', randomBytes(6 << 20));
    const shown = await run(['hash', big], { terminal: { stderr: true } });
    expect(shown.stderr).toMatch(/\rhashing .*\d+ % of 6\.0 MiB, .*\/s/);
    expect(shown.stderr.endsWith('\r\u001b[K')).toBe(true);
    expect((await run(['hash', big])).stderr).toBe('');
    expect((await run(['hash', '--json', big], { terminal: { stderr: true } })).stderr).toBe('');
    expect((await run(['hash', file('small', 'small')], { terminal: { stderr: true } })).stderr).toBe('');
  });

  it('refuses an algorithm that is none', async () => {
    expect(await run(['hash', '-a', 'MD5', '/dev/null'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('UNSUPPORTED_ALGORITHM'),
    });
  });
});

describe.each(['software', 'token'])('with a key in %s', (provider) => {
  it('keyslot mac makes and checks MACs', async () => {
    const data = randomBytes(300_000);
    const path = file(`mac-${provider}`, data);
    const key = `${provider}-mac`;
    const expected = createHmac('sha256', running().mac).update(data).digest();
    const made = await run(['mac', '--key', key, path]);
    expect(made.stdout).toBe(`${expected.toString('hex')}  ${path}\n`);
    const [asText, asBytes, wrong] = [
      file('mac.txt', made.stdout),
      file('mac.bin', expected),
      file('mac.bad', Buffer.from(expected).fill(0, 0, 1)),
    ];
    expect(await run(['mac', '--key', key, '--mac-file', asText, path])).toMatchObject({ status: 0, stdout: `${path}: ok\n` });
    expect(await run(['mac', '--key', key, '--mac-file', asBytes, path])).toMatchObject({ status: 0 });
    expect(await run(['mac', '--key', key, '--mac-file', wrong, path])).toMatchObject({ status: 1, stdout: `${path}: does not match\n` });
    expect(await run(['mac', '--key', key, '--verify', expected.toString('hex').toUpperCase()], { input: data })).toMatchObject({
      status: 0,
    });
    const short = await run(['mac', '--key', key, '--verify', 'abcd', '--json', path]);
    expect([short.status, JSON.parse(short.stdout)]).toEqual([
      1,
      { ok: false, file: path, bytes: 300_000, algorithm: 'HMAC-SHA-256', key },
    ]);
    expect(await run(['mac', '--key', key, '--verify', 'xyz', path])).toMatchObject({ status: 2 });
    // Not "does not match": what would be compared is a file that was read already.
    expect(await run(['mac', '--key', key, '--mac-file', '-'], { input: expected.toString('hex') })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'keyslot: standard input can be read once only: name a file for the other\n',
    });
    expect(await run(['mac', '--key', key, '--verify', 'ab', '--mac-file', asText, path])).toMatchObject({ status: 2 });
    expect(await run(['mac', '--key', key, '--verify', 'ab', path, path])).toMatchObject({ status: 2 });
  });

  it.each([
    ['ec', 'p1363', 64],
    ['ec', 'der', undefined],
    ['rsa', undefined, 256],
  ])('keyslot sign and verify with %s, %s', async (name, format, size) => {
    const data = randomBytes(300_000);
    const [path, signature] = [file(`signed-${provider}`, data), folder.path(`signature-${provider}-${name}-${format}`)];
    const key = `${provider}-${name}`;
    const shape = format === undefined ? [] : ['--format', format];
    expect(await run(['sign', '--key', key, ...shape, path, '-o', signature])).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const bytes = readFileSync(signature);
    if (size !== undefined) expect(bytes).toHaveLength(size);
    const options =
      name === 'rsa' ? { padding: 6, saltLength: 32 } : { dsaEncoding: format === 'der' ? ('der' as const) : ('ieee-p1363' as const) };
    expect(verify('sha256', data, { key: await publicKey(key), ...options }, bytes)).toBe(true);
    expect(await run(['verify', '--key', key, ...shape, '--signature', signature, path])).toMatchObject({
      status: 0,
      stdout: `${path}: ok\n`,
    });
    const changed = await run(['verify', '--key', key, ...shape, '-s', signature, '--json'], {
      input: Buffer.concat([data, Buffer.from('x')]),
    });
    expect(changed.status).toBe(1);
    expect(JSON.parse(changed.stdout)).toMatchObject({ ok: false, file: '-', bytes: 300_001, key });
  });

  it('signatures travel as text too', async () => {
    const path = file('text', 'text');
    const key = `${provider}-ec`;
    for (const encoding of ['--hex', '--base64']) {
      const { stdout } = await run(['sign', '--key', key, encoding, path], { terminal: { stdout: true } });
      const signature = file('signature.txt', stdout);
      expect(await run(['sign', '--key', key, encoding, path, '-o', signature])).toMatchObject({ status: 73 });
      expect(await run(['verify', '--key', key, encoding, '--signature', signature, path])).toMatchObject({ status: 0 });
    }
    const json = await run(['sign', '--key', key, '--json', path]);
    const parsed = JSON.parse(json.stdout) as { signature: string };
    expect(parsed).toMatchObject({ file: path, bytes: 4, algorithm: 'ECDSA-P256-SHA-256', key, signatureBytes: 64 });
    const signature = file('signature.b64', parsed.signature);
    expect(await run(['verify', '--key', key, '--base64', '--signature', signature, path])).toMatchObject({ status: 0 });
    expect(await run(['verify', '--key', key, '--hex', '--signature', file('no.hex', 'zz'), path])).toMatchObject({ status: 65 });
  });

  it('what a key may not do, and what is not there, has its own status', async () => {
    const path = file('forbidden', 'x');
    expect(await run(['sign', '--key', `${provider}-aes`, '--hex', path])).toMatchObject({
      status: 77,
      stderr: expect.stringContaining('KEY_OPERATION_NOT_PERMITTED'),
    });
    expect(await run(['sign', '--key', 'foreign', '--hex', path])).toMatchObject({
      status: 66,
      stderr: expect.stringContaining('RESOURCE_NOT_FOUND'),
    });
    expect(await run(['sign', '--key', 'no-such', '--hex', path])).toMatchObject({ status: 66 });
    const empty = await run(['encrypt', '--key', `${provider}-empty`, '--json', '-o', folder.path('never'), path]);
    expect([empty.status, JSON.parse(empty.stdout)]).toEqual([66, { error: expect.objectContaining({ code: 'KEY_SLOT_EMPTY' }) }]);
    expect(existsSync(folder.path('never'))).toBe(false);
  });
});

describe('bytes on a terminal', () => {
  it('are refused unless forced', async () => {
    const path = file('plain', 'plain');
    for (const args of [
      ['sign', '--key', 'software-ec', path],
      ['encrypt', '--key', 'software-aes', path],
    ]) {
      expect(await run(args, { terminal: { stdout: true } })).toMatchObject({ status: 2, stdout: '' });
      expect((await run([...args, '--force'], { terminal: { stdout: true } })).bytes.length).toBeGreaterThan(60);
    }
    expect(await run(['encrypt', '--key', 'software-aes', '--json', path])).toMatchObject({ status: 2 });
  });
});

describe('output files', () => {
  it('are not replaced unless forced, and are never half there', async () => {
    const [path, out] = [file('in', 'in'), file('out', 'precious')];
    expect(await run(['encrypt', '--key', 'software-aes', path, '-o', out])).toMatchObject({ status: 73 });
    expect(readFileSync(out, 'utf8')).toBe('precious');
    expect(await run(['encrypt', '--key', 'software-aes', path, '-o', out, '--force'])).toMatchObject({ status: 0 });
    expect(statSync(out).size).toBe(64 + 32 + 2);
    expect(await run(['encrypt', '--key', 'software-aes', path, '-o', folder.path('no/such/folder')])).toMatchObject({ status: 73 });
    expect(await run(['encrypt', '--key', 'software-aes', path, '-o', folder.path('')])).toMatchObject({ status: 73 });
    expect(await run(['encrypt', '--key', 'software-aes', path, '-o', '/dev/null'])).toMatchObject({ status: 0 });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('keep what was encrypted from others', async () => {
    const [path, sealed, opened] = [file('secret', 'secret'), folder.path('secret.sealed'), folder.path('secret.opened')];
    await run(['encrypt', '--key', 'software-aes', path, '-o', sealed]);
    expect(await run(['decrypt', '--key', 'software-aes', sealed, '-o', opened])).toMatchObject({ status: 0 });
    expect(statSync(opened).mode & 0o777).toBe(0o600);
    expect(readFileSync(opened, 'utf8')).toBe('secret');
  });
});

describe('the program', () => {
  it('encrypts from a pipe into a pipe', async () => {
    const { env } = running();
    const data = randomBytes(1 << 20);
    const sealed = await keyslotProgram(['encrypt', '--key', 'token-aes'], { env, input: data });
    expect([sealed.status, sealed.stderr]).toEqual([0, '']);
    const opened = await keyslotProgram(['decrypt', '--key', 'token-aes', '-'], { env, input: sealed.bytes });
    expect(opened.status).toBe(0);
    expect(opened.bytes.equals(data)).toBe(true);
  });

  it('stops on Ctrl-C without leaving a part of its output', async () => {
    const { env } = running();
    const out = folder.path('interrupted');
    const result = await keyslotProgram(['encrypt', '--key', 'software-aes', '/dev/zero', '-o', out], {
      env,
      started: (child) => void interruptWhenWriting(child),
    });
    expect([result.status, result.stdout, result.stderr]).toEqual([130, '', '']);
    expect(execFileSync('ls', ['-A', folder.path('')], { encoding: 'utf8' })).not.toContain('interrupted');
  });
});

/** As soon as the part file has grown. */
async function interruptWhenWriting(child: { kill(signal: NodeJS.Signals): boolean }): Promise<void> {
  const grown = () => {
    const names = execFileSync('ls', ['-A', folder.path('')], { encoding: 'utf8' }).split('\n');
    const part = names.find((name) => name.startsWith('.interrupted'));
    return part !== undefined && (statSync(folder.path(part), { throwIfNoEntry: false })?.size ?? 0) > 1 << 20;
  };
  while (!grown()) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
}
