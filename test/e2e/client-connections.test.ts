/** What one caller does with a connection must not fall on another one, nor on the next call. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoStack, type KeyslotError } from '../../src/client/index.js';
import * as blocking from '../../src/client/sync.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';

let daemon: DisposableDaemon;
beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()] } });
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

test('a blocking request that went out in part leaves no connection that the next one could be mixed up with', () => {
  const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const hash = sync.createCryptoContext().createHashContext({ algorithm: 'SHA-256' });
  daemon.kill('SIGSTOP');
  try {
    expect(() => hash.singleShot(new Uint8Array(8 << 20), undefined, { timeout: 200 })).toThrow(
      expect.objectContaining({ code: 'OPERATION_TIMED_OUT' }) as KeyslotError,
    );
  } finally {
    daemon.kill('SIGCONT');
  }
  expect(() => hash.singleShot(new Uint8Array(1))).toThrow(expect.objectContaining({ code: 'SESSION_EXPIRED' }) as KeyslotError);
  expect(sync.createCryptoContext().createHashContext({ algorithm: 'SHA-256' }).singleShot(new Uint8Array(1))).toHaveLength(32);
  sync.close();
});

test('a call that can not be encoded keeps no process alive', () => {
  const client = pathToFileURL(resolve('dist/src/client/index.js')).href;
  const program = `
    import { createCryptoStack } from ${JSON.stringify(client)};
    const stack = await createCryptoStack({ connectionEndpoint: ${JSON.stringify(daemon.endpoint)} });
    const context = await stack.createCryptoContext();
    for (const name of [123, 'x'.repeat(100_000)]) await context.resolveResource(name, 'keySlot').catch((error) => console.log(error.code, error.field));`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], { timeout: 20_000, encoding: 'utf8' });
  expect(ended.stdout.trim()).toBe('INVALID_ARGUMENT name\nINVALID_ARGUMENT name');
  expect(ended.status).toBe(0);
});

test('options in the place of the output are told before anything is asked', async () => {
  await using stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const hash = await (await stack.createCryptoContext()).createHashContext({ algorithm: 'SHA-256' });
  await hash.init();
  await expect(hash.finalize({ timeout: 5 } as unknown as Uint8Array)).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    field: 'output',
  });
  expect(await hash.finalize()).toHaveLength(32);
});
