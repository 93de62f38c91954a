/** How a token does the signature algorithms, one row per family: over a digest that was made here, or over the message itself. */
import type { HashName, SignatureRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { derFromP1363, p1363FromDer } from '../../key-encoding/ecdsa-signature.js';
import { digestInfo } from './digest-info.js';
import { DigestStream, type Ending, readyDigest } from './digest-stream.js';
import { GatheredStream } from './gathered-stream.js';
import { eddsa as eddsaMechanism, pssMechanism, rawEcdsa, rsaPkcs } from './mechanisms.js';
import type { Mechanism } from './module.js';
import type { HostStream, Job, Result } from './operation.js';

export interface SignatureScheme {
  readonly mechanism: Mechanism;
  /** Bytes of the token's signature. */
  readonly size: number;
  /** From the digest, or the message, to what the token signs. */
  input(data: Uint8Array): Uint8Array;
  /** The token's form to the caller's. */
  encode(signature: Uint8Array): Uint8Array;
  /** The caller's form to the token's; undefined for what can't be a signature. */
  decode(signature: Uint8Array): Uint8Array | undefined;
}

type Family<R> = (row: R, job: Job, keyLength: number) => SignatureScheme;
type RowOf<F extends SignatureRow['family']> = Extract<SignatureRow, { family: F }>;
type Families = { readonly [F in SignatureRow['family']]?: Family<RowOf<F>> };

function asItIs(bytes: Uint8Array): Uint8Array {
  return bytes;
}
function ofSize(signature: Uint8Array, size: number): Uint8Array | undefined {
  return signature.length === size ? signature : undefined;
}
function plain(mechanism: Mechanism, size: number, input = asItIs): SignatureScheme {
  return { mechanism, size, input, encode: asItIs, decode: (signature) => ofSize(signature, size) };
}
function bytesOf(bits: number): number {
  return Math.ceil(bits / 8);
}

const families: Families = {
  /** FIPS 186-5 6: r and s, each as long as the curve's order. */
  ecdsa: (_row, { derSignature }, keyLength) => {
    const size = 2 * bytesOf(keyLength);
    if (!derSignature) return plain(rawEcdsa, size);
    return { mechanism: rawEcdsa, size, input: asItIs, encode: derFromP1363, decode: (signature) => p1363FromDer(signature, size) };
  },
  /** RFC 8017 8.1. */
  'rsa-pss': ({ hash }, { saltLength, mgfHash = hash }, keyLength) => plain(pssMechanism(hash, mgfHash, saltLength), bytesOf(keyLength)),
  /** RFC 8017 8.2. */
  'rsa-pkcs1': ({ hash }, _job, keyLength) => plain(rsaPkcs, bytesOf(keyLength), (digest) => digestInfo(hash, digest)),
  /** RFC 8032 5.1 and 5.2. */
  eddsa: ({ signatureSize }) => plain(eddsaMechanism, signatureSize),
};

/** @throws UNSUPPORTED_ALGORITHM */
export function signatureScheme(row: SignatureRow, job: Job, keyLength: number): SignatureScheme {
  const family = families[row.family] as Family<SignatureRow> | undefined;
  if (family !== undefined) return family(row, job, keyLength);
  throw new KeyslotError('UNSUPPORTED_ALGORITHM', `tokens do not have ${row.name}`, { field: 'algorithm' });
}

/** The message on its way to `ending`: hashed, taken for a digest, or gathered. */
export function signatureInput(row: SignatureRow, { prehashed }: Job, ending: Ending): HostStream {
  const { hash } = row as { hash?: HashName };
  if (hash === undefined) return new GatheredStream(ending);
  return prehashed ? readyDigest(hash, ending) : new DigestStream(hash, ending);
}

export function wholeSignatureInput(row: SignatureRow, job: Job, ending: Ending, data: Uint8Array, expected: Uint8Array): Answer<Result> {
  const stream = signatureInput(row, job, ending);
  return andThen(stream.update(data), () => stream.finish(expected));
}
