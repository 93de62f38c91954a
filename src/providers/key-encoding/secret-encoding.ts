/** Keys of one half: raw bytes, or JWK of kty "oct" (RFC 7518 6.4). */
import { createSecretKey } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import type { KeyFormat } from '../contract.js';
import { Jwk } from './jwk.js';
import { malformed, mismatch } from './key-errors.js';
import type { Material } from './material.js';
import { wipe } from './secret-bytes.js';

/** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
export function importSecret(row: KeyRow, format: KeyFormat, keyData: Uint8Array): Material {
  if (format === 'raw') return secretOf(row, keyData);
  if (format !== 'jwk') throw malformed(`secret keys have no ${format} form; use raw or jwk`);
  const bytes = new Jwk(keyData, 'oct').bytes('k');
  try {
    return secretOf(row, bytes);
  } finally {
    wipe(bytes);
  }
}

function secretOf(row: KeyRow, bytes: Uint8Array): Material {
  const bits = bytes.length * 8;
  const { min, max } = row.importLength ?? { min: row.keyLength, max: row.keyLength };
  if (bits < min || bits > max) throw mismatch(`the key has ${bits} bits; ${row.name} has ${min === max ? min : `${min} to ${max}`}`);
  return { half: 'secret', object: createSecretKey(bytes) };
}
