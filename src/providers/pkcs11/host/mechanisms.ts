/** Mechanisms of the algorithms that run on tokens, with their parameters. Total over the rows that the provider supports. */
import pkcs11 from 'pkcs11js';
import type { HashName } from '../../../core/algorithms.js';
import { CKG, CKM } from '../cryptoki.js';
import { asBuffer, type Mechanism } from './module.js';

const hashes: Readonly<Record<HashName, number>> = { 'SHA-256': CKM.SHA256, 'SHA-384': CKM.SHA384, 'SHA-512': CKM.SHA512 };

export function hashMechanism(hash: HashName): Mechanism {
  return { mechanism: hashes[hash] };
}

export const hmacSha256: Mechanism = { mechanism: CKM.SHA256_HMAC };
export const rawEcdsa: Mechanism = { mechanism: CKM.ECDSA };

export function cbcMechanism(iv: Uint8Array): Mechanism {
  return { mechanism: CKM.AES_CBC_PAD, parameter: asBuffer(iv) };
}

/** CK_GCM_PARAMS of v2.40, with the nonce's length in bits: the one form that tokens agree on. */
export function gcmMechanism(iv: Uint8Array, aad: Uint8Array, tagLength: number): Mechanism {
  const parameter = {
    type: pkcs11.CK_PARAMS_AES_GCM_v240,
    iv: asBuffer(iv),
    ivBits: iv.length * 8,
    aad: asBuffer(aad),
    tagBits: tagLength * 8,
  };
  return { mechanism: CKM.AES_GCM, parameter };
}

/** RFC 8017 8.1 over a digest of SHA-256, MGF1 with the same. */
export function pssMechanism(saltLength: number): Mechanism {
  const parameter = { type: pkcs11.CK_PARAMS_RSA_PSS, hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256, saltLen: saltLength };
  return { mechanism: CKM.RSA_PKCS_PSS, parameter };
}
