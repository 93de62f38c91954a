/** Which mechanism does which algorithm: read by the operations in the host and by what the daemon says a token can do. */
import type { CipherMode, HashName } from '../../core/algorithms.js';
import { CKG, CKK, CKM } from './cryptoki.js';

interface HashNumbers {
  readonly digest: number;
  readonly hmac: number;
  /** CKK_… of keys for this HMAC only. */
  readonly hmacKey: number;
  /** CKG_MGF1_…, where PKCS#11 has one. */
  readonly mgf?: number;
  /** The mechanism that hashes and signs with PSS: a token that lists it takes the hash in CKM_RSA_PKCS_PSS too. */
  readonly pss?: number;
}

export const hashNumbers: Readonly<Record<HashName, HashNumbers>> = {
  'SHA-1': { digest: CKM.SHA_1, hmac: CKM.SHA_1_HMAC, hmacKey: CKK.SHA_1_HMAC, mgf: CKG.MGF1_SHA1, pss: CKM.SHA1_RSA_PKCS_PSS },
  'SHA-224': {
    digest: CKM.SHA224,
    hmac: CKM.SHA224_HMAC,
    hmacKey: CKK.SHA224_HMAC,
    mgf: CKG.MGF1_SHA224,
    pss: CKM.SHA224_RSA_PKCS_PSS,
  },
  'SHA-256': {
    digest: CKM.SHA256,
    hmac: CKM.SHA256_HMAC,
    hmacKey: CKK.SHA256_HMAC,
    mgf: CKG.MGF1_SHA256,
    pss: CKM.SHA256_RSA_PKCS_PSS,
  },
  'SHA-384': {
    digest: CKM.SHA384,
    hmac: CKM.SHA384_HMAC,
    hmacKey: CKK.SHA384_HMAC,
    mgf: CKG.MGF1_SHA384,
    pss: CKM.SHA384_RSA_PKCS_PSS,
  },
  'SHA-512': {
    digest: CKM.SHA512,
    hmac: CKM.SHA512_HMAC,
    hmacKey: CKK.SHA512_HMAC,
    mgf: CKG.MGF1_SHA512,
    pss: CKM.SHA512_RSA_PKCS_PSS,
  },
  'SHA-512/224': { digest: CKM.SHA512_224, hmac: CKM.SHA512_224_HMAC, hmacKey: CKK.SHA512_224_HMAC },
  'SHA-512/256': { digest: CKM.SHA512_256, hmac: CKM.SHA512_256_HMAC, hmacKey: CKK.SHA512_256_HMAC },
  'SHA3-224': {
    digest: CKM.SHA3_224,
    hmac: CKM.SHA3_224_HMAC,
    hmacKey: CKK.SHA3_224_HMAC,
    mgf: CKG.MGF1_SHA3_224,
    pss: CKM.SHA3_224_RSA_PKCS_PSS,
  },
  'SHA3-256': {
    digest: CKM.SHA3_256,
    hmac: CKM.SHA3_256_HMAC,
    hmacKey: CKK.SHA3_256_HMAC,
    mgf: CKG.MGF1_SHA3_256,
    pss: CKM.SHA3_256_RSA_PKCS_PSS,
  },
  'SHA3-384': {
    digest: CKM.SHA3_384,
    hmac: CKM.SHA3_384_HMAC,
    hmacKey: CKK.SHA3_384_HMAC,
    mgf: CKG.MGF1_SHA3_384,
    pss: CKM.SHA3_384_RSA_PKCS_PSS,
  },
  'SHA3-512': {
    digest: CKM.SHA3_512,
    hmac: CKM.SHA3_512_HMAC,
    hmacKey: CKK.SHA3_512_HMAC,
    mgf: CKG.MGF1_SHA3_512,
    pss: CKM.SHA3_512_RSA_PKCS_PSS,
  },
};

/** AES by mode and padding. The padding of ECB is done by no token, and XTS keys have a type of their own that none was seen to have. */
const cipherNumbers: Readonly<Record<CipherMode, Partial<Readonly<Record<'padded' | 'plain', number>>>>> = {
  ecb: { plain: CKM.AES_ECB },
  cbc: { padded: CKM.AES_CBC_PAD, plain: CKM.AES_CBC },
  ctr: { plain: CKM.AES_CTR },
  cfb: { plain: CKM.AES_CFB128 },
  cfb8: { plain: CKM.AES_CFB8 },
  ofb: { plain: CKM.AES_OFB },
  xts: {},
};

/** Undefined for what no mechanism does. */
export function cipherNumber(mode: CipherMode, padded: boolean): number | undefined {
  return cipherNumbers[mode][padded ? 'padded' : 'plain'];
}
