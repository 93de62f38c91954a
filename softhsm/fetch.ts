/**
 * Gets SoftHSM2 from the distribution's own packages without root: apt with a private state, so that an ordinary user on a
 * machine without package lists works too. Only signed packages are taken, by apt itself.
 */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KeyslotError } from '../src/core/errors.js';
import { installAdvice } from './distribution.js';
import { moduleInTree, type SoftHsm } from './locate.js';

const run = promisify(execFile);
const packageName = 'libsofthsm2';
const treeName = 'tree';
const workPrefix = 'work-';
const commandTimeout = 300_000;

export type Report = (line: string) => void;

/** A fetched module in this folder. */
export function findFetched(folder: string): SoftHsm | undefined {
  const modulePath = moduleInTree(join(folder, treeName));
  return modulePath === undefined ? undefined : { modulePath, origin: 'fetched' };
}

async function command(program: string, args: readonly string[], cwd: string): Promise<void> {
  await run(program, [...args], { cwd, timeout: commandTimeout, maxBuffer: 16 << 20, env: { ...process.env, LC_ALL: 'C' } });
}

/** Options that keep apt inside `work`; it still reads the system's sources, keys and list of installed packages. */
function privateState(work: string): string[] {
  const lists = join(work, 'state/lists');
  const archives = join(work, 'cache/archives');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  mkdirSync(join(archives, 'partial'), { recursive: true });
  const options = {
    'Dir::State': join(work, 'state'),
    'Dir::State::Lists': lists,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(work, 'cache'),
    'Debug::NoLocking': '1',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Apt as root gives the download to a user who can't enter a private folder; the folder is ours, so nobody needs that. */
const common = ['-q', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=2'];

async function download(work: string, report: Report): Promise<void> {
  try {
    await command('apt-get', [...common, 'download', packageName], work);
    return;
  } catch {
    report('the system has no usable package lists: reading them into a private folder');
  }
  const state = privateState(work);
  await command('apt-get', [...common, ...state, 'update'], work);
  await command('apt-get', [...common, ...state, 'download', packageName], work);
}

/** Moves a finished tree into place; somebody else's, made at the same time, is as good. */
function publish(tree: string, folder: string): void {
  chmodSync(tree, 0o755);
  try {
    renameSync(tree, join(folder, treeName));
  } catch (error) {
    if (findFetched(folder) === undefined) throw error;
  }
}

/** Work of a process that was killed; an hour is longer than any fetch may take. */
function removeAbandonedWork(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(workPrefix)) continue;
    const path = join(folder, name);
    const old = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 3_600_000;
    if (old) rmSync(path, { recursive: true, force: true });
  }
}

function explain(error: unknown): string {
  const failure = error as { code?: unknown; stderr?: unknown; message?: unknown };
  if (failure.code === 'ENOENT') return 'apt-get or dpkg-deb is not on this system';
  const stderr = typeof failure.stderr === 'string' ? failure.stderr.trim() : '';
  return stderr === '' ? String(failure.message) : stderr.split('\n').slice(-3).join('; ');
}

/**
 * Puts SoftHSM2 into `folder` and answers where its module is. Safe when several processes do it at once.
 * @throws PROVIDER_NOT_AVAILABLE with the command to run by hand
 */
export async function fetchSoftHsm(folder: string, report: Report = () => undefined): Promise<SoftHsm> {
  const present = findFetched(folder);
  if (present !== undefined) return present;
  let work: string | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    removeAbandonedWork(folder);
    work = mkdtempSync(join(folder, workPrefix));
    report(`getting SoftHSM2 from this system's package archive into ${folder}`);
    await download(work, report);
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get downloaded no package');
    const tree = join(work, treeName);
    await command('dpkg-deb', ['-x', archive, tree], work);
    publish(tree, folder);
    const fetched = findFetched(folder);
    if (fetched === undefined) throw new Error(`the package ${packageName} holds no module for this processor`);
    return fetched;
  } catch (error) {
    throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `SoftHSM2 can not be fetched (${explain(error)}); ${installAdvice()}`, {
      cause: error,
    });
  } finally {
    if (work !== undefined && existsSync(work)) rmSync(work, { recursive: true, force: true });
  }
}
