/** `keyslot seal`, `open` and `rotate` with the keys of a vault. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mnemonicToSeedSync } from '@scure/bip39';
import { beforeAll, describe, expect, it } from 'vitest';
import { slip10 } from '../vault/plain-core.js';
import { findPython, pythonDecryptor } from '../vault/python-decryptor.js';
import { openGcm } from './open-gcm.js';
import { keyslotProgram, useFolder } from './support.js';
import { useVaultDaemon, withLines } from './vault-daemon.js';

const folder = useFolder();
const daemon = useVaultDaemon();
const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const plaintext = Buffer.from('a plaintext, ä€😀\n\u0000');
const plain = () => folder.path('plain');
const MiB = 1024 * 1024;

async function unlock(verb: readonly string[]): Promise<void> {
  const { status, stderr } = await withLines(folder.path('phrase'), `${phrase}\n`, (fd) =>
    daemon().run(['vault', ...verb, '--phrase-fd', `${fd}`]),
  );
  if (status !== 0) throw new Error(stderr);
}
beforeAll(async () => {
  writeFileSync(plain(), plaintext);
  await unlock(['init', '--existing']);
});

/** The key of a version, made by others. */
function keyOf(version: number): Buffer {
  return slip10(
    mnemonicToSeedSync(phrase),
    [74, 2, 0, version - 2].map((step) => step + 0x80000000),
  ).key;
}
function opened(json: string): Buffer {
  const { key_version, iv, data } = JSON.parse(json) as { key_version: number; iv: string; data: string };
  return openGcm(keyOf(key_version), Buffer.from(iv, 'base64'), Buffer.from(data, 'base64'));
}
const sealedText = (...args: readonly string[]) => daemon().ok('seal', ...args, plain());

describe('what was sealed', () => {
  it('is a line of EncryptedData that others can open, too', async () => {
    const json = await sealedText();
    expect(json).toMatch(/^\{"key_version":2,"salt":"[A-Za-z0-9+/]{43}=","iv":"[A-Za-z0-9+/]{16}","data":"[A-Za-z0-9+/=]+"\}\n$/);
    expect(opened(json).equals(plaintext)).toBe(true);
    expect(opened(await sealedText('--key-version', '2147483649')).equals(plaintext)).toBe(true);
  });

  it('is opened by the decryptor in Python of docs/vault.md', async (ctx) => {
    const python = findPython();
    if (python === undefined) return ctx.skip('needs python3-cryptography');
    const program = folder.path('decrypt.py');
    writeFileSync(program, pythonDecryptor);
    writeFileSync(folder.path('phrase'), `${phrase}\n`);
    for (const version of ['2', '5']) {
      const input = await sealedText('--key-version', version);
      const { stdout, stderr } = spawnSync(python, [program, folder.path('phrase')], { input });
      expect([stderr.toString(), stdout.equals(plaintext)]).toEqual(['', true]);
    }
  });

  it('is opened again, to a file of its owner alone, to a pipe, and never into the JSON', async () => {
    const file = folder.path('sealed.json');
    expect(await daemon().json('seal', plain(), '-o', file)).toEqual({
      file: plain(),
      output: file,
      keyVersion: 2,
      bytes: plaintext.length,
    });
    const out = folder.path('opened');
    expect(await daemon().json('open', file, '-o', out)).toEqual({ file, output: out, keyVersion: 2, bytes: plaintext.length });
    expect([readFileSync(out).equals(plaintext), statSync(out).mode & 0o777]).toEqual([true, 0o600]);
    expect((await daemon().run(['open'], { input: readFileSync(file) })).bytes.equals(plaintext)).toBe(true);
    const { status, stdout } = await daemon().run(['open', file, '--json']);
    expect([status, JSON.parse(stdout)]).toEqual([2, { error: expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'output' }) }]);
    const terminal = await daemon().run(['open', file], { terminal: { stdout: true } });
    expect([terminal.status, terminal.stdout]).toEqual([2, '']);
  });

  it.each([0, 1, MiB, 8 * MiB])('has %i bytes', async (size) => {
    const text = randomBytes(size);
    const sealed = await daemon().run(['seal'], { input: text });
    expect([sealed.status, sealed.stderr]).toEqual([0, '']);
    const again = await daemon().run(['open'], { input: sealed.bytes });
    expect([again.status, again.bytes.equals(text)]).toEqual([0, true]);
    const rotated = await daemon().run(['rotate', '--to-version', '3'], { input: sealed.bytes });
    expect([rotated.status, opened(rotated.stdout).equals(text)]).toEqual([0, true]);
  });

  it('and nothing larger (65), also not a device without an end', async () => {
    const most = 'is longer than 8.0 MiB, the most that is sealed in one piece: keyslot encrypt takes files of any size (INVALID_FORMAT)\n';
    const { status, stderr } = await daemon().run(['seal'], { input: Buffer.alloc(8 * MiB + 1) });
    expect([status, stderr]).toEqual([65, `keyslot: standard input ${most}`]);
    expect(await daemon().refused(['seal', '/dev/zero'])).toEqual([65, `keyslot: /dev/zero ${most}`]);
    expect(await daemon().refused(['open', '/dev/zero'])).toEqual([65, expect.stringContaining('(INVALID_FORMAT)')]);
  });

  it('is refused when it was changed (1) or is none (65), and leaves nothing', async () => {
    const whole = JSON.parse(await sealedText()) as Record<string, unknown>;
    const data = Buffer.from(whole.data as string, 'base64');
    data[0] = (data[0] ?? 0) ^ 1;
    const cases: readonly (readonly [object, number, string])[] = [
      [{ ...whole, data: data.toString('base64') }, 1, 'OPERATION_FAILED'],
      [{ ...whole, key_version: 3 }, 1, 'OPERATION_FAILED'],
      [{ ...whole, key_version: 1 }, 65, 'DERIVATION_PATH_INVALID'],
      [{ ...whole, more: 1 }, 65, 'INVALID_FORMAT'],
      [{ ...whole, iv: 'AAAA' }, 65, 'INVALID_FORMAT'],
    ];
    const out = folder.path('never');
    for (const [object, exit, code] of cases) {
      for (const command of ['open', 'rotate']) {
        const { status, stdout, stderr } = await daemon().run([command, '-o', out], { input: JSON.stringify(object) });
        expect([status, stdout, stderr, existsSync(out)]).toEqual([exit, '', expect.stringContaining(`(${code})`), false]);
      }
    }
    expect(await daemon().refused(['open', plain()])).toEqual([65, 'keyslot: encrypted data must be JSON (INVALID_FORMAT)\n']);
  });

  it('by the vault needs no --key', async () => {
    const { status, stderr } = await daemon().run(['open', '--key', 'some'], { input: await sealedText() });
    expect([status, stderr]).toEqual([2, 'keyslot: this was sealed by the vault, which opens it without --key\n']);
  });
});

