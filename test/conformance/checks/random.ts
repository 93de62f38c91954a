import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertSame, refused } from '../expectations.js';

async function sizes(bench: Bench): Promise<void> {
  await using random = await bench.context.createRandomContext({ provider: bench.provider });
  for (const size of [0, 1, 16, 32, 1000, 65_537, 1024 * 1024]) assertSame('the size', (await random.generate(size)).length, size);
  for (const size of [-1, 1.5, Number.NaN, 2 ** 32]) await refused(() => random.generate(size), 'INVALID_ARGUMENT', 'size');
  await refused(() => random.generate(64 * 1024 * 1024 + 1), 'QUOTA_EXCEEDED', 'size');
  await random.generate(32);
}

/** No statistics: only what a broken generator gets wrong at once. */
async function differs(bench: Bench): Promise<void> {
  await using random = await bench.context.createRandomContext({ provider: bench.provider });
  const found = new Set<string>();
  for (let i = 0; i < 200; i += 1) found.add(Buffer.from(await random.generate(16)).toString('hex'));
  assertSame('the number of different values', found.size, 200);
  const bytes = await random.generate(100_000);
  const ones = bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  assert(Math.abs(ones - 400_000) < 5000, `${ones} of 800000 bits are set`);
}

async function seeds(bench: Bench): Promise<void> {
  await using random = await bench.context.createRandomContext({ provider: bench.provider });
  await random.seed(new Uint8Array(48));
  await random.seed(new Uint8Array(0));
  await using same = await bench.context.createRandomContext({ provider: bench.provider });
  await same.seed(new Uint8Array(48));
  const [a, b] = [await random.generate(32), await same.generate(32)];
  assert(Buffer.compare(a, b) !== 0, 'a seed decides what comes');
}

async function algorithms(bench: Bench): Promise<void> {
  await (await bench.context.createRandomContext({ algorithm: 'CTR-DRBG', provider: bench.provider })).close();
  await refused(() => bench.context.createRandomContext({ algorithm: 'SHA-256' }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
  await refused(() => bench.context.createRandomContext({ algorithm: 'Nothing' }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
}

export const randomChecks: readonly Check[] = [
  { name: 'random: sizes', run: sizes },
  { name: 'random: values differ', run: differs },
  { name: 'random: seeds are taken and do not decide', run: seeds },
  { name: 'random: algorithms', run: algorithms },
];
