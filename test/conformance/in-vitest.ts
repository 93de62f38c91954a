/** The suite as tests of vitest: one test for each check. */
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest';
import { Bench, type ClientManner, ConformanceDaemon, usualEffort } from './bench.js';
import { Skip } from './check.js';
import type { Claims } from './claims.js';
import { testedProvider } from './providers.js';
import { checksOf, describeSubjects } from './runner.js';
import { findClaims } from './tried-claims.js';

/** Set where the same checks have run in full already: without messages of 64 MiB. */
const quick = process.env.KEYSLOT_QUICK === '1';
const checkWithin = 120_000;
const manners: readonly ClientManner[] = ['async', 'blocking'];

/** Starts the daemon first: what its provider claims decides which tests there are. */
export async function describeConformance(name: string): Promise<void> {
  const provider = testedProvider(name);
  if (provider === undefined) throw new Error(`there is no provider ${name}`);
  const daemon = await ConformanceDaemon.start(provider);
  const claims = await findClaims(daemon).catch(async (error: unknown) => {
    await daemon[Symbol.asyncDispose]();
    throw error;
  });
  process.stdout.write(`${describeSubjects(daemon.tested.name, claims)}\n`);
  describe(`conformance of ${name}`, () => {
    afterAll(() => daemon[Symbol.asyncDispose]());
    for (const manner of manners) describeManner(manner, daemon, claims);
  });
}

function describeManner(manner: ClientManner, daemon: ConformanceDaemon, claims: Claims): void {
  describe(`${manner} client`, () => {
    let bench: Bench | undefined;
    beforeAll(async () => {
      bench = await Bench.open(daemon, manner, usualEffort);
    });
    afterAll(() => bench?.[Symbol.asyncDispose]());
    for (const check of checksOf(manner, usualEffort, { only: '', quick }, claims)) {
      const run = async (context: TestContext): Promise<void> => {
        if (bench === undefined) throw new Error('the client did not start');
        try {
          await check.run(bench);
        } catch (error) {
          if (error instanceof Skip) context.skip(error.message);
          throw error;
        }
      };
      it(check.name, run, checkWithin);
    }
  });
}
