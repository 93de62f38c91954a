/** The host as a process: its user, its environment, its descriptors, its end; and what the provider says of its token. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createToken } from '../../../softhsm/index.js';
import { agreementAlgorithm, wrapAlgorithm } from '../../../src/core/algorithms.js';
import { type Bench, capability, eventually, generate, importKey, keyRow, openBench, operationRow, TestCall } from './token-provider.js';

let bench: Bench;
afterEach(() => bench.close());

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Whether this folder and all above it can be entered by anybody. */
function reachable(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
function hostPid(): number {
  const { hostPid: pid } = bench.provider.status();
  if (pid === null) throw new Error('no host');
  return pid;
}
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the host', () => {
  it('has a clean environment, only its descriptors, and ends with the provider', async (ctx) => {
    if (!isRoot) ctx.skip('needs root: reads /proc of a process that is not dumpable');
    bench = await openBench();
    const pid = hostPid();
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((entry) => entry !== '');
    const names = environment.map((entry) => entry.split('=')[0]).sort();
    expect(names.filter((name) => name !== 'NODE_V8_COVERAGE')).toEqual(['SOFTHSM2_CONF', 'UV_THREADPOOL_SIZE']);
    const pin = readFileSync(bench.token.pinFile, 'utf8').trim();
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(pin);
    const targets = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
    expect(targets.filter((target) => target.includes('.pin'))).toEqual([]);
    await bench.provider.stop();
    await eventually('the process is gone', () => !alive(pid));
  });

  it('runs as a user of its own where one is configured', async (ctx) => {
    if (!isRoot) ctx.skip('needs root: starts a process of another user');
    const token = await createToken();
    if (!reachable(fileURLToPath(new URL('.', import.meta.url))) || !reachable(dirname(token.modulePath))) {
      await token.remove();
      ctx.skip('the project lies where another user can not read');
    }
    const folder = mkdtempSync(join(tmpdir(), 'keyslot-pin-'));
    const pinFile = join(folder, 'pin');
    copyFileSync(token.pinFile, pinFile);
    chmodSync(pinFile, 0o600);
    execFileSync('chown', ['-R', `${nobody}:${nobody}`, token.folder]);
    const user = execFileSync('getent', ['passwd', String(nobody)], { encoding: 'utf8' }).split(':')[0];
    bench = await openBench({ user, pinFile }, token);
    const status = readFileSync(`/proc/${hostPid()}/status`, 'utf8');
    expect(/^Uid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/)).toEqual(Array.from({ length: 4 }, () => String(nobody)));
    expect((await generate(bench.provider, 'AES-256')).alive).toBe(true);
    rmSync(folder, { recursive: true });
  });
});

describe('what the provider says', () => {
  it('of its token and its host', async () => {
    bench = await openBench();
    expect(bench.provider.status()).toMatchObject({
      state: 'ready',
      library: expect.stringContaining('SoftHSM'),
      token: { label: 'keyslot', serial: bench.token.serial, model: 'SoftHSM v2', manufacturer: 'SoftHSM project' },
      restarts: 0,
      hangs: 0,
      keys: 0,
    });
    await eventually('sessions are counted', () => bench.provider.status().sessions.open === 2);
    await bench.provider.stop();
    expect(bench.provider.status()).toMatchObject({
      state: 'unavailable',
      hostPid: null,
      sessions: { open: 0, busy: 0, owner: 0, quarantined: 0 },
    });
  });

  it('of algorithms comes from the mechanisms that the token lists', async () => {
    bench = await openBench();
    expect(capability(bench.provider, 'AES-256-GCM')).toMatchObject({
      operations: ['encrypt', 'decrypt'],
      note: expect.stringContaining('128'),
    });
    expect(capability(bench.provider, 'HMAC-SHA-256')?.operations).toEqual(['mac', 'generate', 'import', 'export']);
    expect(capability(bench.provider, 'AES-256')?.modes).toEqual(['ECB', 'CBC', 'CTR', 'GCM']);
    expect(bench.provider.supports(operationRow('SHA-384'), 'hash', {}, 0)).toBe(true);
    expect(bench.provider.supports(operationRow('SHA-384'), 'mac', {}, 0)).toContain('mac context');
    expect(bench.provider.supports(operationRow('AES-256-GCM'), 'aead', {}, 8)).toContain('tags of');
  });

  it('of a token with fewer mechanisms is less', async () => {
    const token = await createToken();
    const configuration = readFileSync(token.configPath, 'utf8').replace(
      'slots.mechanisms = ALL',
      'slots.mechanisms = CKM_SHA256,CKM_AES_KEY_GEN,CKM_AES_CBC_PAD',
    );
    writeFileSync(token.configPath, configuration);
    bench = await openBench({}, token);
    expect(bench.provider.capabilities().map(({ algorithm }) => algorithm)).toEqual([
      'SHA-256',
      'AES-128-CBC',
      'AES-192-CBC',
      'AES-256-CBC',
      'CTR-DRBG',
      'AES-128',
      'AES-192',
      'AES-256',
    ]);
    expect(bench.provider.supports(operationRow('AES-256-CBC'), 'cipher', { padding: 'none' }, 0)).toContain('does not have');
    for (const [name, row] of [
      ['ECDH-P256', agreementAlgorithm('ECDH-P256')],
      ['AES-KW', wrapAlgorithm('AES-KW')],
    ] as const) {
      if (row === undefined) throw new Error(`no ${name}`);
      expect(bench.provider.supportsKeyOperation(row, {})).toContain(`does not have ${name}`);
    }
    expect(bench.provider.supports(operationRow('AES-256-GCM'), 'aead', {}, 16)).toContain('does not have');
    expect(bench.provider.supportsKey(keyRow('ECDSA-P256'))).toContain('does not make keys');
    await expect(generate(bench.provider, 'ECDSA-P256')).rejects.toMatchObject({ code: 'UNSUPPORTED_ALGORITHM', field: 'algorithm' });
  });

  it('of the longest keys is what the operator allows', async () => {
    bench = await openBench({ maxKeyLength: 1024 });
    expect(bench.provider.supportsKey(keyRow('RSA-2048'))).toContain('1024');
    await expect(generate(bench.provider, 'RSA-2048')).rejects.toMatchObject({ code: 'UNSUPPORTED_ALGORITHM' });
    await expect(importKey(bench.provider, 'RSA-2048', 'der', Buffer.alloc(10))).rejects.toMatchObject({ code: 'UNSUPPORTED_ALGORITHM' });
  });

  it('of an unavailable token is that', async () => {
    bench = await openBench();
    await bench.provider.stop();
    await expect(bench.provider.random(8, new TestCall())).rejects.toMatchObject({ code: 'PROVIDER_NOT_AVAILABLE', retryable: true });
  });
});
