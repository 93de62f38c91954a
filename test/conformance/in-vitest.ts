/** The suite as tests of vitest: one test for each check. */
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest';
import { Bench, type ClientManner, ConformanceDaemon } from './bench.js';
import { Skip } from './check.js';
import { testedProvider } from './providers.js';
import { checksOf } from './runner.js';

const checkWithin = 120_000;
const manners: readonly ClientManner[] = ['async', 'blocking'];

export function describeConformance(name: string): void {
  describe(`conformance of ${name}`, () => {
    let daemon: ConformanceDaemon | undefined;
    beforeAll(async () => {
      const provider = testedProvider(name);
      if (provider === undefined) throw new Error(`there is no provider ${name}`);
      daemon = await ConformanceDaemon.start(provider);
    });
    afterAll(() => daemon?.[Symbol.asyncDispose]());
    for (const manner of manners) describeManner(manner, () => daemon);
  });
}

function describeManner(manner: ClientManner, daemonOf: () => ConformanceDaemon | undefined): void {
  describe(`${manner} client`, () => {
    let bench: Bench | undefined;
    beforeAll(async () => {
      const daemon = daemonOf();
      if (daemon === undefined) throw new Error('the daemon did not start');
      bench = await Bench.open(daemon, manner, 3);
    });
    afterAll(() => bench?.[Symbol.asyncDispose]());
    for (const check of checksOf(manner, { only: '', quick: false })) {
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
