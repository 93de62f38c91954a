/** A few rounds of everything that is quick, and that a party who is wrong is found out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Check, checksOf } from './checks.js';
import { families } from './families/all.js';
import { KeyPairs } from './key-pairs.js';
import { type KeyslotParties, startKeyslot } from './keyslot-parties.js';
import { lying } from './lying-party.js';
import { findParties, outsideNames } from './parties/find-parties.js';
import type { Party } from './party.js';
import { runCheck } from './run-check.js';

const seed = '1';
const rounds = 2;
const within = 120_000;

/**
 * One of each kind where there are very many: curves with their usual hash; and no key derivation that stretches passwords but one,
 * since each has a process started.
 */
const selected: readonly RegExp[] = [
  /^(?:hash|mac|cipher|aead|agreement|kem) /,
  /^rsa encryption .*(?:SHA-256|SHA3-512)$/,
  /^signature (?:Ed|ML|SLH-DSA-SHA2|RSA-PSS-SHA-(?:256|512\/256)$|RSA-PKCS1-SHA3-384$)/,
  /^signature ECDSA-(?:P256|secp256k1|brainpoolP256.1)-SHA-256$/,
  /^signature ECDSA-(?:P384|brainpoolP3.*)-SHA3-384$/,
  /^signature ECDSA-(?:P521|brainpoolP512.1)-SHA-512$/,
  /^kdf (?!PBKDF2|scrypt|Argon2id)/,
  /^kdf (?:PBKDF2-SHA-256|scrypt)$/,
  /^wrap (?:AES|.*-SHA-256$)/,
  /^key (?:ECDH-(?:P256|brainpoolP320t1)|ECDSA-(?:P521|secp256k1)|Ed|X|ML|SLH-DSA-SHA2)/,
];
const isSelected = ({ family, row }: Check): boolean => selected.some((pattern) => pattern.test(`${family.name} ${row.name}`));

const outside = findParties(outsideNames);
/** What the software provider does not share with anybody here is no test: post-quantum algorithms without a second Node. */
const testable = families.filter(({ rows, deeds }) =>
  outside.parties.some((party) => deeds.every((deed) => party[deed] !== undefined) && rows.some((row) => party.has(row))),
);

describe('cross-checks', () => {
  let keyslot: KeyslotParties | undefined;
  const checks = (): Check[] => {
    const [ours, ...others] = keyslot?.parties ?? [];
    if (ours === undefined) throw new Error('the daemon did not start');
    return checksOf(ours, [...others, ...outside.parties], { algorithms: [], quick: true }).filter(isSelected);
  };
  beforeAll(async () => {
    keyslot = await startKeyslot(['software', 'softhsm']);
  });
  afterAll(async () => {
    outside[Symbol.dispose]();
    await keyslot?.[Symbol.asyncDispose]();
  });
  const options = { seed, rounds, round: undefined, seconds: 30, pairs: new KeyPairs(seed) };

  for (const family of testable) {
    const name = family.name;
    it(`${name}: all agree`, { timeout: within }, async () => {
      const own = checks().filter((check) => check.family === family);
      const reports = [];
      for (const check of own) reports.push(await runCheck(check, options));
      expect(reports.filter(({ disagreements, lost }) => disagreements > 0 || lost !== undefined)).toEqual([]);
      const compared = new Set(reports.filter((report) => report.rounds === rounds).map(({ algorithm }) => algorithm));
      const all = new Set(own.map(({ row }) => row.name));
      expect([...all].filter((algorithm) => !compared.has(algorithm))).toEqual([]);
    });

    it(`${name}: somebody who is wrong is found out`, { timeout: within }, async () => {
      const found = checks().find((check) => check.family === family && !('claims' in check.theirs));
      if (found === undefined) throw new Error('nothing to compare');
      const theirs: Party = lying(found.theirs);
      const { rounds: done, disagreements } = await runCheck({ ...found, theirs }, options);
      expect([done, disagreements]).toEqual([rounds, rounds]);
    });
  }
});
