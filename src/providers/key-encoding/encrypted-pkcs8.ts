/**
 * Encrypted private keys: EncryptedPrivateKeyInfo (RFC 5958 section 3) under PBES2 (RFC 8018 6.2) with PBKDF2 or scrypt (RFC 7914) and
 * AES-CBC. PBES1, PKCS#12 encryption and Triple-DES are too weak and refused. How long the key derivation may take is bounded: who
 * sends a key chooses the numbers.
 */
import { createDecipheriv, pbkdf2Sync, scryptSync } from 'node:crypto';
import { DerReader, tags } from './der.js';
import { malformed, passphraseWrong } from './key-errors.js';
import { same } from './same-bytes.js';
import { copySecret, wipe } from './secret-bytes.js';

/** Passes of the hash; about half a second of SHA-256. */
export const mostIterations = 2_000_000;
/** Bytes that scrypt may touch in all its passes together; about half a second. */
export const mostScryptMemory = 256 * 1024 * 1024;
const longestSalt = 1024;

type Derivation = (passphrase: Uint8Array, keySize: number) => Uint8Array;
interface Cipher {
  readonly name: string;
  readonly oid: Uint8Array;
  readonly keySize: number;
}

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const pbes2 = hex('2a864886f70d01050d');
const pbkdf2 = hex('2a864886f70d01050c');
const scrypt = hex('2b06010401da47040b');
const ciphers: readonly Cipher[] = [
  { name: 'aes-128-cbc', oid: hex('608648016503040102'), keySize: 16 },
  { name: 'aes-192-cbc', oid: hex('608648016503040116'), keySize: 24 },
  { name: 'aes-256-cbc', oid: hex('60864801650304012a'), keySize: 32 },
];
/** HMAC with … */
const hashes: readonly (readonly [name: string, oid: Uint8Array])[] = [
  ['sha1', hex('2a864886f70d0207')],
  ['sha224', hex('2a864886f70d0208')],
  ['sha256', hex('2a864886f70d0209')],
  ['sha384', hex('2a864886f70d020a')],
  ['sha512', hex('2a864886f70d020b')],
  ['sha512-224', hex('2a864886f70d020c')],
  ['sha512-256', hex('2a864886f70d020d')],
  ['sha3-224', hex('60864801650304020d')],
  ['sha3-256', hex('60864801650304020e')],
  ['sha3-384', hex('60864801650304020f')],
  ['sha3-512', hex('608648016503040210')],
];

/**
 * The PKCS#8 inside, which the caller wipes.
 * @throws INVALID_FORMAT with field `keyData` for another structure, with field `passphrase` for a wrong passphrase or changed data
 */
export function decryptPkcs8(der: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const outer = new DerReader(der);
  const info = outer.enter(tags.sequence);
  outer.end();
  const algorithm = info.enter(tags.sequence);
  const encrypted = info.read(tags.octetString);
  info.end();
  const { derive, cipher, iv } = readPbes2(algorithm);
  if (encrypted.length === 0 || encrypted.length % 16 !== 0) throw malformed('the encrypted key is cut short');
  const key = derive(passphrase, cipher.keySize);
  try {
    return decrypt(cipher, key, iv, encrypted);
  } finally {
    wipe(key);
  }
}

function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  try {
    const decipher = createDecipheriv(cipher.name, key, iv);
    pieces.push(decipher.update(encrypted));
    pieces.push(decipher.final());
    const plain = copySecret(Buffer.concat(pieces));
    if (looksLikePkcs8(plain)) return plain;
    wipe(plain);
  } catch {
    // OpenSSL tells of bad padding; whoever guesses passphrases need not know how far they came.
  } finally {
    wipe(...pieces);
  }
  throw passphraseWrong();
}

/** Padding is right by chance once in 256 times. */
function looksLikePkcs8(plain: Uint8Array): boolean {
  try {
    const outer = new DerReader(plain);
    const pkcs8 = outer.enter(tags.sequence);
    outer.end();
    return pkcs8.unsigned().length <= 1 && pkcs8.peek() === tags.sequence;
  } catch {
    return false;
  }
}

