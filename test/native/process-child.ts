/** Scenarios of process.test.ts: process-child.js SCENARIO [PARAMETER]. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { KeyslotError } from '../../src/core/errors.js';
import { dieWithParent, hardenProcess, isDumpable, lockFile } from '../../src/native.js';
import { nextInput } from './support.js';

const script = fileURLToPath(import.meta.url);
const [scenario = '', parameter = ''] = process.argv.slice(2);

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function hardening(): { coreLimit: string; dumpable: boolean } {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  return { coreLimit: /^Max core file size\s+(\S+\s+\S+)/m.exec(limits)?.[1] ?? '', dumpable: isDumpable() };
}

const scenarios: Record<string, () => void | Promise<void>> = {
  harden: () => {
    const before = hardening();
    hardenProcess({ dumpable: true });
    const lenient = hardening();
    hardenProcess();
    print({ before, lenient, strict: hardening() });
  },
  // Starts a child that follows its death, and lives until it is killed.
  parent: () => {
    spawn(process.execPath, [script, 'follower', String(process.pid)], { stdio: ['ignore', 'inherit', 'inherit'] });
    setInterval(() => undefined, 60_000);
  },
  follower: () => {
    dieWithParent(Number(parameter));
    print(process.pid);
    setInterval(() => undefined, 60_000);
  },
  inWorker: async () => {
    const worker = new Worker(script, { argv: ['workerFollows'], stdout: false });
    await once(worker, 'exit');
  },
  workerFollows: () => {
    try {
      dieWithParent(process.ppid);
    } catch (error) {
      if (error instanceof KeyslotError) print(error.code);
    }
  },
  // Locks the descriptor that it inherited as number 3.
  lock: async () => {
    print(lockFile(3));
    await nextInput();
    process.exit(0);
  },
};

await scenarios[scenario]?.();
