/** `npm run fuzz [-- --frames N --seed S]`: a million damaged messages against a daemon of its own; minutes. Exits with 1 when one did harm. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startDisposableDaemon } from '../../src/testing/index.js';
import { campaign } from './campaign.js';
import { fuzzedSettings } from './live-messages.js';

const { values } = parseArgs({ options: { frames: { type: 'string', default: '1000000' }, seed: { type: 'string' } } });
const messages = Number(values.frames);
const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed);
/** How much the daemon may have grown between the second and the last tenth of the run. */
const mayGrow = 16 * 2 ** 20;

await using daemon = await startDisposableDaemon({ settings: fuzzedSettings });
const started = performance.now();
process.stdout.write(`seed ${seed}, ${messages} messages\n`);
try {
  const report = await campaign({ daemon, messages, seed, progress });
  const { second, last } = report.resident;
  const grown = last - second > mayGrow;
  process.stdout.write(`${JSON.stringify({ seed, seconds: Math.round((performance.now() - started) / 1000), ...report }, undefined, 2)}\n`);
  process.stdout.write(`${daemon.log}resident memory ${grown ? 'GROWS' : 'is flat'}: ${mebibytes(second)}, then ${mebibytes(last)}\n`);
  if (grown) process.exitCode = 1;
} catch (error) {
  process.stdout.write(`${daemon.log}${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function progress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${messages}`);
}
