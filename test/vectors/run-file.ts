/** Runs the tests of one file and counts. */
import type { Bench } from './bench.js';
import type { FoundFile } from './find-files.js';
import { readVectorFile } from './read-file.js';
import { runCase } from './run-case.js';

/** One row of the report, as `--json` writes it. */
export interface FileReport {
  readonly file: string;
  readonly provider: string;
  readonly passed: number;
  readonly failed: number;
  /** Number of tests by reason. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** `failure` hears of each test that failed. */
export async function runFile(
  bench: Bench,
  { file, path }: FoundFile,
  provider: string,
  failure: (text: string) => void,
): Promise<FileReport> {
  let passed = 0;
  let failed = 0;
  const skipped: Record<string, number> = {};
  for (const test of readVectorFile(file, path)) {
    const outcome = await runCase(bench, test);
    if (outcome.result === 'passed') passed += 1;
    else if (outcome.result === 'skipped') skipped[outcome.reason] = (skipped[outcome.reason] ?? 0) + 1;
    else {
      failed += 1;
      failure(`${path}, ${test.name}: ${outcome.message}`);
    }
  }
  return { file: path, provider, passed, failed, skipped };
}
