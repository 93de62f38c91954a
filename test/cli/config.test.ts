import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { keyslot, keyslotProgram, program, useFolder } from './support.js';

const folder = useFolder();

const sound = `version: 1
listen: { path: /tmp/keyslot-test/keyslot.sock }
admin: { path: /tmp/keyslot-test/admin.sock }
state: /tmp/keyslot-test/state
providers:
  - { name: software, id: 1, type: software }
`;

function write(name: string, text: string, mode = 0o600): string {
  const path = folder.path(name);
  writeFileSync(path, text, { mode });
  return path;
}

describe('keyslot config check', () => {
  it('passes a sound file', async () => {
    const file = write('sound.yaml', sound);
    expect(await keyslot(['config', 'check', file])).toEqual({ status: 0, stdout: `${file}: ok\n`, stderr: '', bytes: expect.anything() });
    expect(JSON.parse((await keyslot(['config', 'check', file, '--json'])).stdout)).toEqual({ ok: true, file, problems: [] });
  });

  it('tells every problem with file, line, column and path', async () => {
    const file = write(
      'wrong.yaml',
      sound.replace('type: software', 'tpye: software').replace('id: 1', 'id: 0').replace('state: /', 'state: '),
    );
    const { status, stdout } = await keyslot(['config', 'check', file]);
    expect(status).toBe(78);
    const lines = stdout.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^\/.*wrong\.yaml:\d+:\d+ \S+: ./);
    expect(lines.some((line) => line.startsWith(`${file}:4:8 state: `))).toBe(true);
    const json = await keyslot(['config', 'check', '--json', file]);
    expect(json.status).toBe(78);
    const parsed = JSON.parse(json.stdout) as { ok: boolean; problems: object[] };
    expect(parsed.ok).toBe(false);
    expect(parsed.problems).toHaveLength(lines.length);
    for (const problem of parsed.problems) expect(Object.keys(problem)).toEqual(['file', 'line', 'column', 'path', 'message']);
  });

  it('tells what is wrong with the files that it names, before the daemon does', async () => {
    const [key, short, open] = [write('store.key', 'k'.repeat(32)), write('short.key', 'k'), write('open.key', 'k'.repeat(32), 0o644)];
    const link = folder.path('link.key');
    symlinkSync(key, link);
    const software = (file: string, id: number) =>
      `  - { name: s${id}, id: ${id}, type: software, keyStore: { key: { file: ${file} } } }\n`;
    const head = sound.slice(0, sound.indexOf('  - {'));
    const token = `  - { name: t, id: 9, type: pkcs11, module: ${folder.path('no.so')}, token: 'pkcs11:token=x', pin: { file: ${open} } }\n`;
    const wrong = write(
      'files.yaml',
      `${head}${[short, open, link, folder.path('none')].map((at, i) => software(at, i + 1)).join('')}${token}`,
    );
    const { status, stdout } = await keyslot(['config', 'check', '--json', wrong]);
    const { problems } = JSON.parse(stdout) as { problems: { path: string; line: number; message: string }[] };
    expect([status, problems.map(({ path, line, message }) => `${line} ${path}: ${message}`)]).toEqual([
      78,
      [
        `6 providers.0.keyStore.key.file: the key file ${short} has 1 bytes; 32 are needed`,
        `7 providers.1.keyStore.key.file: the key file ${open} may be read by others; run: chmod 0600 ${open}`,
        `8 providers.2.keyStore.key.file: the key file ${link} is a symbolic link; name the file itself`,
        `9 providers.3.keyStore.key.file: the key file ${folder.path('none')} does not exist`,
        `10 providers.4.module: the PKCS#11 module ${folder.path('no.so')} does not exist`,
        `10 providers.4.pin.file: the PIN file ${open} may be read by others; run: chmod 0600 ${open}`,
      ],
    ]);
    expect(await keyslot(['config', 'check', write('good.yaml', `${head}${software(key, 1)}`)])).toMatchObject({ status: 0 });
  });

  it('tells a file that is missing from one that is not to be trusted', async () => {
    expect(await keyslot(['config', 'check', folder.path('missing.yaml')])).toMatchObject({ status: 66 });
    const file = write('loose.yaml', sound);
    chmodSync(file, 0o666);
    const { status, stderr } = await keyslot(['config', 'check', file]);
    expect(status).toBe(78);
    expect(stderr).toContain('chmod go-w');
  });
});

