import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyslotProgram, type RunResult, useFolder } from './support.js';

const folder = useFolder();

/** A place for temporary files of one run, to see what is left in it. */
function temporary(): string {
  return mkdtempSync(join(folder.path(''), 't-'));
}

interface Row {
  readonly operation: string;
  readonly algorithm: string;
  readonly provider: string;
  readonly ms: number;
  readonly checkedBy: string;
  readonly ok: boolean;
}

function linesOf({ stdout }: RunResult): { rows: Row[]; last: { ok: number; failed: number; kept?: Kept } } {
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { rows: lines.slice(0, -1) as Row[], last: lines.at(-1) as { ok: number; failed: number } };
}
interface Kept {
  readonly pid: number;
  readonly folder: string;
  readonly endpoint: string;
  readonly admin: string;
}

/** Processes that have the folder in their command line. */
function processesIn(place: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place);
      } catch {
        return false;
      }
    });
}

function expectNothingLeft(place: string): void {
  expect(readdirSync(place)).toEqual([]);
  expect(processesIn(place)).toEqual([]);
}

/** A folder with one program, `openssl`, to be the whole PATH. */
function pathWith(script: string): string {
  const bin = join(temporary(), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'openssl'), script);
  chmodSync(join(bin, 'openssl'), 0o755);
  return bin;
}

const realOpenssl = execFileSync('sh', ['-c', 'command -v openssl || true'], { encoding: 'utf8' }).trim();

