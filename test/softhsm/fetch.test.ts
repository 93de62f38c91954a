import { execFile } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSoftHsm } from '../../softhsm/index.js';

const run = promisify(execFile);
const compiled = fileURLToPath(new URL('../..', import.meta.url));
const addon = fileURLToPath(new URL('../../../node_modules/pkcs11js', import.meta.url));
const hasApt = existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
const nobody = 65_534;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyslot-fetch-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function canUnshare(): Promise<boolean> {
  return await run('unshare', ['--mount', 'true']).then(
    () => true,
    () => false,
  );
}

/** A program that fetches into `target` and initialises a token with what it got. */
function program(root: string, target: string): string[] {
  const source = `
    const { fetchSoftHsm } = await import(${JSON.stringify(join(root, 'softhsm/fetch.js'))});
    const { createToken } = await import(${JSON.stringify(join(root, 'softhsm/token.js'))});
    const { modulePath } = await fetchSoftHsm(${JSON.stringify(target)});
    const token = await createToken({ modulePath });
    console.log(JSON.stringify({ modulePath, serial: token.serial }));
    await token.remove();`;
  return ['--input-type=module', '-e', source];
}

describe('fetching SoftHSM2', () => {
  it('works for several processes at once and leaves no work behind', { timeout: 300_000 }, async (ctx) => {
    if (!hasApt) ctx.skip('needs apt-get and dpkg-deb');
    const abandoned = join(folder, 'work-of-the-dead');
    mkdirSync(abandoned);
    utimesSync(abandoned, 0, 0);
    const results = await Promise.all([0, 1, 2].map(() => run(process.execPath, program(compiled, folder))));
    const tokens = results.map(({ stdout }) => JSON.parse(stdout) as { modulePath: string; serial: string });
    expect(new Set(tokens.map((token) => token.modulePath)).size).toBe(1);
    expect(new Set(tokens.map((token) => token.serial)).size).toBe(3);
    expect(readdirSync(folder)).toEqual(['tree']);
  });

  it('works for an ordinary user on a machine without package lists', { timeout: 300_000 }, async (ctx) => {
    if (!hasApt) ctx.skip('needs apt-get and dpkg-deb');
    if (process.getuid?.() !== 0) ctx.skip('needs root: takes the package lists away and becomes another user');
    if (!(await canUnshare())) ctx.skip('needs mount namespaces');
    // The project may lie where that user can't read.
    const copy = join(folder, 'copy');
    for (const part of ['softhsm', 'src/core']) cpSync(join(compiled, part), join(copy, 'dist', part), { recursive: true });
    cpSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), join(copy, 'package.json'));
    cpSync(addon, join(copy, 'node_modules/pkcs11js'), { recursive: true });
    const lists = join(folder, 'lists');
    const target = join(folder, 'target');
    for (const path of [lists, target]) mkdirSync(path);
    chownSync(folder, nobody, nobody);
    chownSync(target, nobody, nobody);
    const become = [
      'setpriv',
      `--reuid=${nobody}`,
      `--regid=${nobody}`,
      '--clear-groups',
      process.execPath,
      ...program(join(copy, 'dist'), target),
    ];
    const hide = 'mount --bind "$1" /var/lib/apt/lists && shift && exec "$@"';
    const { stdout } = await run('unshare', ['--mount', 'sh', '-c', hide, 'sh', lists, ...become]);
    expect(JSON.parse(stdout)).toMatchObject({ serial: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(readdirSync(target)).toEqual(['tree']);
  });

  it('says what to run when it can not be done', async () => {
    const source = `
      const { fetchSoftHsm } = await import(${JSON.stringify(join(compiled, 'softhsm/fetch.js'))});
      await fetchSoftHsm(${JSON.stringify(folder)}).catch((error) => console.log(JSON.stringify(error)));`;
    // A PATH without apt-get.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', source], { env: { PATH: bin } });
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'PROVIDER_NOT_AVAILABLE',
      message: expect.stringMatching(/can not be fetched \(apt-get or dpkg-deb is not on this system\); .*SOFTHSM2_MODULE/),
    });
    expect(readdirSync(folder)).toEqual(['bin']);
  });
});

describe('the folder of a fetch', () => {
  const choose = async (root: string): Promise<string> => {
    const source = `console.log((await import(${JSON.stringify(join(root, 'dist/softhsm/locate.js'))})).preferredFetchFolder())`;
    const env = { PATH: process.env.PATH, HOME: join(folder, 'home'), XDG_CACHE_HOME: join(folder, 'cache') };
    return (await run(process.execPath, ['--input-type=module', '-e', source], { env })).stdout.trim();
  };

  it('is in the package, or in the cache of the user where others may write the package', async () => {
    const copy = join(folder, 'copy');
    for (const part of ['softhsm', 'src/core']) cpSync(join(compiled, part), join(copy, 'dist', part), { recursive: true });
    cpSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), join(copy, 'package.json'));
    chmodSync(copy, 0o755);
    expect(await choose(copy)).toBe(join(copy, '.softhsm'));
    chmodSync(copy, 0o775);
    expect(await choose(copy)).toBe(join(folder, 'cache/keyslot/softhsm'));
  });
});

describe('SOFTHSM2_MODULE', () => {
  const before = process.env.SOFTHSM2_MODULE;
  afterEach(() => {
    if (before === undefined) delete process.env.SOFTHSM2_MODULE;
    else process.env.SOFTHSM2_MODULE = before;
  });

  it('wins over what is installed', () => {
    process.env.SOFTHSM2_MODULE = process.execPath;
    expect(findSoftHsm()).toEqual({ modulePath: process.execPath, origin: 'environment' });
  });

  it('is not ignored when it is wrong', () => {
    process.env.SOFTHSM2_MODULE = '/nowhere/libsofthsm2.so';
    expect(() => findSoftHsm()).toThrowError(
      expect.objectContaining({ code: 'PROVIDER_NOT_AVAILABLE', field: 'SOFTHSM2_MODULE', message: expect.stringContaining('/nowhere/') }),
    );
  });
});
