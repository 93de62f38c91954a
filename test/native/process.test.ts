import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { dieWithParent } from '../../src/native.js';
import { copyProduct, isRoot, nobody, runChild, startChild, startProgram, temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('hardenProcess', () => {
  test('sets the limit of core dumps to 0 and makes the process undumpable', async () => {
    const { stdout } = await runChild('process-child', ['harden'], { through: ['sh', '-c', 'ulimit -S -c 0; exec "$@"', 'sh'] });
    const { before, lenient, strict } = JSON.parse(stdout);
    expect(before.dumpable).toBe(true);
    expect(lenient.coreLimit.split(/\s+/)).toEqual(['0', '0']);
    expect(lenient.dumpable).toBe(true);
    expect(strict.coreLimit.split(/\s+/)).toEqual(['0', '0']);
    expect(strict.dumpable).toBe(false);
  });

  /** Whether a process of the same ordinary user can open the memory of one that has run `code`. */
  async function canOpenMemory(code: string): Promise<string> {
    const product = pathToFileURL(copyProduct(folder.path, true)).href;
    const user = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
    const evaluate = (text: string) => [...user, process.execPath, '--input-type=module', '-e', text];
    const script = `import * as native from '${product}'; ${code}; console.log('ready'); process.stdin.resume();`;
    const target = startProgram(evaluate(script));
    try {
      expect(await target.line()).toBe('ready');
      const prober = startProgram(
        evaluate(
          `import fs from 'node:fs'; try { fs.openSync('/proc/${target.pid}/mem'); console.log('open') } catch (e) { console.log(e.code) }`,
        ),
      );
      return (await prober.ended).stdout.trim();
    } finally {
      target.process.kill('SIGKILL');
      await target.ended;
    }
  }

  test('keeps other processes of the same user out of the memory', async (ctx) => {
    if ((await canOpenMemory('')) !== 'open') return ctx.skip('this system keeps processes of one user apart anyway');
    expect(await canOpenMemory('native.hardenProcess({ dumpable: true })')).toBe('open');
    expect(await canOpenMemory('native.hardenProcess()')).toBe('EACCES');
  });
});

describe('dieWithParent', () => {
  test('the child ends when its parent is killed', async () => {
    const parent = startChild('process-child', ['parent']);
    const follower = Number(await parent.line());
    expect(readFileSync(`/proc/${follower}/stat`, 'utf8')).toContain(` ${parent.pid} `);
    parent.process.kill('SIGKILL');
    // The follower holds the same standard output: it is at its end only when both are gone.
    const { signal } = await parent.ended;
    expect(signal).toBe('SIGKILL');
    expect(readdirSync('/proc')).not.toContain(String(parent.pid));
  });

  test('a child whose parent is already another ends at once', async () => {
    const { status, stdout } = await runChild('process-child', ['follower', '1']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
  });

  test('is refused in a worker thread, and for what is no pid', async () => {
    const { stdout } = await runChild('process-child', ['inWorker']);
    expect(stdout.trim()).toBe('"INVALID_OPERATION"');
    for (const pid of [-1, 1.5, Number.NaN]) expect(() => dieWithParent(pid)).toThrow(KeyslotError);
  });
});
