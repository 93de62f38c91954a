/** The demo's results, as a table that grows or as lines for programs. */

import type { CliContext } from '../context.js';
import { errorObject } from '../failure.js';
import { styled, tableLine, widths } from '../table.js';
import { type Check, checks, type Outcome, type Subject } from './checks.js';

export interface Tally {
  ok: number;
  failed: number;
}

const columns = [
  { name: 'OPERATION' },
  { name: 'ALGORITHM' },
  { name: 'PROVIDER' },
  { name: 'TIME', align: 'right' },
  { name: 'CHECKED BY' },
] as const;

type Result = Outcome & { readonly problem?: string };

/** Runs all checks and shows each as soon as it is done. */
export async function runChecks(context: CliContext, subject: Subject, json: boolean): Promise<Tally> {
  const tally: Tally = { ok: 0, failed: 0 };
  const show = json ? jsonLine : tableOf(context);
  for (const check of checks) {
    const result = await check.run(subject).catch(failed);
    context.signal.throwIfAborted();
    tally[result.ok ? 'ok' : 'failed'] += 1;
    show(context, check, result);
  }
  return tally;
}

function failed(error: unknown): Result {
  const { code, message } = errorObject(error);
  return { ms: 0, checkedBy: '-', ok: false, problem: `${message} (${code})` };
}

function jsonLine(context: CliContext, { operation, algorithm, provider }: Check, { ms, checkedBy, ok, problem }: Result): void {
  const row = { operation, algorithm, provider, ms: Number(ms.toFixed(3)), checkedBy, ok, ...(problem === undefined ? {} : { problem }) };
  context.process.stdout.write(`${JSON.stringify(row)}\n`);
}

function tableOf({ process: { stdout } }: CliContext): typeof jsonLine {
  const width = widths(
    columns,
    checks.map(({ operation, algorithm, provider }) => [operation, algorithm, provider, '1234 ms']),
  );
  const names = columns.map(({ name }) => name);
  stdout.write(`${styled(stdout, 'bold', tableLine(columns, width, names))}\n`);
  return (_context, { operation, algorithm, provider }, { ms, checkedBy, ok, problem }) => {
    const time = `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
    stdout.write(`${tableLine(columns, width, [operation, algorithm, provider, time, checkedBy])}\n`);
    if (!ok) stdout.write(`${styled(stdout, 'red', `  FAILED: ${problem ?? 'the result is not what it should be'}`)}\n`);
  };
}