describe('keyslot daemon', () => {
  it('takes the configuration that is named, else the user’s own', async () => {
    const asked: (readonly string[])[] = [];
    const onDaemon = (args: readonly string[]): never => {
      asked.push(args);
      throw new Error('started');
    };
    await keyslot(['daemon', '--config', '/x.yaml', '--ready-fd', '3'], { onDaemon });
    mkdirSync(folder.path('keyslot'));
    const own = write('keyslot/keyslot.yaml', sound);
    await keyslot(['daemon'], { onDaemon, env: { XDG_CONFIG_HOME: folder.path('') } });
    expect(asked).toEqual([
      ['--config', '/x.yaml', '--ready-fd', '3'],
      ['--config', own],
    ]);
  });

  it('names both places when there is none, and problems as JSON', async () => {
    const { status, stderr } = await keyslot(['daemon'], { env: { XDG_CONFIG_HOME: '/nonexistent' } });
    expect(status).toBe(78);
    expect(stderr).toContain('neither /nonexistent/keyslot/keyslot.yaml nor /etc/keyslot/keyslot.yaml');
    const broken = await keyslotProgram(['daemon', '--json', '--config', write('broken.yaml', 'version: 2\n')]);
    expect(broken.status).toBe(78);
    expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: 'INVALID_FORMAT' } });
  });

  it('is keyslotd: ends with its status and its words', async () => {
    const { status, stderr } = await keyslotProgram(['daemon', '--config', write('two.yaml', 'version: 2\n')]);
    expect(status).toBe(78);
    expect(stderr).toMatch(/^keyslotd: .*two\.yaml:1:10 version: /m);
  });
});

describe('keyslot daemon, for real', () => {
  it('serves in its own process and stops cleanly', async () => {
    const place = folder.path('real');
    mkdirSync(join(place, 'run'), { recursive: true });
    const config = write('real.yaml', sound.replaceAll('/tmp/keyslot-test', join(place, 'run')));
    const child = spawn(process.execPath, [program, 'daemon', '--config', config, '--ready-fd', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const ready = child.stdio[3] as Readable;
    await new Promise((resolve) => ready.once('data', resolve));
    const { stdout } = await keyslot(['status', '--json', '--admin', `unix:${join(place, 'run/admin.sock')}`]);
    expect(JSON.parse(stdout)).toMatchObject({ pid: child.pid });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('refuses a descriptor that is not open before it starts, and serves also when nobody waits any more', async () => {
    const place = folder.path('unheard');
    mkdirSync(join(place, 'run'), { recursive: true });
    const config = write('unheard.yaml', sound.replaceAll('/tmp/keyslot-test', join(place, 'run')));
    const closed = await keyslotProgram(['daemon', '--config', config, '--ready-fd', '99']);
    expect([closed.status, closed.stderr]).toEqual([2, 'keyslotd: --ready-fd: descriptor 99 is not open\n']);
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program, 'daemon', '--config', config, '--ready-fd', '3'], {
      stdio: ['ignore', 'ignore', 'pipe', full],
    });
    closeSync(full);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let log = '';
    const told = new Promise<void>((resolve) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('nobody could be told')) resolve();
      });
    });
    await Promise.race([told, ended]);
    expect(log).toContain('ENOSPC');
    expect(await keyslot(['status', '--admin', `unix:${join(place, 'run/admin.sock')}`])).toMatchObject({ status: 0 });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
