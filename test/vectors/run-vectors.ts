/** Runs all files on one provider, and says so line by line. */
import { UsageError, type VectorsOptions } from './arguments.js';
import { Bench } from './bench.js';
import { findFiles } from './find-files.js';
import { reportEnd, reportHead, reportLine } from './report.js';
import { type FileReport, runFile } from './run-file.js';
import { disposableTarget, runningTarget, type Target } from './target.js';

type Print = (line: string) => void;

/** @throws UsageError for a path that is not there */
export async function runVectors(options: VectorsOptions, print: Print, failure: Print): Promise<FileReport[]> {
  const files = filesOf(options);
  if (files.length === 0) {
    print('no file was found');
    return [];
  }
  await using target = await targetOf(options);
  await using bench = await Bench.open({
    endpoint: target.endpoint,
    provider: target.provider,
    seed: options.seed,
    longest: options.longest,
  });
  const width = Math.max(...files.map(({ path }) => path.length)) + 1;
  print(reportHead(width));
  const reports: FileReport[] = [];
  for (const file of files) {
    const report = await runFile(bench, file, options.provider, failure);
    print(reportLine(report, width));
    reports.push(report);
  }
  print(reportEnd(reports, options.provider));
  return reports;
}

function filesOf({ paths, resolve }: VectorsOptions) {
  try {
    return findFiles(paths, resolve);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function targetOf({ endpoint, provider, tested }: VectorsOptions): Promise<Target> {
  if (endpoint !== undefined) return runningTarget(endpoint, provider);
  if (tested === undefined) throw new UsageError(`there is no provider "${provider}"`);
  return await disposableTarget(tested);
}
