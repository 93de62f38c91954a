/** The command: options, the report, exit statuses, and draws that can be had again. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KeyPairs } from './key-pairs.js';
import { Random } from './random.js';
import { reportEnd, reportTable } from './report.js';

const folder = mkdtempSync(join(tmpdir(), 'keyslot-cross-check-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function command(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const program = fileURLToPath(new URL('main.js', import.meta.url));
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: folder } });
}

const reportSchema = z.strictObject({
  seed: z.string(),
  notes: z.array(z.string()),
  checks: z.array(
    z.strictObject({
      family: z.string(),
      algorithm: z.string(),
      pair: z.string(),
      rounds: z.number().int(),
      milliseconds: z.number().int(),
      disagreements: z.number().int(),
      messages: z.array(z.string()),
      lost: z.string().optional(),
    }),
  ),
});

describe('npm run cross-check', () => {
  it('compares what it is told to, prints the seed and a table, and writes the report', () => {
    const args = ['--provider', 'library', '--algorithm', 'hash SHA-256', '--algorithm', 'aead AES-256-G', '--rounds', '3'];
    const { status, stdout } = command(...args, '--seed', '77', '--json', 'report.json');
    expect(status).toBe(0);
    const { seed, checks } = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    expect(seed).toBe('77');
    expect(checks.map(({ algorithm, rounds, disagreements }) => [algorithm, rounds, disagreements])).toEqual([
      ['SHA-256', 3, 0],
      ['AES-256-GCM', 3, 0],
      ['AES-256-GCM-SIV', 3, 0],
    ]);
    expect(stdout).toMatch(/^seed: 77$/m);
    expect(stdout).toMatch(/^aead AES-256-GCM-SIV +software ↔ library +3 +0$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('9 rounds of 3 algorithms in 3 pairs, 0 disagreements; seed 77');
  });

  it('exits with 1 when nothing is compared and with 2 for what it does not understand', () => {
    expect(command('--provider', 'library', '--algorithm', 'no algorithm has this name').status).toBe(1);
    for (const args of [['--rounds', '0'], ['--provider', 'nobody'], ['--provider', 'software'], ['--seed', 'x'], ['--what'], ['word']]) {
      const { status, stderr } = command(...args);
      expect(status, args.join(' ')).toBe(2);
      expect(stderr).toContain('Usage: npm run cross-check');
    }
    expect(command('--help').status).toBe(0);
  });
});

describe('draws', () => {
  it('are the same for the same seed, and others for another', () => {
    const draw = (seed: string): string => {
      const random = new Random(seed);
      return [
        random.bytes(8).join(),
        random.between(5, 500),
        random.size(),
        random.pick([1, 2, 3, 4, 5, 6, 7, 8]),
        random.chance(50),
      ].join();
    };
    expect(draw('a')).toBe(draw('a'));
    expect(new Set(['a', 'b', 'c', 'd'].map(draw)).size).toBe(4);
    const random = new Random('bounds');
    const sizes = Array.from({ length: 500 }, () => random.size(3, 70));
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([3, 70]);
  });

  it('make the same keys in the same forms', () => {
    for (const name of ['ECDSA-P521', 'X448', 'RSA-2048', 'ML-KEM-512']) {
      const [one, two] = ['1', '1'].map((seed) => new KeyPairs(seed).make(new Random(name), name));
      expect(Buffer.from(one?.spki ?? []).toString('hex'), name).toBe(Buffer.from(two?.spki ?? []).toString('hex'));
      expect(one?.carriedPrivate.format).toBe(two?.carriedPrivate.format);
    }
  });
});

describe('the report', () => {
  it('has no line for what nobody could compare, and counts disagreements', () => {
    const one = { family: 'hash', algorithm: 'SHA-1', pair: 'a ↔ b', rounds: 5, milliseconds: 1, disagreements: 2, messages: [] };
    const reports = [one, { ...one, algorithm: 'SHA-224', rounds: 0, disagreements: 0 }];
    expect(reportTable(reports).split('\n')).toHaveLength(2);
    expect(reportTable(reports)).toMatch(/^hash SHA-1 +a ↔ b +5 +2$/m);
    expect(reportEnd(reports)).toBe('5 rounds of 1 algorithms in 1 pairs, 2 disagreements');
  });
});
