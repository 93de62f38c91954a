/** Everything that lies beside the repository, where it does: some tests of each file here, all of them with the command. */
import { describe, expect, it } from 'vitest';
import { testedProviders } from '../conformance/providers.js';
import { runFolder, sharedFolder, sharedIsThere, sum } from './support.js';

/** Tests that run of each file. */
const perFile = 2;

/** Of the tests that run, how many pass at least: what is offered may grow. */
const fewest: Readonly<Record<string, number>> = { software: 380, softhsm: 200 };

describe('all test vectors', () => {
  for (const provider of testedProviders) {
    const name = provider.names[0];
    it(`pass on ${name} or are skipped by a named reason`, async (context) => {
      if (!sharedIsThere) context.skip('../shared/vectors is not there');
      const { reports, failures } = await runFolder(sharedFolder, provider, perFile);
      expect(failures).toEqual([]);
      expect(sum(reports, ({ passed }) => passed)).toBeGreaterThan(fewest[name] ?? 0);
    }, 600_000);
  }
});
