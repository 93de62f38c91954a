/** What the memory of a SecureBuffer really is, seen by the kernel and by foreign native code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecureBuffer } from '../../src/native.js';
import { buildShared, hasCompiler, loadProbe, noCompiler, type Probe, runChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
let probePath = '';
let watchPath = '';
let probe: Probe;

beforeAll(() => {
  if (!hasCompiler) return;
  probePath = buildShared('probe', folder.path);
  watchPath = buildShared('unmap-watch', folder.path);
  probe = loadProbe(probePath);
});
afterAll(() => folder.remove());

/** The VmFlags of the mapping that holds an address. */
function flagsAt(address: number): string[] {
  let inside = false;
  for (const line of readFileSync('/proc/self/smaps', 'utf8').split('\n')) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line);
    if (range) inside = address >= Number.parseInt(range[1] ?? '', 16) && address < Number.parseInt(range[2] ?? '', 16);
    else if (inside && line.startsWith('VmFlags:')) return line.slice(8).trim().split(' ');
  }
  return [];
}

describe('pages', () => {
  test('are locked, not dumped, wiped on fork, between pages without any access', (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    using buffer = new SecureBuffer(5000);
    const address = buffer.use((bytes) => probe.addressOf(bytes));
    const ordinary = flagsAt(probe.addressOf(new Uint8Array(5000)));
    expect(flagsAt(address)).toEqual(expect.arrayContaining(['rd', 'wr', 'lo', 'dd', 'wf']));
    expect(ordinary).toContain('rd');
    expect(ordinary).not.toContain('lo');
    const page = address - (address % 4096);
    for (const guard of [page - 4096, page + 2 * 4096]) {
      expect(flagsAt(guard)).not.toContain('rd');
      expect(flagsAt(guard)).not.toContain('wr');
      expect(flagsAt(guard).length).toBeGreaterThan(0);
    }
    expect(buffer.locked).toBe(true);
  });

  test('foreign native code that reads too far dies', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const inside = await runChild('memory-child', ['insideLast', probePath]);
    expect(inside.stdout.trim()).toBe('165');
    for (const scenario of ['pastEnd', 'beforeStart']) {
      const outside = await runChild('memory-child', [scenario, probePath]);
      expect(outside.stdout).toBe('');
      expect(outside.signal === 'SIGSEGV' || outside.stderr.includes('AddressSanitizer: SEGV')).toBe(true);
    }
  });

  test('a forked child reads zeros, the parent still its bytes', (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    using buffer = new SecureBuffer(5000);
    buffer.use((bytes) => {
      bytes.fill(0x5a);
      expect(probe.sumInForkedChild(new Uint8Array(5000).fill(0x5a))).toBe(0x5a);
      expect(probe.sumInForkedChild(bytes)).toBe(0);
      expect(bytes[4999]).toBe(0x5a);
    });
  });
});

describe('without room under RLIMIT_MEMLOCK', () => {
  test('construction fails with MEMORY_NOT_LOCKED, says the limit, and leaks nothing', async () => {
    const through = ['sh', '-c', 'ulimit -l 0; exec "$@"', 'sh'];
    const { stdout, stderr } = await runChild('memory-child', ['unlocked'], { through });
    expect(stderr).toBe('');
    const { refused, lenient, leaked } = JSON.parse(stdout);
    expect(refused).toMatchObject({ code: 'MEMORY_NOT_LOCKED', category: 'vault', retryable: false });
    expect(refused.message).toMatch(/lock 12288 bytes .*RLIMIT_MEMLOCK of this process is 0 bytes.*ulimit -l.*LimitMEMLOCK=/);
    expect(lenient).toEqual({ locked: false });
    expect(leaked).toBeLessThan(20);
  });
});

describe('release', () => {
  const markedFile = join(folder.path, 'marked');

  async function watched(scenario: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const preload = [watchPath, process.env.LD_PRELOAD ?? ''].join(' ').trim();
    const { stderr, status } = await runChild('memory-child', [scenario, markedFile], {
      nodeOptions: ['--expose-gc'],
      environment: { LD_PRELOAD: preload, ...environment },
    });
    expect(status).toBe(0);
    return stderr.trim();
  }

  test('pages are zero when they go back to the system: disposed, collected, thread ended', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    expect(await watched('watchedDispose', { WATCH_NO_WIPE: '1' })).toBe('unmapped 2 guarded, 2 dirty');
    expect(await watched('watchedDispose')).toBe('unmapped 2 guarded, 0 dirty');
    expect(await watched('watchedCollect')).toBe('unmapped 3 guarded, 0 dirty');
    expect(await watched('watchedWorker')).toBe('unmapped 2 guarded, 0 dirty');
  });

  test('so are those that only helped to read a file, or held a file that was refused', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    writeFileSync(markedFile, new Uint8Array(5000).fill(0xa5));
    expect(await watched('watchedFile', { WATCH_NO_WIPE: '1' })).toBe('unmapped 5 guarded, 5 dirty');
    expect(await watched('watchedFile')).toBe('unmapped 5 guarded, 0 dirty');
  });

  test('forgotten buffers are unlocked by the garbage collector', async () => {
    const { stdout } = await runChild('memory-child', ['collected'], { nodeOptions: ['--expose-gc'] });
    expect(JSON.parse(stdout)).toEqual({ held: 400, left: 0 });
  });

  test('a loop that never yields gives its memory back', async () => {
    const { stdout } = await runChild('memory-child', ['tightLoop']);
    expect(JSON.parse(stdout)).toEqual({ before: 0, after: 0 });
  });

  test('a worker terminated inside `use` leaves nothing locked and does not take the process along', async () => {
    const { stdout, status } = await runChild('memory-child', ['terminatedWorker']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ held: 8, left: 0 });
  });
});
