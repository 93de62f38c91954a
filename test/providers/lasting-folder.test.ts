import fs, { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeLastingFolder } from '../../src/providers/lasting-folder.js';

let base: string;
let synced: number[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'keyslot-lasting-'));
  synced = [];
  const { fsyncSync } = fs;
  vi.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
    synced.push(fs.fstatSync(descriptor).ino);
    fsyncSync(descriptor);
  });
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(base, { recursive: true });
});

const inode = (path: string) => statSync(path).ino;

test('every name that was made is synced, for the owner alone', () => {
  const path = join(base, 'a', 'b', 'c');
  makeLastingFolder(`${path}/`);
  expect(synced).toEqual([inode(join(base, 'a', 'b')), inode(join(base, 'a')), inode(base)]);
  for (const made of [path, join(base, 'a')]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

test('a folder that is there is left alone', () => {
  const path = join(base, 'a');
  mkdirSync(path, { mode: 0o755 });
  makeLastingFolder(path);
  expect([synced, statSync(path).mode & 0o777]).toEqual([[], 0o755]);
});

test('what is in the way is an error', () => {
  fs.writeFileSync(join(base, 'file'), '');
  expect(() => makeLastingFolder(join(base, 'file', 'a'))).toThrow('ENOTDIR');
});
