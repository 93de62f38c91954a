/** How node:crypto does the signature algorithms: one row per family, used for signing and verifying alike. */
import { constants, type SigningOptions } from 'node:crypto';
import { type HashName, operationAlgorithm, type SignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { ParameterValues } from '../contract.js';
import { digestNames } from './hash.js';

export interface SignatureScheme {
  /** OpenSSL's name of the hash. */
  readonly digest: string;
  readonly options: SigningOptions;
  /** Whether a signature runs for hundreds of microseconds and belongs on the thread pool. */
  readonly slow: boolean;
  /** False for a signature that can't be one by its length. */
  readonly hasLength: (signature: Uint8Array) => boolean;
}

type Family = (digest: HashName, parameters: ParameterValues, keyLength: number) => Omit<SignatureScheme, 'digest'>;

function digestSize(hash: HashName): number {
  const row = operationAlgorithm(hash);
  return row?.family === 'hash' ? row.outputSize : 0;
}

/** Longest salt of EMSA-PSS (RFC 8017 9.1.1): what the modulus leaves. */
function longestSalt(keyLength: number, hash: HashName): number {
  return Math.ceil((keyLength - 1) / 8) - digestSize(hash) - 2;
}

/** DER is left to OpenSSL, which refuses what it would not have written itself. */
const ecdsa: Family = (_hash, parameters, keyLength) => {
  const der = parameters.signatureFormat === 'der';
  const size = 2 * Math.ceil(keyLength / 8);
  return {
    options: { dsaEncoding: der ? 'der' : 'ieee-p1363' },
    slow: false,
    hasLength: der ? () => true : (signature) => signature.length === size,
  };
};

/** RFC 8017 8.1 with MGF1 of the same hash; a verifier expects exactly the salt length that was asked for. */
const rsaPss: Family = (hash, parameters, keyLength) => {
  const saltLength = typeof parameters.saltLength === 'number' ? parameters.saltLength : digestSize(hash);
  const longest = longestSalt(keyLength, hash);
  if (saltLength > longest) {
    throw new KeyslotError('INVALID_ARGUMENT', `a key of ${keyLength} bits leaves room for a salt of at most ${longest} bytes`, {
      field: 'saltLength',
    });
  }
  const size = Math.ceil(keyLength / 8);
  return {
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
    slow: true,
    hasLength: (signature) => signature.length === size,
  };
};

const families: Readonly<Record<SignatureRow['family'], Family>> = { ecdsa, 'rsa-pss': rsaPss };

/** @throws INVALID_ARGUMENT that names the parameter which does not fit the key */
export function signatureScheme(algorithm: SignatureRow, parameters: ParameterValues, keyLength: number): SignatureScheme {
  return { digest: digestNames[algorithm.hash], ...families[algorithm.family](algorithm.hash, parameters, keyLength) };
}

export function hasSignatureFamily(algorithm: SignatureRow): boolean {
  return Object.hasOwn(families, algorithm.family);
}
