/** Whether a key is of the sort that an algorithm's row asks for. */
import { KeyslotError } from '../core/errors.js';
import type { OperationSpec, ProviderKey } from './contract.js';

/** What a row may ask of its key; the name is that of the key's row. */
interface KeyWish {
  readonly keyType?: string;
  readonly keyLength?: number;
  readonly curve?: string;
  readonly keyName?: string;
}

/** The same key. @throws INCOMPATIBLE_KEY_TYPE */
export function fittingKey<K extends ProviderKey>(key: K, algorithm: OperationSpec['algorithm']): K {
  const wanted = algorithm as KeyWish;
  const fits =
    key.algorithm.keyType === wanted.keyType &&
    (wanted.keyLength === undefined || wanted.keyLength === key.keyLength) &&
    (wanted.curve === undefined || wanted.curve === key.algorithm.curve) &&
    (wanted.keyName === undefined || wanted.keyName === key.algorithm.name);
  if (fits) return key;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of ${key.algorithm.name} does not fit ${algorithm.name}`, { field: 'key' });
}
