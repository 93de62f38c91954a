/** Sizes of results, in bytes, from an algorithm's row and the key. */
import type { OperationRow } from './algorithms.js';

/** Digest, MAC, tag, or the longest signature; 0 for ciphers and random. `keyLength` in bits. */
export function outputSize(row: OperationRow, keyLength: number, parameters: Readonly<Record<string, unknown>>, tagLength: number): number {
  switch (row.family) {
    case 'hash':
      return row.outputSize;
    case 'hmac':
      return typeof parameters.outputLength === 'number' ? parameters.outputLength : row.outputSize;
    case 'aead':
      return tagLength;
    case 'ecdsa':
      return parameters.signatureFormat === 'der' ? longestDerSignature(keyLength) : 2 * Math.ceil(keyLength / 8);
    case 'rsa-pss':
      return Math.ceil(keyLength / 8);
    default:
      return 0;
  }
}

/** Two INTEGERs of at most n + 1 bytes in a SEQUENCE. */
function longestDerSignature(keyLength: number): number {
  const content = 2 * (2 + Math.ceil(keyLength / 8) + 1);
  return content + (content < 128 ? 2 : 3);
}

export function blockSize(row: OperationRow): number {
  return row.family === 'cipher' ? row.blockSize : 0;
}
