/** How OpenSSL does the signatures of digests: one row per family, used for signing and verifying alike. */
import { type DigestSignatureRow, type HashName, hashSizes } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { NativeHash, SignatureScheme as NativeScheme } from '../../native-pkey.js';
import type { ParameterValues } from '../contract.js';
import { digestNames } from '../digest-names.js';

export interface SignatureScheme {
  readonly native: NativeScheme;
  /** Whether a signature runs for hundreds of microseconds and belongs on the thread pool. */
  readonly slow: boolean;
  /** False for a signature that can't be one by its length. */
  readonly hasLength: (signature: Uint8Array) => boolean;
}

type Family = (row: DigestSignatureRow, parameters: ParameterValues, keyLength: number) => SignatureScheme;

/** Longest salt of EMSA-PSS (RFC 8017 9.1.1): what the modulus leaves. */
function longestSalt(keyLength: number, hash: HashName): number {
  return Math.ceil((keyLength - 1) / 8) - hashSizes[hash] - 2;
}

function ofSize(size: number): SignatureScheme['hasLength'] {
  return (signature) => signature.length === size;
}

/** DER is left to OpenSSL, which refuses what it would not have written itself. OpenSSL has quick code for P-256 only. */
const ecdsa: Family = ({ curve }, parameters, keyLength) => {
  const der = parameters.signatureFormat === 'der';
  return {
    native: { scheme: 'ecdsa', format: der ? 'der' : 'p1363' },
    slow: curve !== 'P-256',
    hasLength: der ? () => true : ofSize(2 * Math.ceil(keyLength / 8)),
  };
};

/** RFC 8017 8.1; MGF1 has the hash of the message unless another is named, and a verifier expects exactly the salt length asked for. */
const rsaPss: Family = ({ hash }, parameters, keyLength) => {
  const saltLength = typeof parameters.saltLength === 'number' ? parameters.saltLength : hashSizes[hash];
  const longest = longestSalt(keyLength, hash);
  if (saltLength > longest) {
    throw new KeyslotError('INVALID_ARGUMENT', `a key of ${keyLength} bits leaves room for a salt of at most ${longest} bytes`, {
      field: 'parameters.saltLength',
    });
  }
  const mgfHash = nativeHash(mgfHashOf(parameters) ?? hash);
  return {
    native: { scheme: 'pss', hash: nativeHash(hash), mgfHash, saltLength },
    slow: true,
    hasLength: ofSize(Math.ceil(keyLength / 8)),
  };
};

/** RFC 8017 8.2. */
const rsaPkcs1: Family = ({ hash }, _parameters, keyLength) => ({
  native: { scheme: 'pkcs1', hash: nativeHash(hash) },
  slow: true,
  hasLength: ofSize(Math.ceil(keyLength / 8)),
});

const families: Readonly<Record<DigestSignatureRow['family'], Family>> = { ecdsa, 'rsa-pss': rsaPss, 'rsa-pkcs1': rsaPkcs1 };

/** @throws INVALID_ARGUMENT that names the parameter which does not fit the key */
export function signatureScheme(algorithm: DigestSignatureRow, parameters: ParameterValues, keyLength: number): SignatureScheme {
  return families[algorithm.family](algorithm, parameters, keyLength);
}

/** The parameter `mgfHash`, checked against its row by the daemon. */
export function mgfHashOf({ mgfHash }: ParameterValues): HashName | undefined {
  return mgfHash as HashName | undefined;
}

/** The addon knows the hashes of the table by the names of node:crypto. */
export function nativeHash(hash: HashName): NativeHash {
  return digestNames[hash] as NativeHash;
}
