/** The command around the suite, and the little runner under it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KeyslotError } from '../../src/client/index.js';
import { type Bench, fullEffort, usualEffort } from './bench.js';
import { type CheckResult, runCheck, skip } from './check.js';
import { Claims } from './claims.js';
import { refused } from './expectations.js';
import { testedProviders } from './providers.js';
import { checksOf, describeSubjects, summary } from './runner.js';
import { subjects } from './subjects.js';

const folder = mkdtempSync(join(tmpdir(), 'keyslot-conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function command(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const program = fileURLToPath(new URL('main.js', import.meta.url));
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: folder } });
}

const resultSchema = z.array(
  z.discriminatedUnion('result', [
    z.strictObject({ name: z.string().min(1), result: z.literal('passed') }),
    z.strictObject({ name: z.string().min(1), result: z.literal('failed'), message: z.string().min(1) }),
    z.strictObject({ name: z.string().min(1), result: z.literal('skipped'), reason: z.string().min(1) }),
  ]),
);

describe('npm run conformance', () => {
  it('runs checks with both clients, writes the report and ends with the numbers', () => {
    const { status, stdout } = command('--provider', 'software', '--only', 'guards:', '--json', 'report.json');
    expect(status).toBe(0);
    const results = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    expect(results.filter(({ name }) => name.startsWith('guards: '))).toHaveLength(10);
    expect(results.filter(({ name }) => name.startsWith('blocking client: guards: '))).toHaveLength(10);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('20 passed, 0 failed, 0 skipped');
  });

  it('exits with 1 when nothing ran', () => {
    expect(command('--provider', 'software', '--only', 'no check has this name').status).toBe(1);
  });

  it('exits with 2 for what it does not understand', () => {
    for (const args of [[], ['--provider'], ['--provider', 'nothing'], ['--provider', 'software', '--client', 'other'], ['--what']]) {
      const { status, stderr } = command(...args);
      expect(status, args.join(' ')).toBe(2);
      expect(stderr).toContain('Usage: npm run conformance');
    }
    const help = command('--help');
    expect(help.status).toBe(0);
    for (const { names } of testedProviders) expect(help.stdout).toContain(names[0]);
  });
});

describe('the runner', () => {
  const bench = {} as Bench;
  const failing = { name: 'area: fails', run: () => Promise.reject(new KeyslotError('INVALID_ARGUMENT', 'wrong', { field: 'data' })) };
  const skipping = { name: 'area: skips', run: async () => skip('nothing to do here') };
  const passing = { name: 'area: passes', run: async () => undefined };

  it('tells failed, skipped and passed apart, and counts', async () => {
    const results: CheckResult[] = [];
    for (const check of [failing, skipping, passing]) results.push(await runCheck(check, bench));
    expect(results).toEqual([
      { name: 'area: fails', result: 'failed', message: 'INVALID_ARGUMENT (data): wrong' },
      { name: 'area: skips', result: 'skipped', reason: 'nothing to do here' },
      { name: 'area: passes', result: 'passed' },
    ]);
    expect(summary(results)).toBe('1 passed, 1 failed, 1 skipped');
  });

  it('expects refusals with their code and field', async () => {
    const work = () => Promise.reject(new KeyslotError('INVALID_ARGUMENT', 'wrong', { field: 'data' }));
    await refused(work, 'INVALID_ARGUMENT', 'data');
    await expect(refused(work, 'INVALID_ARGUMENT', 'iv')).rejects.toThrow(
      'refused with INVALID_ARGUMENT (data): wrong; expected INVALID_ARGUMENT (iv)',
    );
    await expect(refused(work, 'OPERATION_FAILED')).rejects.toThrow('expected OPERATION_FAILED');
    await expect(refused(() => undefined, 'OPERATION_FAILED')).rejects.toThrow('is not refused; expected OPERATION_FAILED');
  });

  it('has a name of its own for every check', () => {
    const all = { only: '', quick: false };
    const names = checksOf('async', fullEffort.async, all).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z ]+: \S/);
    expect(checksOf('async', usualEffort, { ...all, quick: true }).every(({ slow }) => slow !== true)).toBe(true);
    const blocking = checksOf('blocking', usualEffort, all);
    expect(blocking.every(({ slow, asyncOnly, thorough }) => slow !== true && asyncOnly !== true && thorough !== true)).toBe(true);
  });

  it('leaves out what is not claimed, and only that', () => {
    const names = (claims: Claims) => new Set(checksOf('async', usualEffort, { only: '', quick: false }, claims).map(({ name }) => name));
    const of = 'messages: hash SHA3-256, cut at random';
    const refusal = 'claims: hash SHA3-256 is not claimed, and refused';
    const without = names(new Claims([]));
    const having = names(new Claims([['SHA3-256', 'hash']]));
    expect([without.has(of), without.has(refusal)]).toEqual([false, true]);
    expect([having.has(of), having.has(refusal)]).toEqual([true, false]);
    expect(describeSubjects('nothing', new Claims([]))).toContain(`nothing: 0 of ${subjects.length} subjects; not claimed: hash SHA-256,`);
  });
});
