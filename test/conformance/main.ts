/** `npm run conformance -- --provider NAME [--json FILE]` */
import { writeFileSync } from 'node:fs';
import { readArguments, UsageError, usage } from './arguments.js';
import type { CheckResult } from './check.js';
import { runSuite, summary } from './runner.js';

/** On a terminal each check has its line; elsewhere only what did not pass. */
function printer(): (result: CheckResult) => void {
  const terminal = process.stdout.isTTY;
  return (result) => {
    if (result.result === 'failed') process.stdout.write(`FAILED  ${result.name}\n        ${result.message}\n`);
    else if (result.result === 'skipped') process.stdout.write(`skipped ${result.name}: ${result.reason}\n`);
    else if (terminal) process.stdout.write(`passed  ${result.name}\n`);
  };
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (options === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const results = await runSuite(options, printer(), (line) => process.stdout.write(`${line}\n`));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
  process.stdout.write(`${summary(results)}\n`);
  return results.length === 0 || results.some(({ result }) => result === 'failed') ? 1 : 0;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(error instanceof UsageError ? `${message}\n\n${usage}` : `conformance: ${message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
