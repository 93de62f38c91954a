/** The forms of rows in the table of algorithms: one per family. Sizes in bytes, lengths of keys in bits. */
import type { ContextKind } from '../vocabulary.js';

export const hashNames = [
  'SHA-1',
  'SHA-224',
  'SHA-256',
  'SHA-384',
  'SHA-512',
  'SHA-512/224',
  'SHA-512/256',
  'SHA3-224',
  'SHA3-256',
  'SHA3-384',
  'SHA3-512',
] as const;
export type HashName = (typeof hashNames)[number];

export const curveNames = [
  'P-256',
  'P-384',
  'P-521',
  'secp256k1',
  'brainpoolP256r1',
  'brainpoolP256t1',
  'brainpoolP320r1',
  'brainpoolP320t1',
  'brainpoolP384r1',
  'brainpoolP384t1',
  'brainpoolP512r1',
  'brainpoolP512t1',
] as const;
/** Curves of Weierstrass form. */
export type CurveName = (typeof curveNames)[number];

export const keyTypes = [
  'aes',
  'chacha20',
  'hmac',
  'kmac',
  'secret',
  'rsa',
  'ec',
  'edwards',
  'montgomery',
  'ml-kem',
  'ml-dsa',
  'slh-dsa',
] as const;
export type KeyType = (typeof keyTypes)[number];
/** Types of keys that have one half only. */
export type SecretKeyType = 'aes' | 'chacha20' | 'hmac' | 'kmac' | 'secret';

export type Status = 'approved' | 'legacy' | 'other';

export interface ParameterRow {
  readonly name: string;
  readonly type: 'number' | 'string' | 'boolean' | 'bytes';
  /** Values that a string or a number may have. */
  readonly values?: readonly (string | number)[];
  /** Bounds of a number, or of the size of bytes. */
  readonly min?: number;
  readonly max?: number;
  readonly default?: number | string | boolean;
  readonly required?: boolean;
}

interface Base {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Kinds of context that take it. */
  readonly kinds: readonly ContextKind[];
  readonly parameters: readonly ParameterRow[];
  readonly status: Status;
}

export interface HashRow extends Base {
  readonly family: 'hash';
  readonly hash: HashName;
  readonly outputSize: number;
}
/** A function with output of any length (FIPS 202 6.2, SP 800-185 section 3), and BLAKE2 (RFC 7693). */
export interface XofRow extends Base {
  readonly family: 'xof';
  readonly function: 'SHAKE-128' | 'SHAKE-256' | 'cSHAKE-128' | 'cSHAKE-256' | 'BLAKE2b' | 'BLAKE2s';
  /** When nobody asks for another. */
  readonly outputSize: number;
}
export interface HmacRow extends Base {
  readonly family: 'hmac';
  readonly keyType: 'hmac';
  readonly hash: HashName;
  readonly outputSize: number;
}
/** MACs of a block cipher, and KMAC. */
export interface OtherMacRow extends Base {
  readonly family: 'cmac' | 'gmac' | 'kmac';
  readonly keyType: 'aes' | 'kmac';
  /** Sizes of the nonce; zeros where there is none. */
  readonly nonce: { readonly min: number; readonly max: number };
  readonly outputSize: number;
  /** Of KMAC. */
  readonly strength?: 128 | 256;
}
export type MacRow = HmacRow | OtherMacRow;

export type CipherMode = 'ecb' | 'cbc' | 'ctr' | 'cfb' | 'cfb8' | 'ofb' | 'xts';
export interface CipherRow extends Base {
  readonly family: 'cipher';
  readonly keyType: 'aes';
  readonly mode: CipherMode;
  readonly keyLength: number;
  readonly ivSize: number;
  /** 1 for modes that work byte by byte. */
  readonly blockSize: number;
}
/** Encryption to an RSA key; one message, no IV. */
export interface RsaCipherRow extends Base {
  readonly family: 'rsa-oaep' | 'rsa-pkcs1-encryption';
  readonly keyType: 'rsa';
  /** Of OAEP. */
  readonly hash?: HashName;
}
export type AeadMode = 'gcm' | 'ccm' | 'chacha20-poly1305' | 'xchacha20-poly1305' | 'gcm-siv' | 'siv';
export interface AeadRow extends Base {
  readonly family: 'aead';
  readonly keyType: 'aes' | 'chacha20';
  readonly mode: AeadMode;
  readonly keyLength: number;
  readonly nonce: { readonly min: number; readonly max: number };
  readonly tagSizes: readonly number[];
  /** Of the tag when nobody asks for another. */
  readonly outputSize: number;
  /** The whole message must be there before work starts. */
  readonly wholeMessage: boolean;
}

