/**
 * Formats, and corners of formats, that the files of the repository don't show. The values are made by node:crypto, written as
 * each format would, and run on the software provider.
 */
import { createCipheriv, createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cipherChain } from './families/cipher-chain.js';
import type { FileReport } from './run-file.js';
import { rowOf, runFolder } from './support.js';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const message = new TextEncoder().encode('a message of a vector file');
const key = new Uint8Array(32).fill(0x42);
const iv = new Uint8Array(16).fill(0x24);
const nonce = new Uint8Array(12).fill(0x11);
const aad = new Uint8Array([1, 2, 3]);

function gcm(): { ciphertext: string; tag: string } {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  const ciphertext = toHex(Buffer.concat([cipher.update(message), cipher.final()]));
  return { ciphertext, tag: toHex(cipher.getAuthTag()) };
}
function cbc(plaintext: Uint8Array, padding: boolean, chained: Uint8Array = iv): string {
  const cipher = createCipheriv('aes-256-cbc', key, chained).setAutoPadding(padding);
  return toHex(Buffer.concat([cipher.update(plaintext), cipher.final()]));
}
const blocks = new Uint8Array(48).fill(5);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hmac = createHmac('sha256', key).update(message).digest('hex');

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (publicKey: KeyObject): string => String(publicKey.export({ format: 'pem', type: 'spki' }));
const p1363 = toHex(sign('sha256', message, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }));
const der = toHex(sign('sha256', message, { key: ec.privateKey, dsaEncoding: 'der' }));
const pss = (saltLength: number): string => toHex(sign('sha256', message, { key: rsa.privateKey, padding: 6, saltLength }));

function jwkHex(publicKey: KeyObject, name: 'x' | 'y' | 'n' | 'e'): string {
  return toHex(Buffer.from(publicKey.export({ format: 'jwk' })[name] ?? '', 'base64url'));
}
function lastDigitChanged(text: string): string {
  return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
}

function botan(): Record<string, string> {
  const { ciphertext, tag } = gcm();
  const [x, y] = [jwkHex(ec.publicKey, 'x'), jwkHex(ec.publicKey, 'y')];
  const at = `Key = ${toHex(key)}\nNonce = ${toHex(iv)}`;
  return {
    'botan/hash.vec': `# hashes\n[SHA-256]\nIn =\nOut = ${sha256(new Uint8Array(0))}\n\nIn = ${toHex(message)}\nOut = ${sha256(message)}\n\n[MD5]\nIn =\nOut = 00\n`,
    'botan/repeated.vec': `[SHA-256]\nInput = 61\nTotalLength = 1000000\nDigest = ${sha256(new Uint8Array(1_000_000).fill(0x61))}\n`,
    'botan/hmac.vec': `[HMAC(SHA-256)]\nKey = ${toHex(key)}\nIn = ${toHex(message)}\nOut = ${hmac}\n`,
    'botan/gcm.vec': `[AES-256/GCM]\nKey = ${toHex(key)}\nNonce = ${toHex(nonce)}\nAD = ${toHex(aad)}\nIn = ${toHex(message)}\nOut = ${ciphertext}\\\n  ${tag}\n`,
    'botan/cbc.vec': `[AES-256/CBC/PKCS7]\n${at}\nIn = ${toHex(message)}\nOut = ${cbc(message, true)}\n\n[AES-256/CBC/NoPadding]\n${at}\nIn = ${toHex(blocks)}\nOut = ${cbc(blocks, false)}\n`,
    'botan/ecdsa.vec': `Group = secp256r1\nHash = SHA-256\nPx = 0x${x}\nPy = ${BigInt(`0x${y}`)}\nMsg = ${toHex(message)}\n\nSignature = ${p1363}\n\nSignature = ${p1363}\n`,
    'botan/ecdsa-der.vec': `Group = secp256r1\nHash = SHA-256\nPx = 0x${x}\nPy = 0x${y}\n\nMsg = ${toHex(message)}\nSignature = ${der}\nValid = 1\n\nSignature = ${lastDigitChanged(der)}\nValid = 0\n`,
  };
}

function evp(): Record<string, string> {
  const { ciphertext, tag } = gcm();
  const sealed = `Cipher = aes-256-gcm\nKey = ${toHex(key)}\nIV = ${toHex(nonce)}\nAAD = ${toHex(aad)}\nPlaintext = ${toHex(message)}\nCiphertext = ${ciphertext}`;
  const text = `"${new TextDecoder().decode(message)}"`;
  return {
    'evp/ciphers.txt': `Title = ciphers\n\n${sealed}\nTag = ${tag}\n\n${sealed}\nTag = ${lastDigitChanged(tag)}\nOperation = DECRYPT\nResult = CIPHERFINAL_ERROR\n\nAvailablein = default\nCipher = AES-256-CBC\nKey = ${toHex(key)}\nIV = ${toHex(iv)}\nPlaintext = ${toHex(blocks)}\nCiphertext = ${cbc(blocks, false)}\n\nCipher = Camellia-256-ECB\nKey = 00\nPlaintext = 00\nCiphertext = 00\n`,
    'evp/hashes.txt': `Digest = SHA256\nInput = "ab"\nNcopy = 3\nCount = 2\nInput = "c"\nOutput = ${sha256(new TextEncoder().encode('ababababababc'))}\n\nMAC = HMAC\nAlgorithm = SHA256\nInput = ${text}\nKey = ${toHex(key)}\nOutput = ${hmac}\n`,
    'evp/signatures.txt': `PublicKey = ec\n${pem(ec.publicKey)}\nPublicKey = rsa\n${pem(rsa.publicKey)}\nDigestVerify = SHA256\nKey = ec\nInput = ${text}\nOutput = ${der}\n\nDigestVerify = SHA256\nKey = ec\nInput = "another"\nOutput = ${der}\nResult = VERIFY_ERROR\n\nDigestVerify = SHA256\nKey = rsa\nCtrl = rsa_padding_mode:pss\nCtrl = rsa_pss_saltlen:7\nInput = ${text}\nOutput = ${pss(7)}\n\nVerify = ec\nInput = 00\nOutput = 00\n`,
  };
}

