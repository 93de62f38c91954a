import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable, exitStatus } from '../../src/core/errors.js';
import { adminTable } from '../../src/daemon/admin/operations.js';
import { packageRoot, packageVersion } from '../../src/daemon/package-version.js';
import { protocolTable } from '../../src/protocol/operations.js';
import { keyslot, keyslotProgram, program } from './support.js';

const commands = [
  'demo',
  'daemon',
  'status',
  'capabilities',
  'slot list',
  'key list',
  'key generate',
  'key import',
  'key export',
  'key wrap',
  'key unwrap',
  'key derive',
  'key agree',
  'key clear',
  'kem encapsulate',
  'kem decapsulate',
  'hash',
  'mac',
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'random',
  'vault init',
  'vault unlock',
  'vault lock',
  'vault status',
  'vault derive',
  'vault xpub',
  'seal',
  'open',
  'rotate',
  'keystore verify',
  'keystore backup',
  'keystore restore',
  'keystore rekey',
  'config check',
  'errors',
  'protocol',
];
const fixture = (name: string) => join(packageRoot(), 'test/fixtures/cli', name);

describe('help', () => {
  it('of the whole is what it was', async () => {
    const { status, stdout, stderr } = await keyslot([]);
    expect([status, stderr]).toEqual([0, '']);
    expect((await keyslot(['--help'])).stdout).toBe(stdout);
    await expect(stdout).toMatchFileSnapshot(fixture('help.txt'));
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.each(commands)('of %s is what it was, has examples, and fits 80 columns', async (command) => {
    const { status, stdout } = await keyslot([...command.split(' '), '--help']);
    expect(status).toBe(0);
    await expect(stdout).toMatchFileSnapshot(fixture(`help-${command.replace(' ', '-')}.txt`));
    const examples = stdout.match(new RegExp(`^ {4}.*keyslot ${command}`, 'gm')) ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(2);
    expect(examples.length).toBeLessThanOrEqual(4);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('--json');
  });

  it('has colours on a terminal only', async () => {
    expect((await keyslot(['--help'])).stdout).not.toContain('\u001b');
    expect((await keyslot(['--help'], { terminal: { stdout: true, colours: true } })).stdout).toContain('\u001b[1m');
  });

  it('tells the version', async () => {
    expect(await keyslot(['--version'])).toMatchObject({ status: 0, stdout: `${packageVersion()}\n` });
  });
});

describe('a wrong command line', () => {
  it.each([
    [['frobnicate'], 'there is no command "frobnicate"; see keyslot --help'],
    [['config', 'chekc', 'x'], 'there is no command "chekc" (did you mean "check"?); see keyslot config --help'],
    [['hash', '--algoritm', 'x'], 'did you mean'],
    [['hash', '--timeout', '5'], '500ms, 5s or 2min'],
    [['encrypt', 'file'], 'see keyslot encrypt --help'],
    [['sign', '--key', 'k', '--format', 'pem'], 'see keyslot sign --help'],
    [['config', 'check'], 'see keyslot config check --help'],
    [['status', 'surplus'], 'see keyslot status --help'],
    [['sign', '--key', '', 'file'], 'for key: it is empty: give the name of a slot'],
    [['key', 'generate', ''], 'it is empty: give the name of a slot'],
    [['seal', 'file', '-o', ''], '--output is empty'],
    [['seal', '--to', ''], 'the name of a file is empty'],
  ])('%j ends with status 2 and says what to do', async (args, words) => {
    const { status, stdout, stderr } = await keyslot(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^keyslot: .*\n$/);
  });

  it('is told as JSON where that is asked for', async () => {
    for (const [field, ...args] of [
      [null, 'frobnicate', '--json'],
      [null, 'errors', 'surplus', '--json'],
      ['key', 'encrypt', '--json'],
      ['key', 'encrypt', '--json', '--key', ''],
      ['timeout', 'hash', '--json', '--timeout', '5 "for x'],
      ['phraseFd', 'vault', 'unlock', '--json', '--phrase-fd', '-1'],
      ['bytes', 'random', '--json', 'many'],
      ['path', 'vault', 'xpub', '--json'],
    ] as const) {
      const { status, stdout, stderr } = await keyslot(args);
      expect([status, stderr]).toEqual([2, '']);
      const { error } = JSON.parse(stdout) as { error: object };
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', category: 'parameter', field, retryable: false });
      expect(Object.keys(error)).toEqual(['code', 'numericCode', 'category', 'field', 'message', 'retryable']);
    }
    expect((await keyslot(['frobnicate', '--', '--json'])).stdout).toBe('');
  });

  it('has the same status as a program', async () => {
    expect(await keyslotProgram(['encrypt'])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('keyslot errors', () => {
  it('prints the table, for people and for programs', async () => {
    const { status, stdout } = await keyslot(['errors', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ errors: errorTable });
    const text = (await keyslot(['errors'])).stdout;
    expect(text).toMatch(/^KEY_SLOT_EMPTY +0x01080001 +key +66 +-$/m);
    expect(text).toMatch(/^CONNECTION_FAILED +0x01010003 +general +69 +yes$/m);
    expect(text.trim().split('\n')).toHaveLength(errorTable.length + 1);
  });
});

describe('keyslot protocol', () => {
  it('prints all operations and algorithms', async () => {
    const parsed = JSON.parse((await keyslot(['protocol', '--json'])).stdout) as {
      operations: { name: string }[];
      algorithms: { name: string; family: string }[];
      versions: object;
    };
    expect(parsed.versions).toEqual({ min: 1, max: 1 });
    expect(parsed.operations).toEqual(JSON.parse(JSON.stringify(protocolTable.operations)));
    expect(parsed.algorithms.filter(({ family }) => family === 'key').map(({ name }) => name)).toContain('ECDSA-P256');
    const { stdout } = await keyslot(['protocol']);
    for (const { name, opcode } of protocolTable.operations) expect(stdout).toMatch(new RegExp(`^ *${opcode} {2}${name}\\b`, 'm'));
    expect(stdout).toContain('RSA-PSS-SHA-256');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(adminTable.operations.some(({ name }) => stdout.includes(`${name}, `) && name === 'stop')).toBe(false);
  });
});

describe('without a daemon', () => {
  const env = { KEYSLOT_ENDPOINT: 'unix:/nonexistent/keyslot.sock', KEYSLOT_ADMIN: 'unix:/nonexistent/admin.sock' };

  it.each([[['hash', '/dev/null']], [['status']], [['slot', 'list']], [['mac', '--key', 'k', '/dev/null']]])(
    '%j ends with 69',
    async (args) => {
      const plain = await keyslot(args, { env });
      expect([plain.status, plain.stdout]).toEqual([69, '']);
      expect(plain.stderr).toMatch(/^keyslot: can't connect to .*is keyslotd running\? \(CONNECTION_FAILED\)\n$/);
      const json = await keyslot([...args, '--json'], { env });
      expect([json.status, json.stderr]).toEqual([69, '']);
      expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'CONNECTION_FAILED', retryable: true } });
    },
  );

  it('refuses an endpoint that is none', async () => {
    expect(await keyslot(['hash', '--endpoint', 'tcp://x', '/dev/null'])).toMatchObject({ status: 65 });
    expect(await keyslot(['status', '--admin', 'tcp://x'])).toMatchObject({ status: 65 });
  });
});

describe('docs/cli.md', () => {
  const page = readFileSync(join(packageRoot(), 'docs/cli.md'), 'utf8');

  it('has every command and every exit status', () => {
    for (const command of commands) expect(page).toMatch(new RegExp(`^\\| \`${command}[ \`]`, 'm'));
    for (const status of Object.values(exitStatus)) expect(page).toMatch(new RegExp(`^\\| ${status} \\| `, 'm'));
  });

  it('shows an error as it is', async () => {
    const shown = /^\{"error":\{.*\}\}$/m.exec(page)?.[0] ?? '';
    const { error } = JSON.parse(shown) as { error: { code: string; numericCode: number; category: string; retryable: boolean } };
    expect(errorTable.find(({ code }) => code === error.code)).toMatchObject({
      numericCode: error.numericCode,
      category: error.category,
      retryable: error.retryable,
    });
  });
});

describe('the program', () => {
  it('is quiet when nobody reads its output', async () => {
    const { stderr, status } = await keyslotProgram(['protocol', '--json'], { started: ({ stdout }) => stdout?.destroy() });
    expect(stderr).toBe('');
    expect([0, 141]).toContain(status);
  });

  it('waits for a slow reader of much output, but not beyond Ctrl-C', () => {
    const quoted = [process.execPath, program, 'protocol', '--json'];
    const slowly = spawnSync('sh', ['-c', '"$0" "$@" | { sleep 1; cat; }', ...quoted], { encoding: 'utf8', maxBuffer: 1 << 24 });
    expect(slowly.stdout.length).toBeGreaterThan(1 << 18);
    expect(Object.keys(JSON.parse(slowly.stdout) as object)).toContain('operations');
    const script = '{ timeout -s INT 2 "$0" "$@"; echo $? >&2; } | sleep 5';
    const { stderr } = spawnSync('sh', ['-c', script, ...quoted], { encoding: 'utf8', timeout: 20_000 });
    expect(stderr).toBe('124\n');
  });

  it('says so when its output can not be written', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `exec "$0" "$1" errors > /dev/full`, process.execPath, program], {
      encoding: 'utf8',
    });
    expect(status).toBe(73);
    expect(stderr).toMatch(/^keyslot: can't write standard output: ENOSPC/);
  });

  it('is built to be run', () => {
    const bin = join(packageRoot(), 'dist/src/cli/main.js');
    expect(existsSync(bin)).toBe(true);
    expect(readFileSync(bin, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
  });
});
