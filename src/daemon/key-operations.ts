/** Checks what a request says of making keys from others, and turns it into what providers take. */
import {
  type AgreementRow,
  agreementAlgorithm,
  isSecretKey,
  type KdfRow,
  type KemRow,
  type KeyOperationRow,
  type KeyRow,
  kdfAlgorithm,
  kemAlgorithm,
  type WrapRow,
  wrapAlgorithm,
} from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';
import type { KeyUse } from '../core/permissions.js';
import { maxNameBytes } from '../core/resources.js';
import type { Policy } from '../policy/policy.js';
import { decodeParameters, type WireParameter } from '../protocol/parameters.js';
import { type KdfSpec, type ParameterValues, unwrappingRefused, type WrapSpec } from '../providers/contract.js';
import type { KeyEntry } from './key-entry.js';
import { assertKeyFits } from './key-fit.js';

function named<R extends KeyOperationRow>(find: (name: string) => R | undefined, name: string, what: string, field: string): R {
  if (Buffer.byteLength(name) > maxNameBytes)
    throw new KeyslotError('PARAM_TRUNCATED', `the algorithm's name is longer than ${maxNameBytes} bytes`, { field });
  if (name === '') throw new KeyslotError('INVALID_ARGUMENT', `${what} is needed`, { field });
  const row = find(name);
  if (row === undefined) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `"${name}" is not ${what}`, { field });
  return row;
}

/** @throws PARAM_TRUNCATED, INVALID_ARGUMENT, UNSUPPORTED_ALGORITHM that name the field */
export function agreementRow(name: string): AgreementRow {
  return named(agreementAlgorithm, name, 'a key agreement', 'agreementAlgorithm');
}

export function kdfRow(name: string): KdfRow {
  return named(kdfAlgorithm, name, 'a key derivation function', 'kdf.kdfAlgorithm');
}

/** The key derivation of a request. @throws INVALID_ARGUMENT that names the missing or surplus field, `kdf.…` */
export function kdfSpec(algorithm: KdfRow, parameters: readonly WireParameter[]): KdfSpec {
  return { algorithm, parameters: decodeParameters(algorithm.name, algorithm.parameters, parameters, 'kdf') };
}

/** The same where it may be left out. */
export function optionalKdfSpec(name: string, parameters: readonly WireParameter[]): KdfSpec | undefined {
  if (name !== '') return kdfSpec(kdfRow(name), parameters);
  const [first] = parameters;
  if (first === undefined) return undefined;
  throw new KeyslotError('INVALID_ARGUMENT', 'parameters of a key derivation without its name', { field: 'kdf.kdfAlgorithm' });
}

/** The key encapsulation that a key is for. @throws INCOMPATIBLE_KEY_TYPE */
export function kemOf(key: KeyRow, field: string): KemRow {
  const row = kemAlgorithm(key.name);
  if (row !== undefined) return row;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of type ${key.name} encapsulates nothing`, { field });
}

export interface WrapFields {
  readonly iv: Uint8Array;
  readonly hasIv: number;
  readonly aad: Uint8Array;
  readonly parameters: readonly WireParameter[];
}

/** What a wrapping key is used with when nobody says. */
const usualWrapping: Readonly<Record<string, string>> = { aes: 'AES-KWP', rsa: 'RSA-AES-KWP-SHA-256' };

/** The algorithm of that name, or the usual one of the wrapping key. */
export function wrapRow(name: string, wrappingKey: KeyRow): WrapRow {
  const wanted = name === '' ? (usualWrapping[wrappingKey.keyType] ?? '') : name;
  return named(wrapAlgorithm, wanted, 'a key wrapping algorithm', 'wrappingAlgorithm');
}

/** @throws INVALID_ARGUMENT for an iv or additional data that the method does not take */
export function wrapSpec(algorithm: WrapRow, request: WrapFields): WrapSpec {
  const iv = request.hasIv === 0 ? undefined : request.iv;
  if (algorithm.method === 'aes-gcm') {
    if (iv === undefined || iv.length < 1 || iv.length > 128)
      throw new KeyslotError('INVALID_ARGUMENT', `${algorithm.name} takes an iv of 1 to 128 bytes, usually 12`, { field: 'iv' });
  } else {
    if (iv !== undefined) throw new KeyslotError('INVALID_ARGUMENT', `${algorithm.name} takes no iv`, { field: 'iv' });
    if (request.aad.length > 0) throw new KeyslotError('INVALID_ARGUMENT', `${algorithm.name} takes no additional data`, { field: 'aad' });
  }
  return { algorithm, iv, aad: request.aad, parameters: decodeParameters(algorithm.name, algorithm.parameters, request.parameters) };
}

/** Bits of a key to derive. `asked` 0: what the row says. @throws UNSUPPORTED_ALGORITHM, INVALID_ARGUMENT */
export function derivedLength(row: KeyRow, asked: number, field: string): number {
  if (!isSecretKey(row))
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `keys of ${row.name} are not derived; secret keys are`, {
      field: 'derivedKeyAlgorithm',
    });
  const length = asked === 0 ? row.keyLength : asked;
  const { min, max } = row.importLength ?? { min: row.keyLength, max: row.keyLength };
  if (length % 8 !== 0 || length < Math.max(min, 8) || length > max) {
    const range = min === max ? `${min} bits` : `${Math.max(min, 8)} to ${max} bits, in whole bytes`;
    throw new KeyslotError('INVALID_ARGUMENT', `keys of ${row.name} have ${range}, not ${length}`, { field });
  }
  return length;
}

/** Sizes that key wrapping gives (SP 800-38F 5.3.1): OpenSSL, for one, unwraps nothing to nothing. */
const wrappedSizes: Readonly<Partial<Record<WrapRow['method'], { readonly min: number; readonly step: number }>>> = {
  'aes-kw': { min: 24, step: 8 },
  'aes-kwp': { min: 16, step: 8 },
};

/** @throws WRAP_UNWRAP_FAILED, as for every other reason */
export function assertWrapped({ algorithm }: WrapSpec, wrapped: Uint8Array): void {
  const { min, step } = wrappedSizes[algorithm.method] ?? { min: 1, step: 1 };
  if (wrapped.length >= min && wrapped.length % step === 0) return;
  throw new KeyslotError('WRAP_UNWRAP_FAILED', unwrappingRefused, { field: 'wrappedData' });
}

/** Fit and policy of a key that is permitted the use, in the order of the contract. `uid`: who asks. */
export function assertUsable(entry: KeyEntry, use: KeyUse, row: KeyOperationRow, field: string, uid: number, policy: Policy): void {
  assertKeyFits(row, use, undefined, entry.key, field);
  const answer = policy({ uid, kind: use, direction: undefined, algorithm: row, keyLength: entry.key.keyLength });
  if (!answer.allowed) throw new KeyslotError('ACCESS_DENIED', `the policy does not allow ${row.name}: ${answer.reason}`, { field });
}

/** @throws UNSUPPORTED_ALGORITHM when the key's provider can't */
export function assertCan(entry: KeyEntry, row: KeyOperationRow, parameters: ParameterValues, field: string): void {
  const { provider } = entry.key;
  const fit = provider.supportsKeyOperation(row, parameters);
  if (fit !== true) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `provider ${provider.name}: ${fit}`, { field });
}
