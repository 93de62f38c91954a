/** `npm run vectors -- PATH… [--provider NAME]… [--json FILE]` */
import { writeFileSync } from 'node:fs';
import { readArguments, UsageError, usage } from './arguments.js';
import { runVectors } from './run-vectors.js';

async function main(): Promise<number> {
  const folder = process.env.INIT_CWD ?? process.cwd();
  const options = readArguments(process.argv.slice(2), folder);
  if (options === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const failure = (line: string) => void process.stderr.write(`FAILED ${line}\n`);
  const { reports, complete } = await runVectors(options, { print, failure });
  if (options.json !== undefined) writeFileSync(options.resolve(options.json), `${JSON.stringify(reports, undefined, 2)}\n`);
  return !complete || reports.length === 0 || reports.some(({ failed }) => failed > 0) ? 1 : 0;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(error instanceof UsageError ? `${message}\n\n${usage}` : `vectors: ${message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
