/** The runner over the subset in the repository, on every provider of the table. */
import { describe, expect, it } from 'vitest';
import { testedProviders } from '../conformance/providers.js';
import { skippedCount } from './report.js';
import type { FileReport } from './run-file.js';
import { dataFolder, runFolder, sum } from './support.js';

/** What a token of SoftHSM2 doesn't take: HMAC keys shorter than the digest. */
const fewest: Readonly<Record<string, number>> = { software: 580, softhsm: 560 };

/** On software nothing is skipped but what this version has not. */
function assertSkipsAreNamed(reports: readonly FileReport[]): void {
  const known = /^(?:algorithm|key) not in this version: \S|^AES-256-GCM has tags of|^message is /;
  const reasons = new Set(reports.flatMap(({ skipped }) => Object.keys(skipped)));
  expect([...reasons].filter((reason) => !known.test(reason))).toEqual([]);
  const wholly = reports.filter(({ passed }) => passed === 0).map(({ file }) => file.slice(dataFolder.length + 1));
  expect(wholly).toEqual([
    'acvp/ACVP-AES-CBC-1.0.json',
    'acvp/ACVP-AES-GCM-1.0.json',
    'acvp/ECDSA-SigGen-FIPS186-5.json',
    'pyca/asymmetric/RSA/pkcs-1v2-1d2-vec/pss-vect.txt',
    'wycheproof/chacha20_poly1305_test.json',
  ]);
}

describe('test vectors of the repository', () => {
  for (const provider of testedProviders) {
    const name = provider.names[0];
    it(`pass on ${name}`, async () => {
      const { reports, failures } = await runFolder(dataFolder, provider);
      expect(failures).toEqual([]);
      expect(sum(reports, ({ failed }) => failed)).toBe(0);
      expect(sum(reports, ({ passed }) => passed)).toBeGreaterThanOrEqual(fewest[name] ?? 500);
      for (const report of reports) expect(report.passed + report.failed + skippedCount(report), report.file).toBeGreaterThan(0);
      if (name === 'software') assertSkipsAreNamed(reports);
    }, 300_000);
  }
});