describe('rotation', () => {
  it('goes to a version, and to the configured one, also in place', async () => {
    const file = folder.path('to-rotate.json');
    writeFileSync(file, await sealedText('--key-version', '7'));
    const [from, to] = [7, 9];
    expect(await daemon().json('rotate', '--to-version', `${to}`, file, '-o', file, '--force')).toEqual({
      file,
      output: file,
      fromVersion: from,
      toVersion: to,
    });
    expect(opened(readFileSync(file, 'utf8')).equals(plaintext)).toBe(true);
    expect(JSON.parse(await daemon().ok('rotate', file))).toMatchObject({ key_version: 2 });
  });
  it.each([
    ['rotate', '--to-version', '1'],
    ['seal', '--key-version', '1'],
    ['seal', '--key-version', '2147483650'],
  ])('%s %s %s is refused by the name of the flag (65)', async (command, flag, version) => {
    const { status, stderr } = await daemon().run([command, flag, version], { input: command === 'seal' ? 'x' : await sealedText() });
    expect([status, stderr]).toEqual([65, expect.stringMatching(new RegExp(`${flag}.*\\(DERIVATION_PATH_INVALID\\)`))]);
  });
});

it.each(['0', 'x', '-1'])('version %s is a wrong command line', async (version) => {
  const { status, stderr } = await daemon().run(['seal', '--key-version', version, plain()]);
  expect([status, stderr]).toEqual([2, expect.stringContaining('key-version')]);
});

it('a locked vault does none of it (69), and goes on where it was', async () => {
  const json = await sealedText();
  await daemon().ok('vault', 'lock');
  for (const command of ['seal', 'open', 'rotate']) {
    const { status, stdout, stderr } = await daemon().run([command], { input: command === 'seal' ? 'x' : json });
    expect([status, stdout, stderr]).toEqual([69, '', expect.stringContaining('(VAULT_LOCKED)')]);
  }
  await unlock(['unlock']);
  expect((await daemon().run(['open'], { input: json })).bytes.equals(plaintext)).toBe(true);
});

it('the program that ships does the same', async () => {
  const { env } = daemon();
  const sealed = await keyslotProgram(['seal', '-'], { env, input: plaintext });
  expect([sealed.status, sealed.stderr]).toEqual([0, '']);
  const { bytes } = await keyslotProgram(['open'], { env, input: sealed.bytes });
  expect(bytes.equals(plaintext)).toBe(true);
});
