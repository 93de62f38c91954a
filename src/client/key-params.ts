/** What callers say of keys, and the fields of the requests that it becomes. */
import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId } from '../core/resources.js';
import type { KeyFormat } from '../core/vocabulary.js';
import { keyFormatNumbers } from '../protocol/enumerations.js';
import type {
  AgreeKeyRequestInput,
  DecapsulateKeyRequestInput,
  DeriveKeyRequestInput,
  EncapsulateKeyRequestInput,
  UnwrapKeyRequestInput,
  WrapKeyRequestInput,
} from '../protocol/generated/messages.js';
import type { WireParameter } from '../protocol/parameters.js';
import { type AlgorithmParameters, idOf, parameterList } from './configs.js';

export interface GenerateKeyParams {
  algorithm: string;
  permissions?: number;
  publicKeyPermissions?: number;
  overwrite?: boolean;
}
export interface ImportKeyParams {
  algorithm: string;
  /** Stays the caller's, who wipes it. */
  keyData: Uint8Array;
  /** `raw` for secret keys and `der` for others when nothing is said. */
  format?: KeyFormat;
  permissions?: number;
  /** Of an encrypted PKCS#8; stays the caller's. */
  passphrase?: Uint8Array;
  overwrite?: boolean;
}
export interface PersistKeyParams {
  permissions?: number;
  overwrite?: boolean;
}
/** Which field means what in which function, and which are needed, is in docs/protocol.md; missing and surplus ones are refused by name. */
export interface KdfParameters {
  kdfAlgorithm: string;
  salt?: Uint8Array;
  label?: Uint8Array;
  seed?: Uint8Array;
  /** Bits; of derived keys that may have several lengths. */
  outputKeyLength?: number;
  iterationCount?: number;
  /** KiB of Argon2id; the block size of scrypt. */
  memory?: number;
  parallelism?: number;
  /** Of SP 800-108 and the two steps of SP 800-56C. */
  counterLength?: number;
  counterLocation?: string;
  /** Bits of the fixed input before the counter, of `middle-fixed`. */
  counterOffset?: number;
  fixedInput?: Uint8Array;
  iv?: Uint8Array;
  mode?: string;
}
export interface DeriveKeyParams {
  sourceKey: CryptoResourceId;
  derivedKeyAlgorithm: string;
  kdf: KdfParameters;
  permissions?: number;
  overwrite?: boolean;
}
export interface AgreeKeyParams {
  privateKey: CryptoResourceId;
  peerPublicKey: Uint8Array;
  /** SPKI when nothing is said. */
  publicKeyFormat?: KeyFormat;
  agreementAlgorithm: string;
  derivedKeyAlgorithm: string;
  kdf: KdfParameters;
  permissions?: number;
  overwrite?: boolean;
}
export interface EncapsulateKeyParams {
  publicKey: CryptoResourceId | { data: Uint8Array; algorithm: string; format?: KeyFormat };
  derivedKeyAlgorithm: string;
  /** Without it the shared secret is the key. */
  kdf?: KdfParameters;
  permissions?: number;
}
export interface DecapsulateKeyParams {
  privateKey: CryptoResourceId;
  ciphertext: Uint8Array;
  derivedKeyAlgorithm: string;
  kdf?: KdfParameters;
  permissions?: number;
}
export interface WrapKeyParams {
  keyToWrap: CryptoResourceId;
  wrappingKey: CryptoResourceId;
  /** AES-KWP of AES keys and RSA-AES-KWP-SHA-256 of RSA keys when nothing is said. */
  wrappingAlgorithm?: string;
  iv?: Uint8Array;
  aad?: Uint8Array;
  parameters?: AlgorithmParameters;
}
export interface UnwrapKeyParams {
  wrappedData: Uint8Array;
  wrappingKey: CryptoResourceId;
  wrappingAlgorithm?: string;
  innerKeyAlgorithm: string;
  iv?: Uint8Array;
  aad?: Uint8Array;
  parameters?: AlgorithmParameters;
  permissions?: number;
  overwrite?: boolean;
}

/** A bitmask and the flag that says it was given. @throws INVALID_ARGUMENT */
export function asked<V extends string, H extends string>(name: V, flag: H, value: number | undefined): { [K in V | H]?: number } {
  if (value === undefined) return {};
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
    throw new KeyslotError('INVALID_ARGUMENT', `${name} must be a bitmask`, { field: name });
  return { [name]: value, [flag]: 1 } as { [K in V | H]?: number };
}

function permissionFields({ permissions, overwrite }: PersistKeyParams): {
  permissions?: number;
  hasPermissions?: number;
  overwrite: number;
} {
  return { ...asked('permissions', 'hasPermissions', permissions), overwrite: overwrite === true ? 1 : 0 };
}

