import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Spinner } from '../../src/daemon/spinner.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a connection from which nothing comes is looked at less and less; a busy daemon does not look', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-spinner-'));
  const server = createServer({ pauseOnConnect: true }).listen(join(folder, 's'));
  await once(server, 'listening');
  const near = connect(join(folder, 's'));
  const [far] = (await once(server, 'connection')) as [Socket];
  const descriptor = (far as unknown as { _handle: { fd: number } })._handle.fd;

  let looks = 0;
  const spinner = new Spinner(() => {
    looks += 1;
    return false;
  });
  for (let i = 0; i < 2000; i++) {
    spinner.answered(descriptor);
    await turn();
  }
  // Three misses, then one probe after 64, 128, 256, 512 and 1024 turns.
  if (availableParallelism() > 1) expect(looks).toBe(3 + 5);
  else expect(looks).toBe(0);

  let asked = 0;
  const busy = new Spinner(() => {
    asked += 1;
    return true;
  });
  for (let i = 0; i < 100; i++) {
    busy.answered(descriptor);
    await turn();
  }
  if (availableParallelism() > 1) expect(asked).toBe(100);
  near.destroy();
  far.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});