function readPbes2(algorithm: DerReader): { readonly derive: Derivation; readonly cipher: Cipher; readonly iv: Uint8Array } {
  if (!same(algorithm.read(tags.objectIdentifier), pbes2)) {
    throw malformed('the private key is encrypted in a way that is too weak; encrypt it anew: openssl pkcs8 -topk8 -v2 aes256');
  }
  const parameters = algorithm.enter(tags.sequence);
  algorithm.end();
  const derivation = parameters.enter(tags.sequence);
  const scheme = parameters.enter(tags.sequence);
  parameters.end();
  const { cipher, iv } = readCipher(scheme);
  return { derive: readDerivation(derivation, cipher.keySize), cipher, iv };
}

function readCipher(scheme: DerReader): { readonly cipher: Cipher; readonly iv: Uint8Array } {
  const oid = scheme.read(tags.objectIdentifier);
  const cipher = ciphers.find((candidate) => same(candidate.oid, oid));
  if (cipher === undefined)
    throw malformed('the private key is not encrypted with AES-CBC; encrypt it anew: openssl pkcs8 -topk8 -v2 aes256');
  const iv = scheme.read(tags.octetString);
  scheme.end();
  if (iv.length !== 16) throw malformed('the encrypted key has no IV of 16 bytes');
  return { cipher, iv };
}

function readDerivation(derivation: DerReader, keySize: number): Derivation {
  const oid = derivation.read(tags.objectIdentifier);
  const parameters = derivation.enter(tags.sequence);
  derivation.end();
  const salt = parameters.read(tags.octetString);
  if (salt.length > longestSalt) throw malformed(`the encrypted key has a salt of more than ${longestSalt} bytes`);
  if (same(oid, pbkdf2)) return readPbkdf2(parameters, salt, keySize);
  if (same(oid, scrypt)) return readScrypt(parameters, salt, keySize);
  throw malformed('the private key is encrypted with neither PBKDF2 nor scrypt');
}

/** The key's length, which both may tell, is that of the cipher. */
function readKeySize(parameters: DerReader, keySize: number): void {
  if (parameters.peek() === tags.integer && small(parameters) !== keySize) throw malformed('the encrypted key has a key of a wrong length');
}

function readPbkdf2(parameters: DerReader, salt: Uint8Array, keySize: number): Derivation {
  const iterations = small(parameters);
  readKeySize(parameters, keySize);
  const hash = parameters.peek() === undefined ? 'sha1' : readHash(parameters.enter(tags.sequence));
  parameters.end();
  if (iterations < 1 || iterations > mostIterations)
    throw malformed(`the encrypted key has ${iterations} iterations, not 1 to ${mostIterations}`);
  return (passphrase, size) => pbkdf2Sync(passphrase, salt, iterations, size, hash);
}

function readHash(prf: DerReader): string {
  const oid = prf.read(tags.objectIdentifier);
  if (prf.peek() !== undefined && prf.read(tags.null).length !== 0) throw malformed('the key is not the DER structure it should be');
  prf.end();
  const found = hashes.find(([, candidate]) => same(candidate, oid));
  if (found === undefined) throw malformed('the private key is encrypted with an unknown hash');
  return found[0];
}

function readScrypt(parameters: DerReader, salt: Uint8Array, keySize: number): Derivation {
  const [cost, blockSize, parallelization] = [small(parameters), small(parameters), small(parameters)];
  readKeySize(parameters, keySize);
  parameters.end();
  if (cost < 2 || Math.log2(cost) % 1 !== 0 || blockSize < 1 || parallelization < 1)
    throw malformed('the encrypted key has impossible parameters of scrypt');
  // RFC 7914 section 6: N < 2^(128 · r / 8).
  if (Math.log2(cost) >= 16 * blockSize) throw malformed('the encrypted key has impossible parameters of scrypt');
  if (128 * cost * blockSize * parallelization > mostScryptMemory)
    throw malformed('the encrypted key has parameters of scrypt that take too much');
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 2 * mostScryptMemory };
  return (passphrase, size) => scryptSync(passphrase, salt, size, options);
}

/** A number of up to 32 bits. */
function small(reader: DerReader): number {
  const magnitude = reader.unsigned();
  if (magnitude.length > 4) throw malformed('the encrypted key has an absurd number');
  return magnitude.reduce((value, byte) => value * 256 + byte, 0);
}
