/** Contexts side by side: they don't disturb each other, and a provider that has no room says so. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, refusalOf, refused } from '../expectations.js';
import { digest, joined, mac, pattern } from '../material.js';
import { assertOutcome } from '../outcome.js';
import type { Driver, Subject } from '../subject.js';
import { subjects } from '../subjects.js';

const few = 6;
const many = 60;

async function openAll(bench: Bench, subject: Subject, count: number): Promise<Driver[]> {
  const drivers: Driver[] = [];
  for (let i = 0; i < count; i += 1) drivers.push(await subject.open(bench));
  return drivers;
}

/** Some streams under way at once, part by part in turns. */
function interleaved(subject: Subject): Check {
  return {
    name: `concurrency: ${subject.name}, streams in turns`,
    needs: subject.needs,
    run: async (bench) => {
      const drivers = await openAll(bench, subject, subject.walk === 'full' ? few : 2);
      const fed: { message: Uint8Array; output: Uint8Array[] }[] = drivers.map(() => ({ message: new Uint8Array(0), output: [] }));
      for (const driver of drivers) await driver.init();
      for (let round = 0; round < 2; round += 1) {
        for (const [i, driver] of drivers.entries()) {
          const stream = fed[i];
          if (stream === undefined) continue;
          const piece = subject.piece(stream.message.length);
          stream.output.push(await driver.update(piece));
          stream.message = joined([stream.message, piece]);
        }
      }
      for (const [i, driver] of drivers.entries()) {
        const { message = new Uint8Array(0), output = [] } = fed[i] ?? {};
        const told = { message, aad: new Uint8Array(0) };
        await assertOutcome(`the result of stream ${i}`, driver.expected(told), () => driver.finish(told), output);
        await driver.close();
      }
    },
  };
}

/** More streams than a token has sessions: each works or is refused by name, and none disturbs another. */
async function crowd(bench: Bench): Promise<void> {
  await using key = await bench.key('hmac', p.mac);
  const contexts = await Promise.all(
    Array.from({ length: many }, () => bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key })),
  );
  const messages = contexts.map((_, i) => pattern(300, i));
  const alive = new Set<number>();
  for (const [i, context] of contexts.entries()) {
    await context.init();
    const error = await refusalOf(() => context.update(messages[i] ?? pattern(1)));
    if (error === undefined) alive.add(i);
    else assert(error.code === 'PROVIDER_BUSY' && error.retryable, `stream ${i} is refused with ${error.code}: ${error.message}`);
  }
  assert(alive.size >= few, `only ${alive.size} streams are possible at once`);
  for (const i of alive)
    assertBytes(`the MAC of stream ${i}`, (await contexts[i]?.finalize()) ?? pattern(0), mac(messages[i] ?? pattern(1)));
  for (const [i, context] of contexts.entries()) {
    assertBytes('a MAC afterwards', await context.singleShot(messages[i] ?? pattern(1)), mac(messages[i] ?? pattern(1)));
    await context.close();
  }
}

async function parallelCalls(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
  await using random = await bench.context.createRandomContext({ provider: bench.provider });
  const digests = await Promise.all(Array.from({ length: 200 }, (_, i) => hash.singleShot(pattern(i))));
  for (const [i, found] of digests.entries()) assertBytes(`digest ${i}`, found, digest('sha256', pattern(i)));
  const values = await Promise.all(Array.from({ length: 200 }, (_, i) => random.generate(i)));
  assert(
    values.every((value, i) => value.length === i),
    'random values have wrong sizes',
  );
}

/** Steps that are sent without waiting: the illegal ones among them change nothing for the others. */
async function sentTogether(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
  const message = pattern(50);
  const calls = [
    refused(() => hash.update(message), 'INVALID_OPERATION'),
    hash.init(),
    refused(() => hash.singleShot(message), 'INVALID_OPERATION'),
    hash.update(message),
    refused(() => hash.singleShot(message), 'INVALID_OPERATION'),
    hash.update(message),
    hash.finalize().then((found) => assertBytes('the digest', found, digest('sha256', joined([message, message])))),
    refused(() => hash.finalize(), 'INVALID_OPERATION'),
    hash.singleShot(message).then((found) => assertBytes('the digest of the single call', found, digest('sha256', message))),
  ];
  await Promise.all(calls);
}

async function aborted(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
  const message = pattern(50);
  await hash.init();
  await hash.update(message);
  await refused(() => hash.update(message, { signal: AbortSignal.abort() }), 'OPERATION_CANCELLED');
  await refused(() => hash.finalize(undefined, { signal: AbortSignal.abort() }), 'OPERATION_CANCELLED');
  assertBytes('the digest', await hash.finalize(), digest('sha256', message));
}

async function abortedUnderWay(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-512', provider: bench.provider });
  await hash.init();
  const controller = new AbortController();
  const call = hash.update(new Uint8Array(64 * 1024 * 1024), { signal: controller.signal });
  controller.abort();
  await refused(() => call, 'OPERATION_CANCELLED');
  await using other = await bench.context.createHashContext({ algorithm: 'SHA-512', provider: bench.provider });
  assertBytes('the digest of another context', await other.singleShot(pattern(9)), digest('sha512', pattern(9)));
}

async function timeouts(bench: Bench): Promise<void> {
  const make = (more: object) => bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider, ...more });
  for (const operationTimeout of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    await refused(() => make({ operationTimeout }), 'INVALID_ARGUMENT', 'operationTimeout');
  for (const config of [{ disableTimeout: true }, { operationTimeout: 0 }, { operationTimeout: 20_000 }, { operationTimeout: 10 ** 12 }]) {
    await using hash = await make(config);
    assertBytes('the digest', await hash.singleShot(pattern(5)), digest('sha256', pattern(5)));
  }
}

export const concurrencyChecks: readonly Check[] = [
  ...subjects.map(interleaved),
  { name: 'concurrency: more streams than a token has sessions', run: crowd },
  { name: 'concurrency: many calls at once on one context', run: parallelCalls, asyncOnly: true },
  { name: 'concurrency: steps sent together, legal and illegal ones', run: sentTogether, asyncOnly: true },
  { name: 'deadlines: a signal that was given before changes nothing', run: aborted },
  { name: 'deadlines: a signal under way cancels the call and nothing else', run: abortedUnderWay, asyncOnly: true, slow: true },
  { name: 'deadlines: settings of contexts', run: timeouts },
];
