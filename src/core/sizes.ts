/** Sizes of results, in bytes, from an algorithm's row and the key. */
import type { OperationRow } from './algorithms.js';

type Parameters = Readonly<Record<string, unknown>>;

/** Digest, MAC, tag, the longest signature, or what RSA encryption makes; 0 for other ciphers and random. `keyLength` in bits. */
export function outputSize(row: OperationRow, keyLength: number, parameters: Parameters, tagLength: number): number {
  switch (row.family) {
    case 'hash':
      return row.outputSize;
    case 'xof':
    case 'hmac':
    case 'cmac':
    case 'gmac':
    case 'kmac':
      return typeof parameters.outputLength === 'number' ? parameters.outputLength : row.outputSize;
    case 'aead':
      return tagLength;
    case 'ecdsa':
      return parameters.signatureFormat === 'der' ? longestDerSignature(keyLength) : 2 * Math.ceil(keyLength / 8);
    case 'rsa-pss':
    case 'rsa-pkcs1':
    case 'rsa-oaep':
    case 'rsa-pkcs1-encryption':
      return Math.ceil(keyLength / 8);
    case 'eddsa':
    case 'ml-dsa':
    case 'slh-dsa':
      return row.signatureSize;
    case 'cipher':
    case 'random':
      return 0;
  }
}

/** Two INTEGERs, each with room for a sign bit, in a SEQUENCE. */
function longestDerSignature(keyLength: number): number {
  const content = 2 * (2 + Math.floor(keyLength / 8) + 1);
  return content + (content < 128 ? 2 : 3);
}

/** What padding fills up, in bytes; 0 for ciphers whose output is as long as their input. */
export function blockSize(row: OperationRow, parameters: Parameters = {}): number {
  return row.family === 'cipher' && row.blockSize > 1 && parameters.padding !== 'none' ? row.blockSize : 0;
}

/** The most that any message gives: of RSA encryption, either way, the modulus. 0 where there is no such bound. `keyLength` in bits. */
export function longestOutput(row: OperationRow, keyLength: number): number {
  return row.family === 'rsa-oaep' || row.family === 'rsa-pkcs1-encryption' ? Math.ceil(keyLength / 8) : 0;
}