/** Signatures of a hash of the message. */
export interface DigestSignatureRow extends Base {
  readonly family: 'ecdsa' | 'rsa-pss' | 'rsa-pkcs1';
  readonly keyType: 'ec' | 'rsa';
  readonly hash: HashName;
  readonly curve?: CurveName;
}
/** Signatures of the message itself, which is gathered first. */
export interface MessageSignatureRow extends Base {
  readonly family: 'eddsa' | 'ml-dsa' | 'slh-dsa';
  readonly keyType: 'edwards' | 'ml-dsa' | 'slh-dsa';
  /** Name of the key's row. */
  readonly keyName: string;
  readonly signatureSize: number;
}
export type SignatureRow = DigestSignatureRow | MessageSignatureRow;

export interface RandomRow extends Base {
  readonly family: 'random';
}

/** Key agreement: two keys make a secret that only a key derivation sees. */
export interface AgreementRow extends Base {
  readonly family: 'ecdh' | 'xdh';
  readonly kinds: readonly [];
  readonly keyType: 'ec' | 'montgomery';
  /** Of ECDH. */
  readonly curve?: CurveName;
  /** Of X25519 and X448: name of the key's row. */
  readonly keyName?: string;
}
/** Key encapsulation (FIPS 203). */
export interface KemRow extends Base {
  readonly family: 'ml-kem';
  readonly kinds: readonly [];
  readonly keyType: 'ml-kem';
  readonly keyName: string;
  readonly ciphertextSize: number;
  readonly secretSize: number;
}
export type KdfFunction =
  | 'hkdf'
  | 'hkdf-extract'
  | 'hkdf-expand'
  | 'pbkdf2'
  | 'tls12-prf'
  | 'tls13-hkdf'
  | 'sp800-108-ctr'
  | 'sp800-108-fb'
  | 'sp800-108-dp'
  | 'sp800-108-kmac'
  | 'x963'
  | 'sp800-56c-1step'
  | 'sp800-56c-2step'
  | 'scrypt'
  | 'argon2id';
export interface KdfRow extends Base {
  readonly family: 'kdf';
  readonly kinds: readonly [];
  readonly function: KdfFunction;
  /** What the function is built on. */
  readonly prf: 'hmac' | 'hash' | 'cmac' | 'kmac-128' | 'kmac-256' | 'none';
  readonly hash?: HashName;
  /** Types of keys to derive from. */
  readonly keyTypes: readonly KeyType[];
  /** Stretches passwords: takes long on purpose. */
  readonly slow: boolean;
}
/** Keys as the content of a message. */
export interface WrapRow extends Base {
  readonly family: 'wrap';
  readonly kinds: readonly [];
  readonly method: 'aes-kw' | 'aes-kwp' | 'aes-gcm' | 'rsa-oaep' | 'rsa-aes-kwp';
  readonly keyType: 'aes' | 'rsa';
  readonly hash?: HashName;
}

/** A kind of key that can be generated or imported. */
export interface KeyRow extends Base {
  readonly family: 'key';
  readonly kinds: readonly [];
  readonly keyType: KeyType;
  /** What is generated; imports of types with `importLength` may differ. Of post-quantum keys the length of the public key. */
  readonly keyLength: number;
  readonly curve?: CurveName;
  /** Of elliptic-curve keys: which of their two uses their permissions are made for when nobody says. */
  readonly purpose?: 'sign' | 'agree';
  /** Bounds of an imported key. */
  readonly importLength?: { readonly min: number; readonly max: number };
  /** Of post-quantum keys. */
  readonly encodedSizes?: EncodedSizes;
}
export interface EncodedSizes {
  readonly publicKey: number;
  /** The private key of the standard, expanded. */
  readonly privateKey: number;
  /** What it is made from; 0 where the private key has no shorter form. */
  readonly seed: number;
}

export type AlgorithmRow =
  | HashRow
  | XofRow
  | MacRow
  | CipherRow
  | RsaCipherRow
  | AeadRow
  | SignatureRow
  | RandomRow
  | AgreementRow
  | KemRow
  | KdfRow
  | WrapRow
  | KeyRow;
/** Rows that run in a context. */
export type OperationRow = HashRow | XofRow | MacRow | CipherRow | RsaCipherRow | AeadRow | SignatureRow | RandomRow;
/** Rows that make keys of other keys, or carry them. */
export type KeyOperationRow = AgreementRow | KemRow | KdfRow | WrapRow;
