/** Runs the tests of one file and counts. */
import type { Bench } from './bench.js';
import type { FoundFile } from './find-files.js';
import { inPool } from './pool.js';
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

export interface Listener {
  /** Hears of each test that failed. */
  readonly failure: (text: string) => void;
  /** Hears of each file when all of its tests are done. */
  readonly done?: (report: FileReport) => void;
  /** Most tests of a file that are run, spread over it; all when not given. */
  readonly perFile?: number;
}

function sample<T>(tests: readonly T[], most = tests.length): readonly T[] {
  const step = Math.max(1, Math.floor(tests.length / most));
  return tests.filter((_, i) => i % step === 0).slice(0, most);
}

export async function runFile(
  bench: Bench,
  { file, path }: FoundFile,
  provider: string,
  { failure, perFile }: Listener,
): Promise<FileReport> {
  let passed = 0;
  let failed = 0;
  const skipped: Record<string, number> = {};
  await inPool(sample(readVectorFile(file, path), perFile), bench.testsAtOnce, async (test) => {
    const outcome = await runCase(bench, test);
    if (outcome.result === 'passed') passed += 1;
    else if (outcome.result === 'skipped') skipped[outcome.reason] = (skipped[outcome.reason] ?? 0) + 1;
    else {
      failed += 1;
      failure(`${path}, ${test.name}: ${outcome.message}`);
    }
  });
  return { file: path, provider, passed, failed, skipped };
}

/** The reports are in the order of the files. */
export function runFiles(bench: Bench, files: readonly FoundFile[], provider: string, listener: Listener): Promise<FileReport[]> {
  return inPool(files, bench.filesAtOnce, async (file) => {
    const report = await runFile(bench, file, provider, listener);
    listener.done?.(report);
    return report;
  });
}
