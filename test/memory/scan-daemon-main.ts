/**
 * `npm run scan:daemon [-- --runs N] [--scenario NAME]… [--json]`, as root: daemons with a vault, looked at from outside. Exits with 1 when a secret
 * is found where none may be, with 2 when nothing could be looked at.
 */
import { parseArgs } from 'node:util';
import { scenarios } from './daemon-scenarios.js';
import { mayReadAll, needsRights } from './scan-process.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1' },
    scenario: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const names = values.scenario ?? Object.keys(scenarios);

async function main(): Promise<number> {
  if (!mayReadAll()) {
    process.stderr.write(`${needsRights}\n`);
    return 2;
  }
  let found = 0;
  let looked = 0;
  const started = performance.now();
  for (let run = 1; run <= runs; run++) {
    for (const name of names) {
      const scenario = scenarios[name];
      if (scenario === undefined) throw new Error(`there is no scenario ${name}: ${Object.keys(scenarios).join(', ')}`);
      for (const { moment, residues } of await scenario()) {
        looked += 1;
        found += residues.length;
        if (values.json) process.stdout.write(`${JSON.stringify({ run, name, moment, residues })}\n`);
        for (const { secret, form, length, region } of values.json ? [] : residues) {
          process.stdout.write(`run ${run}, ${name}, ${moment}: ${secret} (${form}, ${length} bytes) in ${region}\n`);
        }
      }
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  if (!values.json) process.stdout.write(`${runs} runs, ${looked} looks in ${seconds} s: ${found} residues\n`);
  return found === 0 ? 0 : 1;
}

process.exitCode = await main();
