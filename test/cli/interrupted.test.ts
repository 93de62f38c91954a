/** Commands that wait for a pipe to which nobody comes: signals end them, and descriptors that nobody gave are told. */
import { execFileSync, spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program, useFolder } from './support.js';
import { useVaultDaemon } from './vault-daemon.js';

const folder = useFolder();
const daemon = useVaultDaemon();
const patience = 20_000;

/** Runs until it waits, and gets a signal then. */
async function interrupted(args: readonly string[], signal: NodeJS.Signals, extra: readonly 'pipe'[] = []): Promise<number | string> {
  const { PATH = '/usr/bin:/bin', HOME = '/' } = process.env;
  const env = { PATH, HOME, ...daemon().env };
  const child = spawn(process.execPath, [program, ...args], { env, cwd: folder.path('.'), stdio: ['ignore', 'ignore', 'pipe', ...extra] });
  let told = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code) => resolve(code ?? 'killed')));
  const waits = setTimeout(() => child.kill(signal), 4000);
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  const status = await ended;
  clearTimeout(waits);
  clearTimeout(late);
  expect(told).toBe('');
  return status;
}

describe('a pipe to which nobody comes', () => {
  beforeAll(() => {
    execFileSync('mkfifo', [folder.path('fifo')]);
    const { publicKey } = generateKeyPairSync('x25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(folder.path('node.pem'), createPublicKey(publicKey).export({ type: 'spki', format: 'pem' }));
    writeFileSync(folder.path('text'), 'text');
  });
  afterAll(() => expect(readdirSync(folder.path('.')).sort()).toEqual(['fifo', 'node.pem', 'text']));

  it.each([
    ['SIGINT', 130, ['hash', 'fifo']],
    ['SIGTERM', 143, ['seal', '--to', 'node.pem', 'fifo', '-o', 'out']],
    ['SIGHUP', 129, ['seal', '--to', 'node.pem', 'text', '-o', 'fifo']],
  ] as const)('%s ends the wait (%i): %j', async (signal, status, args) => {
    expect(await interrupted(args, signal)).toBe(status);
  });
  it.each([
    ['SIGINT', 130, ['--phrase-fd', '3']],
    ['SIGTERM', 143, ['--phrase-fd', '3', '--passphrase-fd', '3']],
  ] as const)('%s ends the wait for a phrase (%i)', async (signal, status, flags) => {
    expect(await interrupted(['vault', 'init', '--existing', ...flags], signal, ['pipe'])).toBe(status);
  });
});

describe('a descriptor that was not redirected', () => {
  const run = (...args: readonly string[]) => {
    const { PATH = '/usr/bin:/bin', HOME = '/' } = process.env;
    const env = { PATH, HOME, ...daemon().env };
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        told += text;
      });
    const late = setTimeout(() => child.kill('SIGKILL'), patience);
    return new Promise<readonly [number | null, string]>((resolve) =>
      child.once('close', (code) => {
        clearTimeout(late);
        resolve([code, told]);
      }),
    );
  };

  // Those that Node has for itself are among them: epoll, events, and pipes that it would wait in for ever.
  it.each(Array.from({ length: 8 }, (_, at) => at + 3))('%i is not read from and not written to', async (descriptor) => {
    const [read, told] = await run('vault', 'init', '--existing', '--phrase-fd', String(descriptor));
    expect([read === 2 || read === 65, told]).toEqual([
      true,
      expect.stringMatching(/^keyslot: .*(was not given|can't be read|is empty).*\n$/),
    ]);
    const [written, said] = await run('vault', 'init', '--phrase-out-fd', String(descriptor), '--phrase-fd', '0');
    expect([written === 2 || written === 65, said]).toEqual([
      true,
      expect.stringMatching(/^keyslot: .*(was not given|can't be written|is empty).*\n$/),
    ]);
  });
});
