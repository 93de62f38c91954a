/** What each type of key with two halves knows about its encodings; the frames around them are the same for all. */
import type { KeyRow } from '../../core/algorithms.js';
import type { DerReader } from './der.js';
import type { Material } from './material.js';

/** Encodings of one type of key that are older than PKCS#8 and SPKI: ECPrivateKey (RFC 5915), RSAPrivateKey and RSAPublicKey (RFC 8017). */
export type OlderForm = 'sec1' | 'pkcs1-private' | 'pkcs1-public';

/**
 * All throw INVALID_FORMAT or ALGORITHM_MISMATCH with field `keyData`, leave their input as it is, and answer with fresh material of
 * the caller's.
 */
export interface KeyEncoding {
  /** Content of an AlgorithmIdentifier. */
  checkAlgorithm(row: KeyRow, algorithm: DerReader): void;
  /** From the bits of an SPKI. */
  fromPublic(row: KeyRow, bits: Uint8Array): Material;
  /** From the private key inside a PKCS#8, and the public key that may stand beside it. */
  fromPrivate(row: KeyRow, content: Uint8Array, publicKey: Uint8Array | undefined): Material;
  fromRaw(row: KeyRow, raw: Uint8Array): Material;
  fromJwk(row: KeyRow, json: Uint8Array): Material;
  readonly older?: Partial<Readonly<Record<OlderForm, (row: KeyRow, der: Uint8Array) => Material>>>;
}
