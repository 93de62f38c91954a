/** The way of bytes to native code. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SecretFile } from '../../src/vault/secret-file.js';
import { requireSource } from '../../src/vault/secret-source.js';
import { bytesOf, codeOf } from './support.js';

test('nobody else can open it, and afterwards it is gone', () => {
  const file = new SecretFile();
  file.write(bytesOf('secret'));
  expect(fstatSync(file.descriptor)).toMatchObject({ nlink: 0, size: 6 });
  expect(fstatSync(file.descriptor).mode & 0o777).toBe(0o600);
  const path = `/proc/self/fd/${file.descriptor}`;
  expect(readFileSync(path, 'utf8')).toBe('secret');
  const other = openSync(path, 'r');
  file[Symbol.dispose]();
  expect(() => fstatSync(file.descriptor)).toThrow('EBADF');
  expect(fstatSync(other).size).toBe(0);
  closeSync(other);
});

test('what is written is read from the start, and once', () => {
  using file = new SecretFile();
  file.write(bytesOf('a line\n'));
  const room = Buffer.alloc(20);
  expect(readSync(file.descriptor, room)).toBe(7);
  expect(readSync(file.descriptor, room)).toBe(0);
  using line = file.take();
  expect(line.use((bytes) => Buffer.from(bytes).toString())).toBe('a line');
});

test('bytes are one line, but for a seed', async () => {
  expect(await codeOf(() => requireSource(bytesOf('a\nb'), 'phrase'))).toBe('INVALID_ARGUMENT');
  expect(await codeOf(() => requireSource(bytesOf('a\nb'), 'phrase', true))).toBeUndefined();
});
