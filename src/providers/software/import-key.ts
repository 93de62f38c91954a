/** From the bytes of an import to a key: here, but for encrypted ones, whose passphrase is stretched in a slow host. */
import type { KeyRow } from '../../core/algorithms.js';
import type { Answer, Call, KeyFormat } from '../contract.js';
import { importMaterial, isEncrypted } from '../key-encoding/import-material.js';
import type { Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { restoreMaterial } from './key-kinds.js';
import type { SlowHost } from './slow-host.js';

export interface EncodedKeyData {
  readonly algorithm: KeyRow;
  readonly format: KeyFormat;
  readonly keyData: Uint8Array;
  readonly passphrase?: Uint8Array;
}

/** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData`, INVALID_ARGUMENT or INVALID_FORMAT with field `passphrase` */
export function importKeyMaterial(key: EncodedKeyData, slowHost: SlowHost, call: Call): Answer<Material> {
  const { algorithm, format, keyData, passphrase } = key;
  if (passphrase === undefined || passphrase.length === 0 || !isEncrypted(format, keyData)) {
    return importMaterial(algorithm, format, keyData, passphrase);
  }
  return decrypted({ algorithm, format, keyData, passphrase }, slowHost, call);
}

async function decrypted(key: Required<EncodedKeyData>, slowHost: SlowHost, call: Call): Promise<Material> {
  const pkcs8 = await slowHost.decryptKey(key, call);
  try {
    return restoreMaterial(key.algorithm, 'private', pkcs8);
  } finally {
    wipe(pkcs8);
  }
}
