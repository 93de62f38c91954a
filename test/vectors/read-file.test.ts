/** What files are read as, without a daemon. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VectorCase } from './case.js';
import { findFiles } from './find-files.js';
import { readVectorFile } from './read-file.js';
import { dataFolder } from './support.js';

const ofData = (path: string) => readVectorFile(join(dataFolder, path), path);
const families = (cases: readonly VectorCase[]) => [...new Set(cases.map(({ body }) => body.family))];

describe('files of the repository', () => {
  it('are all read', () => {
    for (const { file, path } of findFiles([dataFolder], (name) => name)) {
      const cases = readVectorFile(file, path);
      expect(cases.length, path).toBeGreaterThan(0);
      expect(families(cases), path).not.toContain('unreadable');
      expect(new Set(cases.map(({ name }) => name)).size, path).toBe(cases.length);
    }
  });

  it('lose no test of JSON, whatever stands in its groups', () => {
    for (const { file, path } of findFiles([join(dataFolder, 'wycheproof'), join(dataFolder, 'acvp')], (name) => name)) {
      const { testGroups } = JSON.parse(readFileSync(file, 'utf8')) as { testGroups: { tests: unknown[] }[] };
      expect(readVectorFile(file, path).length, path).toBe(testGroups.reduce((sum, { tests }) => sum + tests.length, 0));
    }
  });

  it('are of the families that their content tells', () => {
    const expected = {
      'acvp/KDF-1.0.json': ['kdf'],
      'acvp/TLS-v1.3-KDF-RFC8446.json': ['tlsSchedule'],
      'acvp/XECDH-keyVer-RFC7748.json': ['key'],
      'acvp/cSHAKE-128-1.0.json': ['hashChain'],
      'botan/pubkey/slh_dsa.vec': ['signature'],
      'pyca/KDF/nist-800-108-KBKDF-CTR.txt.gz': ['kdf', 'skipped'],
      'pyca/asymmetric/DER_Serialization/ec_private_key_encrypted.der': ['key'],
      'pyca/asymmetric/X25519/rfc7748.txt': ['agreement'],
      'pyca/keywrap/kwp_botan.txt': ['wrap'],
      'wycheproof/ed448_test.json': ['signature'],
      'wycheproof/mlkem_512_keygen_seed_test.json': ['keyPair'],
      'wycheproof/mlkem_512_test.json': ['kem'],
      'wycheproof/rsa_oaep_2048_sha256_mgf1sha1_test.json': ['rsaCipher'],
    };
    const found = Object.fromEntries(Object.keys(expected).map((path) => [path, families(ofData(path)).sort()]));
    expect(found).toEqual(expected);
  });
});

const key = '000102030405060708090a0b0c0d0e0f';

/** One body each of files that are written for this. */
const written: Readonly<Record<string, readonly [content: string, body: Record<string, unknown>]>> = {
  'middle.txt': [
    `[PRF=HMAC_SHA256]\n[CTRLOCATION=MIDDLE_FIXED]\n[RLEN=16_BITS]\n\nCOUNT=0\nL = 128\nKI = ${key}\nDataBeforeCtrLen = 2\nDataBeforeCtrData = 0102\nDataAfterCtrLen = 1\nDataAfterCtrData = 03\n\tBinary rep of i = 0001\nKO = ${key}\n`,
    { family: 'kdf' },
  ],
  'twice.txt': [
    `KDF = X963KDF\nCtrl.digest = digest:SHA256\nCtrl.hexsecret = hexsecret:${key}\nCtrl.a = hexinfo:0102\nCtrl.b = hexinfo:03\nOutput = ${key}\n`,
    { family: 'kdf', derivations: [expect.objectContaining({ kdf: { kdfAlgorithm: 'X963-KDF-SHA-256', seed: Uint8Array.of(1, 2, 3) } })] },
  ],
  'pair.vec': [
    `Group = secp256r1\nHash = SHA-256\nPx = 1\nPy = 2\nMsg = 00\nSignature = ${'05'.repeat(64)}\nValid = 0\n`,
    { family: 'signature', parameters: { signatureFormat: 'p1363' } },
  ],
  'stream.vec': [`[CTR-BE(AES-128)]\nKey = ${key}\nNonce = 01\nOut = 0203\n`, { family: 'cipher', plaintext: new Uint8Array(2) }],
  'lattice.vec': ['[ML-KEM-512]\nZ = 00\nD = 01\nEK = 02\nDK = 03\n', { family: 'skipped', reason: 'notGiven' }],
  'strings.txt': [
    `# Cipher = aes-128-siv\nCOUNT = 0\nKey = ${key}${key}\nAAD = 01\nAAD2 = 02\nAAD3 = 03\nTag = ${key}\nPlaintext = 04\nCiphertext = 05\n`,
    { family: 'skipped', reason: 'bounds' },
  ],
};

describe('files that are written here', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyslot-read-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function read(path: string, content: string | Uint8Array): readonly VectorCase[] {
    writeFileSync(join(folder, path), content);
    return readVectorFile(join(folder, path), path);
  }

  for (const [path, [content, body]] of Object.entries(written)) {
    it(`${path}: ${String(body.family)}`, () => {
      const cases = read(path, content);
      expect(cases).toHaveLength(1);
      expect(cases[0]?.body).toMatchObject(body);
      expect(read(`${path}.gz`, gzipSync(content))[0]?.body).toMatchObject(body);
    });
  }

  it('JSON that holds PEM is JSON', () => {
    const file = {
      algorithm: 'unknown',
      testGroups: [{ type: 'Unknown', publicKeyPem: '-----BEGIN PUBLIC KEY-----\n', tests: [{ tcId: 1 }] }],
    };
    expect(families(read('pem.json', JSON.stringify(file)))).toEqual(['skipped']);
  });

  it('a key that OpenSSL takes and nobody would write may be refused, and what it does not take must be', () => {
    const der = readFileSync(join(dataFolder, 'pyca/asymmetric/DER_Serialization/ec_public_key.der'));
    expect(read('plain.der', der)[0]?.verdict).toBe('valid');
    const unused = Uint8Array.from(der);
    const bits = unused.length - 66;
    unused[bits] = 1;
    expect(read('unused.der', unused)[0]?.verdict).not.toBe('valid');
    expect(read('short.der', der.subarray(0, 60))[0]).toMatchObject({ verdict: 'invalid', body: { family: 'key' } });
    const text = readFileSync(join(dataFolder, 'pyca/asymmetric/PEM_Serialization/ec_public_key.pem'), 'utf8');
    expect(read('label.pem', text.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY'))[0]?.verdict).not.toBe('valid');
  });
});
