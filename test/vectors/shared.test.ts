/** Everything that lies beside the repository, where it does. */
import { describe, expect, it } from 'vitest';
import { testedProviders } from '../conformance/providers.js';
import { runFolder, sharedFolder, sharedIsThere, sum } from './support.js';

/** Files of this version's algorithms, and how many of their tests pass on software at least. */
const ours: Readonly<Record<string, number>> = {
  'wycheproof/aes_gcm_test.json': 29,
  'wycheproof/aes_cbc_pkcs5_test.json': 21,
  'wycheproof/hmac_sha256_test.json': 58,
  'wycheproof/ecdsa_secp256r1_sha256_test.json': 60,
  'wycheproof/ecdsa_secp256r1_sha256_p1363_test.json': 60,
  'wycheproof/rsa_pss_2048_sha256_mgf1_0_test.json': 34,
  'wycheproof/rsa_pss_2048_sha256_mgf1_32_test.json': 36,
  'wycheproof/rsa_pss_misc_test.json': 2,
  'acvp/SHA2-256-1.0.json': 3,
  'acvp/SHA2-384-1.0.json': 1,
  'acvp/SHA2-512-1.0.json': 3,
  'acvp/HMAC-SHA2-256-2.0.json': 2,
  'acvp/RSA-KeyGen-FIPS186-5.json': 2,
  'openssl-evp/evpmd_sha.txt': 10,
  'pyca/HMAC/rfc-4231-sha256.txt': 6,
  'pyca/ciphers/AES/CBC/CBCMMT256.rsp': 20,
};

describe('all test vectors', () => {
  for (const provider of testedProviders) {
    const name = provider.names[0];
    it(`pass on ${name} or are skipped by a named reason`, async (context) => {
      if (!sharedIsThere) context.skip('../shared/vectors is not there');
      const { reports, failures } = await runFolder(sharedFolder, provider);
      expect(failures).toEqual([]);
      for (const [file, passed] of Object.entries(ours)) {
        const report = reports.find((one) => one.file.endsWith(file));
        if (name === 'software') expect(report?.passed, file).toBeGreaterThanOrEqual(passed);
        else expect(report?.failed, file).toBe(0);
      }
      expect(sum(reports, ({ passed }) => passed)).toBeGreaterThan(330);
    }, 600_000);
  }
});
