/** JSON files of NIST's ACVP: prompt and answer merged into one, `tests[].expected` and `expectedGroup`. */
import { notInThisVersion, readCase, type VectorCase, type Verdict } from '../case.js';
import { readAcvpCbc, readAcvpGcm } from './acvp-ciphers.js';
import { readAcvpHash, readAcvpHmac } from './acvp-hashes.js';
import {
  readAcvpEcKeyGeneration,
  readAcvpEcKeyVerification,
  readAcvpEcSignature,
  readAcvpRsaKeyGeneration,
  readAcvpRsaSignature,
} from './acvp-signatures.js';
import type { AcvpReader } from './acvp-test.js';
import { inner, isObject, type JsonObject, numberOr, objects, textOr } from './json-fields.js';

const readers: readonly (readonly [RegExp, AcvpReader])[] = [
  [/^SHA2?-(?:1|224|256|384|512|512\/\d{3})$/, readAcvpHash],
  [/^HMAC-SHA/, readAcvpHmac],
  [/^ACVP-AES-CBC$/, readAcvpCbc],
  [/^ACVP-AES-GCM$/, readAcvpGcm],
  [/^(?:Det)?ECDSA (?:sigGen|sigVer)$/, readAcvpEcSignature],
  [/^ECDSA keyGen$/, readAcvpEcKeyGeneration],
  [/^ECDSA keyVer$/, readAcvpEcKeyVerification],
  [/^RSA (?:sigGen|sigVer)$/, readAcvpRsaSignature],
  [/^RSA keyGen$/, readAcvpRsaKeyGeneration],
];

export function isAcvp(file: JsonObject): boolean {
  return typeof file.algorithm === 'string' && objects(file, 'testGroups').some((group) => 'tgId' in group);
}

export function readAcvp(file: JsonObject): VectorCase[] {
  const algorithm = [textOr(file, 'algorithm', ''), textOr(file, 'mode', '')].join(' ').trim();
  const reader = readers.find(([pattern]) => pattern.test(algorithm))?.[1];
  return objects(file, 'testGroups').flatMap((group) =>
    objects(group, 'tests').map((test) => {
      const name = `tcId ${numberOr(test, 'tcId', 0)}`;
      if (reader === undefined) return notInThisVersion(name, algorithm.replace(/^ACVP-/, ''));
      // ACVP's internal projections hold the answers in the tests themselves.
      const expected = isObject(test.expected) ? test.expected : test;
      const expectedGroup = isObject(group.expectedGroup) ? { ...group, ...inner(group, 'expectedGroup') } : group;
      return readCase(name, verdictOf(expected), () => reader({ algorithm, group, expectedGroup, test, expected }));
    }),
  );
}

function verdictOf(expected: JsonObject): Verdict {
  return expected.testPassed === false ? 'invalid' : 'valid';
}