describe('keyslot demo', () => {
  it('shows both providers at work, checked from outside, and leaves nothing behind', async () => {
    const TMPDIR = temporary();
    const result = await keyslotProgram(['demo', '--json'], { env: { TMPDIR } });
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { rows, last } = linesOf(result);
    expect(last).toEqual({ ok: rows.length, failed: 0 });
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['operation', 'algorithm', 'provider', 'ms', 'checkedBy', 'ok']);
      expect(row.ok).toBe(true);
      expect(row.ms).toBeGreaterThan(0);
    }
    const all = ['software', 'token'].flatMap((provider) => [
      ...['SHA-256', 'SHA-384', 'SHA-512'].map((algorithm) => `hash ${algorithm} ${provider}`),
      `mac HMAC-SHA-256 ${provider}`,
      ...['encrypt', 'decrypt', 'encrypt+decrypt'].flatMap((operation) =>
        ['AES-256-CBC', 'AES-256-GCM'].map((algorithm) => `${operation} ${algorithm} ${provider}`),
      ),
      ...['sign', 'verify'].flatMap((operation) =>
        ['ECDSA-P256', 'RSA-PSS-SHA-256'].map((algorithm) => `${operation} ${algorithm} ${provider}`),
      ),
      `refused: sign AES-256 ${provider}`,
    ]);
    const shown = rows.map(({ operation, algorithm, provider }) => `${operation} ${algorithm} ${provider}`);
    expect(shown.sort()).toEqual([...all, 'refused: lookup AES-256 software'].sort());
    const outside = /^(openssl dgst( -verify| -sign)?|node:crypto(, imported key)?)$/;
    for (const { operation, checkedBy } of rows) {
      if (operation.startsWith('refused')) expect(checkedBy).toMatch(/^(KEY_OPERATION_NOT_PERMITTED|RESOURCE_NOT_FOUND)$/);
      else expect(checkedBy).toMatch(outside);
    }
    expectNothingLeft(TMPDIR);
  });

  it('prints a table in 80 columns, and what to do next', async () => {
    const TMPDIR = temporary();
    const { status, stdout, stderr } = await keyslotProgram(['demo'], { env: { TMPDIR } });
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^OPERATION +ALGORITHM +PROVIDER +TIME {2}CHECKED BY$/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stderr).toContain('results are right');
    expect(stderr).toContain('keyslot demo --keep');
    expectNothingLeft(TMPDIR);
  });

  it('says so where there is no openssl, and node:crypto checks', async () => {
    const TMPDIR = temporary();
    const env = { TMPDIR, PATH: join(TMPDIR, 'nowhere') };
    const { status, stdout, stderr } = await keyslotProgram(['demo'], { env });
    expect(status).toBe(0);
    expect(stderr).toContain('there is no openssl command');
    expect(stdout).not.toContain('openssl');
    expectNothingLeft(TMPDIR);
  });

  it('fails, row by row, when the results are not confirmed', async (ctx) => {
    if (realOpenssl === '') ctx.skip('there is no openssl command');
    const TMPDIR = temporary();
    // Another digest for SHA-384, and no signature of ECDSA is good.
    const script = `#!/bin/sh
case "$*" in
  *-sha384*) exec ${realOpenssl} dgst -sha384 -binary /dev/null ;;
  *rsa_padding_mode*-verify*) exec ${realOpenssl} "$@" ;;
  *-verify*) exit 1 ;;
esac
exec ${realOpenssl} "$@"
`;
    const result = await keyslotProgram(['demo', '--json'], { env: { TMPDIR, PATH: pathWith(script) } });
    expect(result.status).toBe(1);
    const { rows, last } = linesOf(result);
    const wrong = rows.filter(({ ok }) => !ok).map(({ operation, algorithm, provider }) => `${operation} ${algorithm} ${provider}`);
    expect(wrong).toEqual(['hash SHA-384 software', 'hash SHA-384 token', 'sign ECDSA-P256 software', 'sign ECDSA-P256 token']);
    expect(last).toEqual({ ok: rows.length - 4, failed: 4 });
    expectNothingLeft(TMPDIR);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('takes everything away on %s', async (signal) => {
    const TMPDIR = temporary();
    const result = await keyslotProgram(['demo', '--json'], {
      env: { TMPDIR },
      started: (child) => void child.stdout?.once('data', () => child.kill(signal)),
    });
    expect(result.status).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
    expect(result.stderr).toBe('');
    expect(linesOf(result).last).not.toHaveProperty('failed');
    expectNothingLeft(TMPDIR);
  });

  it('takes everything away when it can not begin', async () => {
    const TMPDIR = temporary();
    const result = await keyslotProgram(['demo', '--json'], { env: { TMPDIR, SOFTHSM2_MODULE: '/nonexistent.so' } });
    expect(result.status).toBe(69);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'PROVIDER_NOT_AVAILABLE', field: 'SOFTHSM2_MODULE' } });
    expectNothingLeft(TMPDIR);
  });

  it('--keep leaves a daemon that answers, and tells how to stop it', async () => {
    const TMPDIR = temporary();
    const { status, stderr } = await keyslotProgram(['demo', '--keep'], { env: { TMPDIR } });
    expect(status).toBe(0);
    const found = (pattern: RegExp) => pattern.exec(stderr)?.[1] ?? '';
    const env = { KEYSLOT_ENDPOINT: found(/export KEYSLOT_ENDPOINT=(\S+)/), KEYSLOT_ADMIN: found(/export KEYSLOT_ADMIN=(\S+)/) };
    const stop = found(/(kill \d+ && sleep 1 && rm -r \S+)$/m);
    try {
      const answer = JSON.parse((await keyslotProgram(['status', '--json'], { env })).stdout) as { sessions: number; providers: object[] };
      expect(answer).toMatchObject({ sessions: 0, ephemeralKeys: 0, providers: [{ state: 'ready' }, { state: 'ready' }] });
      const sealed = await keyslotProgram(['encrypt', '--key', 'token-aes'], { env, input: 'to keep' });
      expect((await keyslotProgram(['decrypt', '--key', 'token-aes'], { env, input: sealed.bytes })).stdout).toBe('to keep');
    } finally {
      execFileSync('sh', ['-c', stop]);
      for (let i = 0; i < 100 && processesIn(TMPDIR).length > 0; i++) await new Promise((resolve) => setTimeout(resolve, 100));
      expectNothingLeft(TMPDIR);
      rmSync(TMPDIR, { recursive: true });
    }
  });
});
