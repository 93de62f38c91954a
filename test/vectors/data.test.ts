/** The runner over the subset in the repository, on every provider of the table. */
import { describe, expect, it } from 'vitest';
import { testedProviders } from '../conformance/providers.js';
import { skippedCount } from './report.js';
import type { FileReport } from './run-file.js';
import { skipReasons } from './skip.js';
import { dataFolder, runFolder, sum } from './support.js';

/** What passes at least. A token has fewer algorithms and kinds of keys. */
const fewest: Readonly<Record<string, number>> = { software: 1380, softhsm: 850 };

/** All of the table; those of the provider itself do not happen on software. */
function assertSkipsAreNamed(reports: readonly FileReport[], provider: string): void {
  const reasons = [...new Set(reports.flatMap(({ skipped }) => Object.keys(skipped)))];
  const known = Object.values(skipReasons);
  expect(reasons.filter((reason) => !known.some((text) => reason.startsWith(text)))).toEqual([]);
  if (provider !== 'software') return;
  const own = [skipReasons.notOffered, skipReasons.bounds, skipReasons.longWork];
  expect(reasons.filter((reason) => own.some((text) => reason.startsWith(text)))).toEqual([]);
}

/** What of the repository's files software has nothing of. */
const wholly = [
  'pyca/asymmetric/DER_Serialization/dsa_public_key.der',
  'pyca/asymmetric/PEM_Serialization/dsaparam.pem',
  'pyca/asymmetric/PEM_Serialization/rsa-bad-1025-q-is-2.pem',
  'pyca/asymmetric/PEM_Serialization/rsa_private_key.pem',
  'pyca/asymmetric/RSA/pkcs-1v2-1d2-vec/pss-vect.txt',
];

describe('test vectors of the repository', () => {
  for (const provider of testedProviders) {
    const name = provider.names[0];
    it(`pass on ${name}`, async () => {
      const { reports, failures } = await runFolder(dataFolder, provider);
      expect(failures).toEqual([]);
      expect(sum(reports, ({ failed }) => failed)).toBe(0);
      expect(sum(reports, ({ passed }) => passed)).toBeGreaterThanOrEqual(fewest[name] ?? 500);
      for (const report of reports) expect(report.passed + report.failed + skippedCount(report), report.file).toBeGreaterThan(0);
      assertSkipsAreNamed(reports, name);
      if (name !== 'software') return;
      const none = reports.filter(({ passed }) => passed === 0).map(({ file }) => file.slice(dataFolder.length + 1));
      expect(none).toEqual(wholly);
    }, 300_000);
  }
});
