import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spinUntilReadable } from '../../src/native.js';

const folder = mkdtempSync(join(tmpdir(), 'keyslot-readable-'));
const server = createServer({ pauseOnConnect: true });
let near: Socket;
let far: Socket;
const descriptor = () => (far as unknown as { _handle: { fd: number } })._handle.fd;

beforeAll(async () => {
  server.listen(join(folder, 's'));
  await once(server, 'listening');
  near = connect(join(folder, 's'));
  [far] = (await once(server, 'connection')) as [Socket];
});
afterAll(() => {
  near.destroy();
  far.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

test('gives up after its time when nothing comes', () => {
  const since = performance.now();
  expect(spinUntilReadable(descriptor(), 1000)).toBe(false);
  expect(performance.now() - since).toBeGreaterThanOrEqual(0.9);
});

test('tells at once what there is to read, and takes none of it', async () => {
  await new Promise((resolve) => near.write('x', resolve));
  let readable = false;
  for (let i = 0; i < 5000 && !readable; i++) readable = spinUntilReadable(descriptor(), 1000);
  expect(readable).toBe(true);
  expect(spinUntilReadable(descriptor(), 0)).toBe(true);
  const data = once(far, 'data');
  far.resume();
  expect(String((await data)[0])).toBe('x');
});

test('refuses what is no descriptor and no time', () => {
  for (const wrong of [-1, 1.5, Number.NaN])
    expect(() => spinUntilReadable(wrong, 1)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'descriptor' }) as Error);
  for (const wrong of [-1, 1001, Number.NaN])
    expect(() => spinUntilReadable(0, wrong)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'microseconds' }) as Error,
    );
});
