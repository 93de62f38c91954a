import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { lockFile } from '../../src/native.js';
import { startChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function openLock(): number {
  return openSync(join(folder.path, 'lock'), 'a');
}

test('one holder among processes, until it ends', async () => {
  const through = ['sh', '-c', 'exec "$@" 3>>"$LOCK"', 'sh'];
  const child = startChild('process-child', ['lock'], { through, environment: { LOCK: join(folder.path, 'lock') } });
  expect(await child.line()).toBe('true');
  const ours = openLock();
  expect(lockFile(ours)).toBe(false);
  child.process.kill('SIGKILL');
  await child.ended;
  expect(lockFile(ours)).toBe(true);
  expect(lockFile(ours)).toBe(true);
  closeSync(ours);
});

test('one holder among descriptors of one process, until it is closed', () => {
  const first = openLock();
  const second = openLock();
  expect(lockFile(first)).toBe(true);
  expect(lockFile(second)).toBe(false);
  closeSync(first);
  expect(lockFile(second)).toBe(true);
  closeSync(second);
});

test('refuses what is no open descriptor', () => {
  const closed = openLock();
  closeSync(closed);
  for (const descriptor of [closed, -1, 0.5, 2 ** 31]) {
    expect(() => lockFile(descriptor)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'descriptor' }));
  }
  expect(() => lockFile(closed)).toThrow(KeyslotError);
});
