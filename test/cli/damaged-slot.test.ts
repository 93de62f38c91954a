/** Slots whose records are damaged, swapped or missing: clearing them is the way out, as docs/operations.md says. */
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { keyslot, type RunOptions } from './support.js';

const names = ['damaged', 'swapped', 'missing', 'sound'];
const slots = names.map((name) => ({
  name,
  kind: 'key' as const,
  algorithm: 'AES-256',
  providers: ['software'],
  permissions: ['encrypt', 'decrypt'] as const,
}));
const own = Object.fromEntries(names.map((name) => [name, name]));
const access = [{ user: process.getuid?.() ?? 0, slots: own, rights: ['use', 'generate', 'clear'] as const }];

let daemon: DisposableDaemon;
let store: string;
const run = (args: readonly string[], options: RunOptions = {}) =>
  keyslot(args, { env: { KEYSLOT_ENDPOINT: daemon.endpoint, KEYSLOT_ADMIN: daemon.adminEndpoint }, ...options });
const verify = () => keyslot(['keystore', 'verify', '--config', daemon.configPath]);
const recordOf = (slot: string) => join(store, readdirSync(store).find((name) => name.startsWith(`${slot}.`)) ?? '');

beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()], slots, access } });
  store = join(daemon.folder, 'state', 'software');
  for (const name of names) expect((await run(['key', 'generate', name])).status).toBe(0);
  await daemon.stop();
  const record = recordOf('damaged');
  const bytes = readFileSync(record);
  writeFileSync(record, bytes.with(100, (bytes[100] ?? 0) ^ 1));
  copyFileSync(recordOf('sound'), recordOf('swapped'));
  rmSync(recordOf('missing'));
  await daemon.start();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

it('they are named, closed, and not overwritten by accident', async () => {
  for (const name of ['damaged', 'swapped', 'missing']) {
    const { status, stderr } = await run(['key', 'generate', name, '--overwrite']);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`the key of slot "${name}" can not be used: its record`)]);
  }
});

it('they are cleared, when that is wanted, and filled again', async () => {
  const no = await run(['key', 'clear', 'damaged'], { typed: ['no'] });
  expect([no.status, no.stderr]).toEqual([
    1,
    expect.stringMatching(/^Destroy the key in damaged \(it can't be read\) .*nothing was cleared/),
  ]);
  expect(await run(['key', 'clear', 'damaged'], { typed: ['yes'] })).toMatchObject({ status: 0, stdout: 'damaged: cleared\n' });
  for (const name of ['swapped', 'missing']) expect((await run(['key', 'clear', name, '--yes'])).status).toBe(0);
  for (const name of ['damaged', 'swapped']) expect((await run(['key', 'generate', name])).status).toBe(0);
  expect((await run(['key', 'clear', 'missing', '--yes'])).status).toBe(66);
  await daemon.stop();
  expect(await verify()).toMatchObject({ status: 0, stdout: `${store}: ok, 3 keys\n` });
});
