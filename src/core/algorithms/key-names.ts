/** Names and sizes that keys share with the algorithms they are for. */
import type { CurveName, HashName } from './row.js';

/** As in `ECDSA-P256`. */
export const curveShortNames: Readonly<Record<CurveName, string>> = {
  'P-256': 'P256',
  'P-384': 'P384',
  'P-521': 'P521',
  secp256k1: 'secp256k1',
  brainpoolP256r1: 'brainpoolP256r1',
  brainpoolP256t1: 'brainpoolP256t1',
  brainpoolP320r1: 'brainpoolP320r1',
  brainpoolP320t1: 'brainpoolP320t1',
  brainpoolP384r1: 'brainpoolP384r1',
  brainpoolP384t1: 'brainpoolP384t1',
  brainpoolP512r1: 'brainpoolP512r1',
  brainpoolP512t1: 'brainpoolP512t1',
};

/** Bits of the order, and of a coordinate. */
export const curveLengths: Readonly<Record<CurveName, number>> = {
  'P-256': 256,
  'P-384': 384,
  'P-521': 521,
  secp256k1: 256,
  brainpoolP256r1: 256,
  brainpoolP256t1: 256,
  brainpoolP320r1: 320,
  brainpoolP320t1: 320,
  brainpoolP384r1: 384,
  brainpoolP384t1: 384,
  brainpoolP512r1: 512,
  brainpoolP512t1: 512,
};

/** The hash that a curve is used with when nobody names one. */
export const usualHashes: Readonly<Record<CurveName, HashName>> = {
  'P-256': 'SHA-256',
  'P-384': 'SHA-384',
  'P-521': 'SHA-512',
  secp256k1: 'SHA-256',
  brainpoolP256r1: 'SHA-256',
  brainpoolP256t1: 'SHA-256',
  brainpoolP320r1: 'SHA-384',
  brainpoolP320t1: 'SHA-384',
  brainpoolP384r1: 'SHA-384',
  brainpoolP384t1: 'SHA-384',
  brainpoolP512r1: 'SHA-512',
  brainpoolP512t1: 'SHA-512',
};

interface SlhDsaSet {
  readonly name: string;
  /** Bytes of the security parameter; the public key has two of them, the private key four. */
  readonly n: number;
  readonly signatureSize: number;
}
const slhDsaSizes = [
  ['128s', 16, 7856],
  ['128f', 16, 17_088],
  ['192s', 24, 16_224],
  ['192f', 24, 35_664],
  ['256s', 32, 29_792],
  ['256f', 32, 49_856],
] as const;
/** FIPS 205 table 2. */
export const slhDsaSets: readonly SlhDsaSet[] = (['SHA2', 'SHAKE'] as const).flatMap((hash) =>
  slhDsaSizes.map(([strength, n, signatureSize]) => ({ name: `SLH-DSA-${hash}-${strength}`, n, signatureSize })),
);
