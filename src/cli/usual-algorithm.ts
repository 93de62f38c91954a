/** The algorithm that a kind of key is used with when nobody names one. */

import { usualHashes } from '../core/algorithms/key-names.js';
import { type AlgorithmRow, algorithmTable, type KeyRow, keyAlgorithm } from '../core/algorithms.js';
import type { ContextKind } from '../core/vocabulary.js';

/**
 * The first algorithm of the table that a kind of context runs with a kind of key, with the usual hash where there is a choice. Where no
 * algorithm fits, any of the kind: the daemon then tells whether the key's permissions or its type stand against it.
 */
export function usualAlgorithm(keyName: string, kind: ContextKind): string | undefined {
  const key = keyAlgorithm(keyName);
  if (key === undefined) return undefined;
  const ofKind = algorithmTable.filter((row) => row.kinds.some((one) => one === kind));
  return (ofKind.find((row) => fits(row, key)) ?? ofKind.find((row) => hasUsualHash(row, undefined)))?.name;
}

function fits(row: AlgorithmRow, key: KeyRow): boolean {
  if (!('keyType' in row) || row.keyType !== key.keyType) return false;
  // Keys of these are made for one algorithm, whose name they bear.
  if (row.family === 'hmac' || row.family === 'kmac') return row.name === key.name;
  if ('keyName' in row) return row.keyName === key.name;
  if ('curve' in row && row.curve !== key.curve) return false;
  if ('keyLength' in row && row.keyLength !== key.keyLength) return false;
  return hasUsualHash(row, key);
}

function hasUsualHash(row: AlgorithmRow, key: KeyRow | undefined): boolean {
  const usual = key?.curve === undefined ? 'SHA-256' : usualHashes[key.curve];
  return !('hash' in row) || row.hash === usual;
}
