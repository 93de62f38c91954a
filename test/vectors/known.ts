/** Rows of the table of algorithms by name, or a skip. */
import {
  type AeadRow,
  type AgreementRow,
  type AlgorithmRow,
  agreementAlgorithm,
  type CipherRow,
  type KdfRow,
  type KemRow,
  type KeyRow,
  kdfAlgorithm,
  kemAlgorithm,
  keyAlgorithm,
  type OperationRow,
  operationAlgorithm,
  type WrapRow,
  wrapAlgorithm,
} from '../../src/core/algorithms.js';
import { skip } from './skip.js';

function found<R extends AlgorithmRow>(find: (name: string) => R | undefined, name: string): R {
  return find(name) ?? skip('algorithm', name);
}

/** All throw SkippedTest for a name that this version doesn't have. */
export const knownOperation = (name: string): OperationRow => found(operationAlgorithm, name);
export const knownAgreement = (name: string): AgreementRow => found(agreementAlgorithm, name);
export const knownKem = (name: string): KemRow => found(kemAlgorithm, name);
export const knownKdf = (name: string): KdfRow => found(kdfAlgorithm, name);
export const knownWrap = (name: string): WrapRow => found(wrapAlgorithm, name);

export function knownKey(name: string): KeyRow {
  return keyAlgorithm(name) ?? skip('key', name);
}
export function knownCipher(name: string): CipherRow {
  const row = knownOperation(name);
  return row.family === 'cipher' ? row : skip('algorithm', name);
}
export function knownAead(name: string): AeadRow {
  const row = knownOperation(name);
  return row.family === 'aead' ? row : skip('algorithm', name);
}
