/** `npm run cross-check [-- --rounds 1000] [--algorithm NAME…] [--provider NAME…] [--seed N] [--json FILE]` */
import { writeFileSync } from 'node:fs';
import { readArguments, UsageError, usage } from './arguments.js';
import { reportEnd, reportTable } from './report.js';
import { type Heard, runCrossChecks } from './run-cross-checks.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Milliseconds between lines of progress that stay. */
const pause = 10_000;

/** On a terminal one line that changes; elsewhere a line now and then. */
function hear(): Heard {
  const { isTTY, columns } = process.stderr;
  let last = 0;
  const clear = isTTY ? '\r\u001b[K' : '';
  return {
    note: print,
    progress: (done, all, next) => {
      const line = `${done} of ${all}: ${next}`;
      if (isTTY) process.stderr.write(clear + line.slice(0, (columns ?? 80) - 1));
      else if (performance.now() - last > pause) {
        last = performance.now();
        process.stderr.write(`${line}\n`);
      }
    },
    finished: ({ family, algorithm, pair, messages }) => {
      for (const message of messages) process.stderr.write(`${clear}DISAGREEMENT ${family} ${algorithm}, ${pair}: ${message}\n`);
    },
  };
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (options === undefined) {
    print(usage.trimEnd());
    return 0;
  }
  print(`seed: ${options.seed}`);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const report = await runCrossChecks(options, hear(), stop.signal);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  print(reportTable(report.checks));
  print(`${reportEnd(report.checks)}; seed ${options.seed}`);
  if (report.checks.some(({ disagreements }) => disagreements > 0))
    print(`to see one again: --seed ${options.seed} --algorithm "FAMILY ALGORITHM" --round ROUND`);
  const compared = report.checks.some(({ rounds }) => rounds > 0);
  return !compared || report.checks.some(({ disagreements, lost }) => disagreements > 0 || lost !== undefined) ? 1 : 0;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(error instanceof UsageError ? `${message}\n\n${usage}` : `cross-check: ${message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