function acvpFile(algorithm: string, group: object, tests: readonly object[], mode?: string): string {
  const file = {
    algorithm,
    ...(mode === undefined ? {} : { mode }),
    revision: '1.0',
    testGroups: [{ tgId: 1, testType: 'AFT', ...group, tests }],
  };
  return JSON.stringify(file);
}

function chainLink(): object {
  const step = (chained: Uint8Array, block: Uint8Array) => new Uint8Array(Buffer.from(cbc(block, false, chained), 'hex'));
  const input = new Uint8Array(16).fill(3);
  return { key: toHex(key), iv: toHex(iv), pt: toHex(input), ct: toHex(cipherChain('cbc', step, 'encrypt', { iv, input })) };
}

function acvp(): Record<string, string> {
  const { ciphertext, tag } = gcm();
  const [qx, qy] = [jwkHex(ec.publicKey, 'x'), jwkHex(ec.publicKey, 'y')];
  const [n, e] = [jwkHex(rsa.publicKey, 'n'), jwkHex(rsa.publicKey, 'e')];
  const signature = { message: toHex(message), qx, qy, r: p1363.slice(0, 64), s: p1363.slice(64) };
  const large = {
    content: toHex(message),
    contentLength: message.length * 8,
    fullLength: message.length * 8 * 800_000,
    expansionTechnique: 'repeating',
  };
  const largeHash = createHash('sha256');
  for (let i = 0; i < 800; i += 1) largeHash.update(Buffer.alloc(message.length * 1000, message));
  const gcmTest = {
    tcId: 1,
    key: toHex(key),
    aad: toHex(aad),
    pt: toHex(message),
    expected: { tcId: 1, iv: toHex(nonce), ct: ciphertext, tag },
  };
  return {
    'acvp/large.json': acvpFile('SHA2-256', { testType: 'LDT' }, [{ tcId: 1, largeMsg: large, expected: { md: largeHash.digest('hex') } }]),
    'acvp/projection.json': acvpFile('SHA2-256', {}, [{ tcId: 1, msg: toHex(message), len: message.length * 8, md: sha256(message) }]),
    'acvp/gcm.json': acvpFile('ACVP-AES-GCM', { direction: 'encrypt', keyLen: 256, ivGen: 'internal', tagLen: 128 }, [gcmTest]),
    'acvp/chain.json': acvpFile('ACVP-AES-CBC', { testType: 'MCT', direction: 'encrypt', keyLen: 256 }, [
      { tcId: 1, expected: { resultsArray: [chainLink()] } },
    ]),
    'acvp/ecdsa.json': acvpFile(
      'ECDSA',
      { curve: 'P-256', hashAlg: 'SHA2-256' },
      [
        { tcId: 1, ...signature, expected: { testPassed: true } },
        { tcId: 2, ...signature, r: lastDigitChanged(signature.r), expected: { testPassed: false } },
      ],
      'sigVer',
    ),
    'acvp/keys.json': acvpFile(
      'ECDSA',
      { curve: 'P-256' },
      [
        { tcId: 1, qx, qy, expected: { testPassed: true } },
        { tcId: 2, qx, qy: lastDigitChanged(qy), expected: { testPassed: false } },
      ],
      'keyVer',
    ),
    'acvp/pss.json': acvpFile(
      'RSA',
      { sigType: 'pss', modulo: 2048, hashAlg: 'SHA2-256', saltLen: 20, maskFunction: 'mgf1', expectedGroup: { n, e } },
      [{ tcId: 1, message: toHex(message), expected: { signature: pss(20) } }],
      'sigGen',
    ),
  };
}

/** Passed and skipped tests by file; nothing may fail. */
const expected: Readonly<Record<string, readonly [passed: number, skipped: number]>> = {
  'acvp/chain.json': [1, 0],
  'acvp/ecdsa.json': [2, 0],
  'acvp/gcm.json': [1, 0],
  'acvp/keys.json': [2, 0],
  'acvp/large.json': [1, 0],
  'acvp/projection.json': [1, 0],
  'acvp/pss.json': [1, 0],
  'botan/cbc.vec': [2, 0],
  'botan/ecdsa-der.vec': [2, 0],
  'botan/ecdsa.vec': [2, 0],
  'botan/gcm.vec': [1, 0],
  'botan/hash.vec': [2, 1],
  'botan/hmac.vec': [1, 0],
  'botan/repeated.vec': [1, 0],
  'evp/ciphers.txt': [3, 1],
  'evp/hashes.txt': [2, 0],
  'evp/signatures.txt': [3, 1],
};

describe('formats', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyslot-formats-'));
    for (const [path, content] of Object.entries({ ...botan(), ...evp(), ...acvp() })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are read and run', async () => {
    const { reports, failures } = await runFolder(folder, rowOf('software'));
    expect(failures).toEqual([]);
    const skipped = (report: FileReport) => Object.values(report.skipped).reduce((sum, count) => sum + count, 0);
    const found = Object.fromEntries(reports.map((report) => [report.file.slice(folder.length + 1), [report.passed, skipped(report)]]));
    expect(found).toEqual(expected);
  }, 120_000);
});