/** @throws INVALID_ARGUMENT that names the field */
export function bytesOf(value: Uint8Array, field: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a Uint8Array`, { field });
}

interface KdfFields {
  readonly kdf: string;
  readonly kdfParameters: WireParameter[];
  readonly keyLength: number;
}
/** @throws INVALID_ARGUMENT that names the field, `kdf.…` */
function kdfFields(kdf: KdfParameters | undefined): KdfFields {
  if (kdf === undefined) return { kdf: '', kdfParameters: [], keyLength: 0 };
  const { kdfAlgorithm, outputKeyLength = 0, ...rest } = kdf;
  if (typeof kdfAlgorithm !== 'string' || kdfAlgorithm === '')
    throw new KeyslotError('INVALID_ARGUMENT', 'a key derivation function is needed', { field: 'kdf.kdfAlgorithm' });
  if (!Number.isInteger(outputKeyLength) || outputKeyLength < 0 || outputKeyLength > 0xffffffff)
    throw new KeyslotError('INVALID_ARGUMENT', 'kdf.outputKeyLength must be a number of bits', { field: 'kdf.outputKeyLength' });
  return { kdf: kdfAlgorithm, kdfParameters: parameterList(rest, 'kdf'), keyLength: outputKeyLength };
}
function requiredKdf(kdf: KdfParameters | undefined): KdfFields {
  if (typeof kdf === 'object' && kdf !== null) return kdfFields(kdf);
  throw new KeyslotError('INVALID_ARGUMENT', 'a key derivation is needed', { field: 'kdf' });
}

function ivFields(iv: Uint8Array | undefined, aad: Uint8Array | undefined): { iv?: Uint8Array; hasIv?: number; aad?: Uint8Array } {
  return { ...(iv !== undefined && { iv: bytesOf(iv, 'iv'), hasIv: 1 }), ...(aad !== undefined && { aad: bytesOf(aad, 'aad') }) };
}

export function deriveRequest(params: DeriveKeyParams): DeriveKeyRequestInput {
  return {
    sourceKey: idOf(params.sourceKey, 'sourceKey'),
    algorithm: params.derivedKeyAlgorithm,
    ...requiredKdf(params.kdf),
    ...permissionFields(params),
  };
}

export function agreeRequest(params: AgreeKeyParams): AgreeKeyRequestInput {
  return {
    privateKey: idOf(params.privateKey, 'privateKey'),
    peerPublicKey: bytesOf(params.peerPublicKey, 'peerPublicKey'),
    peerFormat: keyFormatNumbers.number(params.publicKeyFormat, 'publicKeyFormat'),
    agreement: params.agreementAlgorithm,
    algorithm: params.derivedKeyAlgorithm,
    ...requiredKdf(params.kdf),
    ...permissionFields(params),
  };
}

export function encapsulateRequest({ publicKey, ...params }: EncapsulateKeyParams): EncapsulateKeyRequestInput {
  const key =
    'data' in publicKey
      ? {
          publicKeyData: bytesOf(publicKey.data, 'publicKey'),
          publicKeyAlgorithm: publicKey.algorithm,
          publicKeyFormat: keyFormatNumbers.number(publicKey.format, 'publicKeyFormat'),
        }
      : { publicKey: idOf(publicKey, 'publicKey') };
  return { ...key, algorithm: params.derivedKeyAlgorithm, ...kdfFields(params.kdf), ...permissionFields(params) };
}

export function decapsulateRequest(params: DecapsulateKeyParams): DecapsulateKeyRequestInput {
  return {
    privateKey: idOf(params.privateKey, 'privateKey'),
    ciphertext: bytesOf(params.ciphertext, 'ciphertext'),
    algorithm: params.derivedKeyAlgorithm,
    ...kdfFields(params.kdf),
    ...permissionFields(params),
  };
}

export function wrapRequest(params: WrapKeyParams, sizeOnly: boolean): WrapKeyRequestInput {
  return {
    key: idOf(params.keyToWrap, 'keyToWrap'),
    wrappingKey: idOf(params.wrappingKey, 'wrappingKey'),
    algorithm: params.wrappingAlgorithm ?? '',
    ...ivFields(params.iv, params.aad),
    parameters: parameterList(params.parameters, 'parameters'),
    sizeOnly: sizeOnly ? 1 : 0,
  };
}

export function unwrapRequest(params: UnwrapKeyParams): UnwrapKeyRequestInput {
  return {
    wrappingKey: idOf(params.wrappingKey, 'wrappingKey'),
    wrappedData: bytesOf(params.wrappedData, 'wrappedData'),
    wrappingAlgorithm: params.wrappingAlgorithm ?? '',
    algorithm: params.innerKeyAlgorithm,
    ...ivFields(params.iv, params.aad),
    parameters: parameterList(params.parameters, 'parameters'),
    ...permissionFields(params),
  };
}
