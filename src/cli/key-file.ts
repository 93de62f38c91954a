/** Keys in files: read into memory that is wiped, their format told from their content. */
import { algorithmTable, isSecretKey, keyAlgorithm } from '../core/algorithms.js';
import type { KeyFormat } from '../core/vocabulary.js';
import type { CliContext } from './context.js';
import { badData } from './failure.js';
import { readSmall } from './input-file.js';
import { wiping } from './secret-memory.js';

/** Bytes; SLH-DSA and RSA-8192 in PEM stay far below. */
const longestKeyFile = 65_536;

/** Gives `use` the whole file, and wipes it at the end. @throws RESOURCE_NOT_FOUND, INVALID_FORMAT */
export async function withKeyFile<T>(context: CliContext, name: string, use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  return wiping(await readSmall(context, name, longestKeyFile, { secret: true }), (bytes) => {
    if (bytes.length === 0) throw badData(`${name === '-' ? 'standard input' : name} is empty`, 'input');
    return use(bytes);
  });
}

const pemStart = Buffer.from('-----BEGIN ');
const encryptedStart = Buffer.from('-----BEGIN ENCRYPTED PRIVATE KEY-----');
const keyType = Buffer.from('"kty"');
const [open, close] = Buffer.from('{}');
const derSequence = 0x30;
/** Bytes of public keys of X25519, X448 and ML-KEM, which may start like DER; no SPKI of what agrees or encapsulates has such a length. */
const rawSizes: ReadonlySet<number> = new Set([
  ...[32, 56],
  ...algorithmTable.flatMap((row) => (row.family === 'key' && row.keyType === 'ml-kem' ? [row.encodedSizes?.publicKey ?? 0] : [])),
]);

function withoutBlanks(bytes: Uint8Array): Buffer {
  const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
  let start = 0;
  let end = bytes.length;
  while (start < end && isBlank(bytes[start])) start += 1;
  while (end > start && isBlank(bytes[end - 1])) end -= 1;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

/** PEM and JWK say what they are; random bytes never look like them. */
function textFormat(bytes: Uint8Array): 'pem' | 'jwk' | undefined {
  const content = withoutBlanks(bytes);
  if (content.subarray(0, pemStart.length).equals(pemStart)) return 'pem';
  return content[0] === open && content.at(-1) === close && content.includes(keyType) ? 'jwk' : undefined;
}

/** Of a key for a slot of this algorithm: of secret keys the bytes themselves, of others DER, unless it is PEM or JWK. */
export function keyFormatOf(bytes: Uint8Array, algorithm: string): KeyFormat {
  const row = keyAlgorithm(algorithm);
  return textFormat(bytes) ?? (row !== undefined && isSecretKey(row) ? 'raw' : 'der');
}

/** Of somebody's public key, to agree with or encapsulate for: PEM, JWK, SPKI in DER, or the bytes of the standard. */
export function publicKeyFormatOf(bytes: Uint8Array): KeyFormat {
  return textFormat(bytes) ?? (bytes[0] === derSequence && !rawSizes.has(bytes.length) ? 'der' : 'raw');
}

const oldEncryption = Buffer.from('Proc-Type: 4,ENCRYPTED');

/** In the way of RFC 1421, from before PKCS#8; nothing here reads it. */
export function isEncryptedTheOldWay(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(oldEncryption);
}

/** A private key that needs a passphrase. */
export function isEncryptedPem(bytes: Uint8Array): boolean {
  return withoutBlanks(bytes).subarray(0, encryptedStart.length).equals(encryptedStart);
}
