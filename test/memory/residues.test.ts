/** PINs and the key-store key, looked for in the memory of the running daemon and its hosts, from outside. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import { createToken, softwareProvider, startDisposableDaemon, tokenProvider } from '../../src/testing/index.js';
import { statusOf } from '../e2e/counters.js';
import { PatternIndex } from './pattern-index.js';
import { patternsOf, type Secret } from './patterns.js';
import { mayRead, needsRights, scanProcess } from './scan-process.js';

const me = process.getuid?.() ?? 0;

test('every form of a secret is found, whole and in pieces', () => {
  const secret = { name: 'key', bytes: randomBytes(32) };
  const patterns = patternsOf([secret]);
  expect(patterns.length).toBeGreaterThan(15);
  const index = new PatternIndex(patterns);
  for (const pattern of patterns) {
    const around = Buffer.concat([randomBytes(37), pattern.bytes, randomBytes(11)]);
    expect(index.search(around).some((found) => found.at === 37 && found.length === pattern.bytes.length)).toBe(true);
  }
  expect(index.search(Buffer.concat([randomBytes(5), secret.bytes.subarray(10, 20), randomBytes(9)])).length).toBeGreaterThan(0);
  expect(index.search(randomBytes(1 << 20))).toEqual([]);
});

test('a process that keeps a copy is found out', async (ctx) => {
  const secret: Secret = { name: 'kept', bytes: randomBytes(32) };
  const child = spawn(process.execPath, [
    '-e',
    "let b='';process.stdin.on('data',d=>{globalThis.kept=Buffer.from(d);console.log('kept')});setInterval(()=>{},1000)",
  ]);
  child.stdin.write(secret.bytes);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  try {
    if (!mayRead(child.pid as number)) ctx.skip(needsRights);
    const residues = scanProcess(child.pid as number, [secret]);
    expect(residues.some(({ form, locked, length }) => form === 'raw' && !locked && length === 32)).toBe(true);
  } finally {
    child.kill('SIGKILL');
  }
});

test('PIN and key-store key: no copy outside locked memory in daemon and host, idle and after work', async (ctx) => {
  const pin = Buffer.from(randomBytes(30).toString('base64url'));
  await using token = await createToken({ pin });
  const slots = ['software', 'token'].map((provider) => ({
    name: `in-${provider}`,
    kind: 'key' as const,
    algorithm: 'AES-256',
    providers: [provider],
    permissions: ['encrypt', 'decrypt'] as const,
  }));
  await using daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider(), tokenProvider(token)],
      slots,
      access: [{ user: me, slots: { 'in-software': 'in-software', 'in-token': 'in-token' }, rights: ['use', 'generate'] }],
    },
  });
  const secrets: Secret[] = [
    { name: 'PIN', bytes: pin, isText: true },
    { name: 'store key', bytes: readFileSync(join(daemon.folder, 'store.key')) },
  ];
  const host = (await statusOf(daemon)).providers.find(({ name }) => name === 'token')?.hostPid as number;
  if (!mayRead(daemon.pid as number) || !mayRead(host)) ctx.skip(needsRights);
  const outside = (pid: number) => scanProcess(pid, secrets).filter(({ locked }) => !locked);
  expect(outside(daemon.pid as number)).toEqual([]);
  expect(outside(host)).toEqual([]);

  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  for (const { name } of slots) {
    const slot = await context.resolveResource(name, 'keySlot');
    await management.generateKey(slot, 'AES-256');
    const cipher = await context.createCipherContext({ algorithm: 'AES-256-CBC', key: slot, direction: 'encrypt' });
    for (let i = 0; i < 50; i++) await cipher.singleShot(new Uint8Array(16), new Uint8Array(100));
    await cipher.close();
  }
  await stack.close();
  expect(outside(daemon.pid as number)).toEqual([]);
  expect(outside(host)).toEqual([]);
  // The scan sees what is there: the key-store key, once, in its locked page.
  expect(scanProcess(daemon.pid as number, secrets).filter(({ secret, locked }) => secret === 'store key' && locked)).toHaveLength(1);
  expect(daemon.log).not.toContain(pin.toString());
});
