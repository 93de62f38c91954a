/** A daemon that outlives the demo. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { KeyslotError } from '../../core/errors.js';

const program = fileURLToPath(new URL('../../daemon/main.js', import.meta.url));
const readyDescriptor = 3;
const startWithin = 60_000;

/** Starts keyslotd in a session of its own, its log in the folder; resolves with its pid when it serves. @throws PROVIDER_NOT_AVAILABLE */
export async function startDetached(configPath: string, folder: string, path: string | undefined): Promise<number> {
  const logFile = join(folder, 'keyslotd.log');
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(process.execPath, [program, '--config', configPath, '--ready-fd', String(readyDescriptor)], {
      stdio: ['ignore', log, log, 'pipe'],
      detached: true,
      cwd: '/',
      env: { PATH: path ?? '/usr/bin:/bin' },
    });
    if (!(await serves(child))) {
      child.kill('SIGKILL');
      throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `keyslotd did not start again: ${readFileSync(logFile, 'utf8').trim()}`);
    }
    child.unref();
    return child.pid ?? 0;
  } finally {
    closeSync(log);
  }
}

async function serves(child: ChildProcess): Promise<boolean> {
  const ready = child.stdio[readyDescriptor] as Readable;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, startWithin, false);
      ready.once('data', () => resolve(true));
      child.once('exit', () => resolve(false));
      child.once('error', () => resolve(false));
    });
  } finally {
    clearTimeout(timer);
    ready.destroy();
  }
}
