/** The command: exit statuses, the report, changed values. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testedProviders } from '../conformance/providers.js';
import { command, dataFolder, rowOf } from './support.js';
import { disposableTarget } from './target.js';

const reportSchema = z.array(
  z.strictObject({
    file: z.string().min(1),
    provider: z.string().min(1),
    passed: z.number().int().min(0),
    failed: z.number().int().min(0),
    skipped: z.record(z.string().min(1), z.number().int().min(1)),
  }),
);

/** Files in a format of their own, and how one expected value in each is changed. */
const changes: readonly (readonly [path: string, pattern: RegExp])[] = [
  ['wycheproof/hmac_sha256_test.json', /(?<="tag": ")[0-9a-f]/],
  ['acvp/SHA2-256-1.0.json', /(?<="md": ")[0-9A-F]/],
  ['acvp/HMAC-SHA2-256-2.0.json', /(?<="mac": ")[0-9A-F]/],
  ['pyca/ciphers/AES/CBC/CBCMMT256.rsp', /(?<=CIPHERTEXT = )[0-9a-f]/],
  ['pyca/ciphers/AES/GCM/gcmEncryptExtIV256.rsp', /(?<=Tag = )[0-9a-f]/],
  ['pyca/hashes/SHA2/SHA256Monte.rsp', /(?<=MD = )[0-9a-f]/],
  ['pyca/asymmetric/ECDSA/FIPS_186-3/SigGen.txt', /(?<=R = )[0-9a-f]/],
  ['pyca/asymmetric/ECDSA/FIPS_186-3/PKV.rsp', /(?<=Result = )P/],
  ['pyca/asymmetric/RSA/FIPS_186-2/SigGenPSS_186-3.rsp', /(?<=\nS = )[0-9A-F]/],
  ['acvp/KDF-1.0.json', /(?<="keyOut": ")[0-9A-F]/],
  ['acvp/ML-KEM-encapDecap-FIPS203.json', /(?<="k": ")[0-9A-F]/],
  ['acvp/TLS-v1.3-KDF-RFC8446.json', /(?<="exporterMasterSecret": ")[0-9A-F]/],
  ['botan/pubkey/slh_dsa.vec', /(?<=HashSigDet = )[0-9A-F]/],
  ['pyca/KDF/rfc-5869-HKDF-SHA256.txt', /(?<=\nOKM {2}= )[0-9a-f]/],
  ['pyca/keywrap/kwp_botan.txt', /(?<=Output = )[0-9a-f]/],
  ['wycheproof/ecdh_secp256r1_test.json', /(?<="shared": ")[0-9a-f]/],
  ['wycheproof/ed448_test.json', /(?<="sig": ")[0-9a-f]/],
  ['wycheproof/rsa_oaep_2048_sha256_mgf1sha1_test.json', /(?<="msg": ")[0-9a-f](?=[0-9a-f])/],
  ['openssl-evp/evpmd_sha.txt', /(?<=Digest = SHA256\nInput = "abc"\nOutput = )[0-9a-f]/],
];

/** Most of these are about files, and one provider is enough. */
const software = ['--provider', 'software'];

function changed(digit: string): string {
  if (digit === 'P') return 'F';
  return digit === '1' ? '2' : '1';
}

describe('npm run vectors', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyslot-vectors-'));
    cpSync(dataFolder, join(folder, 'data'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes paths of the caller, writes the report and passes', () => {
    const { status, stdout } = command(
      folder,
      'data/openssl-evp',
      'data/wycheproof/hmac_sha256_test.json',
      ...software,
      '--json',
      'report.json',
    );
    expect(status).toBe(0);
    const reports = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    expect(reports.at(-1)).toEqual({
      file: 'data/wycheproof/hmac_sha256_test.json',
      provider: 'software',
      passed: 58,
      failed: 0,
      skipped: {},
    });
    expect(reports.map(({ file }) => file)).toContain('data/openssl-evp/evpmd_sha.txt');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped in \d+ files on software$/);
  });

  it('fails for a changed value in each format, and says where', () => {
    const copy = join(folder, 'changed');
    for (const [path, pattern] of changes) {
      cpSync(join(dataFolder, path), join(copy, path));
      const before = readFileSync(join(copy, path), 'utf8');
      const after = before.replace(pattern, changed);
      expect(after, path).not.toBe(before);
      writeFileSync(join(copy, path), after);
    }
    const { status, stderr } = command(folder, 'changed', ...software, '--json', 'changed.json');
    expect(status).toBe(1);
    const reports = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'changed.json'), 'utf8')));
    expect(reports).toHaveLength(changes.length);
    for (const report of reports) {
      expect(report.failed, report.file).toBeGreaterThan(0);
      expect(report.failed, report.file).toBeLessThan(report.file.includes('Monte') ? 3 : 2);
      expect(stderr).toContain(`FAILED ${report.file}, `);
    }
  });

  it('fails for a test that can not be read', () => {
    const file = JSON.parse(readFileSync(join(dataFolder, 'acvp/HMAC-SHA2-256-2.0.json'), 'utf8')) as {
      testGroups: { tests: { key: string }[] }[];
    };
    for (const test of file.testGroups[0]?.tests ?? []) test.key = 'not hexadecimal';
    writeFileSync(join(folder, 'unreadable.json'), JSON.stringify(file));
    const { status, stderr } = command(folder, 'unreadable.json', ...software);
    expect(status).toBe(1);
    expect(stderr).toContain('the test can not be read: not hexadecimal');
  });

  it('names files whose format it does not know, and does not fail for them', () => {
    writeFileSync(join(folder, 'notes.txt'), 'nothing that a program could read\n');
    writeFileSync(join(folder, 'numbers.bin'), new Uint8Array([0, 1, 2, 3]));
    writeFileSync(join(folder, 'other.json'), '{"a": 1}');
    const { status } = command(folder, 'notes.txt', 'numbers.bin', 'other.json', ...software, '--json', 'unknown.json');
    expect(status).toBe(0);
    const reports = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'unknown.json'), 'utf8')));
    for (const { skipped } of reports) expect(skipped).toEqual({ 'format not known': 1 });
  });

  it('runs on all providers when none is named, with a total for each', () => {
    const { status, stdout } = command(folder, 'data/acvp/HMAC-SHA2-256-2.0.json', '--json', 'all.json');
    expect(status).toBe(0);
    const reports = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')));
    expect(reports.map(({ provider }) => provider)).toEqual(testedProviders.map(({ names }) => names[0]));
    for (const { names } of testedProviders)
      expect(stdout).toMatch(new RegExp(`\\d+ passed, 0 failed, \\d+ skipped in 1 files on ${names[0]}`));
  });

  it('exits with 1 when there is no file', () => {
    cpSync(join(dataFolder, 'README.md'), join(folder, 'empty', 'README.md'));
    const { status, stdout } = command(folder, 'empty', '--json', 'none.json');
    expect(status).toBe(1);
    expect(stdout).toContain('no file was found');
    expect(JSON.parse(readFileSync(join(folder, 'none.json'), 'utf8'))).toEqual([]);
  });

  it('exits with 2 for what it does not understand', () => {
    for (const args of [[], ['data', '--provider', 'nothing'], ['data', '--what'], ['data', '--seed', 'x'], ['not-there']]) {
      const { status, stderr } = command(folder, ...args);
      expect(status, args.join(' ')).toBe(2);
      expect(stderr).toContain('Usage: npm run vectors');
    }
    expect(command(folder, '--help').status).toBe(0);
  });

  it('uses a daemon that runs', async () => {
    await using target = await disposableTarget(rowOf('software'));
    const { status, stdout } = command(folder, 'data/acvp/SHA2-256-1.0.json', '--endpoint', target.endpoint, '--provider', 'software');
    expect(stdout).toContain('3 passed, 0 failed');
    expect(status).toBe(0);
  });
});
