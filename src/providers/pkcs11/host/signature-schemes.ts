/** How a token does the signature algorithms, one row per family: always over a digest that was made here. */
import type { SignatureRow } from '../../../core/algorithms.js';
import { derFromP1363, p1363FromDer } from './ecdsa-signature.js';
import { pssMechanism, rawEcdsa } from './mechanisms.js';
import type { Mechanism } from './module.js';
import type { Job } from './operation.js';

export interface SignatureScheme {
  readonly mechanism: Mechanism;
  /** Bytes of the token's signature. */
  readonly size: number;
  /** The token's form to the caller's. */
  encode(signature: Uint8Array): Uint8Array;
  /** The caller's form to the token's; undefined for what can't be a signature. */
  decode(signature: Uint8Array): Uint8Array | undefined;
}

type Family = (job: Job, keyLength: number) => SignatureScheme;

/** FIPS 186-5 6: r and s, each as long as the curve's order. */
const ecdsa: Family = ({ derSignature }, keyLength) => {
  const size = 2 * Math.ceil(keyLength / 8);
  return {
    mechanism: rawEcdsa,
    size,
    encode: (signature) => (derSignature ? derFromP1363(signature) : signature),
    decode: (signature) => (derSignature ? p1363FromDer(signature, size) : ofSize(signature, size)),
  };
};

/** RFC 8017 8.1. */
const rsaPss: Family = ({ saltLength }, keyLength) => {
  const size = Math.ceil(keyLength / 8);
  return {
    mechanism: pssMechanism(saltLength),
    size,
    encode: (signature) => signature,
    decode: (signature) => ofSize(signature, size),
  };
};

const families: Partial<Readonly<Record<SignatureRow['family'], Family>>> = { ecdsa, 'rsa-pss': rsaPss };

export function signatureScheme(row: SignatureRow, job: Job, keyLength: number): SignatureScheme {
  const family = families[row.family];
  if (family === undefined) throw new TypeError(`${row.name} is not here`);
  return family(job, keyLength);
}

function ofSize(signature: Uint8Array, size: number): Uint8Array | undefined {
  return signature.length === size ? signature : undefined;
}
