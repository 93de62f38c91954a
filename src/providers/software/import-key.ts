/** From the bytes of an import to a key: here where that is quick, else read by a slow host. */
import { KeyslotError } from '../../core/errors.js';
import type { Answer, Call } from '../contract.js';
import { type EncodedKey, type KeyDecoder, materialOfDecoded } from '../key-encoding/decoded-key.js';
import { importMaterial } from '../key-encoding/import-material.js';
import type { Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { isSlowImport } from '../key-encoding/slow-imports.js';
import { assertWanted } from './abandoned.js';

/** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData`, INVALID_ARGUMENT or INVALID_FORMAT with field `passphrase` */
export function importKeyMaterial(key: EncodedKey, decoder: KeyDecoder, call: Call): Answer<Material> {
  const { algorithm, format, keyData, passphrase } = key;
  if (isSlowImport(algorithm, format, keyData, passphrase)) return decoded(key, decoder, call);
  return importMaterial(algorithm, format, keyData, passphrase);
}

async function decoded(key: EncodedKey, decoder: KeyDecoder, call: Call): Promise<Material> {
  const { algorithm } = key;
  const made = await decoder.decodeKey(key, call);
  try {
    assertWanted(call);
    return materialOfDecoded(algorithm, made);
  } catch (error) {
    if (error instanceof KeyslotError && error.code === 'OPERATION_CANCELLED') throw error;
    throw new KeyslotError('INTERNAL_ERROR', `the slow host did not answer with a key of ${algorithm.name}`);
  } finally {
    wipe(made.encoded, made.seed, made.privateKey);
  }
}
