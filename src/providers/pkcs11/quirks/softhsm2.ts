/** SoftHSM2 2.6.1 on OpenSSL 3, each entry measured; `token-semantics.test.ts` holds the proofs. */
import { curveNames } from '../../../core/algorithms.js';
import { CKK, CKM } from '../cryptoki.js';
import { anyToken } from './any-token.js';
import type { Quirks } from './quirks.js';

/** One mechanism and one type for all four curves; only CKA_EC_PARAMS tells them apart. */
const okp = { generation: CKM.EC_EDWARDS_KEY_PAIR_GEN, keyType: CKK.EC_EDWARDS } as const;

export const softHsm2: Quirks = {
  ...anyToken,
  curves: curveNames,
  okp: { Ed25519: okp, Ed448: okp, X25519: okp, X448: okp },
  /** Longer ones are taken and silently cut to their first 12 bytes, so that different nonces become one. */
  longestNonce: 128,
  /** Others are CKR_ARGUMENTS_BAD; a label is passed over at encryption. */
  oaep: { hashes: ['SHA-1'], otherMgf: false, labels: false },
  /** A bare point whose x begins with its length less two is taken for DER: one in 256 of some curves fails. */
  peerPointAsDer: true,
  /** CKR_DATA_LEN_RANGE for a message after which the counter would start again at zero. */
  counterStops: true,
  /** It has no CKM_AES_KEY_WRAP_KWP; this one is RFC 5649, after the filling up. */
  keyWrapWithPadding: CKM.AES_KEY_WRAP_PAD,
  /**
   * Unwrapped secret keys do not tell their length, and an AES key may get any; keys of RFC 8410 are not unwrapped at all, and OAEP
   * wraps no private ones. The module runs in the host's own process, so nothing is shown that was hidden.
   */
  wrapping: 'as-data',
  fillsUpWrapped: true,
};
