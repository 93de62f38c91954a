/** Where tokens differ and PKCS#11 does not tell: one table per kind of token, read by both sides. */
import type { CurveName, HashName } from '../../../core/algorithms.js';

/** Curves of RFC 8410, by the names of their keys. */
export type OkpName = 'Ed25519' | 'Ed448' | 'X25519' | 'X448';

/** How a token makes and names the keys of a curve of RFC 8410. */
export interface OkpKind {
  /** CKM_… */
  readonly generation: number;
  /** CKK_… */
  readonly keyType: number;
}

export interface Quirks {
  /** Named curves that the token is known to have, as far as its mechanisms have their sizes too. */
  readonly curves: readonly CurveName[];
  readonly okp: Readonly<Record<OkpName, OkpKind>>;
  /** Bytes; longest nonce of AES-GCM. */
  readonly longestNonce: number;
  readonly oaep: {
    /** 'listed': hashes that the token has as digests. */
    readonly hashes: readonly HashName[] | 'listed';
    /** MGF1 may have another hash than the label. */
    readonly otherMgf: boolean;
    readonly labels: boolean;
  };
  /** The peer's point of an agreement must be a DER OCTET STRING; PKCS#11 v2.40 2.3.11 allows that and the bare point. */
  readonly peerPointAsDer: boolean;
  /** A message of CTR is refused when its counter would run over. */
  readonly counterStops: boolean;
  /** MGF1 may have another hash than the message. */
  readonly pssOtherMgf: boolean;
  /** CKM_… that wraps as RFC 5649 says. */
  readonly keyWrapWithPadding: number;
  /**
   * How keys are wrapped and unwrapped. `inside`: by C_WrapKey and C_UnwrapKey with the key's own template, so that the host never sees
   * it. `as-data`: a private key goes as the value of a generic secret, and what is unwrapped is read, checked and made anew.
   */
  readonly wrapping: 'inside' | 'as-data';
  /** The token fills up what it wraps to whole blocks of 8 bytes with zeros, which stay when it is unwrapped. */
  readonly fillsUpWrapped: boolean;
}
