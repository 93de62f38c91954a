/** From the bytes of an import to a key, the same for every provider: one row per type. */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import type { KeyFormat } from '../contract.js';
import { ecEncoding } from './ec-encoding.js';
import { type AsymmetricEncoding, importAsymmetric, importSecret } from './key-encoding.js';
import { malformed } from './key-errors.js';
import type { Material } from './material.js';
import { rsaEncoding } from './rsa-encoding.js';

type Importer = (row: KeyRow, format: KeyFormat, keyData: Uint8Array) => Material;

const importers: Readonly<Record<KeyType, Importer>> = {
  aes: importSecret,
  hmac: importSecret,
  ec: (row, format, keyData) => importPair(row, format, keyData, ecEncoding),
  rsa: (row, format, keyData) => importPair(row, format, keyData, rsaEncoding),
};

/** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
export const importMaterial: Importer = (row, format, keyData) => importers[row.keyType](row, format, keyData);

const probe = new TextEncoder().encode('keyslot: do the halves of this key belong together?');

/** Encodings of private keys carry the public half too, and nothing in them proves that it belongs. */
function importPair(row: KeyRow, format: KeyFormat, keyData: Uint8Array, encoding: AsymmetricEncoding): Material {
  const material = importAsymmetric(row, format, keyData, encoding);
  if (material.half !== 'private') return material;
  if (!belongTogether(material)) throw malformed('the halves of the key do not belong together');
  return material;
}

function belongTogether({ object }: Material): boolean {
  try {
    return verify('sha256', probe, createPublicKey(object), sign('sha256', probe, object));
  } catch {
    return false;
  }
}
