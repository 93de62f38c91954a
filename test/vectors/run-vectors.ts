/** Runs all files on each provider, one after the other, and says so line by line. */
import { UsageError, type VectorsOptions, type WantedProvider } from './arguments.js';
import { Bench } from './bench.js';
import { type FoundFile, findFiles } from './find-files.js';
import { reportEnd, reportHead, reportLine } from './report.js';
import { type FileReport, type Listener, runFiles } from './run-file.js';
import { disposableTarget, runningTarget, type Target } from './target.js';

export interface Output {
  readonly print: (line: string) => void;
  /** Hears of each test that failed, and of a provider that could not be started. */
  readonly failure: (line: string) => void;
}

export interface VectorsResult {
  readonly reports: readonly FileReport[];
  /** All providers could be started. */
  readonly complete: boolean;
}

/** @throws UsageError for a path that is not there */
export async function runVectors(options: VectorsOptions, output: Output): Promise<VectorsResult> {
  const files = filesOf(options);
  if (files.length === 0) {
    output.print('no file was found');
    return { reports: [], complete: true };
  }
  const reports: FileReport[] = [];
  const ends: string[] = [];
  let complete = true;
  for (const provider of options.providers) {
    try {
      const own = await runOn(provider, files, options, output);
      reports.push(...own);
      ends.push(reportEnd(own, provider.name));
    } catch (error) {
      complete = false;
      output.failure(`provider ${provider.name} could not be used: ${(error as Error).message}`);
    }
  }
  for (const end of ends) output.print(end);
  return { reports, complete };
}

async function runOn(
  provider: WantedProvider,
  files: readonly FoundFile[],
  { seed, longest, endpoint }: VectorsOptions,
  { print, failure }: Output,
): Promise<FileReport[]> {
  await using target = await targetOf(provider, endpoint);
  await using bench = await Bench.open({ endpoint: target.endpoint, provider: target.provider, seed, longest });
  const width = Math.max(...files.map(({ path }) => path.length)) + 1;
  print(reportHead(width, provider.name));
  const listener: Listener = {
    failure: (text) => failure(`${text} [${provider.name}]`),
    done: (report) => print(reportLine(report, width)),
  };
  return await runFiles(bench, files, provider.name, listener);
}

function filesOf({ paths, resolve }: VectorsOptions): FoundFile[] {
  try {
    return findFiles(paths, resolve);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function targetOf({ name, tested }: WantedProvider, endpoint: string | undefined): Promise<Target> {
  if (endpoint !== undefined) return runningTarget(endpoint, name);
  if (tested === undefined) throw new UsageError(`there is no provider "${name}"`);
  return await disposableTarget(tested);
}
