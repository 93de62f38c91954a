/**
 * Another client, in a process of its own, whose hashes must come right all along. Run as `witness ENDPOINT`; ends with its standard
 * input and then tells what it has seen, as JSON.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCryptoStack } from '../../src/client/index.js';

const pause = 2;
let over = false;
process.stdin.resume().on('end', () => {
  over = true;
});

await using stack = await createCryptoStack({
  connectionEndpoint: process.argv[2] ?? '',
  defaultOperationTimeout: 30_000,
  reconnect: false,
});
await using context = await stack.createCryptoContext();
await using hash = await context.createHashContext({ algorithm: 'SHA-256' });
process.stdout.write('serving\n');
let hashes = 0;
let slowest = 0;
while (!over) {
  const data = randomBytes(64);
  const started = performance.now();
  const digest = await hash.singleShot(data);
  slowest = Math.max(slowest, performance.now() - started);
  if (!createHash('sha256').update(data).digest().equals(digest)) throw new Error('a wrong digest');
  hashes += 1;
  await sleep(pause);
}
process.stdout.write(`${JSON.stringify({ hashes, slowest: Math.round(slowest) })}\n`);
