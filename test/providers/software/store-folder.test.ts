import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { expectError, plain, random, storeLocation, temporaryFolder, utf8 } from './support.js';

test('makes its folder and files for the owner alone', async () => {
  const path = join(temporaryFolder(), 'store');
  const folder = await DiskFolder.open(path);
  await folder.write('x', utf8('content'));
  await folder.sync();
  expect(statSync(path).mode & 0o777).toBe(0o700);
  for (const name of ['x', 'lock']) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
  expect(plain(await folder.read('x', 100))).toEqual(utf8('content'));
  expect(await folder.read('y', 100)).toBeUndefined();
  await folder.rename('x', 'y');
  await folder.remove('y');
  await folder.remove('y');
  expect(await folder.list()).toEqual(['lock']);
  await folder.close();
});

test('a leftover of the same name is replaced, never written into', async () => {
  const path = join(temporaryFolder(), 'store');
  const folder = await DiskFolder.open(path);
  const victim = join(temporaryFolder(), 'victim');
  writeFileSync(victim, 'precious');
  symlinkSync(victim, join(path, 'x'));
  await folder.write('x', utf8('new'));
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(path, 'x'), 'utf8')).toBe('new');
  await folder.close();
});

test('does not read links, folders or files that are too long', async () => {
  const path = join(temporaryFolder(), 'store');
  const folder = await DiskFolder.open(path);
  const target = join(path, 'target');
  writeFileSync(target, random(10));
  symlinkSync(target, join(path, 'link'));
  mkdirSync(join(path, 'folder'));
  for (const name of ['link', 'folder', 'target']) await expectError(() => folder.read(name, 9), 'OPERATION_FAILED');
  expect(await folder.read('target', 10)).toHaveLength(10);
  await folder.close();
});

test('refuses a folder that others may look into, a link, a file, and one whose parent is missing', async () => {
  const base = temporaryFolder();
  const open = join(base, 'open');
  mkdirSync(open, { mode: 0o700 });
  for (const mode of [0o750, 0o701, 0o777]) {
    chmodSync(open, mode);
    expect((await expectError(() => DiskFolder.open(open), 'ACCESS_DENIED', 'state')).message).toContain('chmod 0700');
  }
  expect(readdirSync(open)).toEqual([]);
  chmodSync(open, 0o700);
  symlinkSync(open, join(base, 'link'));
  writeFileSync(join(base, 'file'), '');
  for (const name of ['link', 'file', 'missing/store'])
    await expectError(() => DiskFolder.open(join(base, name)), 'ACCESS_DENIED', 'state');
  rmdirSync(open);
});

test("refuses another user's folder", async (ctx) => {
  if (process.geteuid?.() !== 0) ctx.skip('needs root to give a folder away');
  const path = join(temporaryFolder(), 'store');
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, 65_534, 65_534);
  expect((await expectError(() => DiskFolder.open(path), 'ACCESS_DENIED', 'state')).message).toContain('uid 65534');
});

test('has one owner at a time', async () => {
  const path = join(temporaryFolder(), 'store');
  const first = await DiskFolder.open(path);
  await expectError(() => DiskFolder.open(path), 'PROVIDER_BUSY', 'state');
  await first.close();
  await (await DiskFolder.open(path)).close();
});

test('what it made for nothing goes with its lock, and nothing that was there before', async () => {
  const base = temporaryFolder();
  const made = await DiskFolder.open(join(base, 'made'));
  const used = await DiskFolder.open(join(base, 'used'));
  await used.write('x', utf8('content'));
  mkdirSync(join(base, 'old'), { mode: 0o700 });
  const old = await DiskFolder.open(join(base, 'old'));
  for (const folder of [made, used, old]) {
    folder.forgetIfMade();
    await folder.close();
  }
  expect(readdirSync(base)).toEqual(['old', 'used']);
  expect([readdirSync(join(base, 'old')), readdirSync(join(base, 'used'))]).toEqual([['lock'], ['lock', 'x']]);
});

test('a medium that gives no names and no content is a typed error', async () => {
  const path = join(temporaryFolder(), 'store');
  const folder = await DiskFolder.open(path);
  rmSync(path, { recursive: true });
  expect((await expectError(() => folder.list(), 'OPERATION_FAILED', 'state')).message).toContain('ENOENT');
  await folder.close();
});

test('a full medium is PERSIST_FAILED, and what was acknowledged stays', () => {
  const { folder, keyFile } = storeLocation();
  const filler = fileURLToPath(new URL('./store-filler.js', import.meta.url));
  // A limit on the size of files stands in for a full disk: it strikes in the middle of writing the growing manifest.
  const run = spawnSync('sh', ['-c', 'ulimit -f 6 && exec "$0" "$@"', process.execPath, filler, folder, keyFile], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  const result = JSON.parse(run.stdout) as { acknowledged: number; failed: string[]; found: number[]; leftovers: string[] };
  expect(result.acknowledged).toBeGreaterThan(5);
  expect(new Set(result.failed)).toEqual(new Set(['PERSIST_FAILED']));
  expect(result.failed.length).toBeGreaterThan(2);
  expect(result.found).toEqual(Array.from({ length: result.acknowledged }, () => 1));
  expect(result.leftovers).toEqual([]);
});
