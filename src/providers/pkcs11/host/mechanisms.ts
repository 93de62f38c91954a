/** Mechanisms with their parameters, in the forms that the binding can write. */
import pkcs11 from 'pkcs11js';
import type { CipherRow, HashName } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { CKD, CKM, CKZ } from '../cryptoki.js';
import { cipherNumber, hashNumbers } from '../mechanism-numbers.js';
import { asBuffer, type Mechanism } from './module.js';

export function hashMechanism(hash: HashName): Mechanism {
  return { mechanism: hashNumbers[hash].digest };
}
export function hmacMechanism(hash: HashName): Mechanism {
  return { mechanism: hashNumbers[hash].hmac };
}

export const aesCmac: Mechanism = { mechanism: CKM.AES_CMAC };
export const rawEcdsa: Mechanism = { mechanism: CKM.ECDSA };
export const eddsa: Mechanism = { mechanism: CKM.EDDSA };
export const rsaPkcs: Mechanism = { mechanism: CKM.RSA_PKCS };
export const aesKeyWrap: Mechanism = { mechanism: CKM.AES_KEY_WRAP };

export function gmacMechanism(iv: Uint8Array): Mechanism {
  return { mechanism: CKM.AES_GMAC, parameter: asBuffer(iv) };
}

/** CK_AES_CTR_PARAMS: the whole block is the counter. */
function counterParameters(block: Uint8Array): Buffer {
  const parameters = Buffer.alloc(24);
  parameters.writeBigUInt64LE(128n);
  parameters.set(block, 8);
  return parameters;
}

/** @throws UNSUPPORTED_ALGORITHM for what no mechanism does */
export function cipherMechanism({ name, mode }: CipherRow, iv: Uint8Array, padded: boolean): Mechanism {
  const mechanism = cipherNumber(mode, padded);
  if (mechanism === undefined) throw unsupported(`tokens do not have ${name}${padded ? ' with padding' : ''}`);
  if (mode === 'ecb') return { mechanism };
  return { mechanism, parameter: mode === 'ctr' ? counterParameters(iv) : asBuffer(iv) };
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

function mgf(hash: HashName): number {
  const number = hashNumbers[hash].mgf;
  if (number === undefined) throw unsupported(`PKCS#11 has no MGF1 with ${hash}`);
  return number;
}

/** RFC 8017 8.1 over a digest. */
export function pssMechanism(hash: HashName, mgfHash: HashName, saltLength: number): Mechanism {
  const parameter = { type: pkcs11.CK_PARAMS_RSA_PSS, hashAlg: hashNumbers[hash].digest, mgf: mgf(mgfHash), saltLen: saltLength };
  return { mechanism: CKM.RSA_PKCS_PSS, parameter };
}

/** RFC 8017 7.1. */
export function oaepMechanism(hash: HashName, mgfHash: HashName, label: Uint8Array): Mechanism {
  const parameter = {
    type: pkcs11.CK_PARAMS_RSA_OAEP,
    hashAlg: hashNumbers[hash].digest,
    mgf: mgf(mgfHash),
    source: CKZ.DATA_SPECIFIED,
    ...(label.length > 0 && { sourceData: asBuffer(label) }),
  };
  return { mechanism: CKM.RSA_PKCS_OAEP, parameter };
}

/** The shared secret itself (CKD_NULL), with the peer's point as it is. */
export function ecdhMechanism(point: Uint8Array): Mechanism {
  const parameter = { type: pkcs11.CK_PARAMS_EC_DH, kdf: CKD.NULL, publicData: asBuffer(point) };
  return { mechanism: CKM.ECDH1_DERIVE, parameter };
}

function unsupported(message: string): KeyslotError {
  return new KeyslotError('UNSUPPORTED_ALGORITHM', message, { field: 'algorithm' });
}
