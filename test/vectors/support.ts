/** For the tests of the runner: files of the repository, daemons with a provider, the command as a process. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TestedProvider, testedProvider } from '../conformance/providers.js';
import { Bench } from './bench.js';
import { findFiles } from './find-files.js';
import { type FileReport, runFiles } from './run-file.js';
import { disposableTarget } from './target.js';

const root = new URL('../../../', import.meta.url);

/** The subset that lies in the repository. */
export const dataFolder = fileURLToPath(new URL('test/vectors/data', root));
/** Everything, where it is there. */
export const sharedFolder = fileURLToPath(new URL('../shared/vectors', root));
export const sharedIsThere = existsSync(sharedFolder);

export interface Run {
  readonly reports: readonly FileReport[];
  readonly failures: readonly string[];
}

export function rowOf(name: string): TestedProvider {
  const row = testedProvider(name);
  if (row === undefined) throw new Error(`there is no provider ${name}`);
  return row;
}

/** Runs all files below a folder on a disposable daemon; at most so many tests of each. */
export async function runFolder(folder: string, provider: TestedProvider, perFile?: number): Promise<Run> {
  await using target = await disposableTarget(provider);
  await using bench = await Bench.open({ endpoint: target.endpoint, provider: target.provider, seed: 1, longest: 2 ** 28 });
  const failures: string[] = [];
  const files = findFiles([folder], (path) => path);
  const listener = { failure: (text: string) => failures.push(text), ...(perFile !== undefined && { perFile }) };
  const reports = await runFiles(bench, files, target.provider, listener);
  return { reports, failures };
}

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run vectors -- …` as npm would start it from a folder. */
export function command(folder: string, ...args: readonly string[]): CommandResult {
  const program = fileURLToPath(new URL('main.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: folder },
  });
  return { status, stdout, stderr };
}

export function sum(reports: readonly FileReport[], count: (report: FileReport) => number): number {
  return reports.reduce((total, report) => total + count(report), 0);
}
